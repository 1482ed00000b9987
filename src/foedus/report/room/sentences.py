"""Each thing that happens in a room in a sentence."""

from collections.abc import Callable
from typing import Any

from foedus.exercise.room import happenings as h
from foedus.exercise.room.room_state import CONTROL, RoomEvent, RoomState, Seat
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.commands import SECRETARIAT
from foedus.report.determination.events import sentence_of, with_names
from foedus.report.determination.prose import time
from foedus.report.words.party_names import PartyNames
from foedus.values.names import sentence

_STEPS = {
    "OpenIncident": "to open an incident",
    "FileReport": "to file a report",
    "StateFact": "to state a fact",
    "Invoke": "to invoke the mechanism",
    "Meet": "to hold the meeting",
    "ProposeFinding": "to move a finding",
    "VoteOnFinding": "to vote on a finding",
    "ProposeTier": "to move a response",
    "VoteOnTier": "to vote on a response",
    "CloseVote": "to close a vote",
    "TakeAct": "to act",
    "GiveNotice": "to give notice",
    "CloseIncident": "to close the incident",
}


def room_sentence(event: RoomEvent, *, names: PartyNames, room: RoomState) -> str:
    """Write anything that happens in a room as a sentence."""
    if type(event) not in _SENTENCES:
        return sentence_of(event, names=names)  # type: ignore[arg-type]
    return sentence(with_names(_SENTENCES[type(event)](event, names, room), names))


def seat_name(seat: Seat, names: PartyNames) -> str:
    """Name a seat: a delegation by its party, anybody else by the role."""
    if not seat.party:
        return str(seat.role)
    return names.bare(seat.party) + ("" if seat.role.value == "delegate" else f" ({seat.role})")


def step_words(command: object) -> str:
    """Say what a step is, as somebody who drafts it means it."""
    match command:
        case c.VoteOnFinding():
            return {"yes": "to sign the finding", "no": "to dissent from the finding"}.get(
                command.vote, "to abstain on the finding"
            )
        case c.VoteOnTier():
            troops = f" with {command.troops:,} troops" if command.troops else ""
            return {"yes": f"to join the response{troops}", "no": "to refuse the response"}.get(
                command.vote, "to abstain on the response"
            )
        case c.TakeAct():
            return f"to perform what is owed: {command.tier}" if command.under else f"to act: {command.tier}"
        case _:
            return "to give notice of leaving"


def _person(actor: str, names: PartyNames, room: RoomState) -> str:
    """Name one person of a delegation, who is told apart from the other."""
    seat = room.seats[actor]
    return f"the {seat.role} of {names.within(seat.party)}"


def to_whom(to: tuple[str, ...], names: PartyNames) -> str:
    """Name those to whom something is sent."""
    return ", ".join(names.bare(each) if each in names.by_id else each for each in to) or "everybody"


def _who(actor: str, names: PartyNames, room: RoomState) -> str:
    if actor == CONTROL:
        return "exercise control"
    seat = room.seats.get(actor)
    if seat is None:
        return actor
    return names.within(seat.party) if seat.party else f"the {seat.role}"


def _clock(event: h.ClockSet, names: PartyNames, room: RoomState) -> str:
    who, why = _who(event.actor, names, room), f": {event.reason.rstrip('.')}" if event.reason else ""
    if event.rate == 0:
        return f"{who} stops the clock{why}"
    speed = "in real time" if event.rate == 1 else f"{event.rate} times as fast as the wall's"
    return f"{who} lets the clock run {speed}{why}"


def _reported(event: e.ReportFiled, names: PartyNames, room: RoomState) -> str:
    report, question = event.report, room.mechanism.judgments.questions[event.report.about]
    who = "the secretariat" if event.actor == SECRETARIAT else names.within(event.actor)
    kept = f", for {names.listed(report.access)} only" if report.access else ""
    corrects = ", and takes an earlier report back" if report.corrects else ""
    says = question.values.get(report.says, "it cannot be told")
    origin = report.origin.replace("_", " ")
    return f"{who} reports{kept}{corrects}: {question.words}: {says} (grade {report.grade}, origin: {origin})"


def _stated(event: e.FactStated, names: PartyNames, _room: RoomState) -> str:
    if event.fact == "requested" and event.holds:
        return f"{names.within(event.actor)} asks for help"
    who = "the secretariat" if event.actor == SECRETARIAT else names.within(event.actor)
    holds = "holds" if event.holds else "does not hold"
    return f"{who} states that this {holds}: {event.fact.replace('_', ' ')}"


def _redeemed(event: h.InvitationRedeemed, names: PartyNames, room: RoomState) -> str:
    also = room.invitations[event.token_hash].also if event.token_hash in room.invitations else ()
    seats = " and of ".join(_who(each, names, room) for each in (event.actor, *also))
    return f"somebody takes the seat of {seats}"


def _inject(event: h.InjectReleased, names: PartyNames, room: RoomState) -> str:
    inject = room.injects[event.inject].inject
    return f"{inject.source or 'exercise control'} to {to_whom(inject.to, names)}: {inject.words.rstrip('.')}"


def _said(event: h.Said, names: PartyNames, room: RoomState) -> str:
    source = names.within(event.source) if event.source in names.by_id else event.source
    return f"{source or _who(event.actor, names, room)} to {to_whom(event.to, names)}: {event.words.rstrip('.')}"


def _note(event: h.Noted, _names: PartyNames, _room: RoomState) -> str:
    met = {True: ", met", False: ", not met", None: ""}[event.is_met]
    beside = f" on {event.objective}{met}" if event.objective else ""
    return f"noted{beside}: {event.words.rstrip('.')}"


def _chose(event: h.BotChose, names: PartyNames, room: RoomState) -> str:
    by = f"with {event.chance / 10:.0f} %" if event.chance < 1000 else "by its rule"
    return f"the bot of {_who(event.actor, names, room)} {event.chose}, {by}: {event.because}"


_SENTENCES: dict[type[Any], Callable[[Any, PartyNames, RoomState], str]] = {
    h.RoomOpened: lambda o, _n, _r: f"the room is opened: {o.title}",
    h.SeatMade: lambda o, n, _r: f"there is a seat: {seat_name(Seat(o.seat, o.role, o.party), n)}",
    h.SeatHanded: lambda o, n, r: (
        f"{_who(o.seat, n, r)} is {'played by a bot' if o.is_bot else 'no longer played by a bot'}"
    ),
    h.Invited: lambda o, n, r: f"a link to {_who(o.seat, n, r)} is made, good until {time(o.until)}",
    h.InvitationRevoked: lambda *_: "a link is revoked",
    h.InvitationRedeemed: _redeemed,
    h.SessionsEnded: lambda o, n, r: f"whoever sat for {_who(o.seat, n, r)} is put out",
    h.ClockSet: _clock,
    h.ClockStepped: lambda o, n, r: f"{_who(o.actor, n, r)} moves the clock on to {time(o.to)}",
    h.InjectPlanned: lambda o, *_: f"planned: {o.inject.id}",
    h.InjectMoved: lambda o, _n, _r: f"inject {o.inject} is {o.status}" + (f", for {time(o.to)}" if o.to else ""),
    h.InjectReleased: _inject,
    h.Said: _said,
    h.Noted: _note,
    h.ImprovementPlanned: lambda o, _n, _r: f"to be done by {o.owner} until {o.due}: {o.words.rstrip('.')}",
    h.OddsDrawn: lambda o, _n, _r: f"the bots play the {o.basis}",
    h.BotChose: _chose,
    h.StepWanted: lambda o, n, r: f"{_who(o.actor, n, r)} wants {_STEPS.get(o.command, o.command)}",
    h.StepDrafted: lambda o, n, r: f"{_person(o.actor, n, r)} drafts {step_words(o.command)}",
    h.DraftSigned: lambda o, n, r: f"{_person(o.actor, n, r)} countersigns",
    h.DraftDropped: lambda o, n, r: f"{_person(o.actor, n, r)} drops a draft",
    e.IncidentOpened: lambda o, _n, _r: f"an incident of {time(o.happened_at)} is put on the record: {o.what}",
    e.ReportFiled: _reported,
    e.FactStated: _stated,
    h.RoomClosed: lambda _o, _n, r: "the rehearsal is over" if r.is_rehearsal else "the sitting is closed",
}
