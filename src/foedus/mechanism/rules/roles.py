"""Whom a list of parties names, and who votes on a decision."""

from collections.abc import Iterable
from functools import lru_cache

from foedus.arrangement.names.affiliations import find_body, year_of
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DeterminationRule
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
    return _debtors(tuple(parties), arrangement.parties.guarantor, arrangement.responders)


@lru_cache(maxsize=1024)
def _debtors(parties: tuple[str, ...], guarantors: tuple[str, ...], responders: tuple[str, ...]) -> tuple[str, ...]:
    """Work out `debtors`; asked for some three hundred times for every future that a text is compiled in."""
    wanted = frozenset(parties)
    if wanted & {"all_guarantors", "any_party"}:
        wanted = frozenset(guarantors)
    return tuple(party for party in responders if party in wanted)


def voters(arrangement: Arrangement, world: World) -> tuple[str, ...]:
    """Return the guarantors that vote, the adversary among them where it is a guarantor."""
    return tuple(party for party in arrangement.parties.guarantor if party not in world.gone)


def monitors(arrangement: Arrangement, world: World) -> frozenset[str]:
    """Return those who watch."""
    by = (party for mission in arrangement.monitoring for party in mission.by)
    return (frozenset(arrangement.parties.monitor) | named(by, arrangement)) - world.gone


def body_members(arrangement: Arrangement) -> frozenset[str]:
    """Return the parties that sit in the body that finds: as the text says, or as is known of the body it names."""
    trigger = arrangement.trigger
    if trigger.members:
        return named(trigger.members, arrangement)
    body = find_body(trigger.body)
    return body.members_in(year_of(arrangement)) & arrangement.parties.everyone if body else frozenset()


def finding_blockers(arrangement: Arrangement) -> frozenset[str]:
    """Return the parties each of which can block the finding: as the text says, and as the rules of its body say."""
    trigger, body = arrangement.trigger, find_body(arrangement.trigger.body)
    stated = named(trigger.blocked_by, arrangement)
    if trigger.determined_by is DeterminationRule.COUNCIL_CONSENSUS:
        return stated | body_members(arrangement)
    if trigger.determined_by is DeterminationRule.COUNCIL_WITH_VETO and body and not stated:
        return body.stoppers_in(year_of(arrangement)) & arrangement.parties.everyone
    return stated


def adversaries(arrangement: Arrangement) -> frozenset[str]:
    """Return the parties that may be the attacker."""
    return frozenset(arrangement.parties.adversary)
