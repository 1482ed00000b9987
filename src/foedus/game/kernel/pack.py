"""From the dataclasses to what compiled code takes: plain tuples of numbers and arrays, then the derived `Game`.

The derived arrays are those of sections 3 to 5 of docs/theory.md that do not change from sweep to sweep:
the balance's transition matrix, the war payoffs, the odds at each belief. Parties p are
0 the adversary, 1 the protected state, 2 and 3 the coalition of low and high type.
"""

import math
from collections import namedtuple
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np

from foedus.game.future import Future
from foedus.game.grid import COARSE, Grid
from foedus.game.kernel.jit import compiled, inlined
from foedus.game.kernel.lanes import LANES
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import BoolArray, FloatArray, IntArray

LEAST_SHARE = 1e-4
"""Least standard deviation of the shock that is shared out, relative to its own."""
NEGLIGIBLE = 1e-15
"""Chance of a move of the balance that is left out."""
FAR = 9.0
"""Standard deviations beyond which a normal law has nothing: 1e-19."""

FutureNumbers = namedtuple("FutureNumbers", tuple(field.name for field in fields(Future)))  # type: ignore[misc]
"""A future as compiled code sees it: the same names, in the same order."""


class Clauses(NamedTuple):
    """An arrangement as compiled code sees it; axes as in `CompiledArrangement`."""

    weight: IntArray
    interest: FloatArray
    cost_weight: FloatArray
    confusion: FloatArray
    oblige: FloatArray
    quorum: IntArray
    must: BoolArray
    proposer: int
    blocked: BoolArray
    timeliness: FloatArray
    opacity: float
    deployed_force: float
    self_defence: float
    demilitarised: float
    aid: float
    x_grid: FloatArray
    is_even: bool
    """Whether x_grid has equal steps, so that a point is found by one multiplication."""


class Game(NamedTuple):
    """One future under one arrangement, ready for sweeps. s slices lost, k balance, e tier, p party, c chunk."""

    shape: tuple[int, int, int, int]
    """Beliefs, balances, slices, chunks of lanes."""
    odds: FloatArray
    """(c, lane) odds of the high type at each belief point; the lanes after the last point repeat it."""
    move: FloatArray
    """(e, k, k') chance that the balance moves from k to k' (section 5)."""
    band: IntArray
    """(e, k, 2) first k' with a chance that counts, and the one after the last."""
    war: FloatArray
    """(column, p, e) payoff of war (section 3); column = s K + k."""
    win: FloatArray
    """(k, e) chance w that the adversary wins."""
    success: FloatArray
    """(s, e) chance that a seizure that persists succeeds (section 4)."""
    coerced: FloatArray
    """(p) payoff of coercion."""
    taken: FloatArray
    """(p) payoff of one slice changing hands."""
    delta: FloatArray
    """(p) discount factors."""
    act: FloatArray
    """(g, l) what the adversary pays before the determination."""
    x_grid: FloatArray
    """(x) points of X."""
    open: FloatArray
    """(e) 1 if the tier can be proposed, 0 if it is blocked."""
    rho: float
    """Noise with which a response is read."""
    lam_A: float
    lam_P: float
    lam_G: float


def pack_future(future: Future) -> Any:
    """Return the future's numbers, all as floats."""
    values = (getattr(future, field.name) for field in fields(Future))
    return FutureNumbers(*(tuple(map(float, v)) if isinstance(v, tuple) else float(v) for v in values))


def pack_clauses(arrangement: CompiledArrangement) -> Clauses:
    """Return the arrangement's arrays, contiguous and of fixed type."""
    grid = np.ascontiguousarray(arrangement.x_grid, dtype=np.float64)
    return Clauses(
        weight=np.ascontiguousarray(arrangement.weight, dtype=np.int64),
        interest=np.ascontiguousarray(arrangement.interest, dtype=np.float64),
        cost_weight=np.ascontiguousarray(arrangement.cost_weight, dtype=np.float64),
        confusion=np.ascontiguousarray(arrangement.confusion, dtype=np.float64),
        oblige=np.ascontiguousarray(arrangement.oblige, dtype=np.float64),
        quorum=np.ascontiguousarray(arrangement.quorum, dtype=np.int64),
        must=np.ascontiguousarray(arrangement.must, dtype=np.bool_),
        proposer=int(arrangement.proposer),
        blocked=np.ascontiguousarray(arrangement.blocked, dtype=np.bool_),
        timeliness=np.ascontiguousarray(arrangement.timeliness, dtype=np.float64),
        opacity=float(arrangement.opacity),
        deployed_force=float(arrangement.deployed_force),
        self_defence=float(arrangement.self_defence),
        demilitarised=float(arrangement.demilitarised),
        aid=float(arrangement.aid),
        x_grid=grid,
        is_even=bool(np.allclose(np.diff(grid), grid[1] - grid[0], rtol=1e-9, atol=0)),
    )


def odds_of(grid: Grid) -> FloatArray:
    """Return the odds at each belief point, in chunks of lanes, the last point repeated to fill."""
    chunks = -(-grid.beliefs // LANES)
    filled = np.full(chunks * LANES, grid.log_odds[-1])
    filled[: grid.beliefs] = grid.log_odds
    odds: FloatArray = np.exp(filled).reshape(chunks, LANES)
    return odds


@compiled
def derive(f: Any, a: Clauses, odds: FloatArray, balance: FloatArray, beliefs: int, slices: int) -> Game:
    """Compute what stays the same from sweep to sweep."""
    balances = len(balance)
    nu = (f.resolve_low, f.resolve_high)
    win = np.empty((balances, 4))
    war = np.empty((slices * balances, 4, 4))
    for e in range(4):
        there = 1.0 if e >= 2 else f.presence
        force = a.deployed_force * there + a.timeliness[e] * f.tier_force[e] - f.counter_force[e]
        fought = 1.0 if e == 3 else 0.0
        for k in range(balances):
            w = 1.0 / (1.0 + math.exp(-f.decisiveness * (balance[k] - force)))
            win[k, e] = w
            for s in range(slices):
                rest = 1.0 - f.slice * s
                war[s * balances + k, 0, e] = f.stake_A * rest * w - f.war_cost_A - f.defend_cost_A * fought
                war[s * balances + k, 1, e] = -rest * w - f.war_cost_P
                for th in range(2):
                    war[s * balances + k, 2 + th, e] = -nu[th] * rest * w - f.war_cost_G * fought
    success = np.zeros((slices, 4))
    for s in range(slices - 1):
        for e in range(3):
            success[s, e] = f.seize_success[e]
    spill = f.spill * f.coerce_harm
    act = np.zeros((2, 4))
    for g in range(2):
        act[g, 1] = -f.cost_coerce
        act[g, 2] = -f.cost_seize + g * f.justification
        act[g, 3] = -f.cost_invade + g * f.justification
        for threat in range(4):
            act[g, threat] -= g * f.humiliation
    move = _moves(f, a, balance)
    return Game(
        shape=(beliefs, balances, slices, odds.shape[0]),
        odds=odds,
        move=move,
        band=_bands(move),
        war=war,
        win=win,
        success=success,
        coerced=np.array([f.coerce_gain, -f.coerce_harm, -nu[0] * spill, -nu[1] * spill]),
        taken=np.array([f.stake_A * f.slice, -f.slice, -nu[0] * f.slice, -nu[1] * f.slice]),
        delta=np.array([f.delta_A, f.delta_P, f.delta_G, f.delta_G]),
        act=act,
        x_grid=a.x_grid,
        open=np.where(a.blocked, 0.0, 1.0),
        rho=f.reading_noise + (1.0 - f.reading_noise) * a.opacity,
        lam_A=f.lam_A,
        lam_P=f.lam_P,
        lam_G=f.lam_G,
    )


@compiled
def heat(game: Game, times: float) -> Game:
    """Return the game with every lam so many times as high; the consultation keeps its own."""
    return Game(
        game.shape,
        game.odds,
        game.move,
        game.band,
        game.war,
        game.win,
        game.success,
        game.coerced,
        game.taken,
        game.delta,
        game.act,
        game.x_grid,
        game.open,
        game.rho,
        game.lam_A * times,
        game.lam_P * times,
        game.lam_G * times,
    )


@compiled
def _moves(f: Any, a: Clauses, balance: FloatArray) -> FloatArray:
    """Section 5: on few balances by cells, else shared between neighbours with mean and variance kept."""
    balances = len(balance)
    move = np.empty((4, balances, balances))
    drift = f.drift_A - a.self_defence * f.drift_P + a.demilitarised * f.drift_demil - a.aid * f.standing_aid
    scale = 1.0 / (f.sigma_balance * math.sqrt(2.0))
    s = f.sigma_balance
    for e in range(4):
        for k in range(balances):
            mean = min(max(balance[k] + drift - f.tier_aid[e], balance[0]), balance[balances - 1])
            if balances >= COARSE:
                s = _share_out(move[e, k], mean, f.sigma_balance, balance, s)
                continue
            below = 0.0
            for to in range(balances):
                upto = 1.0
                if to + 1 < balances:
                    upto = 0.5 * math.erfc((mean - 0.5 * (balance[to] + balance[to + 1])) * scale)
                move[e, k, to] = upto - below
                below = upto
    return move


@compiled
def _share_out(weight: FloatArray, mean: float, sigma: float, balance: FloatArray, s: float) -> float:
    """Fill (k') E[hat_k'(mean + s N)], s such that the variance is that of mean + sigma N clipped to the grid.

    Returns s; the search begins at the one given: away from the ends of the grid it is the same for every k.
    """
    last, least = len(balance) - 1, LEAST_SHARE * sigma
    (first, low), (over, high) = _moments(mean - balance[0], sigma), _moments(mean - balance[last], sigma)
    wanted = low - high - 2.0 * (balance[last] - balance[0]) * over - (first - over) ** 2
    # Newton's method; a step that leaves the bracket (nothing above sigma, nothing below least) halves it instead
    left, right = 0.0, 2.0 * sigma
    for _ in range(60):
        variance, slope = _share(weight, mean, s, balance)
        excess = variance - wanted
        if excess > 0.0:
            right = s
        else:
            left = s
        if abs(excess) < 1e-14 or right - left < 1e-14 or right <= least or left >= sigma:
            break
        s = min(max(s - excess / slope, least), sigma)
        if s <= left or s >= right:
            s = 0.5 * (left + right)
    return s


@compiled
def _share(weight: FloatArray, mean: float, s: float, balance: FloatArray) -> tuple[float, float]:
    """Fill (k') E[hat_k'(mean + s N)]; return the variance of these weights and its slope in s."""
    last, step = len(balance) - 1, balance[1] - balance[0]
    before, average, square = 1.0, 0.0, 0.0
    rise_before, average_rise, square_rise = 0.0, 0.0, 0.0
    tail, density = _beyond(mean - balance[0], s)
    ramp = (mean - balance[0]) * tail + s * density
    for to in range(last + 1):
        after, rise_after = 0.0, 0.0
        if to < last:
            # the slope of E max(0, distance + s N) in s is the density
            tail, next_density = _beyond(mean - balance[to + 1], s)
            next_ramp = (mean - balance[to + 1]) * tail + s * next_density
            after, rise_after = (ramp - next_ramp) / step, (density - next_density) / step
            ramp, density = next_ramp, next_density
        distance = balance[to] - mean
        weight[to] = max(before - after, 0.0)
        average += weight[to] * distance
        square += weight[to] * distance**2
        average_rise += (rise_before - rise_after) * distance
        square_rise += (rise_before - rise_after) * distance**2
        before, rise_before = after, rise_after
    return square - average * average, square_rise - 2.0 * average * average_rise


@inlined
def _moments(distance: float, sigma: float) -> tuple[float, float]:
    """Return E max(0, distance + sigma N) and E max(0, distance + sigma N) ** 2."""
    tail, density = _beyond(distance, sigma)
    ramp = distance * tail + sigma * density
    return ramp, distance * ramp + sigma**2 * tail


@inlined
def _beyond(distance: float, sigma: float) -> tuple[float, float]:
    """Return the chance that distance + sigma N is above 0, and the density of N where it is 0."""
    t = distance / sigma
    if abs(t) > FAR:
        return (1.0 if t > 0.0 else 0.0), 0.0
    return 0.5 * math.erfc(-t / math.sqrt(2.0)), math.exp(-0.5 * t * t) / math.sqrt(2.0 * math.pi)


@compiled
def _bands(move: FloatArray) -> IntArray:
    """Return where each row of ``move`` begins and ends to matter; what is cut off is below 1e-13 a row."""
    tiers, balances, _ = move.shape
    band = np.empty((tiers, balances, 2), np.int64)
    for e in range(tiers):
        for k in range(balances):
            low, high = 0, balances
            while move[e, k, low] < NEGLIGIBLE:
                low += 1
            while move[e, k, high - 1] < NEGLIGIBLE:
                high -= 1
            band[e, k, 0], band[e, k, 1] = low, high
    return band


def narrow(game: Game) -> Game:
    """Return the game in float32."""
    parts: Any = (x.astype(np.float32) if isinstance(x, np.ndarray) and x.dtype == np.float64 else x for x in game)
    return Game(*parts)
