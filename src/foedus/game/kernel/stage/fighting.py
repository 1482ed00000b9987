"""Section 3 of docs/theory.md: forces, the chance of winning a war, and what defence would gain."""

import math
from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.machine.jit import called, inlined
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.layout import CRISIS_TIERS, column_of
from foedus.values.arrays import FloatArray


class Lottery(NamedTuple):
    """The lottery that a war is."""

    win: FloatArray
    """(k, e, d) chance w that the adversary wins, undefended and defended."""
    gain: FloatArray
    """(column, e, th) X: what defence would gain a coalition of each type, per unit of interest, less war_cost_G."""


@called
def draw_up_lottery(f: Any, a: Clauses, balance: FloatArray, slices: int) -> Lottery:
    """Work out who wins, with and without defence, and the gain from defence (section 7)."""
    balances = len(balance)
    win, gain = np.empty((balances, CRISIS_TIERS, 2)), np.empty((slices * balances, CRISIS_TIERS, 2))
    for e in range(CRISIS_TIERS):
        alone, defended = _forces(f, a, e)
        for k in range(balances):
            win[k, e, 0] = _wins(f, balance[k], alone)
            win[k, e, 1] = _wins(f, balance[k], defended)
            for s in range(slices):
                saved = (1.0 - f.slice * s) * (win[k, e, 0] - win[k, e, 1])
                gain[column_of(balances, s, k), e, 0] = f.resolve_low * saved - f.war_cost_G
                gain[column_of(balances, s, k), e, 1] = f.resolve_high * saved - f.war_cost_G
    return Lottery(win, gain)


@inlined
def _forces(f: Any, a: Clauses, e: int) -> tuple[float, float]:
    """Return F_e and F^d_e: the force on the protected side once tier e is executed, undefended and defended."""
    there = 1.0 if e == 2 else f.presence
    alone = a.deployed_force * there + a.timeliness[e] * f.tier_force[e] - f.counter_force[e]
    in_time = (1.0 + a.timeliness[3]) / 2.0 if e == 2 else a.timeliness[3]
    joined = a.deployed_force + in_time * f.tier_force[3] - f.counter_force[3]
    return alone, max(alone, joined)


@inlined
def _wins(f: Any, balance: float, force: float) -> float:
    """Return w(k, F)."""
    return 1.0 / (1.0 + math.exp(-f.decisiveness * (balance - force)))
