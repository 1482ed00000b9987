"""Why a duty falls due in a world, or does not, clause by clause."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TypeAlias

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import Acts, And, Condition, Level, Not, Or, write_condition
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Kind, Measure, TierWord
from foedus.mechanism.rules.conditions import holds
from foedus.mechanism.rules.decisions import is_tier_decided
from foedus.mechanism.rules.duties import BINDING, TIERS, Duty, acts_named, falls_due, is_duty_to_act, needs_decision
from foedus.mechanism.rules.findings import is_finding_made, is_invoked, is_proven
from foedus.mechanism.rules.prohibitions import barring
from foedus.mechanism.rules.roles import debtors, named
from foedus.mechanism.rules.world import Ruling, World
from foedus.values.names import listed, party_in_prose

Decided: TypeAlias = Callable[[TierWord], Ruling]
"""Whether a tier is decided in the world that is told of; a vote is weighed once, however many clauses wait for it."""


def explain(arrangement: Arrangement, world: World, *, weights: Mapping[str, int] | None = None) -> tuple[str, ...]:
    """Say for the whole and for each commitment why it falls due in a world, or why it does not."""
    whole = _why_closed(arrangement, world)
    if whole:
        return (whole,)
    if not arrangement.commitments and not arrangement.sanctions.snapback_on:
        return ("the text holds no commitment",)
    due: dict[object, list[Duty]] = {}
    for duty in falls_due(arrangement, world, weights=weights):
        due.setdefault(duty.clause, []).append(duty)
    decided: Decided = cache(lambda tier: is_tier_decided(arrangement, world, tier, weights=weights))
    lines = []
    for index, clause in enumerate(arrangement.commitments):
        owing = due.get(("commitments", index))
        lines.append(f"{clause.id}: {_owed(owing) if owing else _why_not(arrangement, clause, world, decided)}")
    if arrangement.sanctions.snapback_on:
        owing = due.get(("sanctions", "snapback_on"))
        lines.append(
            f"snapback of sanctions: {_owed(owing) if owing else _why_no_snapback(arrangement, world, decided)}"
        )
    return tuple(lines)


def _owed(duties: list[Duty]) -> str:
    return f"{duties[0].tier} is owed by {listed((party_in_prose(duty.debtor) for duty in duties), most=4)}"


def failing(condition: Condition, world: World) -> str:
    """Name the smallest part of a condition that decides that it does not hold."""
    match condition:
        case And(parts):
            return next(failing(part, world) for part in parts if not holds(part, world))
        case Or(parts):
            return " and ".join(failing(part, world) for part in parts)
        case Not(part):
            return f"{write_condition(part)} holds"
        case Level(name, _, _):
            value = world.threat if name == "threat" else world.attribution
            return f"{write_condition(condition)} does not hold ({name} is {value})"
        case Acts(party):
            return f"{party_in_prose(party)} does not act"
        case _:
            return f"{write_condition(condition)} does not hold"


def _why_closed(arrangement: Arrangement, world: World) -> str:
    void = arrangement.term.void_if
    if world.finding is None:
        return "nothing happened"
    if "in_scope" not in world.facts:
        return "the act falls outside the territory that the text covers"
    if void is not None and holds(void, world):
        return f"the whole arrangement is void: {write_condition(void)}"
    if not is_invoked(arrangement, world):
        return f"nobody who may invoke it does ({', '.join(arrangement.trigger.invoked_by)})"
    if is_finding_made(arrangement, world) is Ruling.NO:
        return f"no finding is made: {arrangement.trigger.determined_by.meaning}"
    return ""


def spoken(word: str) -> str:
    """Write a word of the language with blanks."""
    return word.replace("_", " ")


def _of(clause: Commitment) -> str:
    return f", and names {listed(map(spoken, clause.measures))}" if clause.measures else ""


def _why_not(arrangement: Arrangement, clause: Commitment, world: World, decided: Decided) -> str:
    return next(_reasons(arrangement, clause, world, decided), "no debtor is left that owes it")


def _reasons(arrangement: Arrangement, clause: Commitment, world: World, decided: Decided) -> Iterator[str]:
    if not is_duty_to_act(clause):
        yield f"no duty to act: it says '{spoken(clause.bindingness)}'{_of(clause)}"
    if not debtors(clause.by, arrangement):
        yield "owed by nobody known" if not named(clause.by, arrangement) else "owed by nobody but the adversary"
    if world.finding not in clause.answers:
        yield f"does not answer {world.finding}"
    if clause.when is not None and not holds(clause.when, world):
        yield f"its condition fails: {failing(clause.when, world)}"
    if clause.unless is not None and holds(clause.unless, world):
        yield f"its exception applies: {write_condition(clause.unless)}"
    tiers = TIERS[: TIERS.index(clause.tier) + 1]
    yield from _in_the_way(arrangement, world, tiers, acts_named(clause), clause.kind, decided)


def _why_no_snapback(arrangement: Arrangement, world: World, decided: Decided) -> str:
    return next(_snapback_reasons(arrangement, world, decided), "no debtor is left that owes it")


def _snapback_reasons(arrangement: Arrangement, world: World, decided: Decided) -> Iterator[str]:
    sanctions = arrangement.sanctions
    if sanctions.snapback_bindingness not in BINDING:
        yield f"no duty to act: it says '{spoken(sanctions.snapback_bindingness)}'"
    if world.finding not in sanctions.snapback_on:
        yield f"does not answer {world.finding}"
    yield from _in_the_way(arrangement, world, (TierWord.SUPPORT,), (Measure.SANCTIONS,), Kind.JOINT, decided)


def _in_the_way(
    arrangement: Arrangement,
    world: World,
    tiers: tuple[TierWord, ...],
    measures: tuple[Measure, ...],
    kind: Kind,
    decided: Decided,
) -> Iterator[str]:
    for tier in tiers:
        if barred := barring(arrangement, world, tier, measures):
            yield f"{tier} is barred: the text keeps out {spoken(arrangement.exclusions[barred[0]].what)}"
        if not is_proven(arrangement, world, tier):
            yield f"the standard of proof for {tier} is not met (attribution is {world.attribution})"
        if needs_decision(arrangement, kind=kind) and decided(tier) is Ruling.NO:
            yield f"{tier} is not decided: {arrangement.decision.rule.meaning}"
