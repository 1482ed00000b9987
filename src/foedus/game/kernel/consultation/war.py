"""Steps 4 and 7 of docs/theory.md's period once war is on: the chance chi that guarantors fight (sections 6 and 7).

In war X depends on the type, the executed tier, the balance and the slices lost alone, so chi is worked out once,
before any sweep.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.consultation.table import Consultation, Questions
from foedus.game.kernel.machine.jit import called, inlined
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.fighting import Lottery
from foedus.game.kernel.stage.layout import (
    CRISIS_TIERS,
    DEFENCE,
    FINDINGS,
    GROUNDS,
    INVADE,
    QUESTIONS,
    SEIZE,
    TYPES,
    war_question,
)
from foedus.values.arrays import BoolArray, FloatArray


class DefenceTable(NamedTuple):
    """What the coalition does once war is on."""

    proposed: FloatArray
    """(column, m, e, th) chance that the framework nation proposes to defend in a war that m governs."""
    chi: FloatArray
    """(column, m, e, th) chance that guarantors fight."""


@called
def decide_on_defence(
    f: Any, a: Clauses, questions: Questions, consultation: Consultation, lottery: Lottery
) -> DefenceTable:
    """Work out the chance of defence in every war; what `asked_in_war` says is settled."""
    columns = len(lottery.gain)
    proposed = np.zeros((columns, FINDINGS, CRISIS_TIERS, TYPES))
    chi = np.zeros((columns, FINDINGS, CRISIS_TIERS, TYPES))
    governs = governing(a)
    for m in range(FINDINGS):
        for e in range(CRISIS_TIERS):
            q = war_question(m, e)
            if governs[m] and questions.is_open[q]:
                duty = questions.duty[q, a.leader] - f.solidarity
                for column in range(columns):
                    for th in range(TYPES):
                        gain = lottery.gain[column, e, th]
                        at, share = place_of(a, gain)
                        done = (1.0 - share) * consultation.table[q, at] + share * consultation.table[q, at + 1]
                        worth = done * (a.interest[a.leader] * gain - a.cost_weight[a.leader] * f.tier_cost[DEFENCE])
                        proposed[column, m, e, th] = 1.0 / (1.0 + math.exp(-(worth + duty) / f.lam_G))
                        chi[column, m, e, th] = proposed[column, m, e, th] * done
    return DefenceTable(proposed, chi)


@called
def governing(a: Clauses) -> BoolArray:
    """Return (m) whether a war that m governs can come about."""
    found = np.zeros(FINDINGS, np.bool_)
    for threat in (SEIZE, INVADE):
        for n in range(FINDINGS):
            for c in range(GROUNDS):
                if a.confusion[c, threat, n] > 0.0:
                    found[a.governs[threat - SEIZE, n]] = True
    return found


@inlined
def place_of(a: Clauses, gain: float) -> tuple[int, float]:
    """Return the point of X below ``gain``, clamped to the grid, and the share of the way to the next."""
    last = len(a.x_grid) - 1
    inside = min(max(gain, a.x_grid[0]), a.x_grid[last])
    at = min(int((inside - a.x_grid[0]) / (a.x_grid[last] - a.x_grid[0]) * last), last - 1)
    while at > 0 and inside < a.x_grid[at]:
        at -= 1
    while at + 1 < last and a.x_grid[at + 1] <= inside:
        at += 1
    return at, (inside - a.x_grid[at]) / (a.x_grid[at + 1] - a.x_grid[at])


@called
def asked_in_war(a: Clauses, lottery: Lottery) -> BoolArray:
    """Return (q, x) the points of X between which the gains from defence lie."""
    asked, governs = np.zeros((QUESTIONS, len(a.x_grid)), np.bool_), governing(a)
    for e in range(CRISIS_TIERS):
        for column in range(len(lottery.gain)):
            for th in range(TYPES):
                at, _ = place_of(a, lottery.gain[column, e, th])
                for m in range(FINDINGS):
                    if governs[m]:
                        asked[war_question(m, e), at] = True
                        asked[war_question(m, e), at + 1] = True
    return asked
