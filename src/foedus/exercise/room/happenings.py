"""What happens in a room beside the steps of the mechanism. Who wants it hands it in; if it is admitted it is logged.

``at`` is the time of the scenario, ``wall`` that of the wall, ``actor`` the seat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, TypeAlias

from foedus.exercise.room.injects.inject import ExerciseObjective, Inject, InjectStatus
from foedus.exercise.room.roles import Role
from foedus.mechanism.procedure import commands as c


@dataclass(frozen=True)
class RoomOpened:
    """A room is opened around the record of an arrangement."""

    type: ClassVar[str] = "room.opened"
    at: datetime
    actor: str
    wall: datetime
    arrangement: str
    digest: str
    prior: str
    title: str
    about: str
    is_rehearsal: bool
    scenario: str = ""
    seed: int = 0
    """Of everything that bots draw."""
    objectives: tuple[ExerciseObjective, ...] = ()
    needs_two: bool = False
    """Whether votes and commitments take two persons of a delegation."""


@dataclass(frozen=True)
class SeatMade:
    """A seat is there."""

    type: ClassVar[str] = "seat.made"
    at: datetime
    actor: str
    wall: datetime
    seat: str
    role: Role
    party: str = ""
    storyline: str = ""
    """The storyline of a controller; all of them where empty."""
    is_bot: bool = False


@dataclass(frozen=True)
class SeatHanded:
    """A seat is handed to a bot, or taken from it."""

    type: ClassVar[str] = "seat.handed"
    at: datetime
    actor: str
    wall: datetime
    seat: str
    is_bot: bool


@dataclass(frozen=True)
class Invited:
    """Whoever has a token may take a seat; the log keeps its hash alone."""

    type: ClassVar[str] = "invitation.made"
    at: datetime
    actor: str
    wall: datetime
    seat: str
    token_hash: str
    """SHA-256 of the token, in hex."""
    until: datetime
    """On the wall."""
    uses: int = 1
    also: tuple[str, ...] = ()
    """Further seats that are taken with it, as by somebody who plays alone."""


@dataclass(frozen=True)
class InvitationRevoked:
    """An invitation holds no longer."""

    type: ClassVar[str] = "invitation.revoked"
    at: datetime
    actor: str
    wall: datetime
    token_hash: str


@dataclass(frozen=True)
class InvitationRedeemed:
    """Somebody took a seat."""

    type: ClassVar[str] = "invitation.redeemed"
    at: datetime
    actor: str
    wall: datetime
    token_hash: str
    session_hash: str = ""
    """SHA-256 of what the browser shows from now on to sit there, in hex."""
    replaces: str = ""
    """The session of that browser until now; its seats go over."""


@dataclass(frozen=True)
class SessionsEnded:
    """Whoever sat in a seat is put out of it, wherever it was opened."""

    type: ClassVar[str] = "sessions.ended"
    at: datetime
    actor: str
    wall: datetime
    seat: str


@dataclass(frozen=True)
class ClockSet:
    """The clock runs at another rate, or stands."""

    type: ClassVar[str] = "clock.set"
    at: datetime
    actor: str
    wall: datetime
    rate: int
    reason: str = ""


@dataclass(frozen=True)
class ClockStepped:
    """The clock jumps; all that was due on the way has happened before."""

    type: ClassVar[str] = "clock.stepped"
    at: datetime
    actor: str
    wall: datetime
    to: datetime
    reason: str = ""


@dataclass(frozen=True)
class InjectPlanned:
    """An inject is planned, or written anew under its id."""

    type: ClassVar[str] = "inject.planned"
    at: datetime
    actor: str
    wall: datetime
    inject: Inject


@dataclass(frozen=True)
class InjectMoved:
    """An inject is held, dropped, made ready again, or moved to another time."""

    type: ClassVar[str] = "inject.moved"
    at: datetime
    actor: str
    wall: datetime
    inject: str
    status: InjectStatus
    to: datetime | None = None


@dataclass(frozen=True)
class InjectReleased:
    """An inject reaches the players."""

    type: ClassVar[str] = "inject.released"
    at: datetime
    actor: str
    wall: datetime
    inject: str
    how: str
    """``time``, ``condition`` or ``hand``."""


@dataclass(frozen=True)
class Said:
    """A message, or a statement to everybody."""

    type: ClassVar[str] = "message.sent"
    at: datetime
    actor: str
    wall: datetime
    words: str
    to: tuple[str, ...] = ()
    """Parties, roles or seats; everybody where empty."""
    source: str = ""
    """From whom it says that it is, where exercise control sends it in somebody's name."""
    channel: str = "message"


@dataclass(frozen=True)
class Noted:
    """An evaluator notes something."""

    type: ClassVar[str] = "note.made"
    at: datetime
    actor: str
    wall: datetime
    words: str
    objective: str = ""
    is_met: bool | None = None
    """Whether the objective is met by it; None where it does not say."""
    about: int = -1
    """Number of the entry of the log that it is about; -1 where it is about none."""


@dataclass(frozen=True)
class ImprovementPlanned:
    """Something is to be done better."""

    type: ClassVar[str] = "improvement.planned"
    at: datetime
    actor: str
    wall: datetime
    words: str
    owner: str
    due: str
    """A date, as ``2027-06-30``."""


@dataclass(frozen=True)
class OddsDrawn:
    """The future is drawn in which the bots play, and what its equilibrium makes of each choice."""

    type: ClassVar[str] = "bots.drawn"
    at: datetime
    actor: str
    wall: datetime
    seed: int
    is_resolved: bool
    """Whether the coalition is of the high type, which stands more on what is at stake."""
    basis: str
    """How the equilibrium was found."""
    proposer: str = ""
    """The party that moves the response in it."""
    proposes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """[finding][tier] chance in thousandths that a response is moved, ``none`` for no response."""
    joins: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """[finding:tier][party] chance in thousandths that a party joins."""


@dataclass(frozen=True)
class BotChose:
    """A bot comes to a choice: what it does follows, where it does anything."""

    type: ClassVar[str] = "bots.chose"
    at: datetime
    actor: str
    wall: datetime
    key: str
    """Which choice: a bot comes to each once."""
    chose: str
    because: str
    chance: int = 1000
    """In thousandths; 1000 where it goes by a rule and not by the equilibrium."""


@dataclass(frozen=True)
class StepWanted:
    """A seat takes a step of the mechanism: its events, or its refusal, follow."""

    type: ClassVar[str] = "step.wanted"
    at: datetime
    actor: str
    wall: datetime
    command: str
    party: str


@dataclass(frozen=True)
class StepDrafted:
    """One person of a delegation drafts a vote or a commitment, for the other to countersign; one of four is set."""

    type: ClassVar[str] = "step.drafted"
    at: datetime
    actor: str
    wall: datetime
    draft: str
    party: str
    on_finding: c.VoteOnFinding | None = None
    on_response: c.VoteOnTier | None = None
    act: c.TakeAct | None = None
    notice: c.GiveNotice | None = None

    @property
    def command(self) -> c.VoteOnFinding | c.VoteOnTier | c.TakeAct | c.GiveNotice:
        """The step itself."""
        found = self.on_finding or self.on_response or self.act or self.notice
        if found is None:
            raise ValueError("a draft is of a step")
        return found


@dataclass(frozen=True)
class DraftSigned:
    """The other person countersigns: the step, or its refusal, follows."""

    type: ClassVar[str] = "draft.signed"
    at: datetime
    actor: str
    wall: datetime
    draft: str


@dataclass(frozen=True)
class DraftDropped:
    """A draft is dropped by either of the two."""

    type: ClassVar[str] = "draft.dropped"
    at: datetime
    actor: str
    wall: datetime
    draft: str


@dataclass(frozen=True)
class RoomClosed:
    """The exercise or sitting is over."""

    type: ClassVar[str] = "room.closed"
    at: datetime
    actor: str
    wall: datetime
    reason: str = ""


Happening: TypeAlias = (
    RoomOpened
    | SeatMade
    | SeatHanded
    | Invited
    | InvitationRevoked
    | InvitationRedeemed
    | SessionsEnded
    | ClockSet
    | ClockStepped
    | InjectPlanned
    | InjectMoved
    | InjectReleased
    | Said
    | Noted
    | ImprovementPlanned
    | OddsDrawn
    | BotChose
    | StepWanted
    | StepDrafted
    | DraftSigned
    | DraftDropped
    | RoomClosed
)

HAPPENINGS: dict[str, type[Happening]] = {kind.type: kind for kind in Happening.__args__}
"""Every kind of happening by its type, as the log writes it."""
