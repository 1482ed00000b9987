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
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.asking.reading import read_outcome
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_text
from foedus.jobs.telling.files import refuse_unwritable
from foedus.jobs.telling.pedigree import pedigree_of
from foedus.jobs.telling.showing import Result, print_sentences
from foedus.report.anatomy.tables import anatomy_parts, anatomy_sheet
from foedus.report.page.sheet import Made, sheet_json
from foedus.report.page.sheet_html import render_sheet
from foedus.report.page.sheet_terminal import print_parts

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
class AnatomyResult(Result):
    """How much of an outcome each clause carries."""

    text: Text
    anatomy: Anatomy
    made: Made

    def print_on(self, console: Console) -> None:
        """Print the tables, and what differs from the default parameters."""
        print_parts(anatomy_parts(self.anatomy), console=console)
        print_sentences(self.made.basis, console=console)

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The page to read, and the record for programs."""
        arrangement = self.text.arrangement
        sheet = anatomy_sheet(self.anatomy, title=arrangement.short_name or arrangement.name, made=self.made)
        return {REPORT: render_sheet(sheet).encode(), RESULTS: sheet_json(self.anatomy, what="anatomy", made=self.made)}

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each group of clauses; figures are differences of the outcome."""
        import pandas as pd

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
        return pd.DataFrame(rows, columns=["clauses", "carries", "low", "high", "left_out", "alone"])


def take_apart(request: AnatomyRequest, *, tell: Tell = silent) -> AnatomyResult:
    """Divide an outcome among the clauses of a text; raise `NotConverged` where no future is left."""
    text, run = load_text(request.text), request.run
    parameters, outcome = run.parameters, read_outcome(request.outcome)
    refuse_unwritable(request.out)
    if not groups_of(text.arrangement):
        raise WrongRequest(f"{text.arrangement.id} has no clause that could be taken out")
    anatomy = anatomy_of(
        text.arrangement,
        parameters,
        settings=run.ensemble,
        outcome=outcome,
        pairs_of_orders=request.orders // 2,
        workers=run.workers,
        progress=tell,
    )
    made = pedigree_of([text], parameters, settings=anatomy.settings, command=request.command)
    return AnatomyResult(text=text, anatomy=anatomy, made=made)
