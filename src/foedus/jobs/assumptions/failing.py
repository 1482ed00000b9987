"""Say in which futures one text fails, as a rule of a few conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rich.console import Console

from foedus.errors import NotConverged
from foedus.futures.ensemble import Ensemble, Sample
from foedus.game.outcomes import OUTCOMES, column_of
from foedus.insight.assumptions.read import unread_by
from foedus.insight.discovery.failing import Failure, failure_of, worst_quarter
from foedus.insight.ranking.satisficing import Requirement, met
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_text
from foedus.jobs.telling.pedigree import pedigree_of
from foedus.jobs.telling.showing import JobResult
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance
from foedus.report.page.record_json import record_json
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page
from foedus.report.parameters.assumptions import parameter_words
from foedus.report.sensitivity.failing_page import failing_page
from foedus.values.arrays import BoolArray

REPORT, RESULTS = "report.html", "failing.json"


@dataclass(frozen=True)
class FailingRequest:
    """Which text, in which futures, and what would not be good enough."""

    text: Given
    run: RunSettings
    requirements: tuple[Requirement, ...] = ()
    """It fails where it misses any of them; where empty, in the quarter of its futures with the most war."""
    command: str = ""
    """What was asked for, in words that obtain the same again."""


@dataclass(frozen=True, eq=False, repr=False)
class FailingResult(JobResult):
    """In which futures a text fails."""

    text: Text
    failure: Failure
    used: int
    """Futures that converged, in which the rule was sought."""
    run: RunSettings
    provenance: Provenance

    @cached_property
    def page(self) -> Page:
        """The page to read."""
        entries = self.run.parameters.entries
        return failing_page(
            self.failure,
            labels={self.text.arrangement.id: self.text.label},
            words=parameter_words(entries),
            units={entry.name: entry.unit for entry in entries},
            provenance=self.provenance,
        )

    def print_on(self, console: Console) -> None:
        """Print what is brief of the page."""
        print_page(self.page, console=console)

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The page to read, and the record for programs."""
        results = record_json(self.failure, what="failing", provenance=self.provenance)
        return {REPORT: write_html(self.page).encode(), RESULTS: results}


def failing_solved(request: FailingRequest, ensemble: Ensemble) -> FailingResult:
    """Look for what the worst futures of a solved text have in common; `NotConverged` where no future is left."""
    text, run = load_text(request.text), request.run
    used = ensemble.converged[:, 0]
    if not used.any():
        raise NotConverged("in none of the futures did the text converge; draw more, or allow a larger tolerance")
    outcomes = ensemble.outcomes[used]
    war = outcomes[:, 0, column_of("war")]
    requirements = request.requirements or (Requirement("war", "<=", worst_quarter(war)),)
    first = outcomes[:, 0, column_of(requirements[0].outcome)]
    failure = failure_of(
        np.asarray(~met(requirements, outcomes)[:, 0].all(axis=-1)),
        first,
        arrangement=text.arrangement.id,
        requirements=requirements,
        is_own=not request.requirements,
        sample=_read(ensemble.sample, text=text, used=used),
        seed=run.seed,
    )
    provenance = pedigree_of([text], run.parameters, settings=run.ensemble, command=request.command)
    return FailingResult(text, failure, used=len(outcomes), run=run, provenance=provenance)


def measures() -> Mapping[str, str]:
    """Return what an outcome may be asked about by, and what each is called."""
    return {name: declared.words for name, declared in OUTCOMES.items()}


def _read(sample: Sample, *, text: Text, used: BoolArray) -> Sample:
    unread = unread_by([text.arrangement], sample)
    kept = [p for p, name in enumerate(sample.names) if name not in unread]
    return Sample(tuple(sample.names[p] for p in kept), sample.values[used][:, kept], seed=sample.seed)
