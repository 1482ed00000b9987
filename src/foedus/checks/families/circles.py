"""Circles: duties that wait for each other or for themselves, and burdens that nobody bears."""

from collections.abc import Iterator
from dataclasses import replace

from foedus.arrangement.conditions import Acts, And, Condition, Fact, Not, Or
from foedus.arrangement.vocabulary import Bindingness, Kind, Measure
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import THREATS, assume, atoms, is_threat
from foedus.checks.words import describe, parties
from foedus.errors import Severity
from foedus.mechanism.rules.duties import falls_due
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.rules.world import World
from foedus.text.source import Path
from foedus.values.names import listed, sentence
from foedus.values.quantity import Forces, Money


def find_standstill(case: Case) -> Iterator[Hole]:
    """C01: an act on which all may stand still because each waits for the others."""
    if not case.space.parties:
        return
    waits = And((Not(assume(case.cover, acts=False)), assume(case.cover, acts=True), case.hostile))
    for threat in THREATS:
        world = case.engine.worst(And((is_threat(threat), waits)))
        if world is None:
            continue
        acting = _largest_consistent(case, world)
        if acting:
            still = replace(world, idle=frozenset((*case.arrangement.responders, *case.space.parties)))
            yield Hole(
                sentence(
                    f"on {describe(replace(world, idle=frozenset()))}, {parties(acting)} may all stand still without "
                    "breaking a rule, since each duty waits for another to act first"
                ),
                _waiting(case),
                world=still,
            )
            return


def _largest_consistent(case: Case, world: World) -> frozenset[str]:
    """Return the largest set of parties that are all bound once all of them act: the greatest fixed point."""
    everyone = frozenset(case.arrangement.responders)
    acting = everyone
    while True:
        due = falls_due(case.arrangement, replace(world, idle=everyone - acting), weights=case.weights)
        bound = frozenset(duty.debtor for duty in due) & acting
        if bound == acting:
            return acting
        acting = bound


def _waiting(case: Case) -> tuple[Path, ...]:
    return tuple(
        ("commitments", i, "when")
        for i, clause in case.binding
        if clause.when is not None and any(isinstance(atom, Acts) for atom in atoms(clause.when))
    )


def _may_all_stand_still(case: Case, hole: Hole) -> bool:
    world = hole.world
    if world is None or case.covers(world):
        return False
    return bool(_largest_consistent(case, replace(world, idle=frozenset())))


def find_self_conditions(case: Case) -> Iterator[Hole]:
    """C02: a duty that comes into being only once it is performed."""
    for index, clause in enumerate(case.arrangement.commitments):
        if clause.when is None or clause.bindingness is Bindingness.MAY:
            continue
        owing = debtors(clause.by, case.arrangement)
        own: dict[Condition, str] = {}
        if len(owing) == 1:
            own[Acts(owing[0])] = f"{parties(owing)} acts"
        if clause.measures and set(clause.measures) <= {Measure.CONSULTATION}:
            own[Fact("consulted")] = "the guarantors have met"
        if clause.measures and set(clause.measures) <= {Measure.COUNCIL_ACTION}:
            own[Fact("council_decides")] = "the council has decided"
        for atom, words in own.items():
            if _is_needed(clause.when, atom):
                yield Hole(
                    sentence(f"clause {clause.id} falls due only once {words}, which is what it asks for"),
                    (("commitments", index, "when"),),
                )


def _is_needed(condition: Condition, atom: Condition) -> bool:
    """Tell whether a condition cannot hold without an atom, as far as its form shows."""
    match condition:
        case And(parts):
            return any(_is_needed(part, atom) for part in parts)
        case Or(parts):
            return bool(parts) and all(_is_needed(part, atom) for part in parts)
        case _:
            return condition == atom


def find_unborne_burdens(case: Case) -> Iterator[Hole]:
    """C03: sums and forces pledged by several together, with no share for any of them; told once for the text."""
    shared = [
        (path, name, len(owing), listed(_amount(each) for each in amounts))
        for path, name, by, amounts in _pledges(case)
        if len(owing := debtors(by, case.arrangement)) > 1
    ]
    if shared:
        _, first, count, stated = shared[0]
        also = listed(f"{name} ({amounts})" for _, name, _, amounts in shared[1:])
        yield Hole(
            sentence(
                f"{first} pledges {stated} for {count} debtors together: each of them can give nothing and point to "
                "the others" + (f"; so do {also}" if len(shared) > 2 else f"; so does {also}" if also else "")
            ),
            tuple(path for path, *_ in shared),
        )


def _amount(pledged: object) -> str:
    return pledged.in_prose if isinstance(pledged, Forces) else str(pledged)


def _pledges(case: Case) -> list[tuple[Path, str, tuple[str, ...], list[object]]]:
    """Return what is pledged jointly and in figures."""
    a = case.arrangement
    found: list[tuple[Path, str, tuple[str, ...], list[object]]] = [
        (("commitments", i), f"clause {clause.id}", clause.by, [clause.money, clause.forces])
        for i, clause in enumerate(a.commitments)
        if clause.kind is Kind.JOINT
    ]
    found += [
        (("standing_support", i), "standing support", support.by, [support.money])
        for i, support in enumerate(a.standing_support)
    ]
    stated = [(path, name, by, _stated(amounts)) for path, name, by, amounts in found]
    return [pledge for pledge in stated if pledge[-1]]


def _stated(amounts: list[object]) -> list[object]:
    return [amount for amount in amounts if isinstance(amount, Money | Forces)]


CHECKS = (
    Check(
        id="C01",
        title="all stand still",
        promise="No act leaves every debtor waiting for another to act first.",
        severity=Severity.ERROR,
        how="search of the worlds: nobody acts and no rule is broken; a group acts and each of it is bound",
        mend="bind at least one debtor without waiting for others",
        find=find_standstill,
        subject=lambda case: case.space.parties,
        claim=_may_all_stand_still,
    ),
    Check(
        id="C02",
        title="duty conditional on itself",
        promise="No duty waits for its own performance.",
        severity=Severity.ERROR,
        how="the condition cannot hold without the act that the clause asks for",
        mend="let it fall due on the incident, not on its own performance",
        find=find_self_conditions,
        subject=lambda case: any(clause.when for clause in case.arrangement.commitments),
    ),
    Check(
        id="C03",
        title="burden without a bearer",
        promise="Every sum or force that is pledged is somebody's share.",
        severity=Severity.WARNING,
        how="read off the text",
        mend="write a clause for each debtor, or a key by which the total is shared",
        find=find_unborne_burdens,
        subject=_pledges,
    ),
)
