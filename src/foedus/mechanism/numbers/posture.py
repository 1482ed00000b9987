"""What stands before anything happens: own defence, limits, forces in place, standing support, vagueness."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from foedus.arrangement.clauses import StandingSupport
from foedus.arrangement.parties import PartyFacts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Content, OwnDefence, Sense, Unspecified
from foedus.mechanism.numbers.members import Members
from foedus.mechanism.numbers.troops import troops_in_place
from foedus.mechanism.rules.prohibitions import barring_arms_in_peace
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.duration import Duration
from foedus.values.quantity import Forces

_LEAST_ARMY = 1000.0
"""Troops: a disarmed state still has police and border guards, against which what others send is measured."""


@dataclass(frozen=True)
class Posture:
    """The scalar arrays of the compiled arrangement."""

    self_defence: float
    demilitarised: float
    deployed_force: float
    aid: float


def find_posture(
    arrangement: Arrangement,
    members: Members | None,
    *,
    yardsticks: Yardsticks,
    facts: Mapping[str, PartyFacts],
    trace: Trace,
) -> Posture:
    """Read duties, limits, deployments and standing support."""
    word = arrangement.duties.own_defence
    self_defence = yardsticks[f"own_defence.{word}"]
    trace.note("self_defence", entry="", value=self_defence, clause="duties.own_defence", because=str(word))
    army = _army(arrangement, yardsticks, facts)
    return Posture(
        self_defence=self_defence,
        demilitarised=_demilitarised(arrangement, army, yardsticks, trace),
        deployed_force=_deployed(arrangement, army, yardsticks, trace),
        aid=_aid(arrangement, members, yardsticks, trace) if members else 0.0,
    )


def opacity_of(arrangement: Arrangement, yardsticks: Yardsticks, trace: Trace) -> float:
    """Return the opacity in [0, 1]: 1 - product of (1 - each vagueness)."""
    clauses = arrangement.commitments
    chosen = sum(clause.content is Content.DEBTOR_CHOOSES for clause in clauses) / len(clauses) if clauses else 0.0
    clear = 1 - chosen * yardsticks["vagueness.content"]
    for flag in arrangement.ambiguity:
        clear *= 1 - yardsticks[f"vagueness.{flag}"]
    because = f"open: {', '.join(arrangement.ambiguity) or 'nothing'}; content left to debtors in {chosen:.0%}"
    trace.note("opacity", entry="", value=1 - clear, clause="ambiguity", because=because)
    return 1 - clear


def _army(arrangement: Arrangement, yardsticks: Yardsticks, facts: Mapping[str, PartyFacts]) -> float:
    stated = arrangement.duties.own_forces
    if isinstance(stated, Forces):
        return max(_LEAST_ARMY, stated.middle)
    known = [facts[party].active_forces for party in arrangement.parties.protected_state if party in facts]
    of_today = sum(figure.value for figure in known if figure) if stated is Unspecified.NONE else 0.0
    return of_today or yardsticks["deployed.unknown_army"]


def _demilitarised(arrangement: Arrangement, army: float, yardsticks: Yardsticks, trace: Trace) -> float:
    duties = arrangement.duties
    stated = {OwnDefence.DISARM: "disarm", OwnDefence.LIMITED: "limited"}.get(duties.own_defence)
    word = yardsticks[f"demilitarised.{stated}"] if stated else 0.0
    cuts = [
        (word, f"own defence: {stated}" if stated else "no limit on troops", "duties.own_defence" if stated else "")
    ]
    numbers = [
        (
            _cut(limit.on, is_disputed=limit.sense is Sense.DISPUTED, army=army, yardsticks=yardsticks),
            f"{limit.on} against {army:g} under arms",
            f"duties.limits[{index}]",
        )
        for index, limit in enumerate(duties.limits)
        if isinstance(limit.on, Forces) and limit.on.unit == "troops" and limit.sense is not Sense.FLOOR
    ]
    # A number says better than the word what "limited" means; "disarm" stands whatever the number.
    value, because, clause = max(numbers if numbers and stated == "limited" else cuts + numbers)
    trace.note("demilitarised", entry="", value=value, clause=clause, because=because)
    return value


def _cut(allowed: Forces, *, is_disputed: bool, army: float, yardsticks: Yardsticks) -> float:
    counted = yardsticks["demilitarised.disputed"] if is_disputed else 1.0
    return counted * max(0.0, 1 - allowed.middle / army)


def _deployed(arrangement: Arrangement, army: float, yardsticks: Yardsticks, trace: Trace) -> float:
    troops = 0.0
    for party, placed in troops_in_place(arrangement, yardsticks).items():
        troops += placed
        if placed:
            clause = f"deployments[{_first_of(party, arrangement)}]"
            because = "their share of what the text places, no more than they have under arms"
            trace.note("deployed_force", entry=party, value=f"{placed:g} troops", clause=clause, because=because)
    value = math.log1p(yardsticks["deployed.quality"] * troops / army)
    trace.note(
        "deployed_force",
        entry="log force ratio",
        value=value,
        clause="deployments",
        because=f"ln(1 + quality x {troops:g} / {army:g} own troops)",
    )
    return value


def _first_of(party: str, arrangement: Arrangement) -> int:
    return next(i for i, each in enumerate(arrangement.deployments) if party in debtors(each.by, arrangement))


def _aid(arrangement: Arrangement, members: Members, yardsticks: Yardsticks, trace: Trace) -> float:
    if barring := barring_arms_in_peace(arrangement):
        clause = f"exclusions[{barring[0]}]"
        trace.note("aid", entry="", value=0.0, clause=clause, because="no foreign arms in peace")
        return 0.0
    base, promised, clause = yardsticks["aid.ad_hoc"], 0.0, ""
    for index, support in enumerate(arrangement.standing_support):
        strength = _promised(support, arrangement, members, yardsticks)
        if strength > promised:
            promised, clause = strength, f"standing_support[{index}]"
    value = base + (1 - base) * promised
    trace.note(
        "aid",
        entry="",
        value=value,
        clause=clause,
        because=f"given without promise {base:.2f}, and of the rest {promised:.2f} is promised",
    )
    return value


def _promised(support: StandingSupport, arrangement: Arrangement, members: Members, yardsticks: Yardsticks) -> float:
    givers = [members.ids.index(party) for party in debtors(support.by, arrangement)]
    share = float(members.weight[givers].sum() / members.weight.sum())
    years = support.funded_for.years if isinstance(support.funded_for, Duration) else 0.0
    funded = 1.0 if years >= 3 else yardsticks["aid.horizon"]
    form = yardsticks[f"legal_form.{arrangement.legal_form}"]
    return yardsticks[f"bindingness.{support.bindingness}"] * form * share * funded
