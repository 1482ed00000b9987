"""Which duties fall due in a world."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Content, Finds, Kind, Measure, TierWord
from foedus.mechanism.rules.conditions import holds
from foedus.mechanism.rules.decisions import COLLECTIVE, is_tier_decided, may_act_alone
from foedus.mechanism.rules.findings import does_each_find_for_itself, is_finding_made, is_proven
from foedus.mechanism.rules.prohibitions import is_forbidden
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.rules.world import Ruling, World
from foedus.values.duration import Duration
from foedus.values.quantity import Forces, Money

TIERS = (TierWord.SUPPORT, TierWord.DEPLOY, TierWord.DEFEND)
BINDING = frozenset({Bindingness.SHALL_DISCRETIONARY, Bindingness.SHALL_SPECIFIED})
"""Treaty language that puts somebody under a duty to act."""
_ABSTAINING = frozenset({Measure.NON_AGGRESSION, Measure.NO_NUCLEAR_USE})
_NO_RESPONSE = _ABSTAINING | {Measure.CONSULTATION}
_TALKING = frozenset({Measure.CONSULTATION, Measure.DIPLOMACY, Measure.COUNCIL_ACTION})


@dataclass(frozen=True)
class Duty:
    """A duty that has fallen due."""

    clause: tuple[str | int, ...]
    """Path of the clause in the file."""
    debtor: str
    tier: TierWord
    """The highest tier that is owed here."""
    delivers: bool
    """Whether the cheapest lawful performance delivers anything beyond words."""
    within_hours: float | None
    """Deadline for performing it; None where the text sets none."""


@dataclass(frozen=True)
class Call:
    """What a clause asks of whom in a world, whether its words bind or not."""

    tier: TierWord
    """The highest tier that it asks for here."""
    debtors: tuple[str, ...]


def falls_due(arrangement: Arrangement, world: World, *, weights: Mapping[str, int] | None = None) -> tuple[Duty, ...]:
    """Return the duties to act that fall due in a world, in the order of the file.

    A duty falls due where the act lies in scope, nothing has made the arrangement void, the finding is made and proven,
    the clause answers it and applies, the tier is not forbidden, and a collective decision, where needed, is taken.
    """
    return tuple(_due(_Asked(arrangement, world, weights)))


def called_for(
    arrangement: Arrangement, clause: Commitment, world: World, *, weights: Mapping[str, int] | None = None
) -> Call | None:
    """Return what a clause asks of whom in a world, however softly it is worded; None where it asks nothing.

    A duty that has fallen due is such a call in binding words.
    """
    return _called(clause, _Asked(arrangement, world, weights))


def snapback_called_for(
    arrangement: Arrangement, world: World, *, weights: Mapping[str, int] | None = None
) -> Call | None:
    """Return whom the snapback of sanctions asks to act in a world, however softly it is worded."""
    return _snapback_called(_Asked(arrangement, world, weights))


def is_open(arrangement: Arrangement, world: World) -> bool:
    """Tell whether a duty can fall due: something happened in scope, the arrangement stands, a finding is made."""
    void = arrangement.term.void_if
    return (
        world.finding is not None
        and "in_scope" in world.facts
        and not (void is not None and holds(void, world))
        and is_finding_made(arrangement, world) is not Ruling.NO
    )


def applies(clause: Commitment, world: World) -> bool:
    """Tell whether a clause answers what happened, its condition holds and its exception does not."""
    return (
        world.finding in clause.answers
        and (clause.when is None or holds(clause.when, world))
        and not (clause.unless is not None and holds(clause.unless, world))
    )


def is_duty_to_act(clause: Commitment) -> bool:
    """Tell whether a clause is a duty to act: not a right or an intent, not a duty to meet or to abstain."""
    return clause.bindingness in BINDING and names_an_act(clause)


def names_an_act(clause: Commitment) -> bool:
    """Tell whether a clause asks for an act of response; one that names no measure does, one to meet or abstain not."""
    return not clause.measures or bool(acts_named(clause))


def acts_named(clause: Commitment) -> tuple[Measure, ...]:
    """Return the measures of a clause that are acts of response."""
    return tuple(measure for measure in clause.measures if measure not in _NO_RESPONSE)


def brings_help(clause: Commitment) -> bool:
    """Tell whether a clause promises more than words; one that names no measure does."""
    return not clause.measures or bool(set(clause.measures) - _ABSTAINING - _TALKING)


def delivers(clause: Commitment) -> bool:
    """Tell whether the cheapest lawful performance of a clause delivers anything beyond words."""
    if clause.content is Content.DEBTOR_CHOOSES:
        return False
    stated = isinstance(clause.forces, Forces) or isinstance(clause.money, Money)
    return stated or bool(set(clause.measures) - _ABSTAINING - _TALKING)


def needs_decision(arrangement: Arrangement, *, kind: Kind) -> bool:
    """Tell whether a duty waits for a collective decision; a bilateral one does only where nobody may act alone."""
    collective = arrangement.decision.rule in COLLECTIVE or bool(arrangement.consents.response)
    return collective and (kind is Kind.JOINT or may_act_alone(arrangement) is not Ruling.YES)


def tier_due(
    arrangement: Arrangement,
    world: World,
    *,
    highest: TierWord,
    kind: Kind,
    measures: tuple[Measure, ...] = (),
    weights: Mapping[str, int] | None = None,
) -> TierWord | None:
    """Return the highest tier up to a limit that is proven, not forbidden, and decided where that is needed."""
    return _Asked(arrangement, world, weights).tier_due(highest, kind, measures)


@dataclass(frozen=True)
class _Asked:
    """What the rules say of the whole text in one world: votes are weighed once, however many clauses ask."""

    arrangement: Arrangement
    world: World
    weights: Mapping[str, int] | None

    @cached_property
    def is_open(self) -> bool:
        return is_open(self.arrangement, self.world)

    @cached_property
    def finding(self) -> Finds | None:
        return self.world.finding

    @cached_property
    def decided(self) -> Callable[[TierWord], Ruling]:
        return cache(lambda tier: is_tier_decided(self.arrangement, self.world, tier, weights=self.weights))

    def tier_due(self, highest: TierWord, kind: Kind, measures: tuple[Measure, ...], /) -> TierWord | None:
        text, world = self.arrangement, self.world
        waits = needs_decision(text, kind=kind)
        for tier in reversed(TIERS[: TIERS.index(highest) + 1]):
            if is_forbidden(text, world, tier, measures) or not is_proven(text, world, tier):
                continue
            if not waits or self.decided(tier) is not Ruling.NO:
                return tier
        return None


def _due(asked: _Asked) -> Iterator[Duty]:
    for index, clause in enumerate(asked.arrangement.commitments):
        call = _called(clause, asked) if clause.bindingness in BINDING else None
        if call:
            within = clause.within.hours if isinstance(clause.within, Duration) else None
            path = ("commitments", index)
            yield from _duties(call, path, delivers=delivers(clause), within_hours=within)
    sanctions = asked.arrangement.sanctions
    call = _snapback_called(asked) if sanctions.snapback_bindingness in BINDING else None
    if call:
        within = sanctions.snapback_within.hours if isinstance(sanctions.snapback_within, Duration) else None
        yield from _duties(call, ("sanctions", "snapback_on"), delivers=True, within_hours=within)


def _called(clause: Commitment, asked: _Asked) -> Call | None:
    if asked.finding not in clause.answers or not names_an_act(clause):
        return None
    if not asked.is_open or not applies(clause, asked.world):
        return None
    tier = asked.tier_due(clause.tier, clause.kind, acts_named(clause))
    owing = tuple(
        debtor
        for debtor in debtors(clause.by, asked.arrangement)
        if debtor not in asked.world.gone and _finds(asked.arrangement, asked.world, debtor)
    )
    return Call(tier, owing) if tier and owing else None


def _snapback_called(asked: _Asked) -> Call | None:
    if asked.finding not in asked.arrangement.sanctions.snapback_on or not asked.is_open:
        return None
    tier = asked.tier_due(TierWord.SUPPORT, Kind.JOINT, (Measure.SANCTIONS,))
    everybody = debtors(("all_guarantors",), asked.arrangement)
    owing = tuple(debtor for debtor in everybody if debtor not in asked.world.gone)
    return Call(tier, owing) if tier and owing else None


def _duties(call: Call, path: tuple[str | int, ...], *, delivers: bool, within_hours: float | None) -> Iterator[Duty]:
    for debtor in call.debtors:
        yield Duty(path, debtor, call.tier, delivers=delivers, within_hours=within_hours)


def _finds(arrangement: Arrangement, world: World, debtor: str) -> bool:
    """Where each party finds for itself, a debtor that does not find owes nothing by its own lights."""
    return not (does_each_find_for_itself(arrangement) and debtor in world.against_finding)
