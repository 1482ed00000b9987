"""What the checks say of a design: what is wrong with it, and how much it covers."""

from dataclasses import dataclass

from foedus.arrangement.record import Arrangement
from foedus.checks.coverage import Coverage, coverage_of
from foedus.checks.examine import check


@dataclass(frozen=True)
class Holes:
    """What the checks find in a text; a count alone would reward the text that says nothing."""

    faults: int
    """Grave faults in the drafting."""
    fault_ids: tuple[str, ...]
    """Checks that find a grave fault, each once, in order."""
    left_open: int
    """Findings of level error that say where no duty exists."""
    coverage: Coverage
    """In how many of the same hostile incidents somebody must help."""


def holes_of(arrangement: Arrangement) -> Holes:
    """Tell faults from what is left open; that a check could not tell is neither."""
    found = [finding for finding in check(arrangement) if not finding.cannot_tell]
    faults = [finding.id for finding in found if finding.is_grave]
    return Holes(
        len(faults), tuple(dict.fromkeys(faults)), sum(each.is_gap for each in found), coverage_of(arrangement)
    )
