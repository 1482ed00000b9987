"""What a seat sees, as plain data for a page: words, moments and what may be done, and nothing beyond its view."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from foedus.arrangement.conditions import LEVELS
from foedus.arrangement.vocabulary import Finds, Measure, TierWord
from foedus.exercise.room import happenings as h
from foedus.exercise.room.injects.inject import PlannedInject
from foedus.exercise.room.roles import Role
from foedus.exercise.room.room_state import RoomMessage, RoomState, Seat
from foedus.exercise.room.seeing.moves import OwedNow, SeatMove, carried_in, moves_of, owed_by
from foedus.exercise.room.seeing.room_view import RoomView
from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.evidence.judgments import UNDETERMINED
from foedus.mechanism.procedure.evidence.report import standing, telling
from foedus.mechanism.procedure.evidence.yardstick import words_for
from foedus.mechanism.procedure.foresight import steps_ahead
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.mechanism.procedure.state import Incident, State
from foedus.report.determination.events import all_of, with_names
from foedus.report.room.sentences import room_sentence, seat_name, step_words, to_whom
from foedus.report.words.party_names import PartyNames
from foedus.values.names import capital

_STATES = {
    ObligationStatus.DUE: "due",
    ObligationStatus.MET: "met",
    ObligationStatus.BREACHED: "broken",
    ObligationStatus.LAPSED: "lapsed",
    ObligationStatus.SUSPENDED: "suspended",
    ObligationStatus.IN_EFFECT: "called for, and not yet due",
}
_HIDDEN_IN_RECORD = frozenset(
    {"clock.stepped", "inject.planned", "seat.made", "step.wanted", "invitation.made", "sitting.opened"}
)
"""What a page does not repeat: it shows them in tables of their own, or the step that follows says it."""
_MESSAGES = frozenset({"message.sent", "inject.released"})
"""What stands among the messages of a page."""
_AFTER = {
    "finding.made": "once something is found",
    "finding.failed": "once no finding comes about",
    "response.decided": "once a response is decided",
    "response.failed": "once no response comes about",
    "act.taken": "once somebody acts",
    "meeting.held": "once the guarantors have met",
    "mechanism.invoked": "once the mechanism is invoked",
}
"""[type of an event] when an inject that waits for it comes, in words."""
_MOST_IN_RECORD = 400
_MANY, _LONG = 6, 90


def screen(view: RoomView, *, names: PartyNames, room: RoomState) -> dict[str, Any]:
    """Return what a page of a seat shows."""
    state = view.mechanism
    return {
        "seat": _seat(view.seat, names),
        "role": {"id": str(view.seat.role), "meaning": view.seat.role.meaning},
        "phase": {"id": str(view.phase), "meaning": view.phase.meaning},
        "is_rehearsal": view.is_rehearsal,
        "title": view.title,
        "about": room.opened.about,
        "arrangement": room.mechanism.arrangement.name,
        "now": view.now,
        "now_iso": f"{view.now:%Y-%m-%dT%H:%M:%SZ}" if view.now else "",
        "rate": view.rate,
        "deeds": sorted(str(deed) for deed in view.deeds),
        "incidents": [_incident(view, state, each, names) for each in state.incidents.values()] if state else [],
        "owed": [_owed(each) for each in owed_by(state, view.seat.party)] if state and view.seat.party else [],
        "needs_two": room.opened.needs_two,
        "drafts": [_draft(each, names, room, view.seat) for each in view.drafts],
        "messages": [_message(each, names, view.seat) for each in reversed(view.messages)],
        "seats": [_seat(each, names) for each in view.seats],
        "addressees": [_seat(each, names) for each in view.seats if each.role is not Role.OBSERVER],
        "injects": [_inject(each, names) for each in _in_time(view.injects)],
        "notes": [{"words": each.words, "objective": each.objective, "is_met": each.is_met} for each in view.notes],
        "improvements": [{"words": each.words, "owner": each.owner, "due": each.due} for each in view.improvements],
        "objectives": [{"id": each.id, "words": each.words} for each in room.opened.objectives],
        "record": list(record(view, names=names, room=room)),
        "odds": None if view.odds is None else view.odds.basis,
        "has_after_action": view.has_after_action,
        "has_log": view.has_log,
        "words": _words(state) if state else {},
        "log_size": len(room.history),
    }


def record(view: RoomView, *, names: PartyNames, room: RoomState) -> Iterator[dict[str, Any]]:
    """Yield what a seat sees of the record, the latest first."""
    shown = [each for each in view.timeline if each.event.type not in _HIDDEN_IN_RECORD | _MESSAGES]
    for entry in reversed(shown[-_MOST_IN_RECORD:]):
        yield entry_data(entry.number, entry.event, names=names, room=room)


def entry_data(number: int, event: Any, *, names: PartyNames, room: RoomState) -> dict[str, Any]:
    """Return one entry of the record."""
    clause = getattr(event, "clause", None)
    is_told = clause is not None and event.type not in ("report.filed", "incident.opened", "time.passed")
    return {
        "number": number,
        "at": event.at,
        "type": event.type,
        "words": room_sentence(event, names=names, room=room),
        "clause": _clause(clause) if is_told and clause else None,
        "is_refused": event.type == "command.refused",
        "is_message": event.type in _MESSAGES,
    }


def is_news(event: Any) -> bool:
    """Tell whether a page is told of an event as it happens."""
    return event.type not in _HIDDEN_IN_RECORD


def _seat(seat: Seat, names: PartyNames) -> dict[str, Any]:
    return {
        "id": seat.id,
        "name": seat_name(seat, names),
        "label": capital(seat_name(seat, names)),
        "role": str(seat.role),
        "party": seat.party,
        "is_bot": seat.is_bot,
        "is_taken": seat.is_taken,
        "state": "somebody sits there" if seat.is_taken else "played by a bot" if seat.is_bot else "empty",
    }


def _incident(view: RoomView, state: State, incident: Incident, names: PartyNames) -> dict[str, Any]:
    return {
        "id": incident.id,
        "what": incident.what,
        "happened_at": incident.happened_at,
        "is_closed": incident.is_closed,
        "steps": [] if incident.is_closed else list(_steps(view, state, incident, names)),
        "is_met": incident.is_met,
        "invoked": names.listed(tuple(sorted(incident.invoked))) if incident.invoked else "",
        "finding": _finding(incident),
        "motion": _motion(incident, names),
        "response": _response(incident, names),
        "reports": None if view.reports_withheld else _reports(state, incident, names),
        "moves": [_move(each, names) for each in moves_of(view) if each.incident == incident.id],
        "decision": _decision(incident),
        "acts": [f"{names.bare(each.by)}: {each.tier}" for each in incident.acts],
        "standing": list(_standing(incident, names)),
    }


def _steps(view: RoomView, state: State, incident: Incident, names: PartyNames) -> Iterator[dict[str, Any]]:
    for step in steps_ahead(state, incident.id):
        yield {
            "what": step.what,
            "who": _some(step.who, names, view.seat.party),
            "by": step.deadline,
            "left": _left(step.deadline, view.now),
            "is_late": bool(step.deadline and view.now and step.deadline < view.now),
            "clause": _clause(step.clause),
        }


def _some(parties: tuple[str, ...], names: PartyNames, own: str) -> str:
    """Name parties, or count them where they are many and not all guarantors."""
    told = all_of(parties, names) if parties else "the text names nobody"
    if len(parties) <= _MANY or len(told) < _LONG:
        return told
    return f"{len(parties)} parties" + (f", {names.within(own)} among them" if own in parties else "")


def _left(deadline: datetime | None, now: datetime | None) -> str:
    if deadline is None or now is None:
        return ""
    hours = (deadline - now).total_seconds() / 3600
    if hours < 0:
        return "its time is over"
    return f"{hours:.0f} hours left" if hours >= 2 else f"{hours * 60:.0f} minutes left"


def _finding(incident: Incident) -> dict[str, Any] | None:
    if incident.finding is None:
        return {"failed": True} if incident.is_finding_failed else None
    found = incident.finding
    return {
        "failed": False,
        "what": _found(found.finding),
        "meaning": found.finding.meaning if found.finding else "nothing that the text answers",
        "attribution": found.attribution,
        "at": found.at,
        "is_unsettled": found.ruling.value == "unsettled",
    }


def _motion(incident: Incident, names: PartyNames) -> dict[str, Any] | None:
    if incident.finding_motion is None:
        return None
    return {
        "what": _found(incident.finding_motion.finding),
        "attribution": incident.finding_motion.attribution,
        "by": names.bare(incident.finding_motion.by),
        "votes": _votes(incident.finding_votes, names),
    }


def _response(incident: Incident, names: PartyNames) -> dict[str, Any] | None:
    if incident.tier_motion is None:
        return None
    return {
        "tier": str(incident.tier_motion.tier),
        "meaning": incident.tier_motion.tier.meaning,
        "by": names.bare(incident.tier_motion.by),
        "votes": _votes(incident.tier_votes, names),
    }


def _decision(incident: Incident) -> str:
    if incident.decision is None:
        return ""
    tier = incident.decision.tier
    return f"{tier} ({tier.meaning})" if tier else "no response"


def _votes(votes: Any, names: PartyNames) -> list[dict[str, str]]:
    return [{"party": names.bare(party), "vote": str(vote)} for party, vote in votes.items()]


def _standing(incident: Incident, names: PartyNames) -> Iterator[dict[str, Any]]:
    """Yield how many owe what and where that stands."""
    groups: dict[tuple[tuple[str | int, ...], ObligationStatus], list[str]] = {}
    for (place, debtor), each in incident.obligations.items():
        groups.setdefault((place, each.status), []).append(debtor)
    for (place, status), debtors in groups.items():
        if status in _STATES:
            where = (
                f"{place[0]}[{place[1]}]" if len(place) > 1 and isinstance(place[1], int) else ".".join(map(str, place))
            )
            yield {"place": where, "state": _STATES[status], "who": all_of(tuple(debtors), names)}


def _reports(state: State, incident: Incident, names: PartyNames) -> dict[str, Any]:
    counted = {each.id for each in telling(incident.reports)}
    current = {each.id for each in standing(incident.reports)}
    result = carried_in(state, incident)
    rows = sorted(result.posterior.bands.items(), key=lambda each: -each[1].mean)
    return {
        "rows": [
            {
                "id": each.id,
                "about": state.judgments.questions[each.about].words,
                "says": _says(state, each.about, each.says),
                "grade": each.grade,
                "origin": each.origin.replace("_", " "),
                "by": names.bare(each.by) if each.by in names.by_id else each.by,
                "seen_at": each.seen_at,
                "note": each.note,
                "only": names.bare_list(each.access),
                "counts": each.id in counted,
                "is_corrected": each.id not in current,
            }
            for each in incident.reports
        ],
        "accounts": [
            {
                "words": state.judgments.hypothesis(name).words,
                "likelihood": words_for(band),
                "mean": _percent(band.mean),
                "low": _percent(band.low),
                "high": _percent(band.high),
            }
            for name, band in rows
        ],
        "finding": _found(result.finding),
        "finding_id": str(result.finding) if result.finding else "no_breach",
        "attribution": result.attribution,
        "adversary": f"{_percent(result.by_adversary.mean)} % ({_percent(result.by_adversary.low)} to "
        f"{_percent(result.by_adversary.high)} %)",
        "prior": state.judgments.prior_words[state.prior],
        "origins": result.origins,
    }


def _says(state: State, about: str, says: str) -> str:
    return state.judgments.questions[about].values.get(says, "it could not be told")


def _percent(share: float) -> int:
    return round(100 * share)


def _found(finding: Finds | None) -> str:
    return str(finding) if finding else "no breach"


def _move(move: SeatMove, names: PartyNames) -> dict[str, Any]:
    return {
        "kind": move.kind,
        "is_open": move.is_open,
        "because": with_names(move.because, names),
        "clause": _clause(move.clause),
        "deadline": move.deadline,
        "tier": str(move.tier) if move.tier else "",
        "meaning": move.tier.meaning if move.tier else "",
        "under": move.under,
    }


def _owed(owed: OwedNow) -> dict[str, Any]:
    each = owed.obligation
    return {
        "incident": owed.incident,
        "clause": _clause(owed.clause),
        "state": _STATES.get(each.status, str(each.status)),
        "is_due": each.status is ObligationStatus.DUE,
        "is_binding": each.is_binding,
        "tier": str(each.tier) if each.tier else "",
        "by": each.deadline,
    }


def _draft(draft: h.StepDrafted, names: PartyNames, room: RoomState, seat: Seat) -> dict[str, Any]:
    incident = getattr(draft.command, "incident", "")
    return {
        "id": draft.draft,
        "words": step_words(draft.command),
        "about": room.mechanism.incidents[incident].what if incident else "",
        "reason": getattr(draft.command, "reason", "") or getattr(draft.command, "words", ""),
        "at": draft.at,
        "by": seat_name(room.seats[draft.actor], names),
        "is_own": draft.actor == seat.id,
        "is_for": draft.party == seat.party,
    }


def _message(message: RoomMessage, names: PartyNames, seat: Seat) -> dict[str, Any]:
    source = names.bare(message.source) if message.source in names.by_id else message.source
    return {
        "number": message.number,
        "at": message.at,
        "source": source or "Exercise control",
        "to": to_whom(message.to, names),
        "words": message.words,
        "channel": message.channel,
        "is_own": message.sender == seat.id,
    }


def _inject(planned: PlannedInject, names: PartyNames) -> dict[str, Any]:
    inject = planned.inject
    return {
        "id": inject.id,
        "storyline": inject.storyline,
        "event": inject.event,
        "at": planned.released_at or inject.at,
        "when": _when(planned),
        "status": str(planned.status),
        "is_open": planned.status.value in ("ready", "held"),
        "words": inject.words,
        "source": inject.source,
        "to": to_whom(inject.to, names),
        "expected": inject.expected,
        "objectives": ", ".join(inject.objectives),
        "channel": inject.channel,
    }


def _when(planned: PlannedInject) -> str:
    when = planned.inject.when
    if when is None:
        return "" if planned.inject.at else "by hand"
    parts = [_AFTER.get(when.event, f"once this is on the record: {when.event}")] if when.event else []
    parts += [f"once {when.inject.replace('_', ' ')} is released"] if when.inject else []
    parts += (
        [f"once the reports carry the adversary with {when.adversary_per_mille / 10:.0f} %"]
        if when.adversary_per_mille
        else []
    )
    late = f"{when.delay_minutes} minutes after that: " if when.delay_minutes else ""
    return late + " and ".join(parts)


def _in_time(injects: tuple[PlannedInject, ...]) -> list[PlannedInject]:
    """Return injects by when they came or come, those without a time last."""
    return sorted(injects, key=lambda each: (str(each.released_at or each.inject.at or "9"), each.inject.id))


def _clause(clause: Clause) -> dict[str, str]:
    place = ", ".join(part for part in (clause.path or "rule of procedure", clause.article) if part)
    return {"words": clause.words.rstrip("."), "place": place, "path": clause.path}


def _words(state: State) -> dict[str, Any]:
    """Return what forms offer: findings, tiers, measures, questions with their values, grades."""
    return {
        "findings": [("no_breach", "no breach by the adversary"), *((str(each), each.meaning) for each in Finds)],
        "attributions": list(LEVELS["attribution"]),
        "tiers": [(str(each), each.meaning) for each in TierWord],
        "measures": [(str(each), each.meaning) for each in Measure],
        "questions": [
            {"id": each.id, "words": each.words, "values": [*each.values.items(), (UNDETERMINED, "it cannot be told")]}
            for each in state.judgments.questions.values()
        ],
        "grades": [
            (grade, f"{grade}: right in {_percent(low)} to {_percent(high)} of 100 reports")
            for grade, (low, high) in state.judgments.grades.items()
        ],
    }
