"""Sections 4 to 8 for a block of games: one sweep in whole arrays.

Axes: f game, e tier, p party (adversary, protected state, low, high coalition), t type, g conduct, l threat, then the
state (k, b, s). A row q stands for a determination and an executed tier: 0 for no breach, then (n, e) for n = 1 to 4.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.plain.fighting import war
from foedus.game.plain.movement import balance_transition
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray, IntArray

Array = np.ndarray[Any, Any]
Pair = tuple[CompiledArrangement, Future]
TINY = 1e-30
TIER_OF_ROW = np.array([0, *[0, 1, 2, 3] * 4])


@dataclass(frozen=True, eq=False)
class Block:
    """What stays the same from sweep to sweep; every array begins with the axis f."""

    grid: Grid
    number: dict[str, Array]
    """Parameters of the futures by name, (f, 1, 1, 1, 1); per tier (f, e)."""
    move: Array
    """(f, e, k, k')"""
    war: Array
    """(f, p, q, k, b, s)"""
    success: Array
    """(f, q, k, b, s)"""
    prize: Array
    """(f, p, 1, 1, 1, 1) a slice changing hands"""
    harm: Array
    """(f, p, 1, 1, 1) coercion"""
    delta: Array
    """(f, 1, 1, p, 1, 1)"""
    find: Array
    """(f, l, g, n) M"""
    act: Array
    """(f, g, l, 1, 1, 1) what the adversary pays before the determination"""
    table: Array
    """(f, n - 1, r - 1, x) T"""
    x_from: Array
    """(f, 1, ...) first point of X"""
    x_step: Array
    rho: Array
    interest: Array
    own_cost: Array
    """(f, 1, 1, r - 1, 1, 1, 1) what the framework nation pays for a tier"""
    shirked: Array
    """(f, 1, n - 1, r, 1, 1, 1) renege oblige of the next tier; infinite where the tier is blocked"""
    odds: Array
    """(b, 1)"""

    def only(self, chosen: IntArray) -> "Block":
        """Return the block of some of its games."""
        shared = ("grid", "odds")
        parts = {f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name not in shared}
        number = {name: values[chosen] for name, values in parts.pop("number").items()}
        return dataclasses.replace(self, number=number, **{name: part[chosen] for name, part in parts.items()})


@dataclass(frozen=True, eq=False)
class Point:
    """Values and conjectures of a block of games."""

    value: Array
    """(f, k, p, b, s)"""
    conduct: Array
    """(f, 1, k, b, s) P(provoke)"""
    threat: Array
    """(f, g, l, k, b, s)"""
    response: Array
    """(f, t, n - 1, e - 1, k, b, s), e above none"""

    @property
    def conjectures(self) -> tuple[Array, Array, Array]:
        """Everything but the values."""
        return self.conduct, self.threat, self.response

    def only(self, chosen: IntArray) -> "Point":
        """Return the point of some of the games."""
        return Point(self.value[chosen], *(part[chosen] for part in self.conjectures))


def lay_out(pairs: list[Pair], tables: list[FloatArray], *, grid: Grid, dtype: type) -> Block:
    """Compute what stays fixed. ``tables[f]`` is T (n, r, x). X must be tabulated at even steps."""
    futures = [future for _, future in pairs]

    def each(values: list[Any], *tail: int) -> Array:
        array: Array = np.array(values, dtype=dtype)
        return array.reshape(*array.shape, *tail)

    def state(values: list[Any]) -> Array:
        """Put (..., k, s) under every belief."""
        array: Array = np.array(values, dtype=dtype)[..., None, :]
        return np.broadcast_to(array, (*array.shape[:-2], grid.beliefs, grid.slices)).copy()

    names = [field.name for field in dataclasses.fields(Future)]
    number = {name: each([getattr(f, name) for f in futures]) for name in names}
    nu = [(f.resolve_low, f.resolve_high) for f in futures]
    success = np.zeros((len(pairs), 17, grid.balances, grid.slices))
    success[..., :-1] = np.array([f.seize_success for f in futures])[:, TIER_OF_ROW][..., None, None]
    success[:, TIER_OF_ROW == 3] = 0.0
    wars = [war(compiled=a, future=f, balance=grid.balance, slices=grid.slices).worth for a, f in pairs]
    for a, _ in pairs:
        if not np.allclose(np.diff(a.x_grid), a.x_grid[1] - a.x_grid[0]):
            raise ValueError("numpy_solver: the points of X must be evenly spaced")
    shirked = np.array([f.renege * np.pad(a.oblige[a.proposer, 1:, 1:], ((0, 0), (0, 1))) for a, f in pairs])
    barred = np.array([a.blocked for a, _ in pairs]) & (np.arange(4) > 0)
    shirked = np.where(barred[:, None], np.inf, shirked)
    return Block(
        grid=grid,
        number=number,
        move=each([balance_transition(compiled=a, future=f, balance=grid.balance) for a, f in pairs]),
        war=state([w[:, TIER_OF_ROW] for w in wars]),
        success=state(list(success)),
        prize=each(
            [
                (f.stake_A * f.slice, -f.slice, -x * f.slice, -y * f.slice)
                for f, (x, y) in zip(futures, nu, strict=True)
            ],
            1,
            1,
            1,
            1,
        ),
        harm=each(
            [
                (f.coerce_gain, -f.coerce_harm, *(-x * f.spill * f.coerce_harm for x in both))
                for f, both in zip(futures, nu, strict=True)
            ],
            1,
            1,
            1,
        ),
        delta=each([(f.delta_A, f.delta_P, f.delta_G, f.delta_G) for f in futures], 1, 1)[:, None, None],
        find=each([a.confusion.transpose(1, 0, 2) for a, _ in pairs]),
        act=each([_before(f) for f in futures], 1, 1, 1),
        table=each([table[1:, 1:] for table in tables]),
        x_from=each([a.x_grid[0] for a, _ in pairs], *[1] * 6),
        x_step=each([a.x_grid[1] - a.x_grid[0] for a, _ in pairs], *[1] * 6),
        rho=each([f.reading_noise + (1 - f.reading_noise) * a.opacity for a, f in pairs], *[1] * 5),
        interest=each([a.interest[a.proposer] for a, _ in pairs], *[1] * 6),
        own_cost=each([a.cost_weight[a.proposer] * np.array(f.tier_cost[1:]) for a, f in pairs], 1, 1, 1)[
            :, None, None
        ],
        shirked=each(list(shirked), 1, 1, 1)[:, None],
        odds=np.exp(grid.log_odds).astype(dtype)[:, None],
    )


def first_point(games: int, *, grid: Grid, dtype: type) -> Point:
    """Return zero values and uniform policies."""
    b, k, s = grid.beliefs, grid.balances, grid.slices
    return Point(
        value=np.zeros((games, k, 4, b, s), dtype),
        conduct=np.full((games, 1, k, b, s), 0.5, dtype),
        threat=np.full((games, 2, 4, k, b, s), 0.25, dtype),
        response=np.full((games, 2, 4, 3, k, b, s), 0.25, dtype),
    )


def sweep(point: Point, block: Block) -> Point:
    """Play one period in every state of every game against the conjectures, last values coming next period."""
    y, lost = _next_values(point, block)
    seize, invade = _attacks(y, lost, block)
    gain = _gains(point, y, seize, invade, block)
    response = _responses(gain, block)
    return _choices(response, y, seize, invade, block)


def _number(block: Block, name: str, axes: int) -> Array:
    """Return a parameter (f, 1, ...) with ``axes`` ones."""
    values = block.number[name]
    return values.reshape(len(values), *[1] * axes)


def _next_values(point: Point, block: Block) -> tuple[Array, Array]:
    """Return y and y with one slice more, both (f, p, q, k, b, s) (section 5)."""
    prior, turnover = _number(block, "prior", 4), _number(block, "turnover", 4)
    held = point.value.copy()
    coalition = point.value[:, :, 2:]
    mixed = (1 - prior) * coalition[:, :, :1] + prior * coalition[:, :, 1:]
    held[:, :, 2:] = (1 - turnover) * coalition + turnover * mixed
    games, k, _, b, s = held.shape
    ahead = (block.move @ held.reshape(games, 1, k, 4 * b * s)).reshape(games, 4, k, 4, b, s) * block.delta
    below, share = _landing(point, block)
    start = (np.arange(games)[:, None] * 4 + TIER_OF_ROW)[:, :, None] * k + np.arange(k)
    at = (start[..., None] * 4 * b + below.reshape(games, 17, k, b * s)) * s
    at = at.reshape(games, 17, k, b, s) + np.arange(s)
    further = at + (np.arange(s) < s - 1)
    flat = ahead.ravel()
    return (
        np.stack([_between(flat, at + p * b * s, share, s) for p in range(4)], axis=1),
        np.stack([_between(flat, further + p * b * s, share, s) for p in range(4)], axis=1),
    )


def _between(flat: Array, at: IntArray, share: Array, step: int) -> Array:
    low = np.take(flat, at)
    return np.asarray(low + share * (np.take(flat, at + step) - low))


def _landing(point: Point, block: Block) -> tuple[IntArray, Array]:
    """Return the belief point below the posterior and the share of the way up, (f, q, k, b, s)."""
    pi = point.response
    none = 1 - pi.sum(axis=3, keepdims=True)
    read = (1 - block.rho[..., None]) * np.concatenate([none, pi], axis=3) + block.rho[..., None] / 4
    read = np.maximum(read, TINY).reshape(len(pi), 2, 16, *pi.shape[4:])
    ratio = np.concatenate([np.ones_like(read[:, 0, :1]), read[:, 1] / read[:, 0]], axis=1) * block.odds
    prior, turnover = _number(block, "prior", 4), _number(block, "turnover", 4)
    drawn = turnover * (1 + ratio)
    last = block.grid.beliefs - 1
    place = np.log(((1 - turnover) * ratio + drawn * prior) / ((1 - turnover) + drawn * (1 - prior)))
    place = np.clip((place + 4) * (last / 8), 0, last)
    below = np.minimum(place.astype(np.int64), last - 1)
    return below, place - below.astype(place.dtype)


def _attacks(y: Array, lost: Array, block: Block) -> tuple[Array, Array]:
    """Return what seizing and invading add to y, (f, p, q, k, b, s), the choice to persist included (section 4)."""
    fight = block.war - y
    seize = block.success[:, None] * (block.prize + lost - y)
    defended, met = TIER_OF_ROW == 3, TIER_OF_ROW >= 2
    seize[:, :, defended] = fight[:, :, defended]
    retreat = np.zeros((len(y), 4, 1, 1, 1, 1), y.dtype)
    retreat[:, 0] = -_number(block, "audience_A", 4)
    lam = _number(block, "lam_A", 5)
    for attack in (seize, fight):
        advantage = attack[:, :, met] - retreat
        attack[:, :, met] = expit(advantage[:, :1] / lam) * advantage + retreat
    return seize, fight


def _gains(point: Point, y: Array, seize: Array, invade: Array, block: Block) -> Array:
    """Return X (f, t, n - 1, r - 1, k, b, s), what was done being inferred from n (section 7)."""
    games, state = len(y), y.shape[3:]
    conduct = np.concatenate([1 - point.conduct, point.conduct], axis=1)[:, :, None]
    done = (conduct * point.threat).swapaxes(1, 2).reshape(games, 4, 2, -1)
    found = (block.find.swapaxes(2, 3) @ done)[:, :, 1:].reshape(games, 4, 4, *state)
    total = found.sum(axis=1)
    mu = found[:, 2:] / np.maximum(total, TINY)[:, None]

    def by_tier(rows: Array) -> Array:
        return rows[:, 2:, 1:].reshape(games, 2, 4, 4, *state)

    worth = by_tier(y) + mu[:, None, 0, :, None] * by_tier(seize) + mu[:, None, 1, :, None] * by_tier(invade)
    return np.where(total[:, None, :, None] > 0, worth[:, :, :, 1:] - worth[:, :, :, :1], 0)


def _responses(gain: Array, block: Block) -> Array:
    """Return pi (f, t, n - 1, e - 1, k, b, s) (section 6)."""
    games, points = len(gain), block.table.shape[-1]
    place = np.clip((gain - block.x_from) / block.x_step, 0, points - 1)
    below = np.minimum(place.astype(np.int64), points - 2)
    row = (np.arange(games * 12) * points).reshape(games, 1, 4, 3, 1, 1, 1)
    executed = _between(block.table.ravel(), below + row, place - below.astype(place.dtype), 1)
    worth = np.concatenate(
        [np.zeros_like(executed[:, :, :, :1]), executed * (block.interest * gain - block.own_cost)], axis=3
    )
    worth = (worth - block.shirked) / _number(block, "lam_G", 6)
    weight = np.exp(worth - worth.max(axis=3, keepdims=True))
    return np.asarray(weight[:, :, :, 1:] / weight.sum(axis=3, keepdims=True) * executed)


def _choices(response: Array, y: Array, seize: Array, invade: Array, block: Block) -> Point:
    """Return the adversary's and the protected state's choices, and new values (section 8)."""
    games, state = len(y), y.shape[3:]
    none = 1 - response.sum(axis=3, keepdims=True)
    by_type = np.concatenate([none, response], axis=3).reshape(games, 2, 16, *state)
    high = (block.odds / (1 + block.odds)).astype(y.dtype)
    public = by_type[:, 0] + high * (by_type[:, 1] - by_type[:, 0])
    facing = np.stack([public, public, by_type[:, 0], by_type[:, 1]], axis=1)
    paid = np.zeros((games, 4, 17, 1, 1, 1), y.dtype)
    paid[:, 0, :, 0, 0, 0] = block.number["penalty"][:, TIER_OF_ROW]
    paid[:, 2:, :, 0, 0, 0] = (block.number["tier_cost"][:, TIER_OF_ROW] * (TIER_OF_ROW > 0))[:, None]
    quiet = y - paid

    def expected(rows: Array) -> Array:
        """Return (f, p, n, k, b, s) the mean over executed tiers."""
        breach = (facing * rows[:, :, 1:]).reshape(games, 4, 4, 4, *state).sum(axis=3)
        return np.concatenate([rows[:, :, :1], breach], axis=2)

    held = expected(quiet)
    kinds = np.stack([held, held, held + expected(seize), held + expected(invade)], axis=2)
    after = block.find[:, None] @ kinds.reshape(games, 4, 4, 5, -1)
    action = after.reshape(games, 4, 4, 2, *state).swapaxes(2, 3)
    action[:, :, :, 1] += block.harm[:, :, None]
    action[:, 0] += block.act
    action[:, 1, 1] += _number(block, "provoke_gain", 4)
    scaled = action[:, 0] / _number(block, "lam_A", 5)
    weight = np.exp(scaled - scaled.max(axis=2, keepdims=True))
    threat = weight / weight.sum(axis=2, keepdims=True)
    worth = (threat[:, None] * action).sum(axis=3)
    provoke = expit((worth[:, 1, 1] - worth[:, 1, 0]) / _number(block, "lam_P", 3))[:, None]
    value = worth[:, :, 0] + provoke * (worth[:, :, 1] - worth[:, :, 0])
    return Point(np.ascontiguousarray(value.swapaxes(1, 2)), provoke, threat, response)


def _before(f: Future) -> FloatArray:
    """Return (g, l) what the adversary gains before the determination, by itself and after a provocation."""
    own = -np.array([0.0, f.cost_coerce, f.cost_seize, f.cost_invade])
    return np.stack([own, own - f.humiliation + f.justification * (np.arange(4) >= 2)])
