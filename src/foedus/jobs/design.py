"""Design: search over the clauses of a text for designs that no other beats."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from foedus.arrangement.record import Arrangement
from foedus.errors import WrongRequest
from foedus.insight.design.files import army_of, written
from foedus.insight.design.find_designs import design
from foedus.insight.design.lever import Lever
from foedus.insight.design.levers import levers_of
from foedus.insight.design.record import Front, Signers
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.extras import ask_for
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Stopped, Tell, silent
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_text
from foedus.jobs.telling.files import refuse_unwritable
from foedus.jobs.telling.pedigree import pedigree_of
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult
from foedus.report.design.page import design_page
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance
from foedus.report.page.record_json import record_json
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page

if TYPE_CHECKING:
    import pandas as pd

REPORT, RESULTS = "report.html", "front.json"
SIGNERS = tuple(str(each) for each in Signers)
"""Whose signature may be asked for; everyone's where nobody says."""
BUDGET, POPULATION, MOST = 200, 24, 16


@dataclass(frozen=True)
class DesignRequest:
    """From which text to search, what may change, and how long."""

    text: Given
    run: RunSettings
    keep: tuple[str, ...] = ()
    """Clauses or levers that stay."""
    vary: tuple[str, ...] = ()
    """Clauses or levers that alone may change; all where empty."""
    budget: int = BUDGET
    """Different games to solve."""
    trial_futures: int = FUTURES["trial"]
    """Other futures, in which the front is tried again."""
    signers: str = SIGNERS[0]
    """One of `SIGNERS`."""
    population: int = POPULATION
    """Designs in a generation."""
    most: int = MOST
    """Designs tried and written."""
    out: Path | None = None
    """Folder that the result is going to be written to: refused before the work where it cannot be."""
    command: str = ""
    """What was asked for, in words that obtain the same again."""


@dataclass(frozen=True, eq=False, repr=False)
class DesignResult(JobResult):
    """Designs that no other beats."""

    text: Text
    """The text that the search began with."""
    front: Front
    designs: Mapping[str, Arrangement]
    """[id]"""
    provenance: Provenance

    @cached_property
    def page(self) -> Page:
        """The page to read."""
        return design_page(self.front, label=self.text.label, provenance=self.provenance)

    @property
    def is_stopped(self) -> bool:
        """Whether somebody stopped the search or the trial; what was found until then is here."""
        return self.front.is_stopped or not self.front.is_tried

    def print_on(self, console: Console) -> None:
        """Print what is brief of the page."""
        print_page(self.page, console=console)

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """A file for each design, the record for programs, the page to read."""
        texts = {
            f"{point.id}.yaml": written(self.designs[point.id], head=self._head(point.changes)).encode()
            for point in self.front.points
        }
        results = record_json(self.front, what="front", provenance=self.provenance)
        return texts | {RESULTS: results, REPORT: write_html(self.page).encode()}

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each design, the first being the text as it is: its aims in the trial, and its changes."""
        rows = [
            {
                "design": point.id or self.front.start,
                **{str(aim): estimate.value for aim, estimate in point.aims.items()},
                "war": point.war.value,
                "is_on_front": point.is_on_front,
                "changes": "; ".join(f"{lever}: {word}" for lever, word in point.changes.items()),
            }
            for point in (self.front.start_point, *self.front.points)
        ]
        return frame_of(rows)

    def _head(self, changes: Mapping[str, str]) -> list[str]:
        changed = "; ".join(f"{lever}: {word}" for lever, word in changes.items()) or "nothing"
        return [
            f"A design found by a search from {self.front.start}; nobody has proposed it.",
            f"Made by: {self.provenance.command} (inputs {self.provenance.inputs_digest[:12]})",
            f"Changed: {changed}",
        ]


def search_designs(request: DesignRequest, *, tell: Tell = silent) -> DesignResult:
    """Search for designs and try them again; one who stops the search keeps what it has found.

    Raises `NotConverged`, and `Stopped` where it was stopped before anything was found.
    """
    if request.signers not in SIGNERS:
        raise WrongRequest(f"signers are {', '.join(SIGNERS)}, not {request.signers!r}")
    ask_for("design", what="a search for designs needs")
    text, run = load_text(request.text), request.run
    parameters = run.parameters
    levers = _levers(text, keep=request.keep, vary=request.vary)
    refuse_unwritable(request.out)
    try:
        await_solver(tell, grid=run.grid)
        front, designs = design(
            text.arrangement,
            levers,
            parameters,
            settings=run.ensemble,
            trial_futures=request.trial_futures,
            budget=request.budget,
            population=request.population,
            signers=Signers(request.signers),
            most=request.most,
            workers=run.workers,
            progress=tell,
        )
    except KeyboardInterrupt as error:
        raise Stopped("stopped before anything was found; nothing was written") from error
    provenance = pedigree_of(
        [text], parameters, settings=replace(front.search), command=request.command, libraries=("pymoo",)
    )
    return DesignResult(text=text, front=front, designs=designs, provenance=provenance)


def lever_lines(given: Given, *, keep: tuple[str, ...] = (), vary: tuple[str, ...] = ()) -> list[str]:
    """List what could be written otherwise in a text, and how."""
    return [
        line
        for lever in _levers(load_text(given), keep=keep, vary=vary)
        for line in (
            f"{lever.id} ({', '.join(lever.clauses)}): {lever.words}",
            f"    {'; '.join(option.word for option in lever.options)}",
        )
    ]


def _levers(text: Text, *, keep: tuple[str, ...], vary: tuple[str, ...]) -> tuple[Lever, ...]:
    levers = levers_of(text.arrangement, army=army_of(text.arrangement), keep=keep, vary=vary)
    if not levers:
        raise WrongRequest("every clause is kept, so that there is nothing to search; keep fewer")
    return levers
