"""Sections 4 to 8: one sweep of one slice of one game, and what its policies are worth further on.

Conjectures may be relaxed and played: each new choice is moved from the old conjecture by a share of the miss, and what
follows in the sweep answers the moved one. With every share 1 this is the sweep of the theory page.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from foedus.game.wide.board import TIERS, Array, Board, Ground, expected, tents

TINY = 1e-30


class Policies(NamedTuple):
    """One array for each choice: of chances, of shares, of misses."""

    conduct: Array
    """(g, k, b) P(g)"""
    threat: Array
    """(g, l, k, b) P(l | g)"""
    response: Array
    """(t, n, e, k, b) pi"""


class Point(NamedTuple):
    """Values and conjectures in every state of a slice."""

    value: Array
    """(p, k, b)"""
    play: Policies


class Swept(NamedTuple):
    """One sweep: where it leads, and the choices inside the period on which it rests."""

    point: Point
    miss: Policies
    """New choices less the old conjectures, before they are moved."""
    landing: Array
    """(n, e, k, b, b') where the belief goes."""
    persist: Array
    """(l - 2, n, e, k, b) chance to persist in a seizure, in an invasion; 1 where there is no choice."""
    gain: Array
    """(t, n, r, k, b) X"""
    proposal: Array
    """(t, n, r, k, b)"""


CHOICE = (0, 1, 2)
"""The axis along which each choice sums to one."""


def first_point(balances: int, beliefs: int) -> Point:
    """Return zero values and uniform policies; on no breach nothing is ever executed."""
    state = (balances, beliefs)
    response = jnp.full((2, 5, 4, *state), 0.25).at[:, 0].set((TIERS == 0)[:, None, None] * 1.0)
    play = Policies(jnp.full((2, *state), 0.5), jnp.full((2, 4, *state), 0.25), response)
    return Point(value=jnp.zeros((4, *state)), play=play)


def sweep(board: Board, ground: Ground, point: Point, share: Policies) -> Swept:
    """Play one period in every state against the conjectures, each new choice moved by its ``share`` of the miss."""
    f, old = board.f, point.play
    landing = tents(_place(board, old.response), point.value.shape[-1])
    y = jnp.einsum("nekbc,pekc->pnekb", landing, expected(board, point.value))
    further = jnp.einsum("nekbc,pekc->pnekb", landing, ground.beyond)
    seize, invade, persist = _attacks(board, ground, y, further)
    gain = _gains(board, old, y, seize, invade)
    proposal, answer = _respond(board, gain)
    response, miss_r = _moved(old.response, answer, share.response)
    action = _actions(board, response, y, seize, invade)
    threat, miss_l = _moved(old.threat, jax.nn.softmax(action[0] / f.lam_A, axis=1), share.threat)
    worth = jnp.einsum("glkb,pglkb->pgkb", threat, action)
    conduct, miss_g = _moved(old.conduct, jax.nn.softmax(worth[1] / f.lam_P, axis=0), share.conduct)
    value = jnp.einsum("gkb,pgkb->pkb", conduct, worth)
    new = Point(value, Policies(conduct, threat, response))
    return Swept(new, Policies(miss_g, miss_l, miss_r), landing, persist, gain, proposal)


def carry_on(board: Board, ground: Ground, old: Array, swept: Swept, *, rounds: int) -> Array:
    """Return what the policies of a sweep from the values ``old`` are worth ``rounds`` periods further on.

    Under fixed policies V = rest + sum over (n, e) of keep[n, e] * (next value at the belief that follows); the same
    sum is taken again and again (modified policy iteration, Puterman and Shin 1978).
    """
    keep = jnp.einsum("pnekb,nekbc->pekbc", _going_on(board, ground, swept), swept.landing)

    def go_on(value: Array) -> Array:
        ahead = expected(board, value)
        public = jnp.einsum("ekbc,pekc->pkb", keep[0], ahead[:2])
        return jnp.concatenate([public, jnp.einsum("tekbc,tekc->tkb", keep[1:], ahead[2:])])

    rest = swept.point.value - go_on(old)
    carried: Array = jax.lax.fori_loop(0, rounds, lambda _, value: rest + go_on(value), swept.point.value)
    return carried


def chances(board: Board, play: Policies) -> Array:
    """Return (g, l, n, k, b) the chance of what is done and what is found."""
    return jnp.einsum("gkb,glkb,gln->glnkb", play.conduct, play.threat, board.confusion)


def cell_of(board: Board, gain: Array) -> tuple[Array, Array]:
    """Return the cell of the grid of X in which each gain lies, and the share of the way through it, 0 to 1."""
    at = jnp.searchsorted(board.x_grid[1:-1], gain, side="right", method="scan_unrolled")
    low, high = board.x_grid[at], board.x_grid[at + 1]
    return at, jnp.clip((gain - low) / (high - low), 0.0, 1.0)


def _moved(old: Array, new: Array, share: Array) -> tuple[Array, Array]:
    miss = new - old
    return old + share * miss, miss


def _place(board: Board, response: Array) -> Array:
    """Return (n, e, k, b) the point of the belief that follows, in steps from the first (section 5)."""
    f, beliefs = board.f, response.shape[-1]
    read = jnp.maximum((1.0 - board.rho) * response + board.rho / 4.0, TINY)
    odds = jnp.exp(jnp.linspace(-4.0, 4.0, beliefs)) * read[1] / read[0]
    drawn = f.turnover * (1.0 + odds)
    above = (1.0 - f.turnover) * odds + drawn * f.prior
    below = (1.0 - f.turnover) + drawn * (1.0 - f.prior)
    return jnp.clip((jnp.log(above / below) + 4.0) * ((beliefs - 1) / 8.0), 0.0, beliefs - 1.0)


def _attacks(board: Board, ground: Ground, y: Array, further: Array) -> tuple[Array, Array, Array]:
    """Return what seizing and invading add to y, (p, n, e, k, b), and the chance to persist in each (section 4)."""
    tier = TIERS[:, None, None]
    fight = ground.war[:, None, :, :, None] - y
    taken = ground.success[:, None, None] * (board.prize[:, None, None, None, None] + further - y)
    attack = jnp.stack([jnp.where(tier == 3, fight, taken), fight])
    retreat = -board.f.audience_A * (TIERS == 0)[:, None, None, None, None]
    persist = jnp.where(tier >= 2, jax.nn.sigmoid((attack[:, 0] - retreat[0]) / board.f.lam_A), 1.0)
    seize, invade = persist[:, None] * attack + (1.0 - persist[:, None]) * retreat
    return seize, invade, persist


def _gains(board: Board, play: Policies, y: Array, seize: Array, invade: Array) -> Array:
    """Return X (t, n, r, k, b), what was done being inferred from n (section 7)."""
    found = chances(board, play).sum(axis=0)
    total = found.sum(axis=0)
    mu = found[2:] / jnp.maximum(total, TINY)
    worth = y[2:] + mu[0][:, None] * seize[2:] + mu[1][:, None] * invade[2:]
    return jnp.where(total[:, None] > 0, worth - worth[:, :, :1], 0.0)


def _respond(board: Board, gain: Array) -> tuple[Array, Array]:
    """Return what is proposed and what is executed, both (t, n, r, k, b) (section 6)."""
    at, share = cell_of(board, gain)
    n, r = (axis[:, :, None, None] for axis in np.ogrid[:5, :4])
    low, high = board.table[n, r, at], board.table[n, r, at + 1]
    executed = low + share * (high - low)
    worth = executed * (board.interest * gain - board.own_cost[:, None, None]) - board.shirked[:, :, None, None]
    nothing = (TIERS == 0)[:, None, None]
    is_breach = (np.arange(5) > 0)[:, None, None, None]
    proposal = jnp.where(is_breach, jax.nn.softmax(worth / board.f.lam_G, axis=2), nothing * 1.0)
    response = proposal * executed * ~nothing
    return proposal, response + nothing * (1.0 - response.sum(axis=2, keepdims=True))


def _facing(response: Array) -> Array:
    """Return (sight, n, e, k, b) the response that the public, the low and the high coalition expect."""
    high = jax.nn.sigmoid(jnp.linspace(-4.0, 4.0, response.shape[-1]))
    return jnp.concatenate([((1.0 - high) * response[0] + high * response[1])[None], response])


def _actions(board: Board, response: Array, y: Array, seize: Array, invade: Array) -> Array:
    """Return (p, g, l, k, b) what each pair of actions is worth before the determination (section 7)."""
    facing = _facing(response)[jnp.array([0, 0, 1, 2])]
    quiet, seized, invaded = (
        jnp.einsum("pnekb,pnekb->pnkb", facing, each)
        for each in (y - board.paid[:, None, :, None, None], seize, invade)
    )
    kinds = jnp.stack([quiet, quiet, quiet + seized, quiet + invaded], axis=1)
    after = jnp.einsum("gln,plnkb->pglkb", board.confusion, kinds)
    after = after.at[:, :, 1].add(board.harm[:, None, None, None])
    after = after.at[0].add(board.before[:, :, None, None])
    return after.at[1, 1].add(board.f.provoke_gain)


def _going_on(board: Board, ground: Ground, swept: Swept) -> Array:
    """Return (sight, n, e, k, b) the chance that n is found, e executed, and neither war nor a capture follows."""
    play = swept.point.play
    done = chances(board, play).sum(axis=0)[:, :, None]
    lost = jnp.where(TIERS == 3, 1.0, ground.success)[:, None, None] * swept.persist[0]
    calm = done[0] + done[1] + done[2] * (1.0 - lost) + done[3] * (1.0 - swept.persist[1])
    return _facing(play.response) * calm
