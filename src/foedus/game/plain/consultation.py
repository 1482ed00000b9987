"""Section 6 of the theory page: each guarantor joins or stands aside, knowing that the others choose too."""

from dataclasses import dataclass

import numpy as np

from foedus.game.future import Future
from foedus.game.plain.logit import yes_chance
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray, IntArray
from foedus.values.words import Determination, Tier

HOMOTOPY_STEPS = 12
JOIN_TOLERANCE = 1e-9
MAX_ROUNDS = 5000
BREACH = slice(Determination.HYBRID, None)
SOME_TIER = slice(Tier.SUPPORT, None)


@dataclass(frozen=True, eq=False)
class ConsultationTable:
    """What becomes of a proposal, tabulated on the grid of X, the coalition's gain from the tier; linear between."""

    gain: FloatArray
    """(x) points of X."""
    executed: FloatArray
    """(n, r, x) chance T that the tier is executed; 0 on no breach and for tier none."""
    joined: FloatArray
    """(i, n, r, x) chance that guarantor i joins and the tier is executed."""

    def chance_executed(self, gain: FloatArray) -> FloatArray:
        """Return T at ``gain`` (type, n, r, ...), clamped to the grid."""
        return self._between(self.executed, gain=gain)

    def chance_joined(self, *, member: int, gain: FloatArray) -> FloatArray:
        """Return the chance that ``member`` joins and the tier is executed, at ``gain`` (type, n, r, ...)."""
        return self._between(self.joined[member], gain=gain)

    def _between(self, table: FloatArray, *, gain: FloatArray) -> FloatArray:
        found = np.empty_like(gain)
        for n in range(table.shape[0]):
            for r in range(table.shape[1]):
                found[:, n, r] = np.interp(gain[:, n, r], self.gain, table[n, r])
        return found


@dataclass(frozen=True, eq=False)
class Proposals:
    """A list of proposals to vote on, one a column c: the determination, the tier and the gain X it would bring."""

    gain: FloatArray
    """(c) X"""
    tier_cost: FloatArray
    """(c)"""
    quorum: IntArray
    """(c) weight that must join"""
    duty: FloatArray
    """(i, c) renege * oblige[i, n, r]"""

    def only(self, chosen: IntArray) -> "Proposals":
        """Return the proposals at the indices ``chosen``."""
        return Proposals(
            gain=self.gain[chosen],
            tier_cost=self.tier_cost[chosen],
            quorum=self.quorum[chosen],
            duty=self.duty[:, chosen],
        )


def consult(*, compiled: CompiledArrangement, future: Future) -> ConsultationTable:
    """Return the outcome of consultation on every determination, tier and point of X."""
    proposals = all_proposals(compiled=compiled, future=future)
    join = principal_branch(proposals, compiled=compiled, future=future)
    if_joins, _ = pivotal_chances(join, quorum=proposals.quorum, compiled=compiled)
    members, determinations, tiers = compiled.oblige.shape
    joined = np.zeros((members, determinations, tiers, len(compiled.x_grid)))
    joined[:, BREACH, SOME_TIER] = (join * if_joins).reshape(members, determinations - 1, tiers - 1, -1)
    return ConsultationTable(gain=compiled.x_grid, executed=joined[compiled.proposer], joined=joined)


def all_proposals(*, compiled: CompiledArrangement, future: Future) -> Proposals:
    """Return one column for every breach n, tier r above none and point x, in that order."""
    _, determinations, tiers = compiled.oblige.shape
    n, r, x = (axis.ravel() for axis in np.mgrid[1:determinations, 1:tiers, : len(compiled.x_grid)])
    return Proposals(
        gain=compiled.x_grid[x],
        tier_cost=np.array(future.tier_cost)[r],
        quorum=compiled.quorum[r],
        duty=future.renege * compiled.oblige[:, n, r],
    )


def principal_branch(proposals: Proposals, *, compiled: CompiledArrangement, future: Future) -> FloatArray:
    """Return (i, c) the equilibrium chances to join on the principal branch.

    From p = 1/2 at infinite noise the bracket of ``join_response`` is scaled up in equal steps to its full size; at
    each step p is iterated with damping 1/2 until it moves by less than 1e-9 (each proposal on its own).
    Reference: McKelvey and Palfrey (1998).
    """
    join = np.full(proposals.duty.shape, 0.5)
    join[compiled.proposer] = 1.0
    for step in range(1, HOMOTOPY_STEPS + 1):
        join = _settle(join, proposals=proposals, compiled=compiled, future=future, scale=step / HOMOTOPY_STEPS)
    return join


def join_response(
    join: FloatArray, *, proposals: Proposals, compiled: CompiledArrangement, future: Future, scale: float = 1.0
) -> FloatArray:
    """Return (i, c) the chance that each guarantor joins when all others join with chances ``join``.

    ``logistic(scale * (interest_i X (J_i - A_i) - cost_weight_i tier_cost_r J_i + renege oblige[i,n,r]) / lam_G)``,
    and 1 for the framework nation, which joins its own proposal.
    """
    if_joins, if_aside = pivotal_chances(join, quorum=proposals.quorum, compiled=compiled)
    gain = compiled.interest[:, None] * proposals.gain * (if_joins - if_aside)
    cost = compiled.cost_weight[:, None] * proposals.tier_cost * if_joins
    answer = yes_chance(scale * (gain - cost + proposals.duty), lam=future.lam_G)
    answer[compiled.proposer] = 1.0
    return answer


def pivotal_chances(
    join: FloatArray, *, quorum: IntArray, compiled: CompiledArrangement
) -> tuple[FloatArray, FloatArray]:
    """Return J and A (i, c): chance of execution if i joins, if i stands aside, the others joining with ``join``.

    A tier is executed if the weights of those who join reach the quorum and no required member stands aside.
    """
    if_joins, if_aside = np.empty_like(join), np.zeros_like(join)
    for i, own in enumerate(compiled.weight.tolist()):
        law, all_required = _others(join, compiled=compiled, without=i)
        if_joins[i] = all_required * _chance_of_quorum(law, quorum=quorum - own)
        if not compiled.must[i]:
            if_aside[i] = all_required * _chance_of_quorum(law, quorum=quorum)
    return if_joins, if_aside


def _settle(
    join: FloatArray, *, proposals: Proposals, compiled: CompiledArrangement, future: Future, scale: float
) -> FloatArray:
    join = join.copy()
    moving = np.arange(join.shape[1])
    for _ in range(MAX_ROUNDS):
        old = join[:, moving]
        answer = join_response(old, proposals=proposals.only(moving), compiled=compiled, future=future, scale=scale)
        join[:, moving] = (old + answer) / 2.0
        moving = moving[np.max(np.abs(answer - old), axis=0) >= JOIN_TOLERANCE]
        if moving.size == 0:
            break
    return join


def _others(join: FloatArray, *, compiled: CompiledArrangement, without: int) -> tuple[FloatArray, FloatArray]:
    """Return (weight, c) the law of the others' joining weight when all required ones join, and (c) the chance of that.

    The Poisson-binomial law is built up member by member over integer weights.
    """
    law = np.zeros((int(compiled.weight.sum()) + 1, join.shape[1]))
    law[0] = 1.0
    all_required = np.ones(join.shape[1])
    for j, weight in enumerate(compiled.weight.tolist()):
        if j == without:
            continue
        chance = np.ones(join.shape[1]) if compiled.must[j] else join[j]
        all_required = all_required * join[j] if compiled.must[j] else all_required
        with_j = law[:-weight] * chance
        law = law * (1.0 - chance)
        law[weight:] += with_j
    return law, all_required


def _chance_of_quorum(law: FloatArray, *, quorum: IntArray) -> FloatArray:
    """Return (c) the chance that the weight with the given law reaches the quorum."""
    reached = np.arange(law.shape[0])[:, None] >= quorum
    return np.asarray(np.sum(law * reached, axis=0))
