"""Keep a room: the one place where a room changes. Whatever is acknowledged is on the log first.

One keeper holds the log and the latest room. Wishes come in from any thread and are taken one after the other; what
was due before a wish happens before it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import RLock

from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.admission import admit, redeem
from foedus.exercise.room.deciding.due import Due, Watch, all_due, fire, nothing_else
from foedus.exercise.room.evolve_room import begin, evolve_room_all
from foedus.exercise.room.keeping.room_log import replay_room, room_events_of
from foedus.exercise.room.keeping.room_writer import RoomWriter
from foedus.exercise.room.keeping.tokens import hash_of
from foedus.exercise.room.room_state import RoomEvent, RoomState
from foedus.exercise.scenario.recording import to_log
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.state import State

Now = Callable[[], datetime]


def wall_now() -> datetime:
    """Return what the wall clock says, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Answer:
    """What came of a wish."""

    refusal: Refusal | None
    events: tuple[RoomEvent, ...]
    """What is now on the log; the refusal of the mechanism among it, where that is what refused."""


class RoomKeeper:
    """A room with its log."""

    def __init__(self, log: RoomWriter, room: RoomState, *, watch: Watch = nothing_else, now: Now = wall_now) -> None:
        """Take over a log and the room that is its replay."""
        self._log, self._room, self._watch, self._now = log, room, watch, now
        self._lock = RLock()

    @classmethod
    def open_new(
        cls,
        log: RoomWriter,
        *,
        mechanism: State,
        opened: Sequence[RoomEvent],
        watch: Watch = nothing_else,
        now: Now = wall_now,
    ) -> "RoomKeeper":
        """Begin a room on a log in which nothing is; the first event is its opening."""
        first, *rest = opened
        if not isinstance(first, h.RoomOpened):
            raise ValueError("a room begins with its opening")
        log.append([to_log(event) for event in opened], expected_size=0)
        return cls(log, evolve_room_all(begin(mechanism, first), rest), watch=watch, now=now)

    @classmethod
    def resume(
        cls, log: RoomWriter, *, mechanism: State, watch: Watch = nothing_else, now: Now = wall_now
    ) -> "RoomKeeper":
        """Take up a room as it was left; raise `UnreadableResult` where the log is not that of a room."""
        return cls(log, replay_room(mechanism, room_events_of(log.events())), watch=watch, now=now)

    @property
    def room(self) -> RoomState:
        """The room as it is."""
        return self._room

    @property
    def wall(self) -> datetime:
        """What the wall clock says."""
        return self._now()

    @property
    def log(self) -> RoomWriter:
        """The log, to be read."""
        return self._log

    def wish(self, wanted: c.Command | h.Happening, *, seat: str) -> Answer:
        """Take a wish of a seat: what is due, then what comes of it, then what is due because of it."""
        with self._lock:
            wall = self._now()
            self._fire(wall)
            made = admit(self._room, wanted, seat=seat, wall=wall)
            return self._take(made, wall)

    def redeem(self, token: str, *, session: str, replaces: str = "") -> Answer:
        """Redeem an invitation: whoever shows ``session`` from now on sits in its seat."""
        with self._lock:
            wall, kept, old = self._now(), hash_of(session), hash_of(replaces) if replaces else ""
            made = redeem(self._room, hash_of(token), wall=wall, session_hash=kept, replaces=old)
            return self._take(made, wall)

    def seats_of(self, session: str) -> tuple[str, ...]:
        """Return the seats in which whoever shows this sits."""
        return self._room.seats_of(hash_of(session), wall=self._now()) if session else ()

    def put(self, events: Sequence[RoomEvent]) -> None:
        """Log what nobody wishes for: the odds that were drawn."""
        with self._lock:
            self._commit(tuple(events))

    def tick(self) -> bool:
        """Let happen what is due; tell whether anything did."""
        with self._lock:
            return self._fire(self._now())

    def all_due(self) -> tuple[Due, ...]:
        """Return what is in sight of happening of itself."""
        return all_due(self._room, watch=self._watch)

    def close(self) -> None:
        """Let go of the log."""
        with self._lock:
            self._log.close()

    def _take(self, made: tuple[RoomEvent, ...] | Refusal, wall: datetime) -> Answer:
        if isinstance(made, Refusal):
            return Answer(made, ())
        self._commit(made)
        self._fire(wall)
        return Answer(None, made)

    def _fire(self, wall: datetime) -> bool:
        until = self._room.time_at(wall)
        _, events = fire(self._room, until=until, wall=wall, watch=self._watch)
        if events:
            self._commit(events)
        return bool(events)

    def _commit(self, events: tuple[RoomEvent, ...]) -> None:
        self._log.append([to_log(event) for event in events])
        self._room = evolve_room_all(self._room, events)
