"""The state of a room: all that later steps and pages depend on. It is the replay of the log and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from foedus.exercise.room import happenings as h
from foedus.exercise.room.injects.inject import PlannedInject
from foedus.exercise.room.roles import Phase, Role
from foedus.exercise.room.room_clock import RoomClock
from foedus.mechanism.procedure.commands import SECRETARIAT
from foedus.mechanism.procedure.events import Event
from foedus.mechanism.procedure.state import State

LONGEST_SESSION = timedelta(hours=16)
"""After which whoever sits in a seat has to be invited anew."""
CONTROL = "control"
"""Who does what no seat does: the clock that fires what is due."""
RoomEvent: TypeAlias = h.Happening | Event


@dataclass(frozen=True)
class Seat:
    """A place in the room."""

    id: str
    role: Role
    party: str = ""
    """The party that it speaks for; empty where it speaks for none."""
    storyline: str = ""
    is_bot: bool = False
    is_taken: bool = False
    """Whether somebody has redeemed an invitation to it."""

    @property
    def acts_as(self) -> str:
        """Who it is to the mechanism."""
        return self.party or SECRETARIAT

    def is_meant(self, to: tuple[str, ...]) -> bool:
        """Tell whether something that is sent to parties, roles or seats reaches this one."""
        return not to or not {self.id, self.party, str(self.role)}.isdisjoint({each for each in to if each})


@dataclass(frozen=True)
class Invitation:
    """A link that lets somebody take a seat."""

    seat: str
    token_hash: str
    until: datetime
    uses_left: int
    also: tuple[str, ...] = ()
    is_revoked: bool = False

    def is_open(self, wall: datetime) -> bool:
        """Tell whether it can still be redeemed."""
        return not self.is_revoked and self.uses_left > 0 and wall < self.until


@dataclass(frozen=True)
class RoomSession:
    """A browser in which somebody sits in one seat or several."""

    seats: tuple[str, ...]
    since: datetime
    """On the wall."""


@dataclass(frozen=True)
class RoomMessage:
    """What somebody said, or an inject brought."""

    number: int
    """Of its entry in the log."""
    at: datetime
    source: str
    sender: str
    """The seat that sent it; empty for an inject."""
    to: tuple[str, ...]
    words: str
    channel: str


@dataclass(frozen=True)
class RoomEntry:
    """An entry of the log as the room remembers it."""

    number: int
    event: RoomEvent


@dataclass(frozen=True)
class RoomState:
    """A room."""

    mechanism: State
    opened: h.RoomOpened
    clock: RoomClock
    seats: Mapping[str, Seat] = field(default_factory=dict)
    invitations: Mapping[str, Invitation] = field(default_factory=dict)
    """By the hash of the token."""
    sessions: Mapping[str, RoomSession] = field(default_factory=dict)
    """By the hash of what the browser shows."""
    injects: Mapping[str, PlannedInject] = field(default_factory=dict)
    messages: tuple[RoomMessage, ...] = ()
    odds: h.OddsDrawn | None = None
    drafts: Mapping[str, h.StepDrafted] = field(default_factory=dict)
    """What one person of a delegation drafted and the other has not countersigned yet."""
    chosen: frozenset[str] = frozenset()
    """Keys of the choices that bots have come to."""
    history: tuple[RoomEntry, ...] = ()
    is_closed: bool = False

    @property
    def phase(self) -> Phase:
        """Where the room stands in its life."""
        if self.is_closed:
            return Phase.ENDED
        if not self.clock.has_run:
            return Phase.PLANNED
        return Phase.RUNNING if self.clock.rate else Phase.PAUSED

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is an exercise, and nothing that it says has happened."""
        return self.opened.is_rehearsal

    def time_at(self, wall: datetime) -> datetime:
        """Return the time of the scenario, never before what is on record; a room that is closed stands still."""
        latest = max(self.mechanism.now, self.history[-1].event.at) if self.history else self.mechanism.now
        return latest if self.is_closed else max(self.clock.at(wall), latest)

    def seat_of(self, party: str, *, role: Role) -> Seat | None:
        """Return the seat of a role for a party, if there is one."""
        return next((each for each in self.seats.values() if each.party == party and each.role is role), None)

    def with_seat(self, name: str, **changes: Any) -> "RoomState":
        """Return the room with one seat changed."""
        return replace(self, seats={**self.seats, name: replace(self.seats[name], **changes)})

    def seats_of(self, session_hash: str, *, wall: datetime) -> tuple[str, ...]:
        """Return the seats in which a browser sits; none where its session is unknown or too old."""
        session = self.sessions.get(session_hash)
        is_good = session is not None and timedelta(0) <= wall - session.since < LONGEST_SESSION
        return session.seats if session is not None and is_good else ()

    def with_inject(self, name: str, **changes: Any) -> "RoomState":
        """Return the room with one inject changed."""
        return replace(self, injects={**self.injects, name: replace(self.injects[name], **changes)})
