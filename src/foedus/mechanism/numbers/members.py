"""Who sits at the table: weights, interests, required members, quorum, framework nation."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from foedus.arrangement.parties import PartyFacts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import TierWord
from foedus.facts.interest import interest_in_numbers, interest_of
from foedus.facts.theatre import theatre_of
from foedus.mechanism.numbers.questions import T
from foedus.mechanism.numbers.reading import Reading, stance
from foedus.mechanism.numbers.troops import troops_offered
from foedus.mechanism.numbers.weights import weight_needed
from foedus.mechanism.rules.duties import TIERS
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import BoolArray, FloatArray, IntArray
from foedus.values.quantity import Forces

_LIKELIER = 0.5
"""Whole numbers cannot be averages: the quorum and the required members are those of the likelier world."""


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
    arrangement: Arrangement,
    reading: Reading,
    *,
    weights: Mapping[str, int],
    yardsticks: Yardsticks,
    facts: Mapping[str, PartyFacts],
    trace: Trace,
) -> Members:
    """Seat everyone who can answer a breach; raise ``ValueError`` when there is nobody."""
    ids = arrangement.responders
    if not ids:
        raise ValueError("nobody can answer a breach")
    for party in ids:
        trace.note("weight", entry=party, value=str(weights[party]), clause="parties", because=_spent(party, facts))
    return Members(
        ids=ids,
        weight=np.array([weights[party] for party in ids], dtype=np.int64),
        interest=_interests(arrangement, yardsticks, trace),
        quorum=_quorum(arrangement, reading, weights=weights, yardsticks=yardsticks, trace=trace),
        must=_must(arrangement, reading, yardsticks, trace),
        proposer=_proposer(arrangement, weights, trace),
    )


def _spent(party: str, facts: Mapping[str, PartyFacts]) -> str:
    spending = facts[party].defence_spending if party in facts else None
    return f"defence spending {spending.value:g} {spending.unit} ({spending.date})" if spending else "no figure: 1"


def _interests(arrangement: Arrangement, yardsticks: Yardsticks, trace: Trace) -> FloatArray:
    """Return (i) interests by the text, or by the record of its theatre and time; where neither speaks, wide ranges."""
    theatre, values = theatre_of(arrangement), []
    for party in arrangement.responders:
        found = interest_of(party, arrangement, theatre=theatre)
        values.append(interest_in_numbers(found, yardsticks=yardsticks))
        clause = "" if found.place is None else f"interest[{found.place}]"
        trace.note("interest", entry=party, value=values[-1], clause=clause, because=found.because)
    return np.array(values)


def _quorum(
    arrangement: Arrangement, reading: Reading, *, weights: Mapping[str, int], yardsticks: Yardsticks, trace: Trace
) -> IntArray:
    total = sum(weights[party] for party in arrangement.responders)
    quorum = np.zeros(4, dtype=np.int64)
    for r, tier in enumerate(TIERS, start=1):
        needed = _likelier(partial(_needed, arrangement, reading, tier, weights), reading, yardsticks)
        because, clause = f"the least weight that meets the rule {arrangement.decision.rule}", "decision.rule"
        if needed is None:
            needed = math.ceil(yardsticks[f"mass.{tier.value}"] * total - 1e-9)
            because, clause = f"the rules ask for no weight: effective mass, yardstick mass.{tier.value}", ""
        quorum[r] = max(1, needed)
        trace.note("quorum", entry=tier.value, value=f"{quorum[r]} of {total}", clause=clause, because=because)
    return _with_capability(arrangement, quorum, total=total, trace=trace)


def _needed(
    arrangement: Arrangement, reading: Reading, tier: TierWord, weights: Mapping[str, int], refuses: bool
) -> int | None:
    return weight_needed(
        arrangement,
        tier,
        weights=weights,
        indispensable=reading.indispensable[refuses],
        world=stance(arrangement, refuses=refuses),
    )


def _likelier(of: Callable[[bool], T], reading: Reading, yardsticks: Yardsticks) -> T:
    """Return what is so in the likelier world: where the adversary refuses, or where it does not."""
    agreed = of(False)
    if not reading.is_adversary_heard or (refused := of(True)) == agreed:
        return agreed
    return refused if yardsticks["veto.used"] > _LIKELIER else agreed


def _with_capability(arrangement: Arrangement, quorum: IntArray, *, total: int, trace: Trace) -> IntArray:
    offered = sum(troops_offered(arrangement).values())
    for index, need in enumerate(arrangement.decision.capability):
        r = 1 + TIERS.index(need.tier)
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


def _must(arrangement: Arrangement, reading: Reading, yardsticks: Yardsticks, trace: Trace) -> BoolArray:
    indispensable = _likelier(lambda refuses: reading.indispensable[refuses], reading, yardsticks)
    because = f"no tier is decided where it stands aside ({arrangement.decision.rule})"
    for party in sorted(indispensable):
        clause = "decision.required" if party in arrangement.decision.required else "decision.rule"
        trace.note("must", entry=party, value="required", clause=clause, because=because)
    return np.array([party in indispensable for party in arrangement.responders])


def _proposer(arrangement: Arrangement, weights: Mapping[str, int], trace: Trace) -> int:
    ids, named = arrangement.responders, arrangement.decision.framework_nation
    if named in ids:
        trace.note("proposer", entry="F", value=str(named), clause="decision.framework_nation", because="named")
        return ids.index(named)
    guarantors = [party for party in ids if party in arrangement.parties.guarantor]
    chosen = max(guarantors or ids, key=lambda party: weights[party])
    trace.note("proposer", entry="F", value=chosen, clause="", because="none named: the one of largest weight")
    return ids.index(chosen)
