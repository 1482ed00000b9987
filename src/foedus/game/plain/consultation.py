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
MAX_ROUNDS = 6000
LOOK = 47
"""Rounds between two looks at how a proposal is moving; a prime, so that nothing that goes round stays in step."""
STRAIGHT, LONGEST = 0.9999, 0.1
"""Cosine between two misses from which the way is taken as straight; how far one leap may go."""
BREACH = slice(Determination.HYBRID, None)
SOME_TIER = slice(Tier.SUPPORT, None)


@dataclass(frozen=True, eq=False)
class ConsultationTable:
    """What becomes of a proposal, tabulated on the grid of X, the coalition's gain from the tier; linear between.

    ``*`` are the axes that tell proposals apart: (n, r) in the crisis, (m, whether e = 2) in war.
    """

    gain: FloatArray
    """(x) points of X."""
    executed: FloatArray
    """(*, x) chance T that the tier is executed; 0 where nobody is consulted."""
    joined: FloatArray
    """(i, *, x) chance that guarantor i joins and the tier is executed."""
    miss: FloatArray
    """(*, x) largest distance of a chance to join from its logit, the others joining as they do."""

    def chance_executed(self, which: tuple[int, ...], *, gain: FloatArray) -> FloatArray:
        """Return T of the proposal ``which`` (*) at every ``gain``, clamped to the grid."""
        return np.asarray(np.interp(gain, self.gain, self.executed[which]))

    def chance_joined(self, which: tuple[int, ...], *, member: int, gain: FloatArray) -> FloatArray:
        """Return the chance that ``member`` joins and the tier is executed, at every ``gain``."""
        return np.asarray(np.interp(gain, self.gain, self.joined[(member, *which)]))

    def miss_read(self, which: tuple[int, ...], *, gain: FloatArray) -> float:
        """Return the largest miss among the entries that a look-up at ``gain`` reads."""
        above = np.clip(np.searchsorted(self.gain, gain), 1, len(self.gain) - 1)
        read = np.union1d(above - 1, above)
        return float(np.max(self.miss[which][read]))


@dataclass(frozen=True, eq=False)
class Proposals:
    """A list of proposals to vote on, one a column c: the tier, the gain X it would bring and what was promised."""

    gain: FloatArray
    """(c) X"""
    tier_cost: FloatArray
    """(c)"""
    quorum: IntArray
    """(c) weight that must join"""
    duty: FloatArray
    """(i, c) what keeping its promise is worth to the guarantor: see `crisis_duty` and `war_duty`"""

    def only(self, chosen: IntArray) -> "Proposals":
        """Return the proposals at the indices ``chosen``."""
        return Proposals(
            gain=self.gain[chosen],
            tier_cost=self.tier_cost[chosen],
            quorum=self.quorum[chosen],
            duty=self.duty[:, chosen],
        )


def crisis_duty(*, compiled: CompiledArrangement, future: Future) -> FloatArray:
    """Return (i, n, r) ``renege * min(1, oblige[i, n, r])`` for the tiers of the crisis."""
    return np.asarray(future.renege * np.minimum(1.0, compiled.oblige[:, :, : Tier.DEFEND]))


def war_duty(*, compiled: CompiledArrangement, future: Future) -> FloatArray:
    """Return (i, m, h) ``renege * min(1, oblige[i, m, 3] + entangle * h)``, h telling whether e = 2 was executed."""
    promised = compiled.oblige[:, :, Tier.DEFEND, None]
    return np.asarray(future.renege * np.minimum(1.0, promised + future.entangle * np.array([0.0, 1.0])))


def consult_in_crisis(*, compiled: CompiledArrangement, future: Future) -> ConsultationTable:
    """Return the outcome of consultation (n, r) on every breach, tier and point of X."""
    duty = crisis_duty(compiled=compiled, future=future)[:, BREACH, SOME_TIER]
    asked = _on_grid(duty, tiers=np.array([Tier.SUPPORT, Tier.DEPLOY]), compiled=compiled, future=future)
    from_none = ((1, 0), (1, 0), (0, 0))
    return ConsultationTable(
        gain=asked.gain,
        executed=np.pad(asked.executed, from_none),
        joined=np.pad(asked.joined, ((0, 0), *from_none)),
        miss=np.pad(asked.miss, from_none),
    )


def consult_in_war(*, compiled: CompiledArrangement, future: Future) -> ConsultationTable:
    """Return the outcome of consultation (m, h) about defence, by the finding that governs and whether e = 2."""
    duty = war_duty(compiled=compiled, future=future)
    return _on_grid(duty, tiers=np.full(2, Tier.DEFEND), compiled=compiled, future=future)


def _on_grid(duty: FloatArray, *, tiers: IntArray, compiled: CompiledArrangement, future: Future) -> ConsultationTable:
    """Consult on every proposal of ``duty`` (i, a, b), whose tier is ``tiers`` (b), and every point of X."""
    members, first, second = duty.shape
    _, b, x = (axis.ravel() for axis in np.mgrid[:first, :second, : len(compiled.x_grid)])
    proposals = Proposals(
        gain=compiled.x_grid[x],
        tier_cost=np.array(future.tier_cost)[tiers[b]],
        quorum=compiled.quorum[tiers[b]],
        duty=np.repeat(duty.reshape(members, -1), len(compiled.x_grid), axis=1),
    )
    join = principal_branch(proposals, compiled=compiled, future=future)
    answer = join_response(join, proposals=proposals, compiled=compiled, future=future)
    if_joins, _ = pivotal_chances(join, quorum=proposals.quorum, compiled=compiled)
    joined = (join * if_joins).reshape(members, first, second, -1)
    miss = np.max(np.abs(answer - join), axis=0).reshape(first, second, -1)
    return ConsultationTable(gain=compiled.x_grid, executed=joined[compiled.proposer], joined=joined, miss=miss)


def principal_branch(proposals: Proposals, *, compiled: CompiledArrangement, future: Future) -> FloatArray:
    """Return (i, c) the equilibrium chances to join on the principal branch.

    From p = 1/2 at infinite noise the bracket of ``join_response`` is scaled up in equal steps to its full size; at
    each step p is iterated with damping 1/2 until it misses by less than 1e-9, every proposal on its own. Every 47
    rounds what goes to and fro is damped twice as much, and what creeps along a straight line leaps to where that line
    ends. Reference: McKelvey and Palfrey (1998).
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

    ``logistic(scale * (interest_i X (J_i - A_i) - cost_weight_i tier_cost_r J_i + duty_i + solidarity) / lam_G)``,
    and 1 for the framework nation, which joins its own proposal. Guarantors that are alike get one and the same answer.
    """
    if_joins, if_aside = pivotal_chances(join, quorum=proposals.quorum, compiled=compiled)
    gain = compiled.interest[:, None] * proposals.gain * (if_joins - if_aside)
    cost = compiled.cost_weight[:, None] * proposals.tier_cost * if_joins
    answer = yes_chance(scale * (gain - cost + proposals.duty + future.solidarity), lam=future.lam_G)
    answer[compiled.proposer] = 1.0
    return np.asarray(np.take_along_axis(answer, first_alike(proposals.duty, compiled=compiled), axis=0))


def first_alike(duty: FloatArray, *, compiled: CompiledArrangement) -> IntArray:
    """Return (i, c) the first guarantor that is like i in everything that bears on the proposal.

    Without this, rounding errors would tell alike guarantors apart, and where joining is a matter of coordination grow.
    """
    leads = np.arange(len(duty)) == compiled.proposer
    traits = np.stack([compiled.weight, compiled.interest, compiled.cost_weight, compiled.must, leads])
    alike = np.all(traits[:, :, None] == traits[:, None, :], axis=0)[:, :, None]
    return np.asarray(np.argmax(alike & (duty[:, None] == duty[None, :]), axis=1))


def pivotal_chances(
    join: FloatArray, *, quorum: IntArray, compiled: CompiledArrangement
) -> tuple[FloatArray, FloatArray]:
    """Return J and A (i, c): chance of execution if i joins, if i stands aside, the others joining with ``join``.

    A tier is executed if the weights of those who join reach the quorum and no required member stands aside.
    """
    law, all_required = _others(join, compiled=compiled)
    own = compiled.weight[:, None]
    if_joins = all_required * _chance_of_quorum(law, quorum=quorum - own)
    if_aside = all_required * _chance_of_quorum(law, quorum=quorum + 0 * own)
    return if_joins, np.where(compiled.must[:, None], 0.0, if_aside)


def _settle(
    join: FloatArray, *, proposals: Proposals, compiled: CompiledArrangement, future: Future, scale: float
) -> FloatArray:
    join, last = join.copy(), np.zeros_like(join)
    pace, moving = np.full(join.shape[1], 0.5), np.arange(join.shape[1])
    for count in range(1, MAX_ROUNDS + 1):
        old = join[:, moving]
        answer = join_response(old, proposals=proposals.only(moving), compiled=compiled, future=future, scale=scale)
        miss = answer - old
        share = pace[moving]
        if count % LOOK == 0:
            share = _look(miss, last=last[:, moving], pace=share)
            pace[moving] = np.minimum(pace[moving], share)
        join[:, moving], last[:, moving] = old + share * miss, miss
        moving = moving[np.max(np.abs(miss), axis=0) >= JOIN_TOLERANCE]
        if moving.size == 0:
            break
    return join


def _look(miss: FloatArray, *, last: FloatArray, pace: FloatArray) -> FloatArray:
    """Return (c) how much of each miss to take: half the pace where it turned, a leap where the way is straight.

    On a straight way misses shrink by a constant rate, and the end is 1 / (1 - rate) moves ahead.
    """
    along, before = np.sum(miss * last, axis=0), np.sum(last * last, axis=0)
    length = np.sum(miss * miss, axis=0)
    rate = np.sqrt(length / before)
    is_straight = (along > STRAIGHT * np.sqrt(length * before)) & (rate < 1.0)
    ahead = pace / np.where(is_straight, 1.0 - rate, 1.0)
    leap = np.minimum(ahead, np.maximum(pace, LONGEST / np.max(np.abs(miss), axis=0)))
    return np.asarray(np.where(along < 0.0, pace / 2.0, np.where(is_straight, leap, pace)))


def _others(join: FloatArray, *, compiled: CompiledArrangement) -> tuple[FloatArray, FloatArray]:
    """Return (i, weight, c) the law of the others' joining weight if all required ones join, (i, c) the chance of that.

    The Poisson-binomial law is built up member by member over integer weights; nobody counts among its own others.
    """
    members, columns = join.shape
    law = np.zeros((members, int(compiled.weight.sum()) + 1, columns))
    law[:, 0] = 1.0
    all_required = np.ones((members, columns))
    for j, weight in enumerate(compiled.weight.tolist()):
        is_other = (np.arange(members) != j)[:, None]
        if compiled.must[j]:
            all_required *= np.where(is_other, join[j], 1.0)
        joins = np.where(is_other, 1.0 if compiled.must[j] else join[j], 0.0)[:, None]
        with_j = law[:, :-weight] * joins
        law *= 1.0 - joins
        law[:, weight:] += with_j
    return law, all_required


def _chance_of_quorum(law: FloatArray, *, quorum: IntArray) -> FloatArray:
    """Return (i, c) the chance that a weight of the given law (i, weight, c) reaches ``quorum`` (i, c)."""
    reached = np.arange(law.shape[1])[:, None] >= quorum[:, None, :]
    return np.asarray(np.sum(law * reached, axis=1))
