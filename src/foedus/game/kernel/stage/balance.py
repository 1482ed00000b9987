"""Section 5 of docs/theory.md: how the balance moves in a period in which tier e was executed."""

import math
from typing import Any

import numpy as np

from foedus.game.grid import COARSE
from foedus.game.kernel.machine.jit import called, inlined
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.layout import CRISIS_TIERS
from foedus.values.arrays import FloatArray, IntArray

LEAST_SHARE = 1e-4
"""Least standard deviation of the shock that is shared out, relative to its own."""
NEGLIGIBLE = 1e-15
"""Chance of a move of the balance that is left out."""
FAR = 9.0
"""Standard deviations beyond which a normal law has nothing: 1e-19."""


@called
def moves(f: Any, a: Clauses, balance: FloatArray) -> FloatArray:
    """Return (e, k, k') chances: on few balances by cells, else shared between neighbours, mean and variance kept."""
    balances = len(balance)
    move = np.empty((CRISIS_TIERS, balances, balances))
    drift = f.drift_A - a.self_defence * f.drift_P + a.demilitarised * f.drift_demil - a.aid * f.standing_aid
    scale = 1.0 / (f.sigma_balance * math.sqrt(2.0))
    s = f.sigma_balance
    for e in range(CRISIS_TIERS):
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


@called
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


@called
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


@called
def bands(move: FloatArray) -> IntArray:
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
