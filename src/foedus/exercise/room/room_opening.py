"""How a room is opened: a rehearsal of an exercise, or a sitting in earnest, with the seats that a text calls for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from foedus.arrangement.record import Arrangement
from foedus.exercise.room import happenings as h
from foedus.exercise.room.injects.inject import Exercise, Inject
from foedus.exercise.room.roles import Role
from foedus.exercise.room.room_state import CONTROL, RoomEvent
from foedus.mechanism.procedure.commands import SECRETARIAT, OpenIncident
from foedus.mechanism.procedure.deciding.decide import opening
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.state import State
from foedus.mechanism.procedure.world import everyone

_BESIDE_PARTIES = (Role.DIRECTOR, Role.MONITOR, Role.CHAIR, Role.OBSERVER, Role.AUDITOR)
_IN_REHEARSALS = (Role.CONTROLLER, Role.EVALUATOR)


def rehearsal(
    exercise: Exercise,
    arrangement: Arrangement,
    *,
    judgments: Judgments,
    wall: datetime,
    seed: int,
    weights: dict[str, int] | None = None,
    needs_two: bool = False,
) -> tuple[State, tuple[RoomEvent, ...]]:
    """Return the mechanism of a rehearsal at its start, and the events that open the room; empty seats are bots'."""
    at = exercise.opens_at
    mechanism, opened = opening(arrangement, judgments=judgments, prior=exercise.prior, at=at, weights=weights)
    room = h.RoomOpened(
        at=at,
        actor=CONTROL,
        wall=wall,
        arrangement=arrangement.id,
        digest=opened.digest,
        prior=exercise.prior,
        title=exercise.name,
        about=exercise.about,
        is_rehearsal=True,
        scenario=exercise.id,
        seed=seed,
        objectives=exercise.objectives,
        needs_two=needs_two,
    )
    seats = _seats(room, arrangement, (*_BESIDE_PARTIES, *_IN_REHEARSALS))
    injects = (h.InjectPlanned(at, CONTROL, wall, fitted(each, arrangement)) for each in exercise.injects)
    return mechanism, (room, opened, *seats, *injects)


def sitting(
    arrangement: Arrangement,
    *,
    judgments: Judgments,
    prior: str,
    wall: datetime,
    weights: dict[str, int] | None = None,
    needs_two: bool = False,
) -> tuple[State, tuple[RoomEvent, ...]]:
    """Return the mechanism of a sitting in earnest at its start, and the events that open the room."""
    mechanism, opened = opening(arrangement, judgments=judgments, prior=prior, at=wall, weights=weights)
    room = h.RoomOpened(
        at=wall,
        actor=CONTROL,
        wall=wall,
        arrangement=arrangement.id,
        digest=opened.digest,
        prior=prior,
        title=arrangement.name,
        about="A sitting under this arrangement.",
        is_rehearsal=False,
        needs_two=needs_two,
    )
    return mechanism, (room, opened, *_seats(room, arrangement, _BESIDE_PARTIES))


def fitted(inject: Inject, arrangement: Arrangement) -> Inject:
    """Return an inject for a text that it was not written for: whoever has no part there is spoken for by control."""
    known = everyone(arrangement)
    opens: OpenIncident | None = inject.opens
    if opens is not None and opens.actor not in known:
        opens = replace(opens, actor=SECRETARIAT)
    reports = tuple(each if each.by in known else replace(each, by=SECRETARIAT) for each in inject.reports)
    return replace(inject, opens=opens, reports=reports)


def delegations(arrangement: Arrangement) -> tuple[str, ...]:
    """Return the parties that have a seat: all but the adversary, which is the script's; in earnest it has none."""
    parties = arrangement.parties
    known = dict.fromkeys((*parties.protected_state, *arrangement.responders, *sorted(parties.everyone)))
    return tuple(party for party in known if party not in parties.adversary)


def _seats(room: h.RoomOpened, arrangement: Arrangement, roles: tuple[Role, ...]) -> Iterator[h.SeatMade]:
    for role in roles:
        yield h.SeatMade(room.at, CONTROL, room.wall, str(role), role)
    for party in delegations(arrangement):
        yield h.SeatMade(room.at, CONTROL, room.wall, party, Role.DELEGATE, party, is_bot=room.is_rehearsal)
        if room.needs_two:
            yield h.SeatMade(room.at, CONTROL, room.wall, f"{party}_{Role.HEAD}", Role.HEAD, party)
