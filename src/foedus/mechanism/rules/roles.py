"""Whom a list of parties names, and who votes on a decision."""

from collections.abc import Iterable

from foedus.arrangement.record import Arrangement
from foedus.mechanism.rules.world import World


def named(parties: Iterable[str], arrangement: Arrangement) -> frozenset[str]:
    """Return the parties that a list names; words for groups are written out, ``nobody`` and ``unknown`` name none."""
    found: set[str] = set()
    for party in parties:
        if party == "all_guarantors":
            found.update(arrangement.parties.guarantor)
        elif party == "any_party":
            found.update(arrangement.parties.everyone)
        elif party not in {"nobody", "unknown"}:
            found.add(party)
    return frozenset(found)


def debtors(parties: Iterable[str], arrangement: Arrangement) -> tuple[str, ...]:
    """Return those who owe what a list of parties owes, in the order of the text: whoever could also answer a breach.

    ``any_party`` names every guarantor here, since nobody else promises; the adversary owes nothing against itself.
    """
    wanted = set(parties)
    if wanted & {"all_guarantors", "any_party"}:
        wanted = set(arrangement.parties.guarantor)
    return tuple(party for party in arrangement.responders if party in wanted)


def voters(arrangement: Arrangement, world: World) -> tuple[str, ...]:
    """Return the guarantors that vote, the adversary among them where it is a guarantor."""
    return tuple(party for party in arrangement.parties.guarantor if party not in world.gone)


def monitors(arrangement: Arrangement, world: World) -> frozenset[str]:
    """Return those who watch."""
    by = (party for mission in arrangement.monitoring for party in mission.by)
    return (frozenset(arrangement.parties.monitor) | named(by, arrangement)) - world.gone


def adversaries(arrangement: Arrangement) -> frozenset[str]:
    """Return the parties that may be the attacker."""
    return frozenset(arrangement.parties.adversary)
