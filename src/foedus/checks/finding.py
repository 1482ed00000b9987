"""What a check is, and what it finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.checks.coverage import Coverage
from foedus.errors import Finding, FindingKind, Severity
from foedus.mechanism.rules.world import World
from foedus.text.source import Path

if TYPE_CHECKING:
    from foedus.checks.case import Case


@dataclass(frozen=True)
class Hole:
    """A hole as a check sees it, before it is replayed and placed in the file."""

    message: str
    """One sentence in plain words."""
    paths: tuple[Path, ...]
    """The clauses that it stands in, the most telling first."""
    severity: Severity | None = None
    """How bad it is, where that differs from what the check says of itself."""
    world: World | None = None
    """The smallest and worst world in which it shows."""
    mend: str | None = None
    """How to mend it, where that differs from what the check says of itself."""
    cannot_tell: bool = False
    """Whether the check could not tell, because the text or our knowledge of it is silent."""
    why: tuple[str, ...] = ()
    """The reckoning behind it, where that says more than the replay of its world."""
    about: tuple[str, ...] = ()
    """What the replay needs to know beside the world, such as a tier or a clause."""
    kind: FindingKind | None = None
    """Whether it is a fault or left open, where that differs from what the check says of itself."""


@dataclass(frozen=True)
class Check:
    """One promise that is put to the test."""

    id: str
    """Stable identifier, such as ``G01``."""
    title: str
    """Its name, in a few words."""
    promise: str
    """What holds of an arrangement that passes, in one sentence."""
    severity: Severity
    """The worst it can find."""
    how: str
    """How it decides."""
    mend: str
    """The usual mending."""
    find: Callable[["Case"], Iterable[Hole]]
    """Finds its holes, the worst first."""
    subject: Callable[["Case"], object]
    """What it looks at; where that is empty or false, the text gives it nothing to look at."""
    claim: Callable[["Case", Hole], bool] | None = None
    """Replays a hole by the mechanism's own rules; None where it is read off the text."""
    kind: FindingKind = FindingKind.FAULT
    """Whether what it finds is a fault in the drafting, or what the text leaves open."""

    @property
    def family(self) -> str:
        """The letter of its family."""
        return self.id[0]


@dataclass(frozen=True)
class ClausePosition:
    """Where a clause stands."""

    path: str
    file: str
    line: int
    """Counted from 1; 0 where the text did not come from a file."""
    column: int


@dataclass(frozen=True)
class CheckFinding:
    """A hole that was replayed and placed: what `foedus check` prints."""

    id: str
    title: str
    severity: Severity
    message: str
    clauses: tuple[ClausePosition, ...]
    world: World | None
    why: tuple[str, ...]
    """The replay: what the rules say of each clause in that world."""
    mend: str
    cannot_tell: bool = False
    kind: FindingKind = FindingKind.FAULT
    incident: str = ""
    """What happens in its world, in a sentence; empty where it has none."""
    accepted: str = ""
    """Why the parties live with it; empty where nobody said so."""

    @property
    def is_grave(self) -> bool:
        """Whether it is a fault of level error that nobody accepted."""
        return self.kind is FindingKind.FAULT and self._counts

    @property
    def is_gap(self) -> bool:
        """Whether the text leaves something open, at level error, that nobody accepted."""
        return self.kind is FindingKind.OPEN and self._counts

    @property
    def _counts(self) -> bool:
        return self.severity is Severity.ERROR and not self.accepted

    @property
    def position(self) -> ClausePosition:
        """The first clause."""
        return self.clauses[0]

    def as_finding(self) -> Finding:
        """Return it in the shape in which everything wrong with a file is told."""
        place = self.position
        return Finding(
            file=place.file,
            line=place.line,
            column=place.column,
            path=place.path,
            code=self.id,
            message=self.message,
            why="; ".join(self.why),
            mend=self.mend,
            severity=self.severity,
            incident=self.incident,
            kind=self.kind,
        )

    def to_mapping(self) -> dict[str, object]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "severity": str(self.severity),
            "kind": str(self.kind),
            "accepted": self.accepted,
            "cannot_tell": self.cannot_tell,
            "message": self.message,
            "clauses": [vars(place).copy() for place in self.clauses],
            "world": self.world.row() if self.world else None,
            "why": list(self.why),
            "mend": self.mend,
        }


@dataclass(frozen=True)
class Examination:
    """Everything that the checks have to say of one arrangement."""

    arrangement: str
    """Its id."""
    findings: tuple[CheckFinding, ...]
    """The worst first."""
    passed: Mapping[str, tuple[ClausePosition, ...]] = field(default_factory=dict)
    """Checks that found nothing, by id, with the clauses that carry that."""
    without_subject: tuple[str, ...] = ()
    """Checks to which the text gives nothing to look at, by id; that is no merit."""
    unreplayed: tuple[str, ...] = ()
    """Checks whose counterexample the rules did not confirm, which is a mistake of ours; it is kept back."""
    searched: str = ""
    """What was searched."""
    not_modelled: tuple[str, ...] = ()
    """What was not."""
    coverage: Coverage | None = None
    """In how many of the same hostile incidents somebody must help."""

    @property
    def faults(self) -> tuple[CheckFinding, ...]:
        """The faults of level error that nobody accepted."""
        return tuple(finding for finding in self.findings if finding.is_grave)

    @property
    def gaps(self) -> tuple[CheckFinding, ...]:
        """What the text leaves open, at level error, and nobody accepted."""
        return tuple(finding for finding in self.findings if finding.is_gap)

    def to_mapping(self) -> dict[str, object]:
        """Return plain data for JSON."""
        return {
            "arrangement": self.arrangement,
            "findings": [finding.to_mapping() for finding in self.findings],
            "found_nothing": {name: [vars(each).copy() for each in places] for name, places in self.passed.items()},
            "nothing_to_look_at": list(self.without_subject),
            "not_confirmed": list(self.unreplayed),
            "searched": self.searched,
            "not_modelled": list(self.not_modelled),
            "coverage": self.coverage.to_mapping() if self.coverage else None,
        }

    @property
    def worst(self) -> Severity | None:
        """The severity of the worst finding that is told for sure."""
        order = list(Severity)
        sure = [finding.severity for finding in self.findings if not finding.cannot_tell]
        return min(sure, key=order.index, default=None)
