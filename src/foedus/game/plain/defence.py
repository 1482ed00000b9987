"""Section 7 of the theory page: whether guarantors defend once war is on, worked out before any sweep."""

from dataclasses import dataclass

import numpy as np

from foedus.game.future import Future
from foedus.game.plain.consultation import ConsultationTable, war_duty
from foedus.game.plain.fighting import CRISIS_TIERS, War
from foedus.game.plain.logit import yes_chance
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from foedus.values.words import Tier


@dataclass(frozen=True, eq=False)
class Defence:
    """What the coalition does in a war that the finding m governs, tier e having been executed before."""

    gain: FloatArray
    """(type, e, k, s) X, per unit of interest: what defending saves, less the cost of fighting"""
    chance: FloatArray
    """(type, m, e, k, s) chi, the chance of defence"""
    joined: FloatArray
    """(i, type, m, e, k, s) chance of a defence that guarantor i has joined"""
    joining: float
    """Largest miss of the consultations that were read."""


def defend(*, war: War, table: ConsultationTable, compiled: CompiledArrangement, future: Future) -> Defence:
    """Return chi: the framework nation proposes to defend or not, then each guarantor joins or stands aside.

    ``X = nu_th * rest * (w(k, F_e) - w(k, F^d_e)) - war_cost_G``. The proposal is a logit of
    ``T (interest_F X - cost_weight_F tier_cost_3)`` against ``-duty_F``; where defending is blocked nobody proposes it.
    """
    nu = np.array([future.resolve_low, future.resolve_high])[:, None, None, None]
    gain = nu * (war.at_stake[0] - war.at_stake[1]) - future.war_cost_G
    members, findings, _ = compiled.oblige.shape
    chance = np.zeros((gain.shape[0], findings, *gain.shape[1:]))
    joined = np.zeros((members, *chance.shape))
    misses = [0.0]
    for m, e in np.ndindex(findings, len(CRISIS_TIERS)):
        if compiled.blocked[Tier.DEFEND]:
            break
        here, which = gain[:, e], (m, int(e == Tier.DEPLOY))
        executed = table.chance_executed(which, gain=here)
        proposed = _proposed(here, executed=executed, which=which, compiled=compiled, future=future)
        chance[:, m, e] = proposed * executed
        for i in range(members):
            joined[i, :, m, e] = proposed * table.chance_joined(which, member=i, gain=here)
        if m in compiled.governs:
            misses.append(table.miss_read(which, gain=here))
    return Defence(gain=gain, chance=chance, joined=joined, joining=float(np.max(misses)))


def _proposed(
    gain: FloatArray, *, executed: FloatArray, which: tuple[int, int], compiled: CompiledArrangement, future: Future
) -> FloatArray:
    """Return the chance that the framework nation proposes to defend."""
    leader = compiled.proposer
    cost = compiled.cost_weight[leader] * future.tier_cost[Tier.DEFEND]
    duty = war_duty(compiled=compiled, future=future)[(leader, *which)]
    return yes_chance(executed * (compiled.interest[leader] * gain - cost) + duty, lam=future.lam_G)
