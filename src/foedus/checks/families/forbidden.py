"""Forbidden and promised: what the text places, gives or joins although the same text keeps it out."""

import re
from collections.abc import Iterable, Iterator

from foedus.arrangement.clauses import Limit
from foedus.arrangement.parties import load_party_facts
from foedus.arrangement.vocabulary import (
    Bindingness,
    EndEvent,
    Excluded,
    From,
    Measure,
    Neutrality,
    OwnDefence,
    Preparation,
    Sense,
)
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.words import in_prose, parties
from foedus.errors import Severity
from foedus.mechanism.rules.duties import BINDING
from foedus.text.source import Path
from foedus.values.names import listed, sentence
from foedus.values.quantity import Forces

_KEPT_OUT = {
    Excluded.FOREIGN_ARMS: "weapons from abroad",
    Excluded.FOREIGN_FORCES: "foreign forces",
    Excluded.FOREIGN_BASES: "foreign bases",
    Excluded.ALLIANCES: "alliances",
    Excluded.JOINT_EXERCISES: "exercises with foreign forces",
    Excluded.NUCLEAR_WEAPONS: "nuclear weapons",
    Excluded.LONG_RANGE_WEAPONS: "weapons of long range",
}
_MEASURES: dict[Excluded, frozenset[Measure]] = {
    Excluded.FOREIGN_ARMS: frozenset({Measure.ARMS, Measure.AIR_DEFENCE}),
    Excluded.FOREIGN_FORCES: frozenset({Measure.GROUND_FORCES, Measure.AIR_DEFENCE}),
    Excluded.FOREIGN_BASES: frozenset(),
    Excluded.ALLIANCES: frozenset(),
    Excluded.JOINT_EXERCISES: frozenset({Measure.EXERCISES}),
    Excluded.NUCLEAR_WEAPONS: frozenset(),
    Excluded.LONG_RANGE_WEAPONS: frozenset(),
}
"""The measures that each exclusion keeps out; deployments and membership are looked at apart."""


# D04


def find_forbidden_and_placed(case: Case) -> Iterator[Hole]:
    """D04: forces, arms, exercises or an alliance that the text provides for and keeps out."""
    for index, exclusion in enumerate(case.arrangement.exclusions):
        provided = list(_provided(case, exclusion.what))
        if not provided:
            continue
        unless = " outside its exception" if exclusion.unless is not None else ""
        what = listed(words for words, _ in provided)
        yield Hole(
            sentence(f"the text keeps out {_KEPT_OUT[exclusion.what]}{unless}, and {what}"),
            (("exclusions", index), *(path for _, path in provided)),
            severity=Severity.WARNING if exclusion.unless is not None else Severity.ERROR,
        )


def _provided(case: Case, what: Excluded) -> Iterator[tuple[str, Path]]:
    a = case.arrangement
    if what in (Excluded.FOREIGN_FORCES, Excluded.FOREIGN_BASES):
        for index, deployment in enumerate(a.deployments):
            stations = "stations " if index == 0 else ""
            yield f"{stations}{in_prose(deployment.forces)} of {parties(deployment.by)}", ("deployments", index)
    for index, support in enumerate(a.standing_support):
        given = [measure for measure in support.measures if measure in _MEASURES[what]]
        if given:
            yield (
                f"promises {listed(each.replace('_', ' ') for each in given)} in peacetime",
                ("standing_support", index),
            )
    for index, clause in enumerate(a.commitments):
        owed = [measure for measure in clause.measures if measure in _MEASURES[what]]
        if owed and clause.bindingness in BINDING | {Bindingness.INTENDS} and what is Excluded.JOINT_EXERCISES:
            yield f"{clause.id} promises exercises", ("commitments", index)
    yield from _in_words(case, what)
    if what is Excluded.ALLIANCES:
        how = _alliance(case)
        yield from [how] if how else []
        yield from _help_in_return(case)
    if what is Excluded.ALLIANCES and EndEvent.ACCESSION in a.term.ends_on:
        yield "is to end when the protected state joins one", ("term", "ends_on")


def _in_words(case: Case, what: Excluded) -> Iterator[tuple[str, Path]]:
    """Say what the words of a clause, or the things that it counts, bring in of weapons for which there is no key."""
    weapon = _WEAPONS.get(what)
    if weapon is None:
        return
    a = case.arrangement
    groups = (
        ("commitments", [(each.text, each.forces) for each in a.commitments]),
        ("deployments", [(f"{each.mandate or ''} {each.purpose or ''}", each.forces) for each in a.deployments]),
        ("standing_support", [(each.text, None) for each in a.standing_support]),
    )
    for key, entries in groups:
        for index, (text, forces) in enumerate(entries):
            counted = forces.unit.replace("_", " ") if isinstance(forces, Forces) else ""
            found = weapon.search(f"{counted}. {text or ''}")
            if found:
                yield f"names {_KEPT_OUT[what]} ('{found[0]}') in {_WHERE[key]}", (key, index)


_WEAPONS = {
    Excluded.NUCLEAR_WEAPONS: re.compile(
        r"(?<!no )(?<!non-)(?<!without )\b(?:nuclear (?:sharing|weapons?|arms|bombs?|warheads?|forces|umbrella)|"
        r"atomic \w+)\b",
        re.IGNORECASE,
    ),
    Excluded.LONG_RANGE_WEAPONS: re.compile(
        r"(?<!no )(?<!without )\b(?:long[- ]range \w+|(?:cruise|ballistic) missiles?|deep[- ]strike \w+)\b",
        re.IGNORECASE,
    ),
}
"""How words speak of weapons that the language knows only as kept out."""
_WHERE = {
    "commitments": "what is promised",
    "deployments": "what is stationed",
    "standing_support": "the support in peacetime",
}


def _alliance(case: Case) -> tuple[str, Path] | None:
    """Say by which clause the text makes the protected state a member of an alliance, or as good as one."""
    a = case.arrangement
    if a.membership:
        return f"the protected state is made a member of {a.membership}", ("membership",)
    if a.preparation is Preparation.INTEGRATED_COMMAND:
        return "the forces of the protected state are put under one command with the guarantors'", ("preparation",)
    return None


# D05


def find_crossed_limits(case: Case) -> Iterator[Hole]:
    """D05: a ceiling on forces below a floor, or below what the protected state is to keep up."""
    yield from _crossed(case.arrangement.duties.limits, ("duties", "limits"))
    yield from _crossed(case.arrangement.adversary_limits, ("adversary_limits",))
    for i, limit in enumerate(case.arrangement.adversary_limits):
        if limit.sense is Sense.FLOOR and not any(each.sense is Sense.CEILING for each in _alike(case, limit)):
            yield Hole(
                sentence(f"the adversary is to keep no fewer than {in_prose(limit.on)}, and nothing caps its forces"),
                (("adversary_limits", i, "sense"), ("adversary_limits", i)),
                severity=Severity.WARNING,
                mend="write `sense: ceiling` if a cap is meant",
            )
    for i, limit in enumerate(case.arrangement.duties.limits):
        if limit.sense is Sense.DISPUTED:
            yield Hole(
                sentence(
                    f"whether {in_prose(limit.on)} are the most or the least that the protected state may have "
                    "is in dispute"
                ),
                (("duties", "limits", i, "sense"), ("duties", "limits", i)),
                severity=Severity.WARNING,
                mend="settle it: `sense: ceiling` or `sense: floor`",
            )
        if limit.sense is Sense.CEILING and isinstance(limit.on, Forces):
            yield from _below_own_defence(case, i, limit.on)
        if limit.sense is Sense.FLOOR and isinstance(limit.on, Forces):
            yield from _out_of_reach(case, i, limit.on)


def _out_of_reach(case: Case, index: int, floor: Forces) -> Iterator[Hole]:
    """Find a floor of several times the forces that there are."""
    has = own_troops(case)
    if floor.unit == "troops" and has and floor.low > _OUT_OF_REACH * has:
        yield Hole(
            sentence(f"the protected state is to have no fewer than {floor.in_prose}, and has {has:,.0f}"),
            (("duties", "limits", index), ("duties", "own_forces")),
            severity=Severity.WARNING,
            mend="set a floor that it can reach, and by when",
        )


_OUT_OF_REACH = 3.0
"""How many times its forces a state can hardly raise in peace."""


def _alike(case: Case, limit: Limit) -> list[Limit]:
    """Return the adversary's limits that count the same as one of them."""
    unit = limit.on.unit if isinstance(limit.on, Forces) else None
    return [each for each in case.arrangement.adversary_limits if isinstance(each.on, Forces) and each.on.unit == unit]


def _crossed(stated: Iterable[Limit], key: Path) -> Iterator[Hole]:
    limits = [(i, each.sense, each.on) for i, each in enumerate(stated)]
    ceilings = [(i, on) for i, sense, on in limits if sense is Sense.CEILING and isinstance(on, Forces)]
    floors = [(i, on) for i, sense, on in limits if sense is Sense.FLOOR and isinstance(on, Forces)]
    for i, ceiling in ceilings:
        for j, floor in floors:
            if floor.unit == ceiling.unit and floor.low > ceiling.high:
                yield Hole(
                    sentence(f"a ceiling of {ceiling.in_prose} and a floor of {floor.in_prose} cannot both be kept"),
                    ((*key, i), (*key, j)),
                )


def _below_own_defence(case: Case, index: int, ceiling: Forces) -> Iterator[Hole]:
    a = case.arrangement
    has = own_troops(case)
    owes = a.duties.own_defence in (OwnDefence.KEEP_UP, OwnDefence.BUILD_UP)
    if ceiling.unit == "troops" and owes and has is not None and ceiling.high < has:
        does = "build up" if a.duties.own_defence is OwnDefence.BUILD_UP else "keep up"
        yield Hole(
            sentence(
                f"the protected state is to {does} its forces, {has:,.0f} troops, and may "
                f"have no more than {ceiling.in_prose}"
            ),
            (("duties", "limits", index), ("duties", "own_defence")),
        )


def own_troops(case: Case) -> float | None:
    """Return the troops of the protected states: as the text states, or as the party facts have them."""
    a = case.arrangement
    if isinstance(a.duties.own_forces, Forces):
        return a.duties.own_forces.middle if a.duties.own_forces.unit == "troops" else None
    facts = load_party_facts()
    figures = [facts[party].active_forces if party in facts else None for party in a.parties.protected_state]
    known = [figure.value for figure in figures if figure is not None]
    return sum(known) if len(known) == len(figures) else None


# D06


def find_neutral_allies(case: Case) -> Iterator[Hole]:
    """D06: a state that is to stay out of alliances and is made a member of one."""
    duties = case.arrangement.duties
    how = _alliance(case)
    if duties.neutrality not in (Neutrality.PERMANENT, Neutrality.NO_ALLIANCE):
        return
    promised = "is to be neutral for ever" if duties.neutrality is Neutrality.PERMANENT else "is to join no alliance"
    for what, path in ([how] if how else []) + list(_as_an_ally(case)):
        in_peace = path[0] in ("preparation", "standing_support") and what is not (how or ("",))[0]
        yield Hole(
            sentence(f"{what}, and it {promised}"),
            (("duties", "neutrality"), path),
            severity=Severity.WARNING if in_peace else Severity.ERROR,
        )
    if EndEvent.ACCESSION in case.arrangement.term.ends_on:
        yield Hole(
            sentence(f"the text ends when the protected state joins an alliance, and it {promised}"),
            (("term", "ends_on"), ("duties", "neutrality")),
        )


def _help_in_return(case: Case) -> Iterator[tuple[str, Path]]:
    for index, clause in case.binding:
        if clause.mutual:
            yield (
                f"the protected state owes in return the help that clause {clause.id} promises",
                ("commitments", index, "mutual"),
            )


def _as_an_ally(case: Case) -> Iterator[tuple[str, Path]]:
    """Say by which clauses a state that renounces alliances is to act as an ally, or, if neutral, as one's base."""
    a = case.arrangement
    yield from _help_in_return(case)
    if a.duties.neutrality is not Neutrality.PERMANENT:
        return
    if a.preparation in _PREPARING:
        yield f"{_PREPARING[a.preparation]} with the guarantors in peace", ("preparation",)
    for index, support in enumerate(a.standing_support):
        if Measure.EXERCISES in support.measures:
            yield "forces of the guarantors hold exercises with its own in peace", ("standing_support", index)
    for index, deployment in enumerate(a.deployments):
        if deployment.since in (From.ENTRY_INTO_FORCE, From.CEASEFIRE):
            stands = f"{in_prose(deployment.forces)} of {parties(deployment.by)} stand in the protected state in peace"
            yield stands, ("deployments", index)


_PREPARING = {
    Preparation.JOINT_PLANNING: "the protected state plans its defence",
    Preparation.STAFF_TALKS: "the general staff of the protected state holds talks",
}


CHECKS = (
    Check(
        id="D04",
        title="forbidden and provided for",
        promise="Nothing that the text keeps out is placed, given or joined by the same text.",
        severity=Severity.ERROR,
        how="each exclusion against deployments, support in peacetime, exercises and membership",
        mend="except from the prohibition what the text provides for, or take one of the two out",
        find=find_forbidden_and_placed,
        subject=lambda case: case.arrangement.exclusions,
    ),
    Check(
        id="D05",
        title="ceiling below a floor",
        promise="The limits on forces can be kept, point the right way, and leave room for the defence that is owed.",
        severity=Severity.ERROR,
        how="ceilings against floors of the same unit, and against the forces that are to be kept up; floors alone",
        mend="raise the ceiling, or lower the floor",
        find=find_crossed_limits,
        subject=lambda case: (*case.arrangement.duties.limits, *case.arrangement.adversary_limits),
    ),
    Check(
        id="D06",
        title="neutral and allied",
        promise="A state that is to stay out of alliances is not made an ally.",
        severity=Severity.ERROR,
        how="neutrality against membership, a common command, duties in return, forces in peace, an end by accession",
        mend="take the neutrality out, or the membership",
        find=find_neutral_allies,
        subject=lambda case: case.arrangement.duties.neutrality not in (Neutrality.NONE, Neutrality.UNKNOWN),
    ),
)
