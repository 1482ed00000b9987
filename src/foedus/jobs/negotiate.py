"""Negotiate: who would rather sign which arrangement than fight on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from foedus.errors import WrongRequest
from foedus.insight.negotiation.offer import negotiate
from foedus.insight.negotiation.record import Negotiation, Offer, SigningVerdict
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_texts, meant
from foedus.jobs.telling.files import refuse_unwritable
from foedus.jobs.telling.pedigree import pedigree_of
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult
from foedus.report.arrangement.show import names_of_parties
from foedus.report.negotiation.page import negotiation_page
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance
from foedus.report.page.record_json import record_json
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page

if TYPE_CHECKING:
    import pandas as pd

REPORT, RESULTS = "report.html", "negotiation.json"
BALANCE, STEPS = (-0.5, 0.5), 5


@dataclass(frozen=True)
class NegotiateRequest:
    """Which texts are on the table, and at which balances of forces."""

    texts: tuple[Given, ...]
    run: RunSettings
    balance: tuple[float, float] = BALANCE
    """Lowest and highest log force ratio of adversary to protected state at the start."""
    steps: int = STEPS
    """Balances in that range."""
    out: Path | None = None
    """Folder that the result is going to be written to: refused before the work where it cannot be."""
    command: str = ""
    """What was asked for, in words that obtain the same again."""


@dataclass(frozen=True, eq=False, repr=False)
class NegotiateResult(JobResult):
    """Who would sign what."""

    texts: Mapping[str, Text]
    """[id]"""
    negotiation: Negotiation
    provenance: Provenance

    @cached_property
    def page(self) -> Page:
        """The page to read."""
        labels = {name: text.label for name, text in self.texts.items()}
        names = names_of_parties(text.arrangement for text in self.texts.values())
        return negotiation_page(self.negotiation, labels=labels, party_names=names, provenance=self.provenance)

    def print_on(self, console: Console) -> None:
        """Print what is brief of the page."""
        print_page(self.page, console=console)

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The page to read, and the record for programs."""
        results = record_json(self.negotiation, what="negotiation", provenance=self.provenance)
        return {REPORT: write_html(self.page).encode(), RESULTS: results}

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each balance, arrangement and party: shares of futures, and what signing brings it."""
        rows = [
            {"balance": each.balance, "arrangement": offer.arrangement, "party": party, **_figures(verdict)}
            for each in self.negotiation.rounds
            for offer in each.offers
            for party, verdict in _verdicts(offer)
        ]
        return frame_of(rows)


def negotiate_texts(request: NegotiateRequest, *, tell: Tell = silent) -> NegotiateResult:
    """Tell who would sign which text at which balance; raise `NotConverged` where no future is left."""
    texts, run = _apart(request.texts), request.run
    parameters = run.parameters
    refuse_unwritable(request.out)
    await_solver(tell, grid=run.grid)
    negotiation = negotiate(
        [text.arrangement for text in texts.values()],
        parameters,
        balances=balances_in(*request.balance, steps=request.steps),
        settings=run.ensemble,
        workers=run.workers,
        progress=tell,
    )
    provenance = pedigree_of(texts.values(), parameters, settings=negotiation.settings, command=request.command)
    return NegotiateResult(texts=texts, negotiation=negotiation, provenance=provenance)


def balances_in(low: float, high: float, *, steps: int) -> tuple[float, ...]:
    """Return evenly spaced balances from the lowest to the highest; the middle one where there is one step."""
    if low == high:
        return (low,)
    if steps == 1:
        return ((low + high) / 2,)
    return tuple(round(low + (high - low) * step / (steps - 1), 10) for step in range(steps))


def _apart(given: Iterable[Given]) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for text in load_texts(meant(given)):
        name = text.arrangement.id
        if found.setdefault(name, text).arrangement != text.arrangement:
            raise WrongRequest(f"{text.name} has the id {name!r} of another one; give it an id of its own")
    return found


def _verdicts(offer: Offer) -> Iterable[tuple[str, SigningVerdict]]:
    yield "adversary", offer.adversary
    yield "protected state", offer.protected_state
    yield "coalition", offer.coalition
    yield from offer.members.items()


def _figures(verdict: SigningVerdict) -> dict[str, float]:
    return {
        "signs": verdict.signs.value,
        "cannot_tell": verdict.cannot_tell.value,
        "refuses": verdict.refuses.value,
        "gain": verdict.gain.value,
    }
