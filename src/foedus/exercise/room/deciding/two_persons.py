"""Votes and commitments that take two persons of a delegation: one drafts, the other countersigns.

A draft is tried on the mechanism before it is kept, and again when it is countersigned: what the law refuses by then is
refused, whoever signed. Bots and parties that control plays have no second person and need none.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from foedus.exercise.room import happenings as h
from foedus.exercise.room.roles import HEADS_OWN, Deed, Role
from foedus.exercise.room.room_state import RoomState, Seat
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.clause import of_procedure
from foedus.mechanism.procedure.refusal import Refusal

MOST_DRAFTS = 20
"""Of one delegation at a time."""
_PERSONS = (Role.DELEGATE, Role.HEAD)
_RULE = "two persons of a delegation vote and commit"


def takes_two(room: RoomState, who: Seat, deeds: frozenset[Deed]) -> bool:
    """Tell whether what a seat wants is drafted and not done."""
    return room.opened.needs_two and who.role in _PERSONS and not who.is_bot and bool(deeds & HEADS_OWN)


def drafted(room: RoomState, command: c.Command, *, who: Seat, wall: datetime) -> h.StepDrafted | Refusal:
    """Return the draft of a step that the mechanism would take; refused where nobody could countersign it."""
    other = _other(room, who)
    if other is None or not other.is_taken:
        missing = Role.HEAD if who.role is Role.DELEGATE else Role.DELEGATE
        return Refusal(of_procedure(_RULE), f"nobody sits as {missing} of the delegation")
    if sum(each.party == who.party for each in room.drafts.values()) >= MOST_DRAFTS:
        return Refusal(of_procedure(_RULE), f"{MOST_DRAFTS} drafts wait already: countersign them or drop them")
    kept: dict[str, Any] = {_FIELD_OF[type(command)]: replace(command, actor=who.party)}
    name = f"draft_{len(room.history)}"
    return h.StepDrafted(command.at, who.id, wall, name, who.party, **kept)


def countersigned(room: RoomState, who: Seat, wanted: h.DraftSigned) -> c.Command | Refusal:
    """Return the step that is taken once a seat countersigns."""
    draft = room.drafts.get(wanted.draft)
    if draft is None or draft.party != who.party:
        return Refusal(of_procedure(_RULE), "there is no such draft of this delegation")
    if draft.actor == who.id:
        return Refusal(of_procedure(_RULE), "whoever drafted does not countersign")
    return replace(draft.command, at=wanted.at)


def dropped(room: RoomState, who: Seat, wanted: h.DraftDropped) -> tuple[h.DraftDropped] | Refusal:
    """Return what comes of dropping a draft: either of the two may."""
    draft = room.drafts.get(wanted.draft)
    if draft is None or draft.party != who.party:
        return Refusal(of_procedure(_RULE), "there is no such draft of this delegation")
    return (wanted,)


def is_one_person(room: RoomState, seats: tuple[str, ...]) -> bool:
    """Tell whether one browser would sit in both seats of a delegation where two persons are needed."""
    persons = [each.party for each in (room.seats[name] for name in set(seats)) if each.role in _PERSONS]
    return room.opened.needs_two and len(set(persons)) < len(persons)


def _other(room: RoomState, who: Seat) -> Seat | None:
    role = Role.HEAD if who.role is Role.DELEGATE else Role.DELEGATE
    return room.seat_of(who.party, role=role)


_FIELD_OF: dict[type[c.Command], str] = {
    c.VoteOnFinding: "on_finding",
    c.VoteOnTier: "on_response",
    c.TakeAct: "act",
    c.GiveNotice: "notice",
}
