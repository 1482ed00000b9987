"""Decide what a seat wants: the events that it brings about, or a refusal. Nothing is allowed that `roles` does not."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.due import released
from foedus.exercise.room.deciding.two_persons import countersigned, drafted, dropped, is_one_person, takes_two
from foedus.exercise.room.injects.inject import InjectStatus
from foedus.exercise.room.roles import HEADS_OWN, OF_REHEARSALS, Deed, Role, may
from foedus.exercise.room.room_clock import FASTEST
from foedus.exercise.room.room_state import RoomEvent, RoomState, Seat
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.clause import of_procedure
from foedus.mechanism.procedure.deciding.decide import decide
from foedus.mechanism.procedure.events import Refused
from foedus.mechanism.procedure.refusal import Refusal

MOST_WORDS = 4_000
"""Characters of any one text."""
FAR = timedelta(days=3660)
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_ONLY_IN_REHEARSALS = frozenset({Role.CONTROLLER, Role.EVALUATOR})
Made: TypeAlias = tuple[RoomEvent, ...]

DEED_OF: dict[type[Any], frozenset[Deed]] = {
    c.OpenIncident: frozenset({Deed.REPORT}),
    c.FileReport: frozenset({Deed.REPORT}),
    c.StateFact: frozenset({Deed.MOVE}),
    c.Invoke: frozenset({Deed.MOVE}),
    c.Meet: frozenset({Deed.MOVE, Deed.CHAIR}),
    c.ProposeFinding: frozenset({Deed.MOVE}),
    c.VoteOnFinding: frozenset({Deed.VOTE}),
    c.ProposeTier: frozenset({Deed.MOVE}),
    c.VoteOnTier: frozenset({Deed.VOTE}),
    c.CloseVote: frozenset({Deed.MOVE, Deed.CHAIR}),
    c.TakeAct: frozenset({Deed.COMMIT}),
    c.GiveNotice: frozenset({Deed.COMMIT}),
    c.CloseIncident: frozenset({Deed.MOVE, Deed.CHAIR}),
    h.SeatMade: frozenset({Deed.SEATS}),
    h.SeatHanded: frozenset({Deed.SEATS}),
    h.Invited: frozenset({Deed.SEATS}),
    h.InvitationRevoked: frozenset({Deed.SEATS}),
    h.SessionsEnded: frozenset({Deed.SEATS}),
    h.ClockSet: frozenset({Deed.CLOCK}),
    h.ClockStepped: frozenset({Deed.CLOCK}),
    h.InjectPlanned: frozenset({Deed.PLAN}),
    h.InjectMoved: frozenset({Deed.PLAN}),
    h.InjectReleased: frozenset({Deed.RELEASE}),
    h.Said: frozenset({Deed.SAY}),
    h.Noted: frozenset({Deed.NOTE}),
    h.ImprovementPlanned: frozenset({Deed.IMPROVE}),
    h.DraftSigned: HEADS_OWN,
    h.DraftDropped: HEADS_OWN,
    h.RoomClosed: frozenset({Deed.END}),
}
"""What kind of deed each thing is that can be wanted; any one of them is enough. What is not here is refused."""

AFTER_THE_END = frozenset({Deed.NOTE, Deed.IMPROVE, Deed.SEATS})
"""What is still done when a room is closed: the talk afterwards."""


def admit(room: RoomState, wanted: c.Command | h.Happening, *, seat: str, wall: datetime) -> Made | Refusal:
    """Return what comes of a wish of a seat; its times and its actor are put in here, whatever it says itself.

    A step of the mechanism that the mechanism refuses is logged as refused; one that the role may not take is not.
    """
    who = room.seats.get(seat)
    if who is None:
        return _no("there is no such seat", seat)
    if refusal := _refuse_role(room, who, wanted) or _refuse_words(wanted):
        return refusal
    at = room.time_at(wall)
    if isinstance(wanted, h.Happening):
        return _HANDLERS[type(wanted)](room, who, replace(wanted, at=at, wall=wall, actor=who.id))
    command = replace(wanted, at=at)
    made = step(room, command, who=who, wall=wall)
    is_refused = isinstance(made, Refusal) or isinstance(made[-1], Refused)
    if is_refused or not takes_two(room, who, DEED_OF[type(wanted)]):
        return made
    draft = drafted(room, command, who=who, wall=wall)
    return draft if isinstance(draft, Refusal) else (draft,)


def step(room: RoomState, command: c.Command, *, who: Seat, wall: datetime) -> Made | Refusal:
    """Return what a step of the mechanism comes to, taken as the party of the seat or one that the seat may play."""
    party = command.actor if command.actor in _plays(room, who) else who.acts_as
    wanted = replace(command, actor=party)
    name = type(command).__name__
    note = h.StepWanted(at=command.at, actor=who.id, wall=wall, command=name, party=party)
    result = decide(room.mechanism, wanted)
    if isinstance(result, Refusal):
        said = Refused(at=command.at, actor=party, clause=result.clause, command=name, because=result.because)
        return (note, said)
    return (note, *result)


def redeem(
    room: RoomState, token_hash: str, *, wall: datetime, session_hash: str = "", replaces: str = ""
) -> Made | Refusal:
    """Return what comes of redeeming an invitation; nobody has a seat before, so that no seat is asked."""
    invitation = room.invitations.get(token_hash)
    if invitation is None or not invitation.is_open(wall):
        return _no("an invitation is redeemed once and in time", "this link does not hold, or holds no longer")
    before = room.sessions[replaces].seats if replaces in room.sessions else ()
    if is_one_person(room, (invitation.seat, *invitation.also, *before)):
        return _no("two persons of a delegation vote and commit", "one browser sits in one seat of a delegation")
    at = room.time_at(wall)
    redeemed = h.InvitationRedeemed(at, invitation.seat, wall, token_hash, session_hash, replaces)
    return (redeemed,)


def _plays(room: RoomState, who: Seat) -> frozenset[str]:
    if not may(who.role, Deed.PLAY_ABSENT, is_rehearsal=room.is_rehearsal):
        return frozenset()
    taken = {each.party for each in room.seats.values() if each.is_taken}
    return frozenset(each.party for each in room.seats.values() if each.party and each.party not in taken)


def may_now(room: RoomState, who: Seat, deed: Deed) -> bool:
    """Tell whether a seat may do a kind of thing as the room is now; pages ask it of what they offer."""
    if who.is_bot and deed not in (Deed.REPORT, Deed.MOVE, Deed.VOTE, Deed.COMMIT):
        return False
    if room.is_closed and deed not in AFTER_THE_END:
        return False
    if not may(who.role, deed, is_rehearsal=room.is_rehearsal):
        return False
    if room.opened.needs_two:
        return True
    head = room.seat_of(who.party, role=Role.HEAD)
    return not (deed in HEADS_OWN and who.role is Role.DELEGATE and head is not None and head.is_taken)


def _refuse_role(room: RoomState, who: Seat, wanted: c.Command | h.Happening) -> Refusal | None:
    deeds = DEED_OF.get(type(wanted), frozenset())
    own = [deed for deed in deeds if may_now(room, who, deed)]
    if own:
        return None
    if deeds and isinstance(wanted, c.Command) and wanted.actor in _plays(room, who):
        return _no("nothing is done after the end", "the room is closed") if room.is_closed else None
    if room.is_closed and deeds:
        return _no("nothing is done after the end", "the room is closed")
    if not room.is_rehearsal and deeds & OF_REHEARSALS:
        return _no("in earnest the clock is the wall's and nothing is played", type(wanted).__name__)
    return _no("each role does what is its own", f"{who.role} may not do this: {type(wanted).__name__}")


def _refuse_words(wanted: object) -> Refusal | None:
    for each in fields(wanted):  # type: ignore[arg-type]
        value = getattr(wanted, each.name)
        if isinstance(value, str) and (len(value) > MOST_WORDS or "\x00" in value):
            return _no("texts are short", f"{each.name} has more than {MOST_WORDS} characters, or one that is none")
    return None


def _no(rule: str, because: str) -> Refusal:
    return Refusal(of_procedure(rule), because)


def _make_seat(room: RoomState, _who: Seat, wanted: h.SeatMade) -> Made | Refusal:
    parties = room.mechanism.arrangement.parties.everyone
    if not _ID.fullmatch(wanted.seat) or wanted.seat in room.seats:
        return _no("a seat has a name of its own", f"{wanted.seat!r} is taken, or no name")
    if wanted.role in (Role.DELEGATE, Role.HEAD) and wanted.party not in parties:
        return _no("a delegate speaks for a party", f"{wanted.party or 'nobody'} takes no part")
    if wanted.party and wanted.role not in (Role.DELEGATE, Role.HEAD, Role.MONITOR):
        return _no("only delegations and monitors have a party", str(wanted.role))
    if wanted.role in (Role.DELEGATE, Role.HEAD) and room.seat_of(wanted.party, role=wanted.role):
        return _no("a party has one seat of a kind", wanted.party)
    if not room.is_rehearsal and (wanted.is_bot or wanted.role in _ONLY_IN_REHEARSALS):
        return _no("in earnest nobody is played", f"{wanted.role}")
    if wanted.is_bot and wanted.role is not Role.DELEGATE:
        return _no("bots play parties", str(wanted.role))
    return (wanted,)


def _hand_seat(room: RoomState, _who: Seat, wanted: h.SeatHanded) -> Made | Refusal:
    seat = room.seats.get(wanted.seat)
    if seat is None or seat.role is not Role.DELEGATE:
        return _no("bots play the seats of parties", wanted.seat)
    if wanted.is_bot and (seat.is_taken or not room.is_rehearsal):
        return _no("nobody is put aside by a bot", f"somebody sits in {wanted.seat}, or this is in earnest")
    return (wanted,)


def _invite(room: RoomState, _who: Seat, wanted: h.Invited) -> Made | Refusal:
    if not {wanted.seat, *wanted.also} <= room.seats.keys():
        return _no("an invitation is to a seat", wanted.seat)
    if not re.fullmatch(r"[0-9a-f]{64}", wanted.token_hash) or wanted.token_hash in room.invitations:
        return _no("a link has a token of its own, kept as a hash", "the hash is none, or is used")
    if not 1 <= wanted.uses <= 20 or not wanted.wall < wanted.until <= wanted.wall + timedelta(days=30):
        return _no("an invitation ends", "up to 20 uses, up to 30 days")
    return (wanted,)


def _revoke(room: RoomState, _who: Seat, wanted: h.InvitationRevoked) -> Made | Refusal:
    return (wanted,) if wanted.token_hash in room.invitations else _no("an invitation is revoked", "there is none")


def _end_sessions(room: RoomState, _who: Seat, wanted: h.SessionsEnded) -> Made | Refusal:
    return (wanted,) if wanted.seat in room.seats else _no("sessions are those of a seat", wanted.seat)


def _set_clock(room: RoomState, _who: Seat, wanted: h.ClockSet) -> Made | Refusal:
    if not 0 <= wanted.rate <= FASTEST:
        return _no("the clock runs forward", f"a rate lies between 0 and {FASTEST}")
    if wanted.rate > 1 and room.clock.rate > 0 and wanted.rate != room.clock.rate and not wanted.reason.strip():
        return _no("a change of speed has a reason", "say why")
    return (wanted,)


def _step_clock(_room: RoomState, _who: Seat, wanted: h.ClockStepped) -> Made | Refusal:
    if not wanted.at < wanted.to <= wanted.at + FAR:
        return _no("the clock runs forward", f"{wanted.to:%Y-%m-%d %H:%M} does not lie ahead")
    return (wanted,)


def _plan(room: RoomState, _who: Seat, wanted: h.InjectPlanned) -> Made | Refusal:
    inject = wanted.inject
    old = room.injects.get(inject.id)
    if not _ID.fullmatch(inject.id):
        return _no("an inject has a name", f"{inject.id!r} is none")
    if len(inject.words) > MOST_WORDS or len(room.injects) >= 2_000:
        return _no("a list of injects is of some size", "too long, or too many")
    if old is not None and old.status is InjectStatus.RELEASED:
        return _no("what the players have is not written anew", inject.id)
    return (wanted,)


def _move(room: RoomState, _who: Seat, wanted: h.InjectMoved) -> Made | Refusal:
    old = room.injects.get(wanted.inject)
    if old is None or old.status is InjectStatus.RELEASED or wanted.status is InjectStatus.RELEASED:
        return _no("an inject is moved before it is released", wanted.inject)
    if wanted.to is not None and wanted.to < wanted.at:
        return _no("an inject lies ahead", f"{wanted.to:%Y-%m-%d %H:%M} is past")
    return (wanted,)


def _release(room: RoomState, who: Seat, wanted: h.InjectReleased) -> Made | Refusal:
    old = room.injects.get(wanted.inject)
    if old is None or old.status in (InjectStatus.RELEASED, InjectStatus.SKIPPED):
        return _no("an inject is released once", wanted.inject)
    if who.storyline and old.inject.storyline != who.storyline:
        return _no("a controller releases what belongs to the storyline", old.inject.storyline)
    return released(room, old.inject, at=wanted.at, wall=wanted.wall, actor=who.id, how="hand")


def _say(room: RoomState, who: Seat, wanted: h.Said) -> Made | Refusal:
    if not wanted.words.strip():
        return _no("a message says something", "it is empty")
    # In earnest nobody speaks in another's name, whoever leads neither.
    is_control = room.is_rehearsal and who.role in (Role.DIRECTOR, Role.CONTROLLER)
    return (wanted if is_control else replace(wanted, source=who.party or str(who.role), channel="message"),)


def _note(room: RoomState, _who: Seat, wanted: h.Noted) -> Made | Refusal:
    known = {each.id for each in room.opened.objectives}
    if wanted.objective and wanted.objective not in known:
        return _no("a note is beside an objective", f"{wanted.objective} is none")
    return (wanted,) if wanted.words.strip() else _no("a note says something", "it is empty")


def _improve(_room: RoomState, _who: Seat, wanted: h.ImprovementPlanned) -> Made | Refusal:
    is_whole = wanted.words.strip() and wanted.owner.strip() and re.fullmatch(r"\d{4}-\d{2}-\d{2}", wanted.due)
    return (wanted,) if is_whole else _no("an improvement has an owner and a date", "one of them is missing")


def _sign(room: RoomState, who: Seat, wanted: h.DraftSigned) -> Made | Refusal:
    command = countersigned(room, who, wanted)
    if isinstance(command, Refusal):
        return command
    made = step(room, command, who=who, wall=wanted.wall)
    return made if isinstance(made, Refusal) else (wanted, *made)


def _close(room: RoomState, _who: Seat, wanted: h.RoomClosed) -> Made | Refusal:
    ended = decide(room.mechanism, c.EndSitting(wanted.at))
    return (*(() if isinstance(ended, Refusal) else ended), wanted)


_HANDLERS: dict[type[Any], Callable[[RoomState, Seat, Any], Made | Refusal]] = {
    h.SeatMade: _make_seat,
    h.SeatHanded: _hand_seat,
    h.Invited: _invite,
    h.InvitationRevoked: _revoke,
    h.SessionsEnded: _end_sessions,
    h.ClockSet: _set_clock,
    h.ClockStepped: _step_clock,
    h.InjectPlanned: _plan,
    h.InjectMoved: _move,
    h.InjectReleased: _release,
    h.Said: _say,
    h.Noted: _note,
    h.ImprovementPlanned: _improve,
    h.DraftSigned: _sign,
    h.DraftDropped: dropped,
    h.RoomClosed: _close,
}
