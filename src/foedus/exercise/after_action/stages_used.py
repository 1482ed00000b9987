"""How much of the lawful time each stage took, and who was waited for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from foedus.exercise.room.room_state import RoomState
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.stages import clause_of, deadline_of
from foedus.mechanism.procedure.state import Incident
from foedus.mechanism.rules.decisions import deciders
from foedus.mechanism.rules.findings import finders
from foedus.mechanism.rules.roles import named
from foedus.mechanism.rules.world import World

_ENDS: dict[str, tuple[type[e.Event], ...]] = {
    "meet": (e.Met,),
    "find": (e.FindingMade, e.FindingFailed),
    "decide": (e.TierDecided, e.TierFailed),
}


@dataclass(frozen=True)
class StageUse:
    """How much of its time a stage took."""

    incident: str
    stage: str
    """``meet``, ``find`` or ``decide``."""
    clause: Clause
    hours_allowed: float | None
    """Counted from the act; None where the text sets no time."""
    hours_used: float | None
    """Until it was done; None where it never was."""
    is_late: bool


@dataclass(frozen=True)
class Waiting:
    """A time in which nothing could go on before somebody did something."""

    incident: str
    what: str
    who: tuple[str, ...]
    """Those any of whom, or all of whom, could have ended it."""
    begins: datetime
    ends: datetime | None
    """None where it never ended."""
    ended_by: str

    def hours(self, until: datetime) -> float:
        """Return how long it lasted, up to a moment where it never ended."""
        return ((self.ends or until) - self.begins).total_seconds() / 3600


def stages_used(room: RoomState) -> Iterator[StageUse]:
    """Yield each stage of each incident."""
    state = room.mechanism
    for incident in state.incidents.values():
        for stage, ends in _ENDS.items():
            deadline = deadline_of(state.arrangement, incident, stage)
            ended = _first(room, incident.id, ends)
            if deadline is None and ended is None:
                continue
            used = _hours(incident.happened_at, ended.at) if ended else None
            allowed = _hours(incident.happened_at, deadline) if deadline else None
            late = stage in incident.passed and (used is None or allowed is None or used > allowed)
            yield StageUse(incident.id, stage, clause_of(state.arrangement, stage), allowed, used, is_late=late)


def waits(room: RoomState) -> Iterator[Waiting]:
    """Yield who was waited for between one step of an incident and the next."""
    for incident in room.mechanism.incidents.values():
        yield from (each for each in _waits_in(room, incident) if each.ends != each.begins)


def _waits_in(room: RoomState, incident: Incident) -> Iterator[Waiting]:
    arrangement, name = room.mechanism.arrangement, incident.id
    opened = _first(room, name, (e.IncidentOpened,))
    if opened is None:
        return
    begins = opened.at
    invokers = tuple(sorted(named(arrangement.trigger.invoked_by, arrangement)))
    if invokers:
        invoked = _first(room, name, (e.Invoked,))
        yield _waiting(name, "somebody to invoke the mechanism", invokers, begins, invoked)
        if invoked is None:
            return
        begins = invoked.at
    met = _first(room, name, (e.Met,))
    if met is not None or arrangement.trigger.determined_by.value == "each_party_after_consultation":
        yield _waiting(name, "the meeting", arrangement.parties.guarantor, begins, met)
        if met is None:
            return
        begins = max(begins, met.at)
    seats = tuple(sorted(finders(arrangement, World(gone=room.mechanism.gone))))
    moved = _first(room, name, (e.FindingProposed,))
    yield _waiting(name, "a motion to find what happened", seats, begins, moved)
    if moved is None:
        return
    yield from _after_motion(room, name, moved, seats)


def _after_motion(room: RoomState, name: str, moved: e.Event, seats: tuple[str, ...]) -> Iterator[Waiting]:
    found = _first(room, name, (e.FindingMade, e.FindingFailed))
    yield _waiting(name, "the votes on the finding", seats, moved.at, found)
    proposed = _first(room, name, (e.TierProposed,))
    if found is None or proposed is None:
        return
    deciding = tuple(sorted(deciders(room.mechanism.arrangement)))
    yield _waiting(name, "a motion to respond", deciding, found.at, proposed)
    decided = _first(room, name, (e.TierDecided, e.TierFailed))
    yield _waiting(name, "the votes on the response", deciding, proposed.at, decided)


def _waiting(name: str, what: str, who: tuple[str, ...], begins: datetime, ended: e.Event | None) -> Waiting:
    ends = None if ended is None else max(ended.at, begins)
    return Waiting(name, what, who, begins, ends, ended.actor if ended is not None else "")


def _first(room: RoomState, incident: str, kinds: tuple[type[e.Event], ...]) -> e.Event | None:
    for entry in room.history:
        if isinstance(entry.event, kinds) and getattr(entry.event, "incident", "") == incident:
            return entry.event
    return None


def _hours(since: datetime, to: datetime) -> float:
    return (to - since).total_seconds() / 3600
