"""Hold the model against the record: weigh futures by it, and try it on cases whose end is known."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.evidence.backtest.crises import find_crises
from foedus.evidence.backtest.load import load_cases
from foedus.evidence.backtest.record import Trial
from foedus.evidence.backtest.run import backtest
from foedus.evidence.calibration.calibrate import Calibration, calibrate
from foedus.evidence.calibration.follow import Run, follow
from foedus.evidence.calibration.load import load_demands, load_texts
from foedus.evidence.calibration.observation import Demand
from foedus.evidence.calibration.overlay import DRAWS, YAML, write_draws, write_overlay
from foedus.evidence.calibration.read import parameters_read
from foedus.evidence.calibration.rebuilt import rebuild_targets
from foedus.evidence.dyads.read import find_dyads
from foedus.evidence.dyads.run import dyad_trials
from foedus.evidence.targets.load import TARGETS_FILE
from foedus.evidence.targets.write import write_targets
from foedus.evidence.track_record import TRACK_RECORD, write_track_record
from foedus.futures.parameters.load import default_parameters
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Tell, counting, silent
from foedus.jobs.asking.reading import write_grid
from foedus.jobs.telling.files import refuse_unwritable
from foedus.jobs.telling.showing import JobResult
from foedus.report.evidence.page import evidence_page
from foedus.report.evidence.results import JSON, evidence_json
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance, provenance_of
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page

PAGE = "evidence.html"
FILES = (PAGE, JSON, TARGETS_FILE, TRACK_RECORD, YAML, DRAWS)
FUTURES, SEED = Run.futures, Run.seed
LIMIT, DEAREST = 1.645, 2.0


@dataclass(frozen=True)
class CalibrateRequest:
    """In which futures, from which data, and how strictly."""

    futures: int = FUTURES
    seed: int = SEED
    data: Path | None = None
    """Folder with the data sets of others; where None, targets are those that ship."""
    observations: tuple[Path, ...] = ()
    """More observations to hold the model against."""
    limit: float = LIMIT
    """Standard deviations by which a figure may miss a target."""
    dearest: float = DEAREST
    """Nats for one standard deviation, above which a target is given up."""
    workers: int | None = None
    command: str = ""
    """What was asked for, in words that obtain the same again."""
    out: Path | None = None
    """Folder that the result is going to be written to: refused before the work where it cannot be."""


@dataclass(frozen=True, eq=False, repr=False)
class CalibrateResult(JobResult):
    """What the record says of the model and of its parameters."""

    calibration: Calibration
    page: Page
    files: Mapping[str, bytes]

    @property
    def contents(self) -> Mapping[str, bytes]:
        """The page to read, the numbers behind it, targets, and the weighted draws as a parameter file."""
        return self.files

    def print_on(self, console: Console) -> None:
        """Print the page."""
        print_page(self.page, console=console)


def hold_against_history(request: CalibrateRequest, *, tell: Tell = silent) -> CalibrateResult:
    """Follow every text that a target speaks of in drawn futures, weigh the futures, and backtest."""
    refuse_unwritable(request.out)
    parameters = default_parameters()
    targets = rebuild_targets(request.data)
    demands = load_demands(targets, limit=request.limit, more=request.observations)
    cases, crises = load_cases(), find_crises(request.data)
    names = list(dict.fromkeys((*(case.text for case in cases), *_behind(demands))))
    calibration = _calibrate(request, demands, names, tell=tell)
    tried = backtest(cases, crises, calibration, parameters=parameters, seed=request.seed)
    tried = replace(tried, trials=(*tried.trials, *_try_dyads(request, calibration, tell=tell)))
    provenance = _provenance(request, targets=write_targets(targets), texts=names)
    page = evidence_page(calibration, tried, parameters=parameters, provenance=provenance)
    contents = {
        PAGE: write_html(page).encode(),
        JSON: evidence_json(calibration, tried, provenance=provenance),
        YAML: write_overlay(calibration, parameters=parameters).encode(),
        DRAWS: write_draws(calibration, parameters=parameters),
        TARGETS_FILE: write_targets(targets).encode(),
        TRACK_RECORD: write_track_record(tried.trials).encode(),
    }
    return CalibrateResult(calibration, page, contents)


def _calibrate(
    request: CalibrateRequest, demands: Sequence[Demand], texts: Sequence[str], *, tell: Tell
) -> Calibration:
    parameters, run = default_parameters(), Run(futures=request.futures, seed=request.seed)
    await_solver(tell, grid=run.grid, for_records=True)
    sample, courses = follow(
        load_texts(list(texts)),
        parameters,
        run=run,
        workers=request.workers or os.cpu_count(),
        progress=counting(tell, f"{len(texts)} texts, futures"),
    )
    read = parameters_read(list(load_texts(_behind(demands)).values()), parameters.central)
    return calibrate(
        demands,
        read=read,
        sample=sample,
        courses=courses,
        parameters=parameters,
        drawn=request.futures,
        dearest=request.dearest,
        limit=request.limit,
    )


def _try_dyads(request: CalibrateRequest, calibration: Calibration, *, tell: Tell) -> tuple[Trial, ...]:
    """Try the model on states under threat; nothing where their data sets are not at hand."""
    crises, disputes = find_dyads(request.data)
    run = Run(futures=request.futures, seed=request.seed)
    progress = counting(tell, "states under threat, futures")
    return dyad_trials(crises, disputes, calibration, run=run, workers=request.workers, progress=progress)


def _behind(demands: Sequence[Demand]) -> list[str]:
    """Return the texts of which targets speak, each once."""
    return list(dict.fromkeys(name for demand in demands for name in (*demand.texts, *demand.versus)))


def _provenance(request: CalibrateRequest, *, targets: str, texts: Sequence[str]) -> Provenance:
    """Describe how the figures were obtained; beside the texts they depend on the targets and on what was asked."""
    run = Run(futures=request.futures, seed=request.seed)
    return provenance_of(
        command=request.command,
        arrangements={name: to_plain(text) for name, text in load_texts(list(texts)).items()},
        parameters_digest=default_parameters().digest,
        settings={**asdict(run), "grid": write_grid(run.grid), "limit": request.limit, "dearest": request.dearest},
        question=targets,
    )
