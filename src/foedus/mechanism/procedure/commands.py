"""Commands: who wants to do what, when. What is wanted may be refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from foedus.arrangement.vocabulary import Finds, Measure, TierWord
from foedus.mechanism.procedure.evidence.report import Report

SECRETARIAT = "secretariat"
"""Who keeps the record: it opens incidents and lets time pass, and has no vote."""


class Vote(StrEnum):
    """A vote; whoever does not vote is silent, and the text says how silence counts."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


Threat: TypeAlias = Literal["coerce", "seize", "invade"]
Attribution: TypeAlias = Literal["none", "suspected", "likely", "established"]
Stage: TypeAlias = Literal["find", "decide"]


@dataclass(frozen=True)
class OpenIncident:
    """Put on the record that something happened; every deadline of the text runs from then."""

    at: datetime
    actor: str
    incident: str
    happened_at: datetime
    what: str
    not_so: tuple[str, ...] = ()
    """Circumstances of the plain case that do not hold here, such as ``in_scope``."""


@dataclass(frozen=True)
class FileReport:
    """Put a report on the record."""

    at: datetime
    actor: str
    incident: str
    report: Report


@dataclass(frozen=True)
class StateFact:
    """State that a fact holds that somebody brings about, or that somebody has to judge."""

    at: datetime
    actor: str
    incident: str
    fact: str
    holds: bool = True


@dataclass(frozen=True)
class Invoke:
    """Open the mechanism."""

    at: datetime
    actor: str
    incident: str


@dataclass(frozen=True)
class Meet:
    """Hold the meeting of the guarantors."""

    at: datetime
    actor: str
    incident: str


@dataclass(frozen=True)
class ProposeFinding:
    """Move that the mechanism finds what happened, or finds something else than it did."""

    at: datetime
    actor: str
    incident: str
    finding: Finds | None = None
    """The determination; None for no breach."""
    attribution: Attribution = "none"
    threat: Threat | None = None
    """The act itself, where the determination does not say it: a provocation may have had any size."""


@dataclass(frozen=True)
class VoteOnFinding:
    """Sign the finding, dissent, or abstain."""

    at: datetime
    actor: str
    incident: str
    vote: Vote
    reason: str = ""


@dataclass(frozen=True)
class ProposeTier:
    """Move that the guarantors respond with a tier."""

    at: datetime
    actor: str
    incident: str
    tier: TierWord
    words: str = ""


@dataclass(frozen=True)
class VoteOnTier:
    """Join the response, refuse it, or abstain."""

    at: datetime
    actor: str
    incident: str
    vote: Vote
    troops: int = 0
    """Troops that are committed with a yes."""
    reason: str = ""


@dataclass(frozen=True)
class CloseVote:
    """Count the silent as silent, where the text sets no deadline that would do so."""

    at: datetime
    actor: str
    incident: str
    on: Stage


@dataclass(frozen=True)
class TakeAct:
    """Do something in answer to the incident."""

    at: datetime
    actor: str
    incident: str
    tier: TierWord
    measures: tuple[Measure, ...] = ()
    under: str = ""
    """Name of the clause that it performs; empty for what nothing asks for."""
    words: str = ""


@dataclass(frozen=True)
class GiveNotice:
    """Give notice of leaving the arrangement."""

    at: datetime
    actor: str


@dataclass(frozen=True)
class CloseIncident:
    """Close an incident: what it called for and was not done lapses."""

    at: datetime
    actor: str
    incident: str
    reason: str = ""


@dataclass(frozen=True)
class Wait:
    """Let time pass."""

    at: datetime
    actor: str = SECRETARIAT


@dataclass(frozen=True)
class EndSitting:
    """Close the record; nothing comes after it."""

    at: datetime
    actor: str = SECRETARIAT


Command: TypeAlias = (
    OpenIncident
    | FileReport
    | StateFact
    | Invoke
    | Meet
    | ProposeFinding
    | VoteOnFinding
    | ProposeTier
    | VoteOnTier
    | CloseVote
    | TakeAct
    | GiveNotice
    | CloseIncident
    | Wait
    | EndSitting
)
