"""The members of the coalition: weights, interests, required members, quorum, framework nation."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.arrangement.clauses import Deployment
from foedus.arrangement.parties import PartyFacts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DecisionRule, From, TierWord
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import BoolArray, FloatArray, IntArray
from foedus.values.quantity import Forces

_TIERS = (TierWord.SUPPORT, TierWord.DEPLOY, TierWord.DEFEND)


@dataclass(frozen=True)
class Members:
    """The guarantors and supporters that can answer a breach."""

    ids: tuple[str, ...]
    weight: IntArray
    """(i)"""
    interest: FloatArray
    """(i)"""
    quorum: IntArray
    """(r)"""
    must: BoolArray
    """(i)"""
    proposer: int


def find_members(
    arrangement: Arrangement, yardsticks: Yardsticks, facts: Mapping[str, PartyFacts], trace: Trace
) -> Members:
    """Find everyone who can answer a breach; raise ``ValueError`` when there is nobody."""
    ids = arrangement.responders
    if not ids:
        raise ValueError("nobody can answer a breach")
    weight = np.array([_weight(party, arrangement, yardsticks, facts, trace) for party in ids], dtype=np.int64)
    is_guarantor = np.array([party in arrangement.parties.guarantor for party in ids])
    return Members(
        ids=ids,
        weight=weight,
        interest=np.array([_interest(party, yardsticks, facts, trace) for party in ids]),
        quorum=_quorum(arrangement, weight, is_guarantor, yardsticks, trace),
        must=_must(arrangement, is_guarantor, trace),
        proposer=_proposer(arrangement, weight, is_guarantor, trace),
    )


def troops_in_place(party: str, arrangement: Arrangement, yardsticks: Yardsticks) -> float:
    """Return the troops that a party has in place before an attack, shared evenly where a clause names several."""
    return sum(
        share_standing(clause, yardsticks) * _share_of(party, clause.by, clause.forces, arrangement)
        for clause in arrangement.deployments
    )


def share_standing(deployment: Deployment, yardsticks: Yardsticks) -> float:
    """Return the share of a deployment that stands before an attack."""
    return {From.ATTACK: 0.0, From.UNKNOWN: yardsticks["deployed.unknown_start"]}.get(deployment.since, 1.0)


def troops_offered(party: str, arrangement: Arrangement) -> float:
    """Return the troops that a party has in place and has pledged."""
    pledged = sum(_share_of(party, clause.by, clause.forces, arrangement) for clause in arrangement.commitments)
    return pledged + sum(_share_of(party, clause.by, clause.forces, arrangement) for clause in arrangement.deployments)


def debtors(named: tuple[str, ...], arrangement: Arrangement) -> tuple[str, ...]:
    """Return the responders that a list of parties names; ``all_guarantors`` names every guarantor."""
    guarantors = arrangement.parties.guarantor
    wanted = set(guarantors) if "all_guarantors" in named or "any_party" in named else set(named)
    return tuple(party for party in arrangement.responders if party in wanted)


def _share_of(party: str, named: tuple[str, ...], forces: object, arrangement: Arrangement) -> float:
    if not isinstance(forces, Forces) or forces.unit != "troops":
        return 0.0
    owing = debtors(named, arrangement)
    return forces.middle / len(owing) if party in owing else 0.0


def _weight(
    party: str, arrangement: Arrangement, yardsticks: Yardsticks, facts: Mapping[str, PartyFacts], trace: Trace
) -> int:
    spending = facts[party].defence_spending if party in facts else None
    from_spending = math.sqrt(spending.value / yardsticks["weight.unit"]) if spending else 0.0
    from_pledges = troops_offered(party, arrangement) / yardsticks["weight.pledge"]
    weight = max(1, round(from_spending), round(from_pledges))
    because = f"defence spending {spending.value:g} {spending.unit} ({spending.date})" if spending else "no figure: 1"
    trace.note("weight", entry=party, value=str(weight), clause="parties", because=because)
    return weight


def _interest(party: str, yardsticks: Yardsticks, facts: Mapping[str, PartyFacts], trace: Trace) -> float:
    given = facts[party].donor_share_gdp if party in facts else None
    if given is None or given.value <= 0:
        value, because = yardsticks["interest.no_record"], "no donor record: yardstick interest.no_record"
    else:
        ratio = given.value / yardsticks["interest.reference"]
        value = min(2.0, max(0.3, ratio ** yardsticks["interest.exponent"]))
        because = f"gave {given.value:g} per cent of GDP (to {given.date}); within 0.3 and 2"
    trace.note("interest", entry=party, value=value, clause="parties", because=because)
    return value


def _quorum(
    arrangement: Arrangement, weight: IntArray, is_guarantor: BoolArray, yardsticks: Yardsticks, trace: Trace
) -> IntArray:
    decision, total = arrangement.decision, int(weight.sum())
    voting = int(weight[is_guarantor].sum()) or total
    quorum = np.zeros(4, dtype=np.int64)
    for r, tier in enumerate(_TIERS, start=1):
        stated = getattr(decision.quorum, tier.value)
        if decision.rule is DecisionRule.UNANIMITY:
            needed, because, clause = float(voting), "every guarantor must join", "decision.rule"
        elif stated is not None:
            needed, because, clause = (
                stated * voting,
                f"a share of {stated:g} of the guarantors' weight",
                "decision.quorum",
            )
        else:
            share = yardsticks[f"mass.{tier.value}"]
            needed, because, clause = (
                share * total,
                f"no quorum stated: effective mass, yardstick mass.{tier.value}",
                "",
            )
        quorum[r] = max(1, math.ceil(needed - 1e-9))
        trace.note("quorum", entry=tier.value, value=f"{quorum[r]} of {total}", clause=clause, because=because)
    return _with_capability(arrangement, quorum, total=total, trace=trace)


def _with_capability(arrangement: Arrangement, quorum: IntArray, *, total: int, trace: Trace) -> IntArray:
    offered = sum(troops_offered(party, arrangement) for party in arrangement.responders)
    for index, need in enumerate(arrangement.decision.capability):
        r = 1 + _TIERS.index(need.tier)
        if isinstance(need.forces, Forces) and offered > 0:
            quorum[r] = max(quorum[r], math.ceil(total * min(1.0, need.forces.middle / offered)))
            trace.note(
                "quorum",
                entry=need.tier.value,
                value=f"{quorum[r]} of {total}",
                clause=f"decision.capability[{index}]",
                because=f"{need.forces} of {offered:g} offered",
            )
    return quorum


def _must(arrangement: Arrangement, is_guarantor: BoolArray, trace: Trace) -> BoolArray:
    decision = arrangement.decision
    if decision.rule is DecisionRule.UNANIMITY:
        trace.note("must", entry="every guarantor", value="required", clause="decision.rule", because="unanimity")
        return is_guarantor.copy()
    alone = decision.framework_nation if decision.rule is DecisionRule.LEAD_ALONE else None
    required = {*decision.required, *([alone] if alone else [])}
    for party in sorted(required & set(arrangement.responders)):
        trace.note("must", entry=party, value="required", clause="decision.required", because="nothing without it")
    return np.array([party in required for party in arrangement.responders])


def _proposer(arrangement: Arrangement, weight: IntArray, is_guarantor: BoolArray, trace: Trace) -> int:
    ids, named = arrangement.responders, arrangement.decision.framework_nation
    if named in ids:
        trace.note("proposer", entry="F", value=str(named), clause="decision.framework_nation", because="named")
        return ids.index(named)
    candidates = np.where(is_guarantor, weight, 0) if is_guarantor.any() else weight
    chosen = int(np.argmax(candidates))
    trace.note("proposer", entry="F", value=ids[chosen], clause="", because="none named: the one of largest weight")
    return chosen
