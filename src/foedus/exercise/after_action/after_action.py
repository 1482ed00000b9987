"""The account of a room after it is over, put together from its log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from foedus.checks.finding import CheckFinding
from foedus.exercise.after_action.choices_made import ChoiceBeside, choices_beside
from foedus.exercise.after_action.stages_used import StageUse, Waiting, stages_used, waits
from foedus.exercise.room import happenings as h
from foedus.exercise.room.injects.inject import ExerciseObjective
from foedus.exercise.room.room_state import RoomEntry, RoomState
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.commands import Vote
from foedus.mechanism.procedure.evidence.carried import carried
from foedus.mechanism.procedure.evidence.posterior import Likelihood
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.mechanism.rules.world import Ruling

_GAVE_WAY = (ObligationStatus.LAPSED, ObligationStatus.BREACHED, ObligationStatus.SUSPENDED)


@dataclass(frozen=True)
class DutyLife:
    """What became of what a clause asks of one party in one incident."""

    incident: str
    clause: Clause
    party: str
    is_binding: bool
    due_at: datetime | None
    deadline: datetime | None
    status: ObligationStatus
    ended_at: datetime | None


@dataclass(frozen=True)
class MotionVotes:
    """A motion, who voted how, and what came of it."""

    incident: str
    at: datetime
    by: str
    what: str
    votes: tuple[tuple[str, Vote, datetime], ...]
    came_of_it: str
    is_beyond_reports: bool = False


@dataclass(frozen=True)
class CarriedThen:
    """What the reports carried once one more was in."""

    incident: str
    at: datetime
    report: str
    finding: str
    attribution: str
    adversary: Likelihood


@dataclass(frozen=True)
class HoleUsed:
    """A finding of `foedus check` whose clause let something fail, lapse, or stay in doubt."""

    check: str
    title: str
    message: str
    at: datetime
    entry: int
    """Number of the entry of the log that shows it."""


@dataclass(frozen=True)
class ObjectiveSeen:
    """An objective with what evaluators noted beside it."""

    objective: ExerciseObjective
    notes: tuple[h.Noted, ...]


@dataclass(frozen=True)
class AfterAction:
    """What happened in a room and why."""

    room: RoomState
    began: datetime
    """On the wall."""
    lasted: timedelta
    """On the wall."""
    stages: tuple[StageUse, ...]
    waits: tuple[Waiting, ...]
    duties: tuple[DutyLife, ...]
    motions: tuple[MotionVotes, ...]
    carried: tuple[CarriedThen, ...]
    holes: tuple[HoleUsed, ...]
    choices: tuple[ChoiceBeside, ...]
    objectives: tuple[ObjectiveSeen, ...]
    notes: tuple[h.Noted, ...]
    """Those beside no objective."""
    improvements: tuple[h.ImprovementPlanned, ...]
    artificial: tuple[RoomEntry, ...]
    """Changes of the clock, and seats that bots played: what no real crisis has."""
    refused: tuple[RoomEntry, ...]


def after_action(room: RoomState, *, findings: Iterable[CheckFinding] = ()) -> AfterAction:
    """Return the account of a room; ``findings`` are what `foedus check` has to say of its text."""
    walls = [each.event.wall for each in room.history if isinstance(each.event, h.Happening)]
    notes = tuple(each.event for each in room.history if isinstance(each.event, h.Noted))
    objectives = tuple(
        ObjectiveSeen(each, tuple(note for note in notes if note.objective == each.id))
        for each in room.opened.objectives
    )
    return AfterAction(
        room=room,
        began=min(walls),
        lasted=max(walls) - min(walls),
        stages=tuple(stages_used(room)),
        waits=tuple(waits(room)),
        duties=tuple(_duties(room)),
        motions=tuple(_motions(room)),
        carried=tuple(_carried(room)),
        holes=tuple(_holes(room, findings)),
        choices=tuple(choices_beside(room)),
        objectives=objectives,
        notes=tuple(note for note in notes if not note.objective),
        improvements=tuple(each.event for each in room.history if isinstance(each.event, h.ImprovementPlanned)),
        artificial=tuple(each for each in room.history if isinstance(each.event, h.ClockSet | h.ClockStepped)),
        refused=tuple(each for each in room.history if isinstance(each.event, e.Refused)),
    )


def _to_the_end(room: RoomState) -> Iterator[RoomEntry]:
    """Yield the entries before the record was closed: what closing it ends is no doing of anybody."""
    for entry in room.history:
        if isinstance(entry.event, e.Ended):
            return
        yield entry


def _duties(room: RoomState) -> Iterator[DutyLife]:
    lives: dict[tuple[str, tuple[str | int, ...], str], DutyLife] = {}
    for entry in _to_the_end(room):
        event = entry.event
        if not isinstance(event, e.ObligationChanged):
            continue
        for party in event.debtors:
            key = (event.incident, event.place, party)
            old = lives.get(key)
            is_due = event.to is ObligationStatus.DUE
            lives[key] = DutyLife(
                incident=event.incident,
                clause=event.clause,
                party=party,
                is_binding=event.is_binding,
                due_at=event.at if is_due else (old.due_at if old else None),
                deadline=event.deadline if is_due else (old.deadline if old else None),
                status=event.to,
                ended_at=None if is_due else event.at,
            )
    yield from (each for each in lives.values() if each.due_at is not None)


def _motions(room: RoomState) -> Iterator[MotionVotes]:
    """Yield each motion with the votes after it, up to what came of it."""
    open_: dict[tuple[str, str], MotionVotes] = {}
    for entry in room.history:
        event = entry.event
        match event:
            case e.FindingProposed():
                what = f"find {event.finding or 'no breach'}, attribution {event.attribution}"
                open_[event.incident, "find"] = MotionVotes(
                    event.incident, event.at, event.actor, what, (), "", is_beyond_reports=event.is_beyond_reports
                )
            case e.TierProposed():
                what = f"respond with {event.tier}"
                open_[event.incident, "decide"] = MotionVotes(event.incident, event.at, event.actor, what, (), "")
            case e.FindingVoted() | e.TierVoted():
                key = (event.incident, "find" if isinstance(event, e.FindingVoted) else "decide")
                if key in open_:
                    old = open_[key]
                    votes = (*old.votes, (event.actor, event.vote, event.at))
                    open_[key] = MotionVotes(
                        old.incident, old.at, old.by, old.what, votes, "", is_beyond_reports=old.is_beyond_reports
                    )
            case e.FindingMade() | e.FindingFailed() | e.TierDecided() | e.TierFailed():
                stage = "find" if isinstance(event, e.FindingMade | e.FindingFailed) else "decide"
                if motion := open_.pop((event.incident, stage), None):
                    yield _ended(motion, event)
    yield from open_.values()


def _ended(motion: MotionVotes, event: e.FindingMade | e.FindingFailed | e.TierDecided | e.TierFailed) -> MotionVotes:
    doubt = ", which the text does not settle" if event.ruling is Ruling.UNSETTLED else ""
    match event:
        case e.FindingMade() | e.TierDecided():
            words = f"carried{', by default' if event.is_by_default else ''}{doubt}"
        case e.FindingFailed() | e.TierFailed():
            words = f"failed{doubt}"
    return MotionVotes(
        motion.incident,
        motion.at,
        motion.by,
        motion.what,
        motion.votes,
        words,
        is_beyond_reports=motion.is_beyond_reports,
    )


def _carried(room: RoomState) -> Iterator[CarriedThen]:
    state = room.mechanism
    told: dict[str, tuple[Report, ...]] = {}
    for entry in room.history:
        event = entry.event
        if isinstance(event, e.ReportFiled):
            told[event.incident] = (*told.get(event.incident, ()), event.report)
            found = carried(
                told[event.incident], arrangement=state.arrangement, judgments=state.judgments, prior=state.prior
            )
            finding = str(found.finding or "no breach")
            yield CarriedThen(event.incident, event.at, event.report.id, finding, found.attribution, found.by_adversary)


def _holes(room: RoomState, findings: Iterable[CheckFinding]) -> Iterator[HoleUsed]:
    """Yield findings whose first clause governs something that failed, lapsed or stayed in doubt, the first time."""
    gave_way = [(entry, entry.event.clause.path) for entry in _to_the_end(room) if _gives_way(entry)]  # type: ignore[union-attr]
    for finding in findings:
        if finding.cannot_tell:
            continue
        places = {place.path for place in finding.clauses}
        entry = next((each for each, path in gave_way if path and _touches(path, places)), None)
        if entry is not None:
            yield HoleUsed(finding.id, finding.title, finding.message, entry.event.at, entry.number)


def _touches(path: str, places: set[str]) -> bool:
    return any(path == place or place.startswith((f"{path}.", f"{path}[")) for place in places)


def _gives_way(entry: RoomEntry) -> bool:
    match entry.event:
        case e.DeadlinePassed() | e.FindingFailed() | e.TierFailed() | e.Refused():
            return True
        case e.ObligationChanged(to=to):
            return to in _GAVE_WAY
        case e.FindingMade(ruling=ruling) | e.TierDecided(ruling=ruling):
            return ruling is Ruling.UNSETTLED
        case _:
            return False
