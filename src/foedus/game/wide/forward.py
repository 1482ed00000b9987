"""Section 9: the last word on each game: one full sweep of every slice, and the mass pushed forward under it, exactly.

Axes as in `stage`, with the slice s before the others. Every function is of one game.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from foedus.game.grid import Grid
from foedus.game.wide.board import TIERS, Array, Board, stand_on, tents
from foedus.game.wide.stage import Point, Policies, Swept, cell_of, chances, sweep

FULL = Policies(*np.ones((3, 1)))


class Tally(NamedTuple):
    """What a game comes to: expected numbers over the horizon."""

    residual: Array
    """Largest change of any policy or value in the full sweep."""
    defend: Array
    entrap: Array
    conquest: Array
    captures: Array
    seizures: Array
    coercions: Array
    provocations: Array
    withdrawals: Array
    honoured: Array
    breached: Array
    war_by_t: Array
    """(period)"""
    peace: Array
    """Chance that no war has come at the horizon."""
    value: Array
    """(p) values at the start."""
    proposed: Array
    """(n, r, x) expected number of proposals at each point of X, those between two points shared by nearness."""


@partial(jax.jit, static_argnames=("grid", "horizon"))
def judge(boards: Board, found: Point, *, grid: Grid, horizon: int) -> Tally:
    """Sweep every slice once from where it ended, and push the games forward."""
    return jax.vmap(lambda board, point: _judge(board, point, grid, horizon))(boards, found)


def _judge(board: Board, found: Point, grid: Grid, horizon: int) -> Tally:
    beyond = jnp.concatenate([found.value[1:], found.value[-1:]])
    last = _every_slice(board, found, beyond, grid)
    wars, quiet, captures, totals = _rates(board, last, grid)
    start = _start(board, grid)
    visits, war_by_t, left = _push(board, last.landing, wars, quiet, captures, start, horizon)
    seen = {name: jnp.einsum("stkb,stkb->", visits, rate) for name, rate in totals.items()}
    change = jnp.abs(last.point.value - found.value).max()
    return Tally(
        residual=jnp.stack([change, *(jnp.abs(miss).max() for miss in last.miss)]).max(),
        war_by_t=war_by_t,
        peace=left.sum(),
        value=jnp.einsum("pkb,kb->p", last.point.value[0], start),
        proposed=_proposed(board, last, visits),
        **seen,
    )


def _every_slice(board: Board, found: Point, beyond: Array, grid: Grid) -> Swept:
    def of_slice(s: Array, point: Point, value: Array) -> Swept:
        return sweep(board, stand_on(board, s, value, slices=grid.slices), point, FULL)

    return jax.vmap(of_slice)(jnp.arange(grid.slices), found, beyond)


def _start(board: Board, grid: Grid) -> Array:
    """Return (k, b) the weights of the start: prior and balance_0 between grid points."""
    f = board.f
    believed = (jnp.log(f.prior / (1.0 - f.prior)) + 4.0) / 8.0
    balance = (f.balance_0 - grid.balance[0]) / (grid.balance[-1] - grid.balance[0])
    across, up = (
        tents(jnp.clip(place, 0.0, 1.0) * (nodes - 1), nodes)
        for place, nodes in ((believed, grid.beliefs), (balance, grid.balances))
    )
    return up[:, None] * across


def _rates(board: Board, last: Swept, grid: Grid) -> tuple[Array, Array, Array, dict[str, Array]]:
    """Return the chances of war (s, t, k, b), of going on and of a capture (s, t, n, e, k, b), and what is counted."""
    play = last.point.play
    done = jax.vmap(lambda part: chances(board, part))(play)
    found = done.sum(axis=(1, 2))[:, None, :, None]
    seize, invade = (done[:, :, act, :, None] for act in (2, 3))
    stays, marches = (last.persist[:, None, act] for act in (0, 1))
    defended, pi = (TIERS == 3)[:, None, None], play.response
    succeeds = jnp.where(TIERS < 3, board.f.seize_success, 0.0) * (np.arange(grid.slices)[:, None] < grid.slices - 1)
    # (s, g, n, e, k, b) each given the executed tier
    war = invade * marches + defended * seize * stays
    capture = (seize * stays).sum(axis=1) * succeeds[:, None, :, None, None]
    withdrawal = (seize * (1.0 - stays) + invade * (1.0 - marches)).sum(axis=1)
    due, required = board.required > 0, board.required[:, None]
    is_met = (due[:, None] & (required <= TIERS))[..., None, None]
    is_missed = (due[:, None] & (required > TIERS))[..., None, None]
    wars = war.sum(axis=1)

    def per_type(rate: Array) -> Array:
        """Return (s, t, k, b) the mean over what is found and executed."""
        return jnp.einsum("stnekb,snekb->stkb", pi, rate)

    def chosen(rate: Array) -> Array:
        return jnp.broadcast_to(rate[:, None], (grid.slices, 2, grid.balances, grid.beliefs))

    every = jnp.broadcast_to(found[:, 0], wars.shape)
    totals = {
        "defend": per_type(wars * defended),
        "entrap": per_type(war[:, 1] * defended),
        "conquest": per_type(wars * board.win[:, :, None]),
        "captures": per_type(capture),
        "withdrawals": per_type(withdrawal),
        "honoured": per_type(every * is_met),
        "breached": per_type(every * is_missed),
        "seizures": chosen(done[:, :, 2].sum(axis=(1, 2))),
        "coercions": chosen(done[:, :, 1].sum(axis=(1, 2))),
        "provocations": chosen(play.conduct[:, 1]),
    }
    return per_type(wars), pi * (every - wars - capture)[:, None], pi * capture[:, None], totals


def _push(
    board: Board, landing: Array, wars: Array, quiet: Array, captures: Array, start: Array, horizon: int
) -> tuple[Array, Array, Array]:
    """Move the mass period by period; return visits (s, t, k, b), the chances of war, and the mass that is left."""
    f = board.f
    stay = jnp.einsum("stnekb,snekbc->stekbc", quiet, landing)
    lose = jnp.einsum("stnekb,snekbc->stekbc", captures, landing)
    types = jnp.stack([1.0 - f.prior, f.prior])
    redraw = (1.0 - f.turnover) * jnp.eye(2) + f.turnover * types
    slices = len(wars)

    def period(state: tuple[Array, Array], _: None) -> tuple[tuple[Array, Array], Array]:
        here, visits = state
        landed = jnp.einsum("stkb,stekbc->stekc", here, stay)
        taken = jnp.einsum("stkb,stekbc->stekc", here, lose)
        landed = landed.at[1:].add(taken[: slices - 1])
        after = jnp.einsum("stekc,ekj,tu->sujc", landed, board.move, redraw)
        return (after, visits + here), (here * wars).sum()

    first = jnp.zeros(wars.shape).at[0].set(types[:, None, None] * start)
    (left, visits), war_by_t = jax.lax.scan(period, (first, jnp.zeros(wars.shape)), None, length=horizon)
    return visits, war_by_t, left


def _proposed(board: Board, last: Swept, visits: Array) -> Array:
    found = jax.vmap(lambda part: chances(board, part))(last.point.play).sum(axis=(1, 2))
    number = jnp.einsum("stkb,snkb,stnrkb->stnrkb", visits, found, last.proposal)
    at, share = cell_of(board, last.gain)
    n, r = (axis[:, :, None, None] for axis in np.ogrid[:5, :4])
    points = jnp.zeros_like(board.table)
    return points.at[n, r, at].add(number * (1.0 - share)).at[n, r, at + 1].add(number * share)
