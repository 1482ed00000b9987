"""What is planned to happen in a rehearsal: storylines, their events, and the injects that bring them to players."""

from dataclasses import dataclass, field
from datetime import datetime

from foedus.mechanism.procedure.commands import OpenIncident, StateFact
from foedus.mechanism.procedure.evidence.report import Report
from foedus.values.word import Word


class InjectStatus(Word):
    """Where an inject stands."""

    READY = "ready", "it comes when its time or its condition does, or by hand"
    HELD = "held", "it waits until somebody lets it go"
    SKIPPED = "skipped", "it will not come"
    RELEASED = "released", "the players have it"


@dataclass(frozen=True)
class InjectCondition:
    """What an inject waits for. All that is told has to hold; the delay runs from when it first does."""

    event: str = ""
    """Type of an event of the log, such as ``finding.made``."""
    incident: str = ""
    """The incident in which; any where empty."""
    inject: str = ""
    """Another inject that has been released."""
    adversary_per_mille: int = 0
    """The reports of the incident carry the adversary with at least this probability, in thousandths."""
    delay_minutes: int = 0


@dataclass(frozen=True)
class Inject:
    """Something that reaches players, and what is expected of them. A row of a master scenario events list."""

    id: str
    storyline: str
    event: str
    """The event of the storyline that it belongs to."""
    words: str
    """What is read."""
    at: datetime | None = None
    """When, in the time of the scenario; None where it comes on a condition or by hand."""
    when: InjectCondition | None = None
    channel: str = "message"
    """How it comes: news, telephone, intelligence, orders, …"""
    source: str = ""
    """From whom, as the players see it."""
    to: tuple[str, ...] = ()
    """Parties, roles or seats; everybody where empty."""
    expected: str = ""
    """What is expected to be done; not shown to players."""
    objectives: tuple[str, ...] = ()
    """Objectives that it serves."""
    note: str = ""
    """For evaluators."""
    opens: OpenIncident | None = None
    """The incident that it puts on the record."""
    reports: tuple[Report, ...] = ()
    """Reports that it puts on the record."""
    incident: str = ""
    """The incident of its reports and facts."""
    states: tuple[StateFact, ...] = ()
    """Facts that it puts on the record."""


@dataclass(frozen=True)
class PlannedInject:
    """An inject and where it stands."""

    inject: Inject
    status: InjectStatus = InjectStatus.READY
    released_at: datetime | None = None


@dataclass(frozen=True)
class ExerciseObjective:
    """What the exercise is to show or train."""

    id: str
    words: str


@dataclass(frozen=True)
class Exercise:
    """A complete scenario: the text, the objectives, what happens, and how it is run."""

    id: str
    name: str
    about: str
    arrangement: str
    prior: str
    opens_at: datetime
    objectives: tuple[ExerciseObjective, ...]
    injects: tuple[Inject, ...]
    storylines: tuple[tuple[str, str], ...] = ()
    """Id and name of each."""
    player: str = ""
    """The party that somebody alone plays."""
    rate: int = 60
    """Seconds of the scenario in a second of the wall, to begin with."""
    guide: str = field(default="", repr=False)
    """The facilitator's guide, in Markdown."""
