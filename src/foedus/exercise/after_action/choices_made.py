"""What people chose beside what the equilibrium does in the future that the bots were drawn in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from foedus.arrangement.vocabulary import Finds, TierWord
from foedus.exercise.room.room_state import RoomState
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.commands import Vote
from foedus.mechanism.procedure.obligation import ObligationStatus


@dataclass(frozen=True)
class ChoiceBeside:
    """A choice that people made, with the odds of the equilibrium."""

    at: datetime
    party: str
    what: str
    chance_per_mille: int
    """Of the same choice, in the equilibrium."""


def choices_beside(room: RoomState) -> Iterator[ChoiceBeside]:
    """Yield the choices of people for which the game has odds; none where no odds were drawn."""
    if room.odds is None:
        return
    people = {seat.party for seat in room.seats.values() if seat.party and seat.is_taken}
    findings: dict[str, Finds | None] = {}
    tiers: dict[str, TierWord] = {}
    performed: set[tuple[str, str]] = set()
    for entry in room.history:
        match entry.event:
            case e.FindingMade() as event:
                findings[event.incident] = event.finding
            case e.TierProposed() as event:
                tiers[event.incident] = event.tier
                if event.actor in people and event.actor == room.odds.proposer:
                    chance = _proposes(room, findings.get(event.incident), event.tier)
                    yield ChoiceBeside(event.at, event.actor, f"moved {event.tier}", chance)
            case e.TierVoted() as event if event.actor in people and event.incident in tiers:
                chance = _joins(room, findings.get(event.incident), tiers[event.incident], event.actor)
                is_yes = event.vote is Vote.YES
                what = f"{'joined' if is_yes else 'did not join'} {tiers[event.incident]}"
                yield ChoiceBeside(event.at, event.actor, what, chance if is_yes else 1000 - chance)
            case e.ActTaken() as event if event.actor in people:
                performed.add((event.actor, event.incident))
                chance = _joins(room, findings.get(event.incident), event.tier, event.actor)
                yield ChoiceBeside(event.at, event.actor, f"took part in {event.tier}", chance)
    yield from _left_undone(room, people, performed, findings)


def _left_undone(
    room: RoomState, people: set[str], performed: set[tuple[str, str]], findings: dict[str, Finds | None]
) -> Iterator[ChoiceBeside]:
    """Yield what fell due to people and was never performed."""
    for incident in room.mechanism.incidents.values():
        for (_, debtor), each in incident.obligations.items():
            is_open = each.status in (ObligationStatus.DUE, ObligationStatus.BREACHED, ObligationStatus.LAPSED)
            if debtor in people and is_open and each.tier and (debtor, incident.id) not in performed:
                performed.add((debtor, incident.id))
                chance = 1000 - _joins(room, findings.get(incident.id), each.tier, debtor)
                yield ChoiceBeside(room.mechanism.now, debtor, f"took no part in {each.tier}", chance)


def _joins(room: RoomState, finding: Finds | None, tier: TierWord, party: str) -> int:
    odds = room.odds.joins if room.odds else {}
    return odds.get(f"{finding}:{tier}", {}).get(party, 0)


def _proposes(room: RoomState, finding: Finds | None, tier: TierWord) -> int:
    odds = room.odds.proposes if room.odds else {}
    return odds.get(str(finding), {}).get(str(tier), 0)
