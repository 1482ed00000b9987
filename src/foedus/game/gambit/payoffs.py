"""What a path through one period brings to everybody: sections 4 and 6 of the theory page, one path at a time.

Parties are those of ``plain/board.py``; a period's players are the protected state, the adversary and every guarantor.
"""

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from foedus.game.plain.board import ADVERSARY, LOW, PROTECTED, Board
from foedus.values.arrays import FloatArray
from foedus.values.words import Determination, Threat, Tier


class PeriodEnding(Enum):
    """How a period ends."""

    WAR = auto()
    TAKEN = auto()
    """Peace, and a slice has changed hands."""
    PEACE = auto()


@dataclass(frozen=True)
class PeriodHistory:
    """What has happened in a period: where it began, the type, what was done, found, proposed, and who joined."""

    k: int
    s: int
    th: int
    g: int = 0
    act: int = 0
    n: int = 0
    r: int = 0
    joined: tuple[bool, ...] = ()
    executed: int = 0
    persists: bool = True


def period_endings(path: PeriodHistory, *, board: Board) -> dict[PeriodEnding, float]:
    """Return how the period may end once everybody has chosen, with the chances of each."""
    if not path.persists or path.act < Threat.SEIZE:
        return {PeriodEnding.PEACE: 1.0}
    if path.act == Threat.INVADE or path.executed == Tier.DEFEND:
        return {PeriodEnding.WAR: 1.0}
    taken = float(board.seize_success[path.executed, path.s])
    return {course: x for course, x in ((PeriodEnding.TAKEN, taken), (PeriodEnding.PEACE, 1.0 - taken)) if x > 0.0}


def cell(path: PeriodHistory, course: PeriodEnding, *, board: Board) -> FloatArray:
    """Return (party) what a course is worth before anything that comes later, and before penalties (section 4)."""
    f = board.future
    if course is PeriodEnding.WAR:
        return np.asarray(board.war.worth[:, path.executed, path.k, path.s])
    nu = (f.resolve_low, f.resolve_high)
    if course is PeriodEnding.TAKEN:
        return f.slice * np.array([f.stake_A, -1.0, -nu[0], -nu[1]])
    if path.act == Threat.COERCE:
        return np.array([f.coerce_gain, -f.coerce_harm, *(-x * f.spill * f.coerce_harm for x in nu)])
    return np.array([0.0 if path.persists else -f.audience_A, 0.0, 0.0, 0.0])


def received(path: PeriodHistory, worth: FloatArray, *, board: Board) -> FloatArray:
    """Return (player) what the period's own players count, ``worth`` (party) being section 4's entry.

    A guarantor counts what joining costs it and what a broken promise costs it, as in its line of section 6.
    """
    f, c = board.future, board.compiled
    own = [_protected(path, worth, board=board), _adversary(path, worth, board=board)]
    for i in range(len(c.weight)):
        gain = c.interest[i] * worth[LOW + path.th]
        if path.executed > 0 and path.joined[i]:
            gain -= c.cost_weight[i] * f.tier_cost[path.executed]
        if path.n > Determination.NO_BREACH and i == c.proposer and path.r < Tier.DEFEND:
            gain -= f.renege * c.oblige[i, path.n, path.r + 1]
        if path.r > 0 and i != c.proposer and path.joined[i]:
            gain += f.renege * c.oblige[i, path.n, path.r]
        own.append(float(gain))
    return np.array(own)


def foreseen(path: PeriodHistory, worth: FloatArray, *, board: Board) -> FloatArray:
    """Return (player) what the players of the period before count for this one, discounted.

    A guarantor counts the coalition's value, which pays a tier's cost as the average member does (section 7).
    """
    f, c = board.future, board.compiled
    coalition = float(worth[LOW + path.th]) - f.tier_cost[path.executed] * (path.executed > 0)
    own = [f.delta_P * _protected(path, worth, board=board), f.delta_A * _adversary(path, worth, board=board)]
    return np.array([*own, *(f.delta_G * c.interest * coalition)])


def noise(board: Board) -> FloatArray:
    """Return (player) the scale of each player's choice shocks, by which its payoffs are divided."""
    f = board.future
    return np.array([f.lam_P, f.lam_A, *[f.lam_G] * len(board.compiled.weight)])


def _protected(path: PeriodHistory, worth: FloatArray, *, board: Board) -> float:
    return float(worth[PROTECTED]) + path.g * board.future.provoke_gain


def _adversary(path: PeriodHistory, worth: FloatArray, *, board: Board) -> float:
    f = board.future
    cost = (0.0, f.cost_coerce, f.cost_seize, f.cost_invade)[path.act]
    justified = f.justification if path.act >= Threat.SEIZE else 0.0
    return float(worth[ADVERSARY]) - f.penalty[path.executed] - cost + path.g * (justified - f.humiliation)
