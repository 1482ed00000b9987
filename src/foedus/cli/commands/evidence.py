"""The command `evidence`: hold the model against the record, weigh futures by it, and try it on cases that are over."""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.cli.command_words import command_words
from foedus.cli.leaving import INTERRUPTED, exit_with
from foedus.cli.progress_bar import progress_bar
from foedus.errors import FoedusError
from foedus.evidence.backtest.crises import find_crises
from foedus.evidence.backtest.load import load_cases
from foedus.evidence.backtest.run import backtest
from foedus.evidence.calibration.calibrate import Calibration, calibrate
from foedus.evidence.calibration.follow import Run, follow
from foedus.evidence.calibration.load import load_demands, load_texts
from foedus.evidence.calibration.observation import Demand
from foedus.evidence.calibration.overlay import PARQUET, YAML, write_draws, write_overlay
from foedus.evidence.calibration.read import parameters_read
from foedus.evidence.calibration.rebuilt import rebuild_targets
from foedus.evidence.data.folder import VARIABLE
from foedus.evidence.targets.load import TARGETS_FILE
from foedus.evidence.targets.write import write_targets
from foedus.futures.parameters.load import default_parameters
from foedus.game.grid import Grid
from foedus.report.evidence.page import evidence_page
from foedus.report.evidence.results import JSON, evidence_json
from foedus.report.page.html import write_html
from foedus.report.page.provenance import Provenance, provenance_of
from foedus.report.page.terminal import print_page
from foedus.values.atomic import write_together

PAGE = "evidence.html"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@dataclass(frozen=True)
class _Asked:
    run: Run
    limit: float
    dearest: float
    workers: int | None
    data: Path | None


@click.command("evidence")
@click.option(
    "--futures", type=click.IntRange(min=2), default=Run.futures, show_default=True, help="Draws of all uncertain."
)
@click.option("--seed", type=click.IntRange(min=0), default=Run.seed, show_default=True, help="Seed of the draws.")
@click.option(
    "--data",
    type=_FOLDER,
    envvar=VARIABLE,
    show_envvar=True,
    help="Folder with the data sets of others; without it, targets are those that ship.",
)
@click.option(
    "--observations",
    "more",
    type=_FILE,
    multiple=True,
    help="More observations to hold the model against, such as those of a rehearsal.",
)
@click.option(
    "--limit",
    type=click.FloatRange(min=0, min_open=True),
    default=1.645,
    show_default=True,
    help="Standard deviations by which a figure may miss a target.",
)
@click.option(
    "--dearest",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Nats for one standard deviation, above which a target is given up.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help=f"Folder for {PAGE}, {JSON}, {TARGETS_FILE}, {YAML} and {PARQUET}.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Threads; all cores when not given.")
def evidence_command(
    futures: int,
    seed: int,
    data: Path | None,
    more: tuple[Path, ...],
    limit: float,
    dearest: float,
    out: Path,
    workers: int | None,
) -> None:
    """Weigh futures by history, and try the model on cases whose end is known.

    Solves 26 texts in every future: about a quarter of a second of one core for each future, under five minutes for the
    default on one core. Writes a page to read, the numbers behind it, and the weighted draws as a parameter file
    that `foedus compare --parameters FILE` reads. The packaged view `calibrated` was written by this command.
    """
    asked = _Asked(run=Run(futures=futures, seed=seed), limit=limit, dearest=dearest, workers=workers, data=data)
    try:
        command = command_words(click.get_current_context())
        written = _rebuild(asked, more=more, command=command, out=out)
    except KeyboardInterrupt:
        exit_with("stopped; nothing was written", code=INTERRUPTED)
    except FoedusError as error:
        exit_with(str(error))
    except OSError as error:
        exit_with(f"{out} cannot be written: {error.strerror}")
    click.echo(f"page: {written[0]}\nothers: {', '.join(str(path) for path in written[1:])}")


commands: tuple[click.Command, ...] = (evidence_command,)


def _rebuild(asked: _Asked, *, more: Sequence[Path], command: str, out: Path) -> tuple[Path, ...]:
    parameters = default_parameters()
    targets = rebuild_targets(asked.data)
    demands = load_demands(targets, limit=asked.limit, more=more)
    cases, crises = load_cases(), find_crises(asked.data)
    names = _texts_behind(demands, [case.text for case in cases])
    calibration = _calibrate(asked, demands, names)
    tried = backtest(cases, crises, calibration, parameters=parameters, seed=asked.run.seed)
    provenance = _provenance(asked, targets=write_targets(targets), texts=names, command=command)
    page = evidence_page(calibration, tried, parameters=parameters, provenance=provenance)
    contents = {
        PAGE: write_html(page).encode(),
        JSON: evidence_json(calibration, tried, provenance=provenance),
        YAML: write_overlay(calibration, parameters=parameters).encode(),
        PARQUET: write_draws(calibration, parameters=parameters),
        TARGETS_FILE: write_targets(targets).encode(),
    }
    print_page(page, console=Console(highlight=False))
    return write_together(out, contents)


def _texts_behind(demands: Sequence[Demand], cases: Sequence[str]) -> list[str]:
    """Return the texts of the cases and of the demands, each once."""
    return list(dict.fromkeys((*cases, *(name for demand in demands for name in (*demand.texts, *demand.versus)))))


def _provenance(asked: _Asked, *, targets: str, texts: Sequence[str], command: str) -> Provenance:
    """Describe how the figures were obtained; beside the texts they depend on the targets and on what was asked."""
    return provenance_of(
        command=command,
        arrangements={name: to_plain(text) for name, text in load_texts(list(texts)).items()},
        parameters_digest=default_parameters().digest,
        settings={
            **asdict(asked.run),
            "grid": _written(asked.run.grid),
            "limit": asked.limit,
            "dearest": asked.dearest,
        },
        question=targets,
    )


def _written(grid: Grid) -> str:
    return f"{grid.beliefs},{grid.balances},{grid.slices}"


def _calibrate(asked: _Asked, demands: Sequence[Demand], names: Sequence[str]) -> Calibration:
    parameters = default_parameters()
    with progress_bar() as tell:
        sample, courses = follow(
            load_texts(list(names)),
            parameters,
            run=asked.run,
            workers=asked.workers or os.cpu_count(),
            progress=lambda done, total: tell(f"{len(names)} texts, futures", done, total),
        )
    behind = dict.fromkeys(name for demand in demands for name in (*demand.texts, *demand.versus))
    read = parameters_read(list(load_texts(list(behind)).values()), parameters.central)
    return calibrate(
        demands,
        read=read,
        sample=sample,
        courses=courses,
        parameters=parameters,
        drawn=asked.run.futures,
        dearest=asked.dearest,
        limit=asked.limit,
    )
