"""The command `compare`: try arrangements against the same futures, and write what came of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.arrangement.library import find_arrangement_file
from foedus.arrangement.record import Arrangement
from foedus.checks.examine import check, load_with_source
from foedus.cli.command_words import command_words
from foedus.cli.commands.arrangement import load_all_or_exit, names_meant
from foedus.cli.commands.sensitivity import RequirementsParameter
from foedus.cli.leaving import INTERRUPTED, NOT_CONVERGED, exit_with, refuse_unwritable
from foedus.cli.options import (
    ClusterParameter,
    GridParameter,
    HorizonParameter,
    device_option,
    method_or_exit,
    overlays_option,
    parameters_or_exit,
    settings_of,
    views_option,
)
from foedus.cli.progress_bar import progress_bar
from foedus.errors import ClusterUnavailable, Finding, NotConverged
from foedus.futures.chunks.chunking import Chunking
from foedus.futures.ensemble import Design, Ensemble, Settings
from foedus.futures.parameters.load import default_parameters, load_parameters
from foedus.futures.parameters.record import Parameters
from foedus.futures.solve import run_ensemble
from foedus.game.grid import Grid
from foedus.insight.comparison.compare import compare
from foedus.insight.ranking.satisficing import Requirement
from foedus.report.arrangement.show import names_of_parties
from foedus.report.comparison.brief import comparison_brief
from foedus.report.comparison.page import comparison_page
from foedus.report.comparison.results import JSON, PARQUET, json_of, parquet_of
from foedus.report.page.html import write_html
from foedus.report.page.provenance import provenance_of_outcomes
from foedus.report.page.terminal import print_page
from foedus.report.parameters.assumptions import basis_of, basis_words
from foedus.report.words.labels import arrangement_labels
from foedus.values.atomic import write_together

REPORT = "report.html"
HISTORY = "calibrated"
"""The packaged view that says what history had to say about each parameter."""
NO_CLUSTER = 4
_HOW_COMPUTED = ("on", "chunk_folder", "chunk_futures")
"""Options on which no outcome depends."""
CHUNKS = "chunks"
"""Folder for chunks inside the folder for results, where a cluster computes and no other is named."""


@click.command("compare")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--futures", type=click.IntRange(min=1), default=200, show_default=True, help="Draws of all uncertain.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the draws.")
@click.option(
    "--require",
    "requirements",
    type=RequirementsParameter(),
    default=(),
    help="What is good enough, as war<=0.2,defend<=10%,cost<=0.05.",
)
@click.option(
    "--horizon",
    "horizon_periods",
    type=HorizonParameter(),
    default="10y",
    show_default=True,
    help="How far to look ahead, as 10y.",
)
@click.option("--baseline", help="Id of the arrangement to measure against; the first one when not given.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder for report.html, results.parquet and results.json.",
)
@overlays_option
@views_option
@click.option(
    "--design",
    type=click.Choice(["lhs", "sobol"]),
    default="lhs",
    show_default=True,
    help="How futures fill the ranges; Sobol is best at powers of two.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Threads; all cores when not given.")
@device_option
@click.option("--on", type=ClusterParameter(), help="Compute on a cluster, dask://HOST:PORT, or on local:N processes.")
@click.option(
    "--chunks",
    "chunk_folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep what is done in this folder, and go on from there; OUT/chunks with --on.",
)
@click.option("--chunk-futures", type=click.IntRange(min=1), default=25, show_default=True, help="Futures in a chunk.")
@click.option(
    "--grid", type=GridParameter(), default="11,13,3", show_default=True, help="Belief points, balance points, slices."
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0, min_open=True),
    default=1e-4,
    show_default=True,
    help="Largest change in a sweep at which a solution counts as found.",
)
@click.option("--max-sweeps", type=click.IntRange(min=1), default=2000, show_default=True)
def compare_command(
    files: tuple[str, ...],
    futures: int,
    seed: int,
    requirements: tuple[Requirement, ...],
    horizon_periods: int,
    baseline: str | None,
    out: Path,
    overlays: tuple[Path, ...],
    views: tuple[str, ...],
    design: Design,
    workers: int | None,
    device: str,
    on: str | None,
    chunk_folder: Path | None,
    chunk_futures: int,
    grid: Grid,
    tolerance: float,
    max_sweeps: int,
) -> None:
    """Compare arrangements in the same sampled futures.

    Each FILE is a path, a folder of arrangements, the name of a packaged arrangement such as
    ukraine/nato_membership, or a theatre such as ukraine for all of its arrangements. Prints a table and writes a
    report to read and results for programs. With --chunks, or --on, what is done is kept as it is done, and the same
    command goes on from there. Exit code 3 when no future converged for all, 4 when the cluster cannot be
    used, 130 when interrupted.
    """
    method = method_or_exit(device)
    if on and method == "wide":
        exit_with("--device gpu computes on this machine's GPU and --on elsewhere: leave out one of them")
    arrangements, names = _arrangements_or_exit(files)
    parameters = parameters_or_exit(overlays, views)
    baseline_id = _baseline_or_exit(baseline, arrangements, names)
    chunking = _chunking(chunk_folder or (out / CHUNKS if on else None), size=chunk_futures, on=on)
    refuse_unwritable(out)
    if chunking:
        refuse_unwritable(chunking.folder)
    settings = settings_of(
        futures=futures,
        seed=seed,
        horizon_periods=horizon_periods,
        grid=grid,
        tolerance=tolerance,
        max_sweeps=max_sweeps,
        design=design,
        method=method,
    )
    command = command_words(click.get_current_context(), never=_HOW_COMPUTED)
    try:
        holes = _holes(names)
        ensemble = _run(arrangements, parameters, settings=settings, workers=workers, chunking=chunking)
        written = _tell(
            ensemble,
            arrangements,
            parameters,
            holes=holes,
            baseline=baseline_id,
            requirements=requirements,
            command=command,
            out=out,
        )
    except KeyboardInterrupt:
        exit_with(_stopped(chunking), code=INTERRUPTED)
    except ClusterUnavailable as error:
        exit_with(str(error), code=NO_CLUSTER)
    except NotConverged as error:
        exit_with(str(error), code=NOT_CONVERGED)
    except OSError as error:
        exit_with(f"{error.filename or out} cannot be written: {error.strerror}")
    click.echo(f"report:  {written[0]}\nresults: {', '.join(str(path) for path in written[1:])}")


commands: tuple[click.Command, ...] = (compare_command,)


def _arrangements_or_exit(names: tuple[str, ...]) -> tuple[dict[str, Arrangement], dict[str, str]]:
    """Load every arrangement that is meant, and how it was named, by id; the same one given twice counts once."""
    wanted = names_meant(names)
    found: dict[str, Arrangement] = {}
    named: dict[str, str] = {}
    for name, arrangement in zip(wanted, load_all_or_exit(wanted), strict=True):
        if found.setdefault(arrangement.id, arrangement) == arrangement:
            named.setdefault(arrangement.id, name)
            continue
        # A copy in which a clause was changed still carries the id of the original: it goes by the name of its file.
        copy = _called_by_its_file(name, arrangement, taken=frozenset(found))
        found[copy.id], named[copy.id] = copy, name
    if len(found) < 2 and len(names) > 1:
        exit_with(f"{' and '.join(names)} say the same; change a clause, or name another arrangement")
    if len(found) < 2:
        exit_with("a comparison needs at least two arrangements; `foedus library` lists what there is")
    return found, named


def _called_by_its_file(name: str, arrangement: Arrangement, *, taken: frozenset[str]) -> Arrangement:
    stem = Path(name).stem
    words = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_") or "copy"
    fresh = (f"{arrangement.id}_{words}{suffix}" for suffix in ("", *(f"_{n}" for n in range(2, 1000))))
    identifier = next(each for each in fresh if each not in taken)
    called = arrangement_labels({arrangement.id: arrangement})[arrangement.id]
    return replace(arrangement, id=identifier, short_name=f"{called} ({stem})")


def _holes(named: Mapping[str, str]) -> dict[str, list[Finding]]:
    """Return what the checks find in each text, by id, the worst first."""
    holes = {}
    for identifier, name in named.items():
        arrangement, source = load_with_source(find_arrangement_file(name))
        holes[identifier] = [finding.as_finding() for finding in check(arrangement, source=source)]
    return holes


def _baseline_or_exit(baseline: str | None, arrangements: Mapping[str, Arrangement], named: Mapping[str, str]) -> str:
    """Find the baseline by id, or by the name or path that was given for it."""
    if baseline is None:
        return next(iter(arrangements))
    by_file = {Path(name).stem: identifier for identifier, name in named.items()}
    wanted = Path(baseline).name.removesuffix(".yaml")
    if wanted not in by_file | {identifier: identifier for identifier in arrangements}:
        exit_with(f"the baseline {baseline!r} is not among what is compared: {', '.join(arrangements)}")
    return by_file.get(wanted, wanted)


def _chunking(folder: Path | None, *, size: int, on: str | None) -> Chunking | None:
    if folder is None:
        return None
    return Chunking(folder=folder, size=size, on=on, tell=lambda sentence: click.echo(sentence, err=True))


def _stopped(chunking: Chunking | None) -> str:
    if chunking is None:
        return "stopped; nothing was written"
    return f"stopped; finished chunks are kept in {chunking.folder}, and the same command goes on from there"


def _run(
    arrangements: Mapping[str, Arrangement],
    parameters: Parameters,
    *,
    settings: Settings,
    workers: int | None,
    chunking: Chunking | None,
) -> Ensemble:
    with progress_bar() as tell:
        return run_ensemble(
            list(arrangements.values()),
            parameters,
            settings=settings,
            workers=workers,
            progress=lambda done, total: tell(f"{len(arrangements)} arrangements, futures", done, total),
            chunking=chunking,
        )


def _tell(
    ensemble: Ensemble,
    arrangements: Mapping[str, Arrangement],
    parameters: Parameters,
    *,
    holes: Mapping[str, Sequence[Finding]],
    baseline: str,
    requirements: Sequence[Requirement],
    command: str,
    out: Path,
) -> tuple[Path, ...]:
    """Compare, print the tables, and last of all write the files, all together."""
    comparison = compare(ensemble, baseline=baseline, requirements=requirements, texts=tuple(arrangements.values()))
    weighted = load_parameters(views=(HISTORY,))
    basis = basis_of(parameters, default=default_parameters(), weighted=weighted)
    provenance = provenance_of_outcomes(
        ensemble,
        command=command,
        basis=basis_words(basis),
        arrangements={name: to_plain(arrangement) for name, arrangement in arrangements.items()},
        parameters_digest=parameters.digest,
        baseline=baseline,
    )
    page = comparison_page(
        comparison,
        arrangements=arrangements,
        parameters=parameters.entries,
        provenance=provenance,
        party_names=names_of_parties(arrangements.values()),
        findings=holes,
        basis=basis,
    )
    contents = {
        REPORT: write_html(page).encode(),
        PARQUET: parquet_of(ensemble, provenance=provenance, basis=basis),
        JSON: json_of(comparison, provenance=provenance, findings=holes, basis=basis),
    }
    labels = arrangement_labels(arrangements)
    brief = comparison_brief(comparison, labels=labels, provenance=provenance, findings=holes)
    print_page(brief, console=Console(highlight=False))
    return write_together(out, contents)
