"""What one seat sees of a room. Pages, streams and exports are made of this and never of the room itself."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.admission import may_now
from foedus.exercise.room.injects.inject import PlannedInject
from foedus.exercise.room.roles import Deed, Phase, Reach, RoomField, reach_of
from foedus.exercise.room.room_state import Invitation, RoomEntry, RoomEvent, RoomMessage, RoomState, Seat
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.state import State

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class RoomView:
    """A room as a seat sees it; what it may not see is empty."""

    seat: Seat
    phase: Phase
    is_rehearsal: bool
    title: str
    now: datetime | None
    """In the scenario."""
    rate: int
    mechanism: State | None
    """Incidents, findings, votes, obligations; with the reports that the seat may read."""
    reports_withheld: bool
    """Whether the seat sees no reports at all."""
    seats: tuple[Seat, ...]
    invitations: tuple[Invitation, ...]
    messages: tuple[RoomMessage, ...]
    injects: tuple[PlannedInject, ...]
    drafts: tuple[h.StepDrafted, ...]
    odds: h.OddsDrawn | None
    notes: tuple[h.Noted, ...]
    improvements: tuple[h.ImprovementPlanned, ...]
    has_after_action: bool
    has_log: bool
    timeline: tuple[RoomEntry, ...]
    """Entries of the log that say what is seen, with what is not taken out."""
    deeds: frozenset[Deed]
    """What the seat may do now."""


def view_of(room: RoomState, seat: str, *, wall: datetime) -> RoomView:
    """Return what a seat sees now; raise ``KeyError`` where there is no such seat."""
    who = room.seats[seat]

    def reach(field: RoomField) -> Reach:
        return reach_of(who.role, field, phase=room.phase, is_rehearsal=room.is_rehearsal)

    has_clock, reports = reach(RoomField.CLOCK) is not Reach.NONE, reach(RoomField.REPORTS)
    has_situation = reach(RoomField.SITUATION) is not Reach.NONE
    history = [each.event for each in room.history]
    return RoomView(
        seat=who,
        phase=room.phase,
        is_rehearsal=room.is_rehearsal,
        title=room.opened.title,
        now=room.time_at(wall) if has_clock else None,
        rate=room.clock.rate if has_clock else 0,
        mechanism=_situation(room.mechanism, who, reports) if has_situation else None,
        reports_withheld=reports is Reach.NONE,
        seats=tuple(room.seats.values()) if reach(RoomField.SEATS) is Reach.ALL else (),
        invitations=tuple(room.invitations.values()) if reach(RoomField.INVITATIONS) is Reach.ALL else (),
        messages=tuple(each for each in room.messages if _hears(who, each, reach(RoomField.MESSAGES))),
        injects=tuple(each for each in room.injects.values() if _plans(who, each, reach(RoomField.INJECTS))),
        drafts=tuple(each for each in room.drafts.values() if _drafts(who, each, reach(RoomField.DRAFTS))),
        odds=room.odds if reach(RoomField.ODDS) is Reach.ALL else None,
        notes=_all(h.Noted, history, reach(RoomField.NOTES)),
        improvements=_all(h.ImprovementPlanned, history, reach(RoomField.IMPROVEMENTS)),
        has_after_action=reach(RoomField.AFTER_ACTION) is Reach.ALL,
        has_log=reach(RoomField.LOG) is Reach.ALL,
        timeline=tuple(each for each in room.history if sees(room, who, each.event)),
        deeds=frozenset(deed for deed in Deed if may_now(room, who, deed)),
    )


def sees(room: RoomState, who: Seat, event: RoomEvent) -> bool:
    """Tell whether a seat sees an event; streams ask it of each, before anything is sent."""
    field = _FIELD_OF.get(type(event), RoomField.SITUATION if _is_of_mechanism(event) else None)
    if field is None:
        return False
    reach = reach_of(who.role, field, phase=room.phase, is_rehearsal=room.is_rehearsal)
    if reach is Reach.OWN:
        return _is_own(room, who, event)
    return reach is Reach.ALL


_FIELD_OF: dict[type, RoomField] = {
    e.ReportFiled: RoomField.REPORTS,
    h.RoomOpened: RoomField.SITUATION,
    h.RoomClosed: RoomField.SITUATION,
    h.ClockSet: RoomField.CLOCK,
    h.ClockStepped: RoomField.CLOCK,
    h.SeatMade: RoomField.SEATS,
    h.SeatHanded: RoomField.SEATS,
    h.Invited: RoomField.INVITATIONS,
    h.InvitationRevoked: RoomField.INVITATIONS,
    h.InvitationRedeemed: RoomField.INVITATIONS,
    h.SessionsEnded: RoomField.INVITATIONS,
    h.InjectPlanned: RoomField.INJECTS,
    h.InjectMoved: RoomField.INJECTS,
    h.InjectReleased: RoomField.MESSAGES,
    h.Said: RoomField.MESSAGES,
    h.StepDrafted: RoomField.DRAFTS,
    h.DraftSigned: RoomField.DRAFTS,
    h.DraftDropped: RoomField.DRAFTS,
    h.OddsDrawn: RoomField.ODDS,
    h.BotChose: RoomField.ODDS,
    h.Noted: RoomField.NOTES,
    h.ImprovementPlanned: RoomField.IMPROVEMENTS,
}
"""The field that each kind of event belongs to; who wanted a step (`StepWanted`) is for those who see the log."""


def _is_of_mechanism(event: RoomEvent) -> bool:
    return event.type in e.EVENTS


def _is_own(room: RoomState, who: Seat, event: RoomEvent) -> bool:
    match event:
        case e.ReportFiled():
            return event.report.may_be_read_by(who.acts_as) or event.actor == who.acts_as
        case h.Said():
            return who.is_meant(event.to) or event.actor == who.id
        case h.StepDrafted():
            return event.party == who.party
        case h.DraftSigned() | h.DraftDropped():
            return room.seats[event.actor].party == who.party
        case h.InjectReleased():
            return who.is_meant(room.injects[event.inject].inject.to)
        case h.InjectPlanned():
            return not who.storyline or event.inject.storyline == who.storyline
        case h.InjectMoved():
            return not who.storyline or room.injects[event.inject].inject.storyline == who.storyline
        case _:
            return False


def _situation(state: State, who: Seat, reports: Reach) -> State:
    """Return the mechanism with the reports that a seat may read; who keeps the record alone reads those of all."""
    if reports is Reach.ALL:
        return state

    def is_shown(report: Report) -> bool:
        return reports is Reach.OWN and report.may_be_read_by(who.acts_as)

    shown = {
        name: replace(each, reports=tuple(report for report in each.reports if is_shown(report)))
        for name, each in state.incidents.items()
    }
    return replace(state, incidents=shown)


def _hears(who: Seat, message: RoomMessage, reach: Reach) -> bool:
    if reach is Reach.OWN:
        return who.is_meant(message.to) or (bool(message.sender) and message.sender == who.id)
    return reach is Reach.ALL


def _plans(who: Seat, planned: PlannedInject, reach: Reach) -> bool:
    if reach is Reach.OWN:
        return not who.storyline or planned.inject.storyline == who.storyline
    return reach is Reach.ALL


def _drafts(who: Seat, draft: h.StepDrafted, reach: Reach) -> bool:
    return reach is Reach.ALL or (reach is Reach.OWN and draft.party == who.party)


def _all(kind: type[Kind], history: list[RoomEvent], reach: Reach) -> tuple[Kind, ...]:
    return tuple(each for each in history if isinstance(each, kind)) if reach is Reach.ALL else ()
