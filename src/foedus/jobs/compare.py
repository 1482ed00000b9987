"""Compare arrangements in the same futures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.arrangement.record import Arrangement
from foedus.checks.coverage import Coverage
from foedus.checks.examine import examine
from foedus.checks.finding import Examination
from foedus.errors import Finding, WrongRequest
from foedus.facts.placed import placed_in
from foedus.facts.theatre import find_theatre, theatres
from foedus.futures.chunks.chunking import Chunking
from foedus.futures.chunks.seal import read_key
from foedus.futures.ensemble import Ensemble, part_of
from foedus.futures.parameters.load import default_parameters, load_parameters, packaged_views
from foedus.futures.solve import Glimpse, run_ensemble
from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.empty_twin import empty_twin
from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.satisficing import Requirement
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Stopped, Tell, counting, silent
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_apart
from foedus.jobs.telling.files import refuse_unwritable
from foedus.jobs.telling.frames import ensemble_arrays, ensemble_frame
from foedus.jobs.telling.showing import JobResult
from foedus.report.arrangement.show import names_of_parties
from foedus.report.comparison.answers.told import Told, told_of
from foedus.report.comparison.first_look import first_look
from foedus.report.comparison.in_short import comparison_in_short
from foedus.report.comparison.page import comparison_page
from foedus.report.comparison.results import JSON, PARQUET, json_of, parquet_of
from foedus.report.comparison.sides import balance_words, named_apart, sides_of, sides_words
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance, provenance_of_outcomes
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page
from foedus.report.parameters.assumptions import Basis, basis_of, basis_words
from foedus.report.words.labels import arrangement_labels

if TYPE_CHECKING:
    import pandas as pd

REPORT, RESULTS = "report.html", JSON
HISTORY = "calibrated"
"""The packaged view that says what history had to say about each parameter."""
CHUNKS = "chunks"
"""Folder for chunks inside the folder for results, where a cluster computes and no other is named."""


MANY_FUTURES, FIRST_FUTURES = 100, 20
"""From how many futures on a first look is shown before all are solved, and at how many of them."""


def hear_nothing(_: str, /) -> None:
    """Leave aside what becomes of chunks and workers."""


@dataclass(frozen=True, eq=False, repr=False)
class FirstLook(JobResult):
    """What the first futures say while the others are being solved."""

    page: Page

    def print_on(self, console: Console) -> None:
        """Print its one table."""
        print_page(self.page, console=console)


@dataclass(frozen=True)
class CompareRequest:
    """Which texts to compare, and how."""

    texts: tuple[Given, ...]
    run: RunSettings
    baseline: str | None = None
    """Id, path or name of the text to measure against; the first one where None."""
    is_across: bool = False
    """Whether texts may differ in whom they protect, or from whom."""
    theatre: str | None = None
    """Name or file of a theatre profile that every text is put into; each stays in its own where None."""
    requirements: tuple[Requirement, ...] = ()
    """What is good enough."""
    out: Path | None = None
    """Folder that the result is going to be written to: refused before the work where it cannot be."""
    place: str | None = None
    """``dask://HOST:PORT``, ``tls://HOST:PORT`` or ``local:N``; this process where None."""
    chunk_folder: Path | None = None
    """Where what is done is kept; nowhere where None, unless another place computes."""
    chunk_futures: int = 25
    chunk_key: Path | None = None
    """File of a key with which chunks are sealed; a digest alone where None."""
    command: str = ""
    """What was asked for, in words that obtain the same again."""
    with_annex: bool = False
    """Whether paper carries the annex of the report too."""
    hear: Callable[[str], None] = hear_nothing
    """Hears in a sentence what becomes of chunks and workers."""
    look: Callable[[FirstLook], None] | None = None
    """Is shown the texts themselves in the first of many futures, while all else is solved; nobody where None, or where
    chunks are kept."""


@dataclass(frozen=True, eq=False, repr=False)
class CompareResult(JobResult):
    """What the same futures say about several texts."""

    texts: Mapping[str, Text]
    """[id]"""
    comparison: Comparison
    ensemble: Ensemble
    findings: Mapping[str, Sequence[Finding]]
    """[id] what the checks find, the worst first."""
    coverage: Mapping[str, Coverage]
    """[id] in how many of the same hostile incidents somebody must help."""
    provenance: Provenance
    basis: Basis
    run: RunSettings
    with_annex: bool = False

    def print_on(self, console: Console) -> None:
        """Print the page in brief."""
        arrangements = self.arrangements
        labels = arrangement_labels(arrangements)
        brief = comparison_in_short(
            self.comparison,
            labels=labels,
            provenance=self.provenance,
            findings=self.findings,
            coverage=self.coverage,
            told=(*sides_words(arrangements, labels=labels), *balance_words(arrangements, labels=labels)),
            beside=self.told,
        )
        print_page(brief, console=console)

    @property
    def arrangements(self) -> Mapping[str, Arrangement]:
        """[id] the texts themselves."""
        return {name: text.arrangement for name, text in self.texts.items()}

    @cached_property
    def told(self) -> Told:
        """What is known of the texts that no future says."""
        return told_of(
            self.comparison,
            arrangements=self.arrangements,
            findings=self.findings,
            coverage=self.coverage,
            is_weighted=bool(self.basis.draws),
        )

    @cached_property
    def page(self) -> Page:
        """The page to read."""
        arrangements = self.arrangements
        return comparison_page(
            self.comparison,
            arrangements=arrangements,
            parameters=self.run.parameters.entries,
            provenance=self.provenance,
            party_names=names_of_parties(arrangements.values()),
            findings=self.findings,
            coverage=self.coverage,
            basis=self.basis,
            with_annex=self.with_annex,
        )

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The report to read, the outcomes of every future, and the comparison for programs."""
        return {
            REPORT: write_html(self.page).encode(),
            PARQUET: parquet_of(self.ensemble, provenance=self.provenance, basis=self.basis),
            JSON: json_of(
                self.comparison,
                provenance=self.provenance,
                findings=self.findings,
                coverage=self.coverage,
                basis=self.basis,
            ),
        }

    def to_pandas(self) -> "pd.DataFrame":
        """Return the outcomes, one row for each future and arrangement."""
        return ensemble_frame(self.ensemble)

    def to_xarray(self) -> Any:
        """Return the outcomes as an ``xarray.Dataset`` over future and arrangement."""
        return ensemble_arrays(self.ensemble)


def compare_texts(request: CompareRequest, *, tell: Tell = silent) -> CompareResult:
    """Solve every text in the same futures and compare them, each beside its empty twin too.

    Raises what is wrong with texts and terms before any work, `NotConverged` where no future is left,
    `ClusterUnavailable`, and `Stopped` where somebody interrupts.
    """
    texts, baseline = texts_and_baseline(request)
    run = request.run
    chunking = chunking_of(request)
    refuse_unwritable(request.out, chunking.folder if chunking else None)
    try:
        arrangements = [text.arrangement for text in texts.values()]
        twins = {each.id: empty_twin(each) for each in arrangements}
        await_solver(tell, grid=run.grid, place=request.place)
        solved = run_ensemble(
            [*arrangements, *twins.values()],
            run.parameters,
            settings=run.ensemble,
            workers=run.workers,
            progress=counting(tell, f"{len(texts)} arrangements, futures"),
            chunking=chunking,
            glimpse=_glimpse(request, texts),
        )
        return _compared(request, texts, solved, baseline=baseline, twins=twins)
    except KeyboardInterrupt as error:
        raise Stopped(stopped_words(chunking)) from error


def compare_solved(request: CompareRequest, ensemble: Ensemble) -> CompareResult:
    """Compare texts that were solved already, in the order and on the terms of the request; raises as `compare_texts`.

    Empty twins take part where the ensemble has them. ``ValueError`` where it is not of these texts.
    """
    texts, baseline = texts_and_baseline(request)
    twins = {name: empty_twin(text.arrangement) for name, text in texts.items()}
    if ensemble.arrangements == tuple(texts):
        twins = {}
    elif ensemble.arrangements != (*texts, *(twin.id for twin in twins.values())):
        raise ValueError(f"solved were {', '.join(ensemble.arrangements)}, asked for {', '.join(texts)}")
    return _compared(request, texts, ensemble, baseline=baseline, twins=twins)


def texts_to_compare(request: CompareRequest) -> Mapping[str, Text]:
    """Return the texts that a request names, by id; raises what is wrong with them or with the request."""
    return texts_and_baseline(request)[0]


def texts_and_baseline(request: CompareRequest) -> tuple[Mapping[str, Text], str]:
    """Return the texts by id, a baseline that was only named among them, and the id of the baseline."""
    texts = _placed(load_apart(request.texts), request.theatre)
    if request.baseline is not None and _baseline(request.baseline, texts) is None:
        texts = _placed(load_apart((request.baseline, *request.texts)), request.theatre)
    if len(texts) < 2:
        raise WrongRequest("a comparison needs at least two arrangements; `foedus library` lists what there is")
    if not request.is_across:
        _refuse_different_sides(texts)
    return texts, _baseline(request.baseline, texts) or next(iter(texts))


def _compared(
    request: CompareRequest,
    texts: Mapping[str, Text],
    solved: Ensemble,
    *,
    baseline: str,
    twins: Mapping[str, Arrangement],
) -> CompareResult:
    run, parameters = request.run, request.run.parameters
    arrangements = [text.arrangement for text in texts.values()]
    examined = {name: examine(text.arrangement, source=text.source) for name, text in texts.items()}
    comparison = compare(solved, baseline=baseline, requirements=request.requirements, texts=arrangements, twins=twins)
    # Before history has been asked about new ranges there is no such view, and the page says of none that it spoke.
    weighted = load_parameters(views=(HISTORY,)) if HISTORY in packaged_views() else default_parameters()
    basis = basis_of(parameters, default=default_parameters(), weighted=weighted)
    ensemble = part_of(solved, tuple(texts))
    shown = {twin.id: Text(twin, name=twin.id) for twin in twins.values() if twin.id in comparison.arrangements}
    return CompareResult(
        texts={**texts, **shown},
        comparison=comparison,
        ensemble=ensemble,
        findings={name: _findings(examination) for name, examination in examined.items()},
        coverage={name: each.coverage for name, each in examined.items() if each.coverage},
        provenance=provenance_of_outcomes(
            ensemble,
            command=request.command,
            basis=basis_words(basis),
            arrangements={each.id: to_plain(each) for each in arrangements},
            parameters_digest=parameters.digest,
            baseline=baseline,
        ),
        basis=basis,
        run=run,
        with_annex=request.with_annex,
    )


def _glimpse(request: CompareRequest, texts: Mapping[str, Text]) -> Glimpse | None:
    look, futures = request.look, request.run.futures
    if look is None or futures < MANY_FUTURES:
        return None
    labels = arrangement_labels({name: text.arrangement for name, text in texts.items()})

    def show(ensemble: Ensemble) -> None:
        if page := first_look(ensemble, names=tuple(texts), labels=labels, of=futures):
            look(FirstLook(page))

    return Glimpse(FIRST_FUTURES, len(texts), show)


def _placed(texts: dict[str, Text], theatre: str | None) -> dict[str, Text]:
    """Put every text into the theatre that is named; its file then says something else, and is no longer pointed to."""
    if theatre is None:
        return texts
    profile = find_theatre(theatre)
    if theatres().get(profile.name) != profile:
        raise WrongRequest(
            f"{theatre} is a profile of your own: texts are put into packaged ones only ({', '.join(theatres())}); "
            "write the sides, the interests and the balance into the texts"
        )
    return {
        name: replace(text, arrangement=placed_in(text.arrangement, profile), file=None) for name, text in texts.items()
    }


def _baseline(wanted: str | None, texts: Mapping[str, Text]) -> str | None:
    """Find the baseline by id, or by the name or path that was given for it; None where it is not among the texts."""
    if wanted is None:
        return next(iter(texts))
    by_file = {Path(text.name).stem: identifier for identifier, text in texts.items()}
    name = Path(wanted).name.removesuffix(".yaml")
    return by_file.get(name, name if name in texts else None)


def chunking_of(request: CompareRequest, *, beside_out: bool = False) -> Chunking | None:
    """Return where chunks are kept: where it was said, beside what is written where that is needed, or nowhere."""
    beside = request.out / CHUNKS if (request.place or beside_out) and request.out else None
    folder = request.chunk_folder or beside
    if folder is None and request.place:
        raise WrongRequest(f"{request.place} gives what is done in chunks: name a folder to keep them in")
    key = read_key(request.chunk_key) if request.chunk_key else None
    if folder is None:
        return None
    return Chunking(folder=folder, size=request.chunk_futures, on=request.place, key=key, tell=request.hear)


def _findings(examination: Examination) -> list[Finding]:
    return [finding.as_finding() for finding in examination.findings]


def _refuse_different_sides(texts: Mapping[str, Text]) -> None:
    """Refuse texts that protect others, or from others: figures of two theatres rank no texts."""
    arrangements = [text.arrangement for text in texts.values()]
    if len({sides_of(each) for each in arrangements}) > 1:
        raise WrongRequest(
            f"these texts are not about the same two sides ({named_apart(list(texts), arrangements)}), so that a "
            "difference between them is one of theatres as well as of texts; leave one out, or compare them all the "
            "same with --across (across=True)"
        )


def stopped_words(chunking: Chunking | None) -> str:
    """Say what is kept of a comparison that somebody has stopped."""
    if chunking is None:
        return "stopped; nothing was written"
    return f"stopped; finished chunks are kept in {chunking.folder}, and the same command goes on from there"
