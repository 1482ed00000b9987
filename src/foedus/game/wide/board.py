"""Sections 3 to 5: what stays the same from sweep to sweep, of a game and of one of its slices.

Every function is of one game; `jax.vmap` puts games side by side. Axes: party p (adversary, protected state, low and
high coalition), type t, g conduct, l threat, n determination, e or r tier, and the state: balance k, belief b.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.special import ndtr
from jax.scipy.stats import norm

from foedus.game.grid import COARSE, Grid
from foedus.game.wide.sheet import Sheet

Array = jax.Array
TIERS = np.arange(4)
LEAST_SHARE = 1e-4
"""Least standard deviation of the shock that is shared out, relative to its own."""
HALVINGS = 45


class Board(NamedTuple):
    """One game, laid out."""

    f: Any
    """The future by name."""
    confusion: Array
    """(g, l, n) M"""
    move: Array
    """(e, k, k') chance that the balance moves."""
    win: Array
    """(e, k) chance w that the adversary wins."""
    before: Array
    """(g, l) what the adversary gains before the determination."""
    table: Array
    """(n, r, x) T"""
    x_grid: Array
    """(x)"""
    interest: Array
    own_cost: Array
    """(r) what a tier costs the framework nation."""
    shirked: Array
    """(n, r) renege oblige[F, n, r + 1]; infinite where r cannot be proposed."""
    rho: Array
    delta: Array
    """(p)"""
    prize: Array
    """(p) payoff of one slice changing hands."""
    harm: Array
    """(p) payoff of coercion."""
    paid: Array
    """(p, e) what an executed tier costs a party."""
    required: Array
    """(n)"""
    known: Array
    """(2) X between which T is known."""


class Ground(NamedTuple):
    """One slice of a game: what is fought for in it, and what lies beyond it."""

    war: Array
    """(p, e, k) payoff of war."""
    success: Array
    """(e) chance that a seizure that persists succeeds."""
    beyond: Array
    """(p, e, k, b) expected discounted next value with one slice more, before the belief moves."""


def lay_out(sheet: Sheet, grid: Grid) -> Board:
    """Lay a game out on its grid."""
    f, none = sheet.f, jnp.zeros(4)
    nu = jnp.stack([f.resolve_low, f.resolve_high])
    own = -jnp.stack([jnp.zeros(()), f.cost_coerce, f.cost_seize, f.cost_invade])
    provoked = f.justification * (TIERS >= 2) - f.humiliation  # TIERS counts threats here
    spent = f.tier_cost * (TIERS > 0)
    shirked = f.renege * jnp.concatenate([sheet.duty[:, 1:], jnp.zeros((5, 1))], axis=1)
    closed = (sheet.blocked > 0) & (TIERS > 0)
    balance = jnp.asarray(grid.balance)
    return Board(
        f=f,
        confusion=jnp.asarray(sheet.confusion),
        move=_moves(sheet, balance),
        win=jax.nn.sigmoid(f.decisiveness * (balance - _force(sheet)[:, None])),
        before=jnp.stack([own, own + provoked]),
        table=jnp.asarray(sheet.table),
        x_grid=jnp.asarray(sheet.x_grid),
        interest=jnp.asarray(sheet.interest),
        own_cost=sheet.cost_weight * f.tier_cost,
        shirked=jnp.where(closed, jnp.inf, shirked),
        rho=f.reading_noise + (1.0 - f.reading_noise) * sheet.opacity,
        delta=jnp.stack([f.delta_A, f.delta_P, f.delta_G, f.delta_G]),
        prize=jnp.concatenate([jnp.stack([f.stake_A, -jnp.ones(())]), -nu]) * f.slice,
        harm=jnp.concatenate([jnp.stack([f.coerce_gain, -f.coerce_harm]), -nu * f.spill * f.coerce_harm]),
        paid=jnp.stack([f.penalty, none, spent, spent]),
        required=jnp.asarray(sheet.required),
        known=jnp.asarray(sheet.known),
    )


def stand_on(board: Board, s: Array, value: Array, *, slices: int) -> Ground:
    """Return slice ``s``; ``value`` (p, k, b) is that of the slice beyond it, and does not count on the last."""
    f = board.f
    at_stake = board.win * (1.0 - f.slice * s)
    defended = (TIERS == 3)[:, None]
    ours = -f.war_cost_G * defended
    war = [
        f.stake_A * at_stake - f.war_cost_A - f.defend_cost_A * defended,
        -at_stake - f.war_cost_P,
        -f.resolve_low * at_stake + ours,
        -f.resolve_high * at_stake + ours,
    ]
    success = jnp.where((s + 1 < slices) & (TIERS < 3), f.seize_success, 0.0)
    return Ground(war=jnp.stack(war), success=success, beyond=expected(board, value))


def expected(board: Board, value: Array) -> Array:
    """Return (p, e, k, b) the discounted mean of next values (p, k, b) over governments and balances."""
    f = board.f
    redrawn = (1.0 - f.prior) * value[2] + f.prior * value[3]
    held = jnp.concatenate([value[:2], (1.0 - f.turnover) * value[2:] + f.turnover * redrawn])
    return jnp.einsum("p,ekj,pjb->pekb", board.delta, board.move, held)


def tents(place: Array, nodes: int) -> Array:
    """Return (..., node) the weights of a point at ``place``, in steps from the first node: two neighbours share it."""
    return jnp.maximum(0.0, 1.0 - jnp.abs(place[..., None] - jnp.arange(nodes)))


def _force(sheet: Sheet) -> Array:
    counted = jnp.where(TIERS >= 2, 1.0, sheet.f.presence)
    force: Array = sheet.deployed_force * counted + sheet.timeliness * sheet.f.tier_force - sheet.f.counter_force
    return force


def _moves(sheet: Sheet, balance: Array) -> Array:
    """Section 5: on few balances by cells, else shared between neighbours with mean and variance kept."""
    f = sheet.f
    drift = f.drift_A - sheet.self_defence * f.drift_P - sheet.aid * f.standing_aid
    drift = drift + sheet.demilitarised * f.drift_demil - f.tier_aid[:, None]
    mean = jnp.clip(balance + drift, balance[0], balance[-1])
    if len(balance) >= COARSE:
        return _share_out(mean, f.sigma_balance, balance)
    midpoints = (balance[:-1] + balance[1:]) / 2
    below = ndtr((midpoints - mean[..., None]) / f.sigma_balance)
    return jnp.diff(below, axis=-1, prepend=0.0, append=1.0)


def _share_out(mean: Array, sigma: Array, nodes: Array) -> Array:
    """Return (..., k') E[hat_k'(mean + s N)], s found by halving so that the variance is that of the clipped shock."""
    first = _ramp(mean[..., None] - nodes[jnp.array([0, -1])], sigma)
    second = _square(mean[..., None] - nodes[jnp.array([0, -1])], sigma)
    width = nodes[-1] - nodes[0]
    wanted = second[..., 0] - second[..., 1] - 2.0 * width * first[..., 1] - (first[..., 0] - first[..., 1]) ** 2

    def halve(_: int, ends: tuple[Array, Array]) -> tuple[Array, Array]:
        low, high = ends
        middle = (low + high) / 2
        weight = _hats(mean, middle, nodes)
        distance = nodes - mean[..., None]
        excess = (weight * distance**2).sum(-1) - (weight * distance).sum(-1) ** 2 - wanted
        return jnp.where(excess > 0, low, middle), jnp.where(excess > 0, middle, high)

    everywhere = jnp.zeros_like(mean)
    low, high = jax.lax.fori_loop(0, HALVINGS, halve, (everywhere + LEAST_SHARE * sigma, everywhere + sigma))
    return _hats(mean, (low + high) / 2, nodes)


def _hats(mean: Array, s: Array, nodes: Array) -> Array:
    ramp = _ramp(mean[..., None] - nodes, s[..., None])
    beyond = (ramp[..., :-1] - ramp[..., 1:]) / (nodes[1] - nodes[0])
    return jnp.maximum(-jnp.diff(beyond, axis=-1, prepend=1.0, append=0.0), 0.0)


def _ramp(distance: Array, sigma: Array) -> Array:
    """E max(0, distance + sigma N)."""
    return distance * ndtr(distance / sigma) + sigma * norm.pdf(distance / sigma)


def _square(distance: Array, sigma: Array) -> Array:
    """E max(0, distance + sigma N) ** 2."""
    t = distance / sigma
    return (distance**2 + sigma**2) * ndtr(t) + distance * sigma * norm.pdf(t)
