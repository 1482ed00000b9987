"""What each event makes of a room; it asks nothing and refuses nothing."""

from collections.abc import Iterable
from dataclasses import replace

from foedus.exercise.room import happenings as h
from foedus.exercise.room.injects.inject import InjectStatus, PlannedInject
from foedus.exercise.room.room_clock import RoomClock
from foedus.exercise.room.room_state import Invitation, RoomEntry, RoomEvent, RoomMessage, RoomSession, RoomState, Seat
from foedus.mechanism.procedure.evolve import evolve
from foedus.mechanism.procedure.state import State


def begin(mechanism: State, opened: h.RoomOpened) -> RoomState:
    """Return a room in which nothing has happened but its opening."""
    rate = 0 if opened.is_rehearsal else 1
    clock = RoomClock(wall=opened.wall, scenario=opened.at, rate=rate, has_run=rate > 0)
    return RoomState(mechanism=mechanism, opened=opened, clock=clock, history=(RoomEntry(0, opened),))


def evolve_room(room: RoomState, event: RoomEvent) -> RoomState:
    """Return the room after an event."""
    number = len(room.history)
    room = replace(room, history=(*room.history, RoomEntry(number, event)))
    if isinstance(event, h.Happening):
        return _after(room, event, number=number)
    return replace(room, mechanism=evolve(room.mechanism, event))


def evolve_room_all(room: RoomState, events: Iterable[RoomEvent]) -> RoomState:
    """Return the room after events, in order."""
    for event in events:
        room = evolve_room(room, event)
    return room


def _after(room: RoomState, event: h.Happening, *, number: int) -> RoomState:
    match event:
        case h.SeatMade() | h.SeatHanded() | h.SessionsEnded():
            return _seats(room, event)
        case h.ClockSet() | h.ClockStepped() | h.RoomClosed():
            return _clock(room, event)
        case h.Said():
            return _said(room, event, number)
        case h.OddsDrawn():
            return replace(room, odds=event)
        case h.BotChose():
            return replace(room, chosen=room.chosen | {event.key})
        case h.Invited() | h.InvitationRevoked() | h.InvitationRedeemed():
            return _invitations(room, event)
        case h.InjectPlanned() | h.InjectMoved() | h.InjectReleased():
            return _injects(room, event, number)
        case h.StepDrafted():
            return replace(room, drafts={**room.drafts, event.draft: event})
        case h.DraftSigned() | h.DraftDropped():
            return replace(room, drafts={name: each for name, each in room.drafts.items() if name != event.draft})
        case h.RoomOpened() | h.StepWanted() | h.Noted() | h.ImprovementPlanned():
            return room


def _seats(room: RoomState, event: h.SeatMade | h.SeatHanded | h.SessionsEnded) -> RoomState:
    match event:
        case h.SeatMade():
            seat = Seat(event.seat, event.role, event.party, event.storyline, is_bot=event.is_bot)
            return replace(room, seats={**room.seats, event.seat: seat})
        case h.SeatHanded():
            return room.with_seat(event.seat, is_bot=event.is_bot)
        case h.SessionsEnded():
            return _ended(room, event.seat)


def _clock(room: RoomState, event: h.ClockSet | h.ClockStepped | h.RoomClosed) -> RoomState:
    match event:
        case h.ClockSet():
            return replace(room, clock=room.clock.set_to(event.rate, wall=event.wall, scenario=event.at))
        case h.ClockStepped():
            return replace(room, clock=room.clock.stepped(event.to, wall=event.wall))
        case h.RoomClosed():
            return replace(room, is_closed=True, clock=room.clock.set_to(0, wall=event.wall, scenario=event.at))


def _said(room: RoomState, event: h.Said, number: int) -> RoomState:
    source = event.source or event.actor
    message = RoomMessage(number, event.at, source, event.actor, event.to, event.words, event.channel)
    return replace(room, messages=(*room.messages, message))


def _invitations(room: RoomState, event: h.Invited | h.InvitationRevoked | h.InvitationRedeemed) -> RoomState:
    known = room.invitations
    match event:
        case h.Invited():
            made = Invitation(event.seat, event.token_hash, event.until, uses_left=event.uses, also=event.also)
        case h.InvitationRevoked():
            made = replace(known[event.token_hash], is_revoked=True)
        case h.InvitationRedeemed():
            old = known[event.token_hash]
            made = replace(old, uses_left=old.uses_left - 1)
            room = _taken(room, event, (old.seat, *old.also))
    return replace(room, invitations={**known, event.token_hash: made})


def _taken(room: RoomState, event: h.InvitationRedeemed, seats: tuple[str, ...]) -> RoomState:
    for seat in seats:
        room = room.with_seat(seat, is_taken=True, is_bot=False)
    if not event.session_hash:
        return room
    kept = {name: each for name, each in room.sessions.items() if name != event.replaces}
    before = room.sessions[event.replaces].seats if event.replaces in room.sessions else ()
    session = RoomSession(tuple(dict.fromkeys((*before, *seats))), since=event.wall)
    return replace(room, sessions={**kept, event.session_hash: session})


def _ended(room: RoomState, seat: str) -> RoomState:
    kept = {
        name: replace(each, seats=tuple(other for other in each.seats if other != seat))
        for name, each in room.sessions.items()
    }
    return replace(room.with_seat(seat, is_taken=False), sessions=kept)


def _injects(room: RoomState, event: h.InjectPlanned | h.InjectMoved | h.InjectReleased, number: int) -> RoomState:
    match event:
        case h.InjectPlanned():
            return replace(room, injects={**room.injects, event.inject.id: PlannedInject(event.inject)})
        case h.InjectMoved():
            inject = room.injects[event.inject].inject
            moved = replace(inject, at=event.to) if event.to else inject
            return room.with_inject(event.inject, inject=moved, status=event.status)
        case h.InjectReleased():
            inject = room.injects[event.inject].inject
            brought = RoomMessage(number, event.at, inject.source, "", inject.to, inject.words, inject.channel)
            released = room.with_inject(event.inject, status=InjectStatus.RELEASED, released_at=event.at)
            return replace(released, messages=(*room.messages, brought))
