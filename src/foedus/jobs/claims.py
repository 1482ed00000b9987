"""Try claims: in how many futures each holds, where it fails, what the literature says."""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.errors import FoedusError, WrongRequest
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.record import Parameters
from foedus.insight.claims.answer import ClaimAnswers, ClaimRuling
from foedus.insight.claims.answer_claims import answer_claims
from foedus.insight.claims.load import find_claim_file, load_claim, packaged_claims
from foedus.insight.claims.record import Claim
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Tell, counting, silent
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import refuse_several
from foedus.jobs.telling.files import refuse_unwritable, refuse_unwritable_file
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult
from foedus.report.claims.listing import claims_listing
from foedus.report.claims.page import claims_page, made_by
from foedus.report.claims.results import JSON, claims_json
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance, provenance_of
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.markdown import write_markdown
from foedus.report.page.writers.terminal import print_page
from foedus.report.parameters.assumptions import Basis, basis_of, basis_words

if TYPE_CHECKING:
    import pandas as pd

HTML = "claims.html"


@dataclass(frozen=True)
class ClaimsRequest:
    """Which claims to try, in which futures."""

    run: RunSettings
    names: tuple[str, ...] = ()
    """Ids of packaged claims, or files; all packaged ones where empty."""
    out: Path | None = None
    """Folder that the result is going to be written to: refused before the work where it cannot be."""
    page: Path | None = None
    """File that the page is going to be written to as Markdown: refused likewise."""
    command: str = ""
    """What was asked for, in words that obtain the same again."""


@dataclass(frozen=True, eq=False, repr=False)
class ClaimsResult(JobResult):
    """How each claim came out."""

    answers: ClaimAnswers
    page: Page
    basis: Basis
    provenance: Provenance
    seconds: float
    """How long it took."""
    threads: int

    @property
    def has_judged(self) -> bool:
        """Whether any claim could be judged."""
        return any(answer.ruling is not ClaimRuling.NOTHING_TO_JUDGE for answer in self.answers.answers)

    def print_on(self, console: Console) -> None:
        """Print what is brief of the page."""
        print_page(self.page, console=console)

    def print_in_full(self, console: Console) -> None:
        """Print the page with everything of each claim."""
        print_page(self.page, console=console, is_full=True)

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The page to read, and the answers for programs."""
        results = claims_json(self.answers, provenance=self.provenance, basis=self.basis)
        return {HTML: write_html(self.page).encode(), JSON: results}

    def markdown(self, *, command: str) -> str:
        """Return the page as Markdown; ``command`` makes it again."""
        threads = f"{self.threads} thread{'' if self.threads == 1 else 's'}"
        took = (
            f"{self.answers.games} games in {self.seconds / 60:.1f} minutes on {threads} "
            f"({time.process_time() / 60:.1f} minutes of processor time)."
        )
        return write_markdown(made_by(self.page, command=command, took=took))

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each claim: its ruling, and the shares of futures in which it holds, is level, fails."""
        shares = ("holds", "level", "fails")
        rows = [
            {
                "claim": answer.claim.id,
                "ruling": str(answer.ruling),
                **{name: share.value if (share := getattr(answer, name)) else None for name in shares},
                "used": answer.used,
            }
            for answer in self.answers.answers
        ]
        return frame_of(rows, columns=["claim", "ruling", *shares, "used"])


@dataclass(frozen=True, eq=False, repr=False)
class ClaimsListing(JobResult):
    """Claims that could be tried."""

    claims: tuple[Claim, ...]

    def print_on(self, console: Console) -> None:
        """Print what each says."""
        print_page(claims_listing(self.claims), console=console)


def list_claims(names: Sequence[str] = (), *, parameters: Parameters) -> ClaimsListing:
    """Load claims and judge none; all packaged ones where none is named."""
    return ClaimsListing(_load(names, parameters))


def try_claims(request: ClaimsRequest, *, tell: Tell = silent) -> ClaimsResult:
    """Judge claims in the same futures; what is wrong with any of them is raised before any work."""
    run = request.run
    parameters = run.parameters
    claims = _load(request.names, parameters)
    refuse_unwritable(request.out)
    if request.page:
        refuse_unwritable_file(request.page)
    basis = basis_of(parameters, default=default_parameters())
    await_solver(tell, grid=run.grid)
    began = time.perf_counter()
    answers = answer_claims(
        claims,
        parameters,
        settings=run.ensemble,
        workers=run.workers,
        progress=counting(tell, "games"),
        judged=counting(tell, "claims"),
    )
    provenance = _pedigree(answers, parameters, basis=basis, command=request.command)
    words = {parameter.name: parameter.what for parameter in parameters.entries}
    units = {parameter.name: parameter.unit for parameter in parameters.entries}
    return ClaimsResult(
        answers=answers,
        page=claims_page(answers, words=words, units=units, basis=basis, provenance=provenance),
        basis=basis,
        provenance=provenance,
        seconds=time.perf_counter() - began,
        threads=run.workers or os.cpu_count() or 1,
    )


def _load(names: Sequence[str], parameters: Parameters) -> tuple[Claim, ...]:
    """Load every claim that is meant; what is wrong in any of them is raised together."""
    claims: dict[str, Claim] = {}
    wrong: list[FoedusError] = []
    for name in dict.fromkeys(names or packaged_claims()):
        try:
            claim = load_claim(find_claim_file(name), parameters=parameters)
            if claim.id in claims:
                wrong.append(
                    WrongRequest(f"{name}: another claim is called {claim.id} already; give it a name of its own")
                )
            claims[claim.id] = claim
        except FoedusError as error:
            wrong.append(error)
        except OSError as error:
            wrong.append(WrongRequest(f"{name} cannot be read: {error.strerror}"))
    refuse_several(wrong)
    return tuple(claims.values())


def _pedigree(answers: ClaimAnswers, parameters: Parameters, *, basis: Basis, command: str) -> Provenance:
    texts = {
        f"{answer.claim.id}: {side.name}": to_plain(side.arrangement)
        for answer in answers.answers
        for side in answer.claim.sides
    }
    return provenance_of(
        command=command,
        arrangements=texts,
        parameters_digest=parameters.digest,
        settings=answers.settings,
        basis=basis_words(basis),
    )
