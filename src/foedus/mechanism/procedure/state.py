"""The state of a mechanism in operation: all that later steps can depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, TierWord
from foedus.mechanism.procedure.commands import Attribution, Threat, Vote
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.obligation import Obligation
from foedus.mechanism.rules.world import Ruling


@dataclass(frozen=True)
class FindingMotion:
    """A finding as it is moved."""

    by: str
    finding: Finds | None
    attribution: Attribution
    threat: Threat | None


@dataclass(frozen=True)
class FindingInForce:
    """A finding as it is made."""

    finding: Finds | None
    attribution: Attribution
    threat: Threat | None
    ruling: Ruling
    at: datetime


@dataclass(frozen=True)
class TierDecision:
    """A decision on the response."""

    tier: TierWord | None
    """The most that was decided; None where nothing was, or whatever the text promises follows by default."""
    ruling: Ruling
    is_by_default: bool


@dataclass(frozen=True)
class TierMotion:
    """A response as it is moved."""

    by: str
    tier: TierWord


@dataclass(frozen=True)
class Taken:
    """An act in answer to an incident."""

    by: str
    tier: TierWord
    at: datetime
    under: str


@dataclass(frozen=True)
class Incident:
    """One incident and what the mechanism made of it."""

    id: str
    happened_at: datetime
    what: str
    facts: frozenset[str]
    reports: tuple[Report, ...] = ()
    invoked: frozenset[str] = frozenset()
    finding_motion: FindingMotion | None = None
    """The motion that is open."""
    last_finding_motion: FindingMotion | None = None
    finding_votes: Mapping[str, Vote] = field(default_factory=dict)
    """Of the motion that is open, or of the last."""
    signed: Mapping[str, Vote] = field(default_factory=dict)
    """Of the finding in force."""
    finding: FindingInForce | None = None
    is_finding_failed: bool = False
    """Whether none was made and none may be any more."""
    tier_motion: TierMotion | None = None
    last_tier_motion: TierMotion | None = None
    tier_votes: Mapping[str, Vote] = field(default_factory=dict)
    """Of the motion that is open, or of the last."""
    joined: Mapping[str, Vote] = field(default_factory=dict)
    """Of the decision in force."""
    is_met: bool = False
    """Whether the guarantors have met."""
    troops: Mapping[str, int] = field(default_factory=dict)
    """Troops that each party has committed here."""
    decision: TierDecision | None = None
    is_finding_vote_closed: bool = False
    is_tier_vote_closed: bool = False
    passed: frozenset[str] = frozenset()
    """Stages whose deadline has passed."""
    acts: tuple[Taken, ...] = ()
    obligations: Mapping[tuple[tuple[str | int, ...], str], Obligation] = field(default_factory=dict)
    """Those that stand elsewhere than where they were created."""
    is_closed: bool = False


@dataclass(frozen=True)
class State:
    """An arrangement in operation."""

    arrangement: Arrangement
    judgments: Judgments
    prior: str
    opened_at: datetime
    now: datetime
    weights: Mapping[str, int] = field(default_factory=dict)
    """Weights of the members in a quorum; a member without one counts one."""
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    leaving: Mapping[str, datetime] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    is_ended: bool = False

    def committed(self, party: str) -> int:
        """Return the troops that a party has committed in all incidents that are open."""
        return sum(each.troops.get(party, 0) for each in self.incidents.values() if not each.is_closed)
