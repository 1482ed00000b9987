"""Everything that can go wrong, in one place.

takes: nothing. gives: the one exception tree and the `Finding`, which is how a user's mistake is told.
promises: a user's mistake is a finding with file, line and remedy, never a traceback. never: imports another package.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class FindingKind(StrEnum):
    """What a finding is about."""

    FAULT = "fault"
    """Something is wrong: in a file, or in the drafting of a text."""
    OPEN = "open"
    """A text leaves something open: no duty exists, or it binds little. That may be meant."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong in a file, where it stands, why it matters and how to mend it."""

    file: str
    line: int
    """Line, counted from 1; 0 when the file as a whole is meant."""
    column: int
    """Column, counted from 1; 0 when the line as a whole is meant."""
    path: str
    """Place in the document, such as ``commitments[0].tier``; empty for the whole."""
    code: str
    """Stable identifier, such as ``unknown-key``."""
    message: str
    """What is wrong."""
    why: str
    """Why it matters."""
    mend: str
    """How to mend it."""
    severity: Severity = Severity.ERROR
    incident: str = ""
    """What happens where it shows, for a hole in an arrangement; empty for everything else."""
    kind: FindingKind = FindingKind.FAULT

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        place = f" at {self.path}" if self.path else ""
        return f"{where}: {self.severity} [{self.code}]{place}: {self.message}\n  why:  {self.why}\n  mend: {self.mend}"


class FoedusError(Exception):
    """Anything that foedus raises on purpose."""


class InvalidFile(FoedusError):
    """A file that cannot be used; carries every finding, not only the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


class UnknownName(FoedusError):
    """A library name, party or parameter that does not exist; the message suggests the nearest."""


class WrongRequest(FoedusError):
    """What was asked for cannot be done as it was asked; the message says what to change."""


class SeveralErrors(FoedusError):
    """Several things that were asked for cannot be used; carries the error of each."""

    def __init__(self, errors: Sequence[FoedusError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(dict.fromkeys(str(error) for error in self.errors)))


class NoAnswer(FoedusError):
    """A question that was understood and cannot be answered; the message says why."""


class NotConverged(FoedusError):
    """A solution was asked for and none was found to the tolerance; the message advises."""


class UnreadableResult(FoedusError):
    """A result file that is damaged, unfinished or from another format version."""


class LogUnavailable(FoedusError):
    """A log that cannot be opened or written to: held by another writer, refused by the disk; the message says why."""


class ClusterUnavailable(FoedusError):
    """A cluster that is not installed, not reachable, lost, or runs another program; the message says what to do."""
