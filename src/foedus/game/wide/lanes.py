"""Section 8: find the fixed points of many games side by side, one game in each lane.

What happens at a slice never depends on the one before: the last is solved first, alone, and each other starts from the
solution of the one after it. A slice climbs `RUNGS` one after another, each from where the last one stopped. On every
rung conjectures are relaxed and played: each choice goes a share of its way, the share falling where its misses turn
back and growing where they do not. A lane is there when a sweep with every share 1 changes nothing by more than the
tolerance. Lanes know nothing of each other, so what comes out does not depend on who else is on the desk.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

import jax
import jax.numpy as jnp
import numpy as np

from foedus.game.grid import Grid
from foedus.game.kernel.iterate import EVEN, PATIENT, SLOW_ADVERSARY, SLOW_COALITION
from foedus.game.kernel.relax import Rung
from foedus.game.kernel.search import NEARLY, SHORT_PATH
from foedus.game.wide.board import TIERS, Array, Board, Ground, lay_out, stand_on
from foedus.game.wide.sheet import Sheet
from foedus.game.wide.stage import CHOICE, Point, Policies, carry_on, first_point, sweep

ROUNDS = 10
"""Rounds under fixed policies after a sweep."""
BURST = 8
"""Sweeps between two looks at which lanes are there."""


Tree = TypeVar("Tree")


RUNGS = (EVEN, EVEN, SLOW_COALITION, SLOW_ADVERSARY, PATIENT)
"""The kernel's, the first taken twice: on the short path to the branch that comes from nearly random play."""
HEATS = np.concatenate([SHORT_PATH, np.ones(len(RUNGS) - len(SHORT_PATH))])
"""Multiple of every lam on each rung; the consultation keeps its own."""
USED_UP = 10**6
"""Sweeps that no rung has."""


class Lane(NamedTuple):
    """One game being solved."""

    s: Array
    """The slice at hand."""
    ground: Ground
    point: Point
    share: Policies
    """For each choice the share of its miss that it goes; the axis of the choice has length 1."""
    miss: Policies
    """Misses of the last sweep."""
    rung: Array
    taken: Array
    """Sweeps on the rung."""
    sweeps: Array
    """Sweeps in all, each of one slice."""
    is_checked: Array
    """Whether the next sweep is the one with every share 1."""
    is_there: Array
    """Whether the slice is solved."""
    is_over: Array
    """Whether the game is solved, or given up."""
    reach: Array
    """(2) least and largest X at which the last sweep looked the consultation up."""
    asks: Array
    """Whether T is not known there: the sweep is taken again when it is."""
    found: Point
    """(s, ...) where each slice ended."""


def empty(sheets: Sheet, *, grid: Grid) -> Lane:
    """Return lanes for so many games, with nothing in them."""
    shapes = jax.eval_shape(jax.vmap(lambda sheet: _begin(lay_out(sheet, grid), grid)), sheets)
    lanes: Lane = jax.tree.map(lambda part: jnp.zeros(part.shape, part.dtype), shapes)
    return lanes


@partial(jax.jit, static_argnames=("grid",))
def seat(sheets: Sheet, lanes: Lane, is_new: Array, *, grid: Grid) -> tuple[Board, Lane]:
    """Lay out the games on the desk, begin those that are new, and let go on those that asked."""
    boards = jax.vmap(lambda sheet: lay_out(sheet, grid))(sheets)
    begun = jax.vmap(lambda board: _begin(board, grid))(boards)
    return boards, _where(is_new, begun, lanes)._replace(asks=jnp.zeros_like(lanes.asks))


@partial(jax.jit, static_argnames=("grid",))
def work(boards: Board, lanes: Lane, tolerance: Array, most: Array, bursts: Array, leave: Array, *, grid: Grid) -> Lane:
    """Sweep until ``leave`` lanes are over or ask, for so many bursts at most; ``most`` limits a game's sweeps."""

    def burst(state: tuple[Array, Lane]) -> tuple[Array, Lane]:
        done, lanes = state
        step: Callable[[Board, Lane], Lane] = jax.vmap(lambda board, lane: _step(board, lane, tolerance, most))
        lanes = jax.lax.fori_loop(0, BURST, lambda _, now: step(boards, now), lanes)
        return done + 1, jax.vmap(lambda board, lane: _turn(board, lane, most, grid))(boards, lanes)

    def goes_on(state: tuple[Array, Lane]) -> Array:
        return (state[0] < bursts) & ((state[1].is_over | state[1].asks).sum() < leave)

    return jax.lax.while_loop(goes_on, burst, (jnp.zeros((), int), lanes))[1]


def _begin(board: Board, grid: Grid) -> Lane:
    point = first_point(grid.balances, grid.beliefs)
    zero, no = jnp.zeros((), int), jnp.zeros((), bool)
    last = grid.slices - 1 + zero
    return Lane(
        s=last,
        ground=stand_on(board, last, point.value, slices=grid.slices),
        point=point,
        share=Policies(*(part.max(axis=axis, keepdims=True) for part, axis in zip(point.play, CHOICE, strict=True))),
        miss=jax.tree.map(jnp.zeros_like, point.play),
        rung=zero,
        taken=zero,
        sweeps=zero,
        is_checked=no,
        is_there=no,
        is_over=no,
        reach=jnp.zeros(2),
        asks=no,
        found=jax.tree.map(lambda part: jnp.broadcast_to(part, (grid.slices, *part.shape)), point),
    )


def _step(board: Board, lane: Lane, tolerance: Array, most: Array) -> Lane:
    """Take one sweep, unless the slice is solved."""
    rung, heat = Rung(*(column[lane.rung] for column in jnp.array(RUNGS).T)), jnp.array(HEATS)[lane.rung]
    is_first = lane.taken == 0
    share = jax.tree.map(lambda part: jnp.where(is_first, rung.share, part), lane.share)
    pull = jax.tree.map(lambda part: jnp.where(lane.is_checked, 1.0, part), share)
    swept = sweep(_heated(board, heat), lane.ground, lane.point, pull)
    change = _largest(swept.miss, swept.point.value - lane.point.value)
    value = carry_on(board, lane.ground, lane.point.value, swept, rounds=ROUNDS)
    is_warm_enough = (heat > 1.0) & (change < NEARLY)
    is_small = (heat == 1.0) & (change < tolerance)
    moved = lane._replace(
        point=swept.point._replace(value=value),
        share=_adapted(share, swept.miss, lane.miss, rung, is_first),
        miss=swept.miss,
    )
    stays = lane._replace(is_there=is_small)
    next_lane = _where(lane.is_checked, stays, moved)._replace(
        is_checked=is_small & ~lane.is_checked,
        taken=jnp.where(is_warm_enough, USED_UP, lane.taken + 1),
        sweeps=lane.sweeps + 1,
    )
    rests = lane.asks | (lane.taken >= USED_UP) | lane.is_there | lane.is_over | (lane.sweeps >= most)
    reach = _reach(board, swept.gain)
    asks = (reach[0] < board.known[0]) | (reach[1] > board.known[1])
    next_lane = _where(asks, lane, next_lane._replace(found=lane.found))._replace(reach=reach, asks=asks)
    return _where(rests, lane, next_lane)


def _heated(board: Board, times: Array | float) -> Board:
    """Return the game with every lam so many times as high."""
    f = board.f
    return board._replace(f=f._replace(lam_A=f.lam_A * times, lam_P=f.lam_P * times, lam_G=f.lam_G * times))


def _reach(board: Board, gain: Array) -> Array:
    """Return the least and the largest X at which a sweep looked the consultation up."""
    is_read = jnp.isfinite(board.shirked) & (TIERS > 0) & (np.arange(5) > 0)[:, None]
    read = is_read[:, :, None, None]
    return jnp.stack([jnp.where(read, gain, jnp.inf).min(), jnp.where(read, gain, -jnp.inf).max()])


def _adapted(share: Policies, miss: Policies, last: Policies, rung: Rung, is_first: Array) -> Policies:
    """Return each choice's share of the next miss: less where this one turned back from the last, else more."""

    def adapt(share: Array, miss: Array, last: Array, times: Array | float, axis: Any) -> Array:
        turned = ((miss * last).sum(axis=axis, keepdims=True) < 0) & ~is_first
        wanted = share * jnp.where(turned, rung.down, rung.up)
        return jnp.clip(wanted, rung.least * times, jnp.minimum(rung.most * times, 1.0))

    times = (1.0, rung.adversary, rung.coalition)
    return Policies(*(adapt(*parts) for parts in zip(share, miss, last, times, CHOICE, strict=True)))


def _turn(board: Board, lane: Lane, most: Array, grid: Grid) -> Lane:
    """Go on to the next slice where this one is solved, to the next rung where that one is used up."""
    is_used = (lane.taken >= jnp.array([rung.sweeps for rung in RUNGS])[lane.rung]) & ~lane.is_there
    is_lost = (is_used & (lane.rung + 1 >= len(RUNGS))) | ((lane.sweeps >= most) & ~lane.is_there)
    # a slice that is lost stands for those before it, too
    ends = (jnp.arange(grid.slices) <= lane.s) & (lane.is_there | is_lost)
    found = jax.tree.map(
        lambda all_, part: jnp.where(ends.reshape(-1, *[1] * part.ndim), part, all_), lane.found, lane.point
    )
    goes_on = lane.is_there & (lane.s > 0)
    ground = stand_on(board, lane.s - 1, lane.point.value, slices=grid.slices)
    fresh = goes_on | is_used
    turned = lane._replace(
        s=jnp.where(goes_on, lane.s - 1, lane.s),
        ground=_where(goes_on, ground, lane.ground),
        rung=jnp.where(goes_on, 0, jnp.minimum(lane.rung + is_used, len(RUNGS) - 1)),
        taken=jnp.where(fresh, 0, lane.taken),
        is_checked=lane.is_checked & ~fresh,
        is_there=lane.is_there & ~goes_on,
        is_over=is_lost | (lane.is_there & (lane.s == 0)),
        found=found,
    )
    return _where(lane.is_over, lane, turned)


def _largest(miss: Policies, change: Array) -> Array:
    return jnp.stack([jnp.abs(part).max() for part in (*miss, change)]).max()


def _where(chosen: Array, yes: Tree, no: Tree) -> Tree:
    def pick(a: Array, b: Array) -> Array:
        return jnp.where(chosen.reshape(*chosen.shape, *[1] * (a.ndim - chosen.ndim)), a, b)

    chosen_parts: Tree = jax.tree.map(pick, yes, no)
    return chosen_parts
