"""Who can stop what: asked of the votes, one party or group against and everybody else in favour."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import TierWord
from foedus.mechanism.rules.decisions import deciders, is_tier_decided
from foedus.mechanism.rules.findings import is_finding_made
from foedus.mechanism.rules.world import Ruling, World

ALL_IN_FAVOUR = World()
"""The plain case, with every vote a yes."""


def can_stop_finding(arrangement: Arrangement, parties: Iterable[str], *, world: World = ALL_IN_FAVOUR) -> bool:
    """Tell whether no finding is made where some parties are against it, though one is made where they are not."""
    opposed = replace(world, against_finding=world.against_finding | frozenset(parties))
    return is_finding_made(arrangement, opposed) is Ruling.NO and is_finding_made(arrangement, world) is not Ruling.NO


def can_stop_tier(
    arrangement: Arrangement,
    parties: Iterable[str],
    tier: TierWord,
    *,
    world: World = ALL_IN_FAVOUR,
    weights: Mapping[str, int] | None = None,
) -> bool:
    """Tell whether a tier is not decided where some parties are against it, though it is where they are not."""
    opposed = replace(world, against_response=world.against_response | frozenset(parties))
    return (
        is_tier_decided(arrangement, opposed, tier, weights=weights) is Ruling.NO
        and is_tier_decided(arrangement, world, tier, weights=weights) is not Ruling.NO
    )


def has_a_say(arrangement: Arrangement, parties: Iterable[str]) -> bool:
    """Tell whether some parties vote on the response, or may refuse a consent that it needs."""
    return not deciders(arrangement).isdisjoint(parties)


def is_enough(
    arrangement: Arrangement,
    joining: Iterable[str],
    tier: TierWord,
    *,
    world: World = ALL_IN_FAVOUR,
    weights: Mapping[str, int] | None = None,
) -> bool:
    """Tell whether a tier is decided where some members join and the others stand aside, which is to stay silent.

    Where the text does not settle how silence counts, it is read narrowly: those who do not join are against.
    """
    aside = frozenset(arrangement.responders) - frozenset(joining)
    silent = replace(world, silent_on_response=world.silent_on_response | aside)
    ruling = is_tier_decided(arrangement, silent, tier, weights=weights)
    if ruling is Ruling.UNSETTLED:
        opposed = replace(world, against_response=world.against_response | aside)
        ruling = is_tier_decided(arrangement, opposed, tier, weights=weights)
    return ruling is Ruling.YES
