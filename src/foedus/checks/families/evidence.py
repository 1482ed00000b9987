"""Evidence: whether what must be proven can be seen, and who can put out the lights."""

from collections.abc import Iterator
from itertools import combinations

from foedus.arrangement.conditions import LEVELS, And, Condition, Level, Not, Or
from foedus.arrangement.process import Monitoring
from foedus.arrangement.vocabulary import Access, DeterminationRule, Sensor, StandardOfProof
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.timescales import hours_in_words
from foedus.checks.words import parties, titled
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.duties import TIERS
from foedus.mechanism.rules.findings import PROVEN_AT
from foedus.mechanism.rules.roles import adversaries, named
from foedus.values.duration import Duration
from foedus.values.names import listed, sentence

_OWN_EYES = frozenset(
    {
        DeterminationRule.EACH_PARTY_FOR_ITSELF,
        DeterminationRule.EACH_PARTY_AFTER_CONSULTATION,
        DeterminationRule.LEAD_GUARANTOR_ALONE,
        DeterminationRule.PROTECTED_STATE_ALONE,
    }
)
"""Finders that may rest on their own intelligence."""
_ON_THE_SPOT = frozenset({Sensor.OBSERVERS, Sensor.PATROLS, Sensor.CAMERAS})
_FAR_SIGHTED = frozenset(Sensor) - _ON_THE_SPOT


# E01


def find_unprovable(case: Case) -> Iterator[Hole]:
    """E01: an attribution that is asked for and that nobody may or can give."""
    a = case.arrangement
    if any(mission.attributes for mission in a.monitoring):
        return
    if a.trigger.determined_by in _OWN_EYES:
        yield from _silent_witnesses(case)
        return
    for tier in TIERS:
        standard: StandardOfProof = getattr(a.trigger.proof, tier.value)
        if PROVEN_AT[standard] in ("likely", "established"):
            yield Hole(
                sentence(f"{tier} asks for {standard.replace('_', ' ')}, and no monitor may say who did it"),
                (*_mandates(case), ("trigger", "proof", tier.value)),
            )
            return
    for index, clause in enumerate(a.commitments):
        if clause.when is not None and _asks_attribution(clause.when):
            yield Hole(
                sentence(f"clause {clause.id} asks who did it, and no monitor may say so"),
                (*_mandates(case), ("commitments", index, "when")),
            )
            return
    if a.monitoring:
        names = listed(titled(mission.name) for mission in a.monitoring)
        yield Hole(
            sentence(f"{names} may see what happens, but nobody may say who did it"),
            tuple(("monitoring", i, "attributes") for i in range(len(a.monitoring))),
            severity=Severity.WARNING,
        )


def _silent_witnesses(case: Case) -> Iterator[Hole]:
    """Find monitors that may not say who did it, where the finders have means of their own."""
    a = case.arrangement
    if a.monitoring and case.binding:
        names = listed(titled(mission.name) for mission in a.monitoring)
        yield Hole(
            sentence(
                f"{names} may not say who did it: whoever finds is left to its own intelligence, which others need "
                "not believe"
            ),
            tuple(("monitoring", i, "attributes") for i in range(len(a.monitoring))),
            severity=Severity.INFORMATION,
            kind=FindingKind.OPEN,
        )


def _asks_attribution(condition: Condition) -> bool:
    match condition:
        case Level("attribution", relation, level):
            return relation in (">=", ">", "==") and LEVELS["attribution"].index(level) >= (1 if relation == ">" else 2)
        case Not(part):
            return _asks_attribution(part)
        case And(parts) | Or(parts):
            return any(_asks_attribution(part) for part in parts)
        case _:
            return False


def _mandates(case: Case) -> tuple[tuple[str | int, ...], ...]:
    """Return the clauses that keep the monitors from saying who did it."""
    return tuple(("monitoring", i, "attributes") for i in range(len(case.arrangement.monitoring)))


def _missions(case: Case) -> tuple[tuple[str | int, ...], ...]:
    return tuple(("monitoring", i) for i in range(len(case.arrangement.monitoring))) or (("monitoring",),)


# E02


def find_blindfolds(case: Case) -> Iterator[Hole]:
    """E02: monitors that one party can end or keep out."""
    missions = case.arrangement.monitoring
    ended = [
        _enders(case, mission) & adversaries(case.arrangement) for mission in missions if not _is_independent(mission)
    ]
    all_ended = bool(ended) and len(ended) == len(missions) and all(ended)
    for index, mission in enumerate(missions):
        yield from _ended(case, index, mission, is_last=all_ended)
        if mission.access is Access.UNKNOWN:
            yield Hole(
                sentence(f"it could not be confirmed where {titled(mission.name)} may go"),
                (("monitoring", index, "access"),),
                cannot_tell=True,
                mend=_FIND_OUT,
            )
        if not mission.sensors and (mission.attributes or mission.access is not Access.UNKNOWN):
            yield Hole(
                sentence(f"the text gives {titled(mission.name)} nothing to see with"),
                (("monitoring", index, "sensors"), ("monitoring", index)),
                severity=Severity.WARNING,
                mend="say under `sensors` what it sees with",
            )
        if mission.access in (Access.NONE, Access.BY_CONSENT):
            where = "nowhere" if mission.access is Access.NONE else "only where the parties agree, case by case"
            yield Hole(
                sentence(f"{titled(mission.name)} may go {where}"),
                (("monitoring", index, "access"),),
                severity=Severity.WARNING,
            )


_FIND_OUT = "find it out, and write it here"


def _ended(case: Case, index: int, mission: Monitoring, *, is_last: bool) -> Iterator[Hole]:
    path = ("monitoring", index, "can_be_ended_by")
    if mission.can_be_ended_by == ("unknown",):
        yield Hole(
            sentence(f"it could not be confirmed who can end {titled(mission.name)}"),
            (path,),
            cannot_tell=True,
            mend=_FIND_OUT,
        )
        return
    enders = _enders(case, mission)
    if not enders:
        return
    hostile = enders & adversaries(case.arrangement)
    if enders <= set(case.arrangement.parties.protected_state) - hostile:
        return  # it sends its own watchers home at its own cost, and that helps nobody against it
    left = ", and nobody else watches" if is_last and hostile else ""
    yield Hole(
        sentence(f"{parties(hostile or enders)} can end {titled(mission.name)} alone{left}"),
        (path,),
        severity=Severity.ERROR if hostile else Severity.WARNING,
    )


def _enders(case: Case, mission: Monitoring) -> frozenset[str]:
    return named(mission.can_be_ended_by, case.arrangement)


def _is_independent(mission: Monitoring) -> bool:
    return set(mission.sensors) <= _FAR_SIGHTED and bool(mission.sensors) and mission.access is Access.NONE


# E03


def find_unreachable_standards(case: Case) -> Iterator[Hole]:
    """E03: a standard of proof that the evidence at hand can hardly meet."""
    proof, missions = case.arrangement.trigger.proof, case.arrangement.monitoring
    sensors = {sensor for mission in missions for sensor in mission.sensors}
    is_full = any(mission.access is Access.FULL for mission in missions)
    for tier in TIERS:
        standard: StandardOfProof = getattr(proof, tier.value)
        lacking = _lacking(standard, sensors=sensors, is_full=is_full)
        if lacking:
            yield Hole(
                sentence(f"{tier} asks for {_PROOF[standard]}, and there is no {listed(lacking, last='nor')}"),
                (("trigger", "proof", tier.value), *_missions(case)),
                about=(tier,),
            )
        elif standard is StandardOfProof.BEYOND_REASONABLE_DOUBT:
            yield Hole(
                sentence(f"{tier} asks for {_PROOF[standard]}, which a court takes months to reach{_by(case)}"),
                (("trigger", "proof", tier.value), ("trigger", "determine_within")),
                about=(tier,),
                mend="ask for a preponderance of the evidence, or for clear and convincing evidence",
            )
    yield from _ladder_upside_down(case)


def _by(case: Case) -> str:
    trigger = case.arrangement.trigger
    limits = (trigger.determine_within, trigger.decide_within)
    stated = next((span for span in limits if isinstance(span, Duration)), None)
    return f", and the finding is due within {hours_in_words(stated.hours)}" if stated else ""


def _ladder_upside_down(case: Case) -> Iterator[Hole]:
    """Find a lower tier that asks for more proof than a higher one."""
    proof = case.arrangement.trigger.proof
    for lower, higher in combinations(case.promised, 2):
        asks, less = getattr(proof, lower.value), getattr(proof, higher.value)
        if asks in _RANKED and less in _RANKED and _RANKED.index(asks) > _RANKED.index(less):
            yield Hole(
                sentence(f"{lower} asks for {_PROOF[asks]}, and {higher}, which is more, only for {_PROOF[less]}"),
                (("trigger", "proof", lower.value), ("trigger", "proof", higher.value)),
                about=(lower,),
                mend="let the standard rise with the tier",
            )
            return


_PROOF = {
    StandardOfProof.SUSPICION: "grounds to suspect",
    StandardOfProof.PREPONDERANCE: "a preponderance of the evidence",
    StandardOfProof.CLEAR_AND_CONVINCING: "clear and convincing proof",
    StandardOfProof.BEYOND_REASONABLE_DOUBT: "proof beyond reasonable doubt",
}
"""The standards from the lowest to the highest."""
_RANKED = tuple(_PROOF)


def _standards_set(case: Case) -> bool:
    proof = case.arrangement.trigger.proof
    return any(PROVEN_AT[getattr(proof, tier.value)] != "none" for tier in TIERS)


def _lacking(standard: StandardOfProof, *, sensors: set[Sensor], is_full: bool) -> list[str]:
    if standard not in (StandardOfProof.CLEAR_AND_CONVINCING, StandardOfProof.BEYOND_REASONABLE_DOUBT):
        return []
    lacking = [] if len(sensors) >= 2 else ["second kind of sensor"]
    if standard is StandardOfProof.BEYOND_REASONABLE_DOUBT:
        lacking += [] if is_full else ["full access"]
        lacking += [] if sensors & _ON_THE_SPOT else ["witness on the spot"]
    return lacking


CHECKS = (
    Check(
        id="E01",
        title="attribution that nobody can give",
        promise="Whoever must be named as the author can be named.",
        severity=Severity.ERROR,
        how="what is asked for, against the mandates of those who watch; finders that judge for themselves have means",
        mend="let a monitor attribute (monitoring.attributes: true), or let guarantors rest on their own intelligence",
        find=find_unprovable,
        subject=lambda case: case.arrangement.monitoring or case.arrangement.commitments,
    ),
    Check(
        id="E02",
        title="monitors that one party can end",
        promise="No party can alone end the monitoring or keep it out.",
        severity=Severity.ERROR,
        how="read off the text, one refusal at a time",
        mend="let the mandate run for the whole term and end only by agreement of all; add sensors that need no access",
        find=find_blindfolds,
        subject=lambda case: case.arrangement.monitoring,
    ),
    Check(
        id="E03",
        title="standard of proof out of reach",
        promise="The evidence at hand can meet the standard of proof.",
        severity=Severity.WARNING,
        how="a coarse rule: high standards need two kinds of sensor, the highest full access, witnesses and time; no "
        "lower tier needs more proof than a higher one",
        mend="lower the standard for the lower tiers, or add sensors and access",
        find=find_unreachable_standards,
        subject=_standards_set,
    ),
)
