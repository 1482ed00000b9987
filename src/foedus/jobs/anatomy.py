"""Take a text apart: how much of an outcome each clause carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from foedus.errors import WrongRequest
from foedus.insight.anatomy.clauses import groups_of
from foedus.insight.anatomy.record import Anatomy
from foedus.insight.anatomy.take_apart import anatomy_of
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.asking.reading import read_outcome
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_text
from foedus.jobs.telling.files import refuse_unwritable
from foedus.jobs.telling.pedigree import pedigree_of
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult
from foedus.report.anatomy.page import anatomy_page
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance
from foedus.report.page.record_json import record_json
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page

if TYPE_CHECKING:
    import pandas as pd

REPORT, RESULTS = "report.html", "anatomy.json"
ORDERS = 24
"""Orders drawn, in pairs, where the clauses are too many for all."""


@dataclass(frozen=True)
class AnatomyRequest:
    """Which text to take apart, and which outcome to divide."""

    text: Given
    run: RunSettings
    outcome: str = "war"
    """As in result files."""
    orders: int = ORDERS
    out: Path | None = None
    """Folder that the result is going to be written to: refused before the work where it cannot be."""
    command: str = ""
    """What was asked for, in words that obtain the same again."""


@dataclass(frozen=True, eq=False, repr=False)
class AnatomyResult(JobResult):
    """How much of an outcome each clause carries."""

    text: Text
    anatomy: Anatomy
    provenance: Provenance

    @cached_property
    def page(self) -> Page:
        """The page to read."""
        arrangement = self.text.arrangement
        title = arrangement.short_name or arrangement.name
        return anatomy_page(self.anatomy, title=title, provenance=self.provenance)

    def print_on(self, console: Console) -> None:
        """Print what is brief of the page."""
        print_page(self.page, console=console)

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The page to read, and the record for programs."""
        results = record_json(self.anatomy, what="anatomy", provenance=self.provenance)
        return {REPORT: write_html(self.page).encode(), RESULTS: results}

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each group of clauses; figures are differences of the outcome."""
        rows = [
            {
                "clauses": part.group,
                "carries": part.carries.value,
                "low": part.carries.low,
                "high": part.carries.high,
                "left_out": part.left_out.value,
                "alone": part.alone.value,
            }
            for part in self.anatomy.parts
        ]
        return frame_of(rows, columns=["clauses", "carries", "low", "high", "left_out", "alone"])


def take_apart(request: AnatomyRequest, *, tell: Tell = silent) -> AnatomyResult:
    """Divide an outcome among the clauses of a text; raise `NotConverged` where no future is left."""
    text, run = load_text(request.text), request.run
    parameters, outcome = run.parameters, read_outcome(request.outcome)
    refuse_unwritable(request.out)
    if not groups_of(text.arrangement):
        raise WrongRequest(f"{text.arrangement.id} has no clause that could be taken out")
    await_solver(tell, grid=run.grid)
    anatomy = anatomy_of(
        text.arrangement,
        parameters,
        settings=run.ensemble,
        outcome=outcome,
        pairs_of_orders=request.orders // 2,
        workers=run.workers,
        progress=tell,
    )
    provenance = pedigree_of([text], parameters, settings=anatomy.settings, command=request.command)
    return AnatomyResult(text=text, anatomy=anatomy, provenance=provenance)
