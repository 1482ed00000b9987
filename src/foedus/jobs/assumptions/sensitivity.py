"""Say which assumptions move an outcome of a text, or the difference that two texts make."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rich.console import Console

from foedus.errors import WrongRequest
from foedus.insight.assumptions.screening import Inquiry, inquire
from foedus.jobs.asking.extras import ask_for
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Stopped, Tell, silent
from foedus.jobs.asking.reading import read_outcome
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_texts
from foedus.jobs.telling.pedigree import pedigree_of
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance
from foedus.report.page.record_json import record_json
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page
from foedus.report.parameters.assumptions import parameter_words
from foedus.report.sensitivity.page import inquiry_page

if TYPE_CHECKING:
    import pandas as pd

REPORT, RESULTS = "report.html", "sensitivity.json"
BASE, MOST = 64, 6


@dataclass(frozen=True)
class SensitivityRequest:
    """Which outcome of which text, and how closely to look."""

    texts: tuple[Given, ...]
    """One text, or two whose difference is looked at: the first less the second."""
    run: RunSettings
    """Its futures are those in which the assumptions are screened."""
    outcome: str = "war"
    """As in result files."""
    base: int = BASE
    """Base points, a power of two."""
    most: int = MOST
    """Assumptions looked at singly; all others are one group."""
    command: str = ""
    """What was asked for, in words that obtain the same again."""


@dataclass(frozen=True, eq=False, repr=False)
class SensitivityResult(JobResult):
    """Which assumptions move an outcome."""

    texts: tuple[Text, ...]
    inquiry: Inquiry
    run: RunSettings
    provenance: Provenance

    @cached_property
    def page(self) -> Page:
        """The page to read."""
        entries = self.run.parameters.entries
        words = parameter_words(entries)
        words |= {entry.group: words[entry.name] for entry in entries}
        labels = {text.arrangement.id: text.label for text in self.texts}
        return inquiry_page(self.inquiry, labels=labels, words=words, provenance=self.provenance)

    def print_on(self, console: Console) -> None:
        """Print what is brief of the page."""
        print_page(self.page, console=console)

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The page to read, and the record for programs."""
        results = record_json(self.inquiry, what="sensitivity", provenance=self.provenance)
        return {REPORT: write_html(self.page).encode(), RESULTS: results}

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each group of assumptions: shares of the variance, alone and with others."""
        rows = [(each.factor, each.first.value, each.total.value) for each in self.inquiry.attribution.indices]
        return frame_of(rows, columns=["assumption", "alone", "with_others"])


def find_sensitivity(request: SensitivityRequest, *, tell: Tell = silent) -> SensitivityResult:
    """Screen all assumptions, then estimate Sobol' indices; raise `NotConverged` where too little converged."""
    if not 1 <= len(request.texts) <= 2:
        raise WrongRequest("one text, or two to look at their difference; not more")
    ask_for("sensitivity", what="Sobol' indices need")
    texts, run = load_texts(request.texts), request.run
    parameters, outcome = run.parameters, read_outcome(request.outcome)
    if len({text.arrangement.id for text in texts}) < len(texts):
        raise WrongRequest("both files have the same id; give the changed copy an id of its own")
    try:
        await_solver(tell, grid=run.grid)
        inquiry = inquire(
            [text.arrangement for text in texts],
            parameters,
            outcome=outcome,
            base=request.base,
            most=request.most,
            screen=run.futures,
            settings=run.ensemble,
            workers=run.workers,
            tell=tell,
        )
    except KeyboardInterrupt as error:
        raise Stopped("stopped; nothing was estimated, and nothing was written") from error
    settings = run.ensemble
    provenance = pedigree_of(texts, parameters, settings=settings, command=request.command, libraries=("SALib",))
    return SensitivityResult(texts=texts, inquiry=inquiry, run=run, provenance=provenance)
