"""Compare arrangements in very many futures, of which memory holds a thousand at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.errors import WrongRequest
from foedus.futures.ensemble import Ensemble, stacked
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import KeptEnsemble, keep_ensemble
from foedus.insight.comparison.compare import MARGIN_IN_TOLERANCES
from foedus.insight.tally.count import tally
from foedus.insight.tally.record import Tally
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Stopped, Tell, counting, silent
from foedus.jobs.compare import CompareRequest, chunking_of, stopped_words, texts_and_baseline
from foedus.jobs.telling.files import refuse_unwritable, write_files
from foedus.jobs.telling.showing import JobResult
from foedus.report.comparison.results import JSON, parquet_of
from foedus.report.comparison.tallied import tallied_page
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance, provenance_of
from foedus.report.page.record_json import record_json
from foedus.report.page.writers.terminal import print_page
from foedus.report.parameters.assumptions import Basis, basis_as_data, basis_of, basis_words
from foedus.report.words.labels import arrangement_labels

RESULTS = "results"
"""Folder of the parts inside the folder for results."""
PART_FUTURES = 1000
"""Futures in a part, or those of one chunk where that is more."""


@dataclass(frozen=True, eq=False, repr=False)
class StreamedResult(JobResult):
    """What very many futures say of several texts."""

    tally: Tally
    page: Page
    provenance: Provenance
    basis: Basis
    parts: tuple[Path, ...]
    """Files with a row for each future and arrangement, written as they were counted."""

    def print_on(self, console: Console) -> None:
        """Print the table."""
        print_page(self.page, console=console)

    @property
    def contents(self) -> Mapping[str, bytes]:
        """The figures for programs."""
        more = {"assumptions": basis_as_data(self.basis)}
        return {JSON: record_json(self.tally, what="tally", provenance=self.provenance, more=more)}


def compare_streamed(request: CompareRequest, *, tell: Tell = silent) -> StreamedResult:
    """Solve every text in the same futures, chunk by chunk onto the disk; then count them and write them in parts.

    The request names a folder to write to. Raises as `compare_texts` does, and `UnreadableResult` where a chunk is lost
    between solving and counting.
    """
    if request.out is None:
        raise WrongRequest("a streamed comparison writes its parts as it goes: name a folder with --out (out=...)")
    texts, baseline = texts_and_baseline(request)
    chunking, run = chunking_of(request, beside_out=True), request.run
    assert chunking is not None  # noqa: S101  there is a folder beside what is written
    refuse_unwritable(request.out, chunking.folder)
    arrangements = {name: text.arrangement for name, text in texts.items()}
    try:
        await_solver(tell, grid=run.grid, place=request.place)
        kept = keep_ensemble(
            [*arrangements.values()],
            run.parameters,
            settings=run.ensemble,
            workers=run.workers,
            progress=counting(tell, f"{len(texts)} arrangements, futures"),
            chunking=chunking,
        )
        basis = basis_of(run.parameters, default=default_parameters(), weighted=default_parameters())
        provenance = provenance_of(
            command=request.command,
            arrangements={name: to_plain(each) for name, each in arrangements.items()},
            parameters_digest=run.parameters.digest,
            settings=run.ensemble,
            basis=basis_words(basis),
        )
        counted = tally(
            lambda: (part for _, part in kept.parts()),
            names=tuple(texts),
            baseline=baseline,
            margin=MARGIN_IN_TOLERANCES * run.tolerance,
            settings=run.ensemble,
        )
        parts = _write_parts(kept, request.out / RESULTS, provenance, basis, tell)
    except KeyboardInterrupt as error:
        raise Stopped(stopped_words(chunking)) from error
    page = tallied_page(counted, labels=arrangement_labels(arrangements), provenance=provenance)
    return StreamedResult(counted, page, provenance, basis, parts)


def _write_parts(
    kept: KeptEnsemble, folder: Path, provenance: Provenance, basis: Basis, tell: Tell
) -> tuple[Path, ...]:
    """Write the parts one by one, and take away those that another run has left."""
    written: list[Path] = []
    for first, part in _parts(kept):
        name = f"part-{first:09}.parquet"
        written += write_files({name: parquet_of(part, provenance=provenance, basis=basis, first=first)}, folder=folder)
        tell("writing parts, futures", first + len(part.converged), kept.settings.futures)
    for left in set(folder.glob("part-*.parquet")) - set(written):
        left.unlink()
    return tuple(written)


def _parts(kept: KeptEnsemble) -> Iterator[tuple[int, Ensemble]]:
    gathered: list[Ensemble] = []
    begin = 0
    for first, part in kept.parts():
        if gathered and sum(len(each.converged) for each in gathered) + len(part.converged) > PART_FUTURES:
            yield begin, stacked(gathered)
            gathered, begin = [], first
        gathered.append(part)
    if gathered:
        yield begin, stacked(gathered)
