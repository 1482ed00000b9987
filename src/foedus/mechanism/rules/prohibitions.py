"""What the arrangement forbids in a world."""

from foedus.arrangement.clauses import Exclusion
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Excluded, TierWord
from foedus.mechanism.rules.conditions import holds
from foedus.mechanism.rules.world import World

BARS: dict[Excluded, frozenset[TierWord]] = {
    Excluded.FOREIGN_FORCES: frozenset({TierWord.DEPLOY, TierWord.DEFEND}),
    Excluded.FOREIGN_ARMS: frozenset({TierWord.SUPPORT}),
}
"""The tiers that each exclusion bars; others bar none."""


def is_forbidden(arrangement: Arrangement, world: World, tier: TierWord) -> bool:
    """Tell whether an exclusion bars a tier in this world."""
    return any(True for _ in barring(arrangement, world, tier))


def barring(arrangement: Arrangement, world: World, tier: TierWord) -> list[int]:
    """Return the places of the exclusions that bar a tier in this world."""
    return [
        index
        for index, exclusion in enumerate(arrangement.exclusions)
        if tier in BARS.get(exclusion.what, frozenset()) and not _is_lifted(exclusion, world)
    ]


def _is_lifted(exclusion: Exclusion, world: World) -> bool:
    return exclusion.unless is not None and holds(exclusion.unless, world)
