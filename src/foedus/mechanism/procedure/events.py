"""Events: what happened in the mechanism, each with the clause that governs it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeAlias

from foedus.arrangement.vocabulary import Finds, Measure, TierWord
from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.commands import Attribution, Stage, Threat, Vote
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.mechanism.rules.world import Ruling


@dataclass(frozen=True)
class Opened:
    """The record of an arrangement is opened."""

    type: ClassVar[str] = "sitting.opened"
    at: datetime
    actor: str
    clause: Clause
    arrangement: str
    digest: str
    """Of the arrangement, so that a replay with another text is noticed."""
    prior: str


@dataclass(frozen=True)
class IncidentOpened:
    """Something happened."""

    type: ClassVar[str] = "incident.opened"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    happened_at: datetime
    what: str
    facts: tuple[str, ...]
    """The circumstances that are taken to hold."""


@dataclass(frozen=True)
class ReportFiled:
    """Somebody said something of it."""

    type: ClassVar[str] = "report.filed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    report: Report


@dataclass(frozen=True)
class FactStated:
    """A fact was brought about, or judged."""

    type: ClassVar[str] = "fact.stated"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    fact: str
    holds: bool


@dataclass(frozen=True)
class Invoked:
    """Somebody who may opened the mechanism."""

    type: ClassVar[str] = "mechanism.invoked"
    at: datetime
    actor: str
    clause: Clause
    incident: str


@dataclass(frozen=True)
class Met:
    """The guarantors met."""

    type: ClassVar[str] = "meeting.held"
    at: datetime
    actor: str
    clause: Clause
    incident: str


@dataclass(frozen=True)
class FindingProposed:
    """A finding was moved; what the reports carried at the time stands beside it."""

    type: ClassVar[str] = "finding.proposed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    attribution: Attribution
    carried_attribution: Attribution
    adversary_per_mille: tuple[int, int, int]
    """The probability that the adversary did it, in thousandths: mean and band."""
    is_beyond_reports: bool
    """Whether it says more than the reports carry."""
    finding: Finds | None = None
    threat: Threat | None = None
    carried: Finds | None = None


@dataclass(frozen=True)
class FindingVoted:
    """Somebody signed, dissented or abstained."""

    type: ClassVar[str] = "finding.voted"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    vote: Vote
    reason: str = ""


@dataclass(frozen=True)
class FindingMade:
    """The mechanism found what happened; an earlier finding is revised by it."""

    type: ClassVar[str] = "finding.made"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    ruling: Ruling
    """Yes, or unsettled where the text does not say whether this is a finding."""
    attribution: Attribution
    is_by_default: bool
    """Whether it follows from a deadline that passed."""
    is_revision: bool
    finding: Finds | None = None
    threat: Threat | None = None


@dataclass(frozen=True)
class FindingFailed:
    """No finding came about; final where no other may be moved."""

    type: ClassVar[str] = "finding.failed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    ruling: Ruling
    is_final: bool


@dataclass(frozen=True)
class TierProposed:
    """A response was moved."""

    type: ClassVar[str] = "response.proposed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    tier: TierWord
    words: str = ""


@dataclass(frozen=True)
class TierVoted:
    """Somebody joined, refused or abstained."""

    type: ClassVar[str] = "response.voted"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    vote: Vote
    troops: int = 0
    reason: str = ""


@dataclass(frozen=True)
class TierDecided:
    """The guarantors decided, or what was settled for their silence took the place of a decision."""

    type: ClassVar[str] = "response.decided"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    ruling: Ruling
    is_by_default: bool
    tier: TierWord | None = None
    """The most that was decided; None where whatever the text promises follows by default."""


@dataclass(frozen=True)
class TierFailed:
    """No decision came about; final where no other may be moved."""

    type: ClassVar[str] = "response.failed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    ruling: Ruling
    is_final: bool


@dataclass(frozen=True)
class VoteClosed:
    """The silent are counted as silent, since the text sets no deadline."""

    type: ClassVar[str] = "vote.closed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    on: Stage


@dataclass(frozen=True)
class DeadlinePassed:
    """The time for a stage is over."""

    type: ClassVar[str] = "deadline.passed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    stage: str
    """``meet``, ``find`` or ``decide``."""


@dataclass(frozen=True)
class ObligationChanged:
    """What a clause asks of some parties stands elsewhere in its life."""

    type: ClassVar[str] = "obligation.changed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    place: tuple[str | int, ...]
    debtors: tuple[str, ...]
    to: ObligationStatus
    because: str
    is_binding: bool = True
    tier: TierWord | None = None
    deadline: datetime | None = None


@dataclass(frozen=True)
class ActTaken:
    """Somebody acted."""

    type: ClassVar[str] = "act.taken"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    tier: TierWord
    measures: tuple[Measure, ...] = ()
    under: str = ""
    words: str = ""


@dataclass(frozen=True)
class NoticeGiven:
    """A party will leave."""

    type: ClassVar[str] = "notice.given"
    at: datetime
    actor: str
    clause: Clause
    leaves_at: datetime


@dataclass(frozen=True)
class PartyLeft:
    """A party has left."""

    type: ClassVar[str] = "party.left"
    at: datetime
    actor: str
    clause: Clause


@dataclass(frozen=True)
class IncidentClosed:
    """An incident is over."""

    type: ClassVar[str] = "incident.closed"
    at: datetime
    actor: str
    clause: Clause
    incident: str
    reason: str = ""


@dataclass(frozen=True)
class Refused:
    """Somebody wanted something that a clause refuses; it is kept, and changes nothing."""

    type: ClassVar[str] = "command.refused"
    at: datetime
    actor: str
    clause: Clause
    command: str
    because: str


@dataclass(frozen=True)
class TimePassed:
    """Nothing else happened up to here."""

    type: ClassVar[str] = "time.passed"
    at: datetime
    actor: str
    clause: Clause


@dataclass(frozen=True)
class Ended:
    """The arrangement has run out, or its record is closed; nothing comes after it."""

    type: ClassVar[str] = "sitting.ended"
    at: datetime
    actor: str
    clause: Clause


Event: TypeAlias = (
    Opened
    | IncidentOpened
    | ReportFiled
    | FactStated
    | Invoked
    | Met
    | FindingProposed
    | FindingVoted
    | FindingMade
    | FindingFailed
    | TierProposed
    | TierVoted
    | TierDecided
    | TierFailed
    | VoteClosed
    | DeadlinePassed
    | ObligationChanged
    | ActTaken
    | NoticeGiven
    | PartyLeft
    | IncidentClosed
    | TimePassed
    | Refused
    | Ended
)

EVENTS: dict[str, type[Event]] = {kind.type: kind for kind in Event.__args__}
"""Every kind of event by its type, as the log writes it."""
