"""A room and its log: what is replayed to find a room as it was left."""

from collections.abc import Iterable, Iterator

from foedus.errors import UnreadableResult
from foedus.exercise.log.event import Recorded
from foedus.exercise.room.evolve_room import begin, evolve_room_all
from foedus.exercise.room.happenings import HAPPENINGS, RoomOpened
from foedus.exercise.room.room_state import RoomEvent, RoomState
from foedus.exercise.scenario.recording import from_log, read_as
from foedus.mechanism.procedure.events import EVENTS
from foedus.mechanism.procedure.state import State


def room_events_of(recorded: Iterable[Recorded]) -> Iterator[RoomEvent]:
    """Return the events of a room's log in order, the log's own left out; raise `UnreadableResult`."""
    for each in recorded:
        kind = each.event.type
        if kind in HAPPENINGS:
            yield read_as(HAPPENINGS[kind], each.event)
        elif kind in EVENTS:
            yield from_log(each.event)


def opening_of(recorded: Iterable[Recorded]) -> RoomOpened:
    """Return how a room was opened; raise `UnreadableResult` where the log is not that of a room."""
    first = next(room_events_of(recorded), None)
    if not isinstance(first, RoomOpened):
        raise UnreadableResult("this is not the log of a room: it does not begin with its opening")
    return first


def replay_room(mechanism: State, events: Iterable[RoomEvent]) -> RoomState:
    """Return the room after recorded events: nothing is decided again."""
    first, *rest = events
    if not isinstance(first, RoomOpened):
        raise UnreadableResult("this is not the log of a room: it does not begin with its opening")
    return evolve_room_all(begin(mechanism, first), rest)
