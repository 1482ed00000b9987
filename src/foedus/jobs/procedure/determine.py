"""Determine an incident from its reports: what is found, what would change it, who owes what by when."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from foedus.arrangement.parties import load_party_facts
from foedus.arrangement.record import Arrangement
from foedus.checks.replay import weights_of
from foedus.errors import UnknownName, WrongRequest
from foedus.exercise.determination.determine import IncidentDetermination, determine
from foedus.exercise.scenario.judgments_file import default_judgments, load_judgments
from foedus.exercise.scenario.packaged import sample_reports
from foedus.exercise.scenario.reports_file import load_reports, read_reports
from foedus.jobs.asking.texts import Given, load_text
from foedus.jobs.telling.showing import JobResult, print_sentences
from foedus.report.arrangement.show import party_names
from foedus.report.determination.data import determination_data
from foedus.report.determination.page import determination_lines

TYPED = "reports.yaml"
"""What findings call reports that did not come from a file."""


@dataclass(frozen=True)
class DetermineRequest:
    """Which incident under which text, known when and to whom."""

    arrangement: Given
    """Library name, path, or an arrangement that was loaded already."""
    reports: Path | str
    """A file of reports, or such a file's text."""
    at: datetime | None = None
    """The moment of which to ask, in UTC; that of the last report where none is given."""
    prior: str = ""
    """A named prior; that of the reports file where empty."""
    seen_by: str = ""
    """The party that reads; everything is read where empty."""
    judgments: Path | None = None
    """A file of judgments; those that ship where None."""


@dataclass(frozen=True, eq=False, repr=False)
class DetermineResult(JobResult):
    """A determination that shows itself."""

    found: IncidentDetermination

    def print_on(self, console: Console) -> None:
        """Print it in lines of eighty columns, to be read aloud."""
        names = party_names(self.found.arrangement)
        print_sentences(determination_lines(self.found, names=names), console=console)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return determination_data(self.found)


def determine_incident(request: DetermineRequest) -> DetermineResult:
    """Say what reports carry under a text and what follows; raise `InvalidFile`, `UnknownName`, `WrongRequest`."""
    judgments = load_judgments(request.judgments) if request.judgments else default_judgments()
    arrangement = load_text(request.arrangement).arrangement
    told = (
        load_reports(request.reports, judgments=judgments)
        if isinstance(request.reports, Path)
        else read_reports(request.reports, file=TYPED, judgments=judgments)
    )
    if request.prior and request.prior not in judgments.priors:
        raise UnknownName(f"{request.prior!r} is no prior; known are {', '.join(judgments.priors)}")
    if request.seen_by and request.seen_by not in arrangement.parties.everyone:
        known = ", ".join(sorted(arrangement.parties.everyone))
        raise UnknownName(f"{request.seen_by!r} takes no part in {arrangement.id}; parties are {known}")
    if request.at is not None and request.at < told.happened_at:
        raise WrongRequest(f"the incident happened at {told.happened_at:%Y-%m-%d %H:%M}; ask of that moment or later")
    found = determine(
        arrangement,
        told,
        judgments=judgments,
        at=request.at,
        prior=request.prior,
        seen_by=request.seen_by,
        weights=weights_in(arrangement),
    )
    return DetermineResult(found)


def weights_in(arrangement: Arrangement) -> dict[str, int]:
    """Return the weights of members in a quorum as the checks and the game have them."""
    return dict(weights_of(arrangement, load_party_facts()))


def samples() -> tuple[Path, ...]:
    """Return the files of reports that ship."""
    return sample_reports()
