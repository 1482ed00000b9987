"""What the arrangement forbids in a world."""

from collections.abc import Iterable, Iterator

from foedus.arrangement.clauses import Exclusion
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Excluded, Measure, TierWord
from foedus.mechanism.rules.conditions import holds
from foedus.mechanism.rules.world import World

BARRED_TIERS: dict[Excluded, frozenset[TierWord]] = {
    Excluded.FOREIGN_FORCES: frozenset({TierWord.DEPLOY, TierWord.DEFEND})
}
"""The tiers that each exclusion bars whatever is done under them; others bar none."""

BARRED_MEASURES: dict[Excluded, frozenset[Measure]] = {
    Excluded.FOREIGN_ARMS: frozenset({Measure.ARMS, Measure.AIR_DEFENCE})
}
"""The measures that each exclusion bars; money, intelligence and sanctions are no arms, so that support stays open."""

_QUIET = World(threat="hold", attribution="none")


def is_forbidden(arrangement: Arrangement, world: World, tier: TierWord, measures: Iterable[Measure] = ()) -> bool:
    """Tell whether exclusions bar a tier in this world, or every one of the measures that are named for it."""
    return bool(barring(arrangement, world, tier, measures))


def barring(arrangement: Arrangement, world: World, tier: TierWord, measures: Iterable[Measure] = ()) -> list[int]:
    """Return the places of the exclusions that bar a tier in this world, or all the measures named for it."""
    of_tier = [i for i, exclusion in could_bar_tier(arrangement, tier) if not _is_lifted(exclusion, world)]
    if of_tier or not measures:
        return of_tier
    of_measures = [(i, e) for i, e in could_bar_measures(arrangement, measures) if not _is_lifted(e, world)]
    barred = {measure for _, exclusion in of_measures for measure in BARRED_MEASURES[exclusion.what]}
    return [i for i, _ in of_measures] if set(measures) <= barred else []


def clashing(arrangement: Arrangement, world: World, tier: TierWord, measures: Iterable[Measure] = ()) -> list[int]:
    """Return the places of the exclusions that bar a tier in this world, or one of the measures named for it."""
    could = [*could_bar_tier(arrangement, tier), *could_bar_measures(arrangement, measures)]
    return sorted({index for index, exclusion in could if not _is_lifted(exclusion, world)})


def could_bar_tier(arrangement: Arrangement, tier: TierWord) -> Iterator[tuple[int, Exclusion]]:
    """Yield the exclusions that bar a tier where their exception is not met."""
    for index, exclusion in enumerate(arrangement.exclusions):
        if tier in BARRED_TIERS.get(exclusion.what, ()):
            yield index, exclusion


def could_bar_measures(arrangement: Arrangement, measures: Iterable[Measure]) -> Iterator[tuple[int, Exclusion]]:
    """Yield the exclusions that bar one of some measures where their exception is not met."""
    named = set(measures)
    for index, exclusion in enumerate(arrangement.exclusions):
        if named & BARRED_MEASURES.get(exclusion.what, frozenset()):
            yield index, exclusion


def barring_arms_in_peace(arrangement: Arrangement) -> list[int]:
    """Return the places of the exclusions that bar arms from abroad while nothing has happened."""
    arms = could_bar_measures(arrangement, (Measure.ARMS,))
    return [index for index, exclusion in arms if not _is_lifted(exclusion, _QUIET)]


def _is_lifted(exclusion: Exclusion, world: World) -> bool:
    return exclusion.unless is not None and holds(exclusion.unless, world)
