"""The holes of a design, counted."""

from collections import Counter
from dataclasses import dataclass

from foedus.arrangement.record import Arrangement
from foedus.checks.examine import check
from foedus.errors import Severity


@dataclass(frozen=True)
class Holes:
    """What the checks find in a text."""

    errors: int
    warnings: int
    error_ids: tuple[str, ...]
    """Checks that find an error, each once, in order."""


def holes_of(arrangement: Arrangement) -> Holes:
    """Count what the checks find for sure; that a check could not tell is no hole."""
    found = [finding for finding in check(arrangement) if not finding.cannot_tell]
    count = Counter(finding.severity for finding in found)
    errors = dict.fromkeys(finding.id for finding in found if finding.severity is Severity.ERROR)
    return Holes(count[Severity.ERROR], count[Severity.WARNING], tuple(errors))
