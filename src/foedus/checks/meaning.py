"""What two texts oblige to: an incident under which one obliges somebody and the other nobody, and the reverse."""

from dataclasses import dataclass, replace
from enum import StrEnum

from foedus.arrangement.conditions import And, Condition, Not
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import TierWord
from foedus.checks.search import formula
from foedus.checks.search.engines import Engine, engine_for
from foedus.checks.search.space import FALSE, THREATS, CannotTell, Space, either, space_of
from foedus.mechanism.rules.duties import BINDING, TIERS, falls_due, is_duty_to_act
from foedus.mechanism.rules.roles import adversaries, debtors
from foedus.mechanism.rules.world import World


class MeaningVerdict(StrEnum):
    """How the later text stands to the earlier."""

    EQUIVALENT = "equivalent"
    WEAKER = "weaker"
    STRONGER = "stronger"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True)
class MeaningComparison:
    """How two texts compare for one question."""

    about: str
    """A party id, or ``anybody``."""
    tier: TierWord
    """The tier at which, or above which, something is owed."""
    lost: World | None
    """The worst incident under which the earlier text obliges and the later does not."""
    gained: World | None
    """The worst incident under which the later text obliges and the earlier does not."""

    @property
    def verdict(self) -> MeaningVerdict:
        """How the later text stands to the earlier."""
        if self.lost and self.gained:
            return MeaningVerdict.INCOMPARABLE
        if self.lost:
            return MeaningVerdict.WEAKER
        return MeaningVerdict.STRONGER if self.gained else MeaningVerdict.EQUIVALENT


def compare_meaning(old: Arrangement, new: Arrangement) -> tuple[MeaningComparison, ...]:
    """Compare two texts for anybody and for each guarantor, tier by tier.

    Incidents range over all facts that either text names, with every vote a yes and with the adversary voting against.
    What is told has been replayed by the rules in both texts. Raises `CannotTell` where the solver gives up.
    """
    found = []
    members = sorted({*old.responders, *new.responders})
    votes = _votes(old, new)
    engine = _engine([_owed(a, None, TierWord.SUPPORT, vote) for a in (old, new) for vote in votes], old, new)
    for about in (None, *members):
        for tier in TIERS:
            lost, gained = (
                _witness(engine, one, other, about=about, tier=tier, votes=votes)
                for one, other in ((old, new), (new, old))
            )
            found.append(MeaningComparison(about=about or "anybody", tier=tier, lost=lost, gained=gained))
    return tuple(found)


def _votes(old: Arrangement, new: Arrangement) -> tuple[World, ...]:
    against = adversaries(old) | adversaries(new)
    return formula.ALL_YES, World(against_finding=against, against_response=against)


def _witness(
    engine: Engine, one: Arrangement, other: Arrangement, *, about: str | None, tier: TierWord, votes: tuple[World, ...]
) -> World | None:
    """Return the worst incident, over the votes in turn, under which one text obliges and the other does not."""
    worlds = []
    for vote in votes:
        differs = And((_owed(one, about, tier, vote), Not(_owed(other, about, tier, vote))))
        found = engine.worst(differs)
        if found is not None:
            voted = replace(found, against_finding=vote.against_finding, against_response=vote.against_response)
            if not _owes(one, voted, about, tier) or _owes(other, voted, about, tier):
                raise CannotTell("the rules did not confirm an incident, which is a mistake of foedus")
            worlds.append(voted)
    return min(worlds, key=lambda world: THREATS.index(world.threat), default=None)


def _owed(arrangement: Arrangement, about: str | None, tier: TierWord, votes: World) -> Condition:
    owed = [
        formula.due(arrangement, clause, at_least=tier, votes=votes)
        for clause in arrangement.commitments
        if is_duty_to_act(clause)
        and TIERS.index(clause.tier) >= TIERS.index(tier)
        and (owing := debtors(clause.by, arrangement))
        and about in (None, *owing)
    ]
    if tier is TierWord.SUPPORT and arrangement.sanctions.snapback_bindingness in BINDING:
        guarantors = debtors(("all_guarantors",), arrangement)
        if guarantors and about in (None, *guarantors):
            owed.append(formula.snapback_due(arrangement, votes=votes))
    return either(owed) if owed else FALSE


def _owes(arrangement: Arrangement, world: World, about: str | None, tier: TierWord) -> bool:
    return any(
        about in (None, duty.debtor) and TIERS.index(duty.tier) >= TIERS.index(tier)
        for duty in falls_due(arrangement, world)
    )


def _engine(conditions: list[Condition], old: Arrangement, new: Arrangement) -> Engine:
    space = space_of(conditions)
    if not (old.scope.excludes or new.scope.excludes):
        space = Space(tuple(name for name in space.facts if name != "in_scope"), space.parties)
    return engine_for(space)
