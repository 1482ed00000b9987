"""The evidence as it was recorded: the same figures that `foedus evidence` prints, shown without solving anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rich.console import Console

from foedus.jobs.telling.showing import JobResult
from foedus.report.evidence.recorded import packaged_record, recorded_page
from foedus.report.page.page import Page
from foedus.report.page.writers.terminal import print_page


@dataclass(frozen=True, eq=False, repr=False)
class RecordedEvidence(JobResult):
    """What a run of `foedus evidence` found."""

    record: Mapping[str, Any]
    """As `backtest.json` holds it, without forecasts case by case."""

    @cached_property
    def page(self) -> Page:
        """The page to read."""
        return recorded_page(self.record)

    def print_on(self, console: Console) -> None:
        """Print the page."""
        print_page(self.page, console=console)


def recorded_evidence() -> RecordedEvidence:
    """Return the evidence that ships with the package."""
    return RecordedEvidence(packaged_record())
