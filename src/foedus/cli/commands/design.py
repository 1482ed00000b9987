"""The command `design`: search over the clauses of an arrangement for designs that no other beats."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.arrangement.record import Arrangement
from foedus.cli.command_words import command_words
from foedus.cli.commands.arrangement import load_or_exit
from foedus.cli.leaving import INTERRUPTED, NOT_CONVERGED, exit_with, refuse_unwritable
from foedus.cli.options import (
    GridParameter,
    HorizonParameter,
    overlays_option,
    parameters_or_exit,
    settings_of,
    views_option,
)
from foedus.cli.progress_bar import progress_bar
from foedus.errors import NotConverged, UnknownName
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.record import Parameters
from foedus.game.grid import Grid
from foedus.insight.design.files import army_of, written
from foedus.insight.design.find_designs import design
from foedus.insight.design.lever import Lever
from foedus.insight.design.levers import levers_of
from foedus.insight.design.record import Front, Signers
from foedus.report.design.page import design_page
from foedus.report.page.html import write_html
from foedus.report.page.provenance import provenance_of
from foedus.report.page.record_json import record_json
from foedus.report.page.terminal import print_page
from foedus.report.parameters.assumptions import basis_of, basis_words
from foedus.report.words.labels import arrangement_label
from foedus.values.atomic import write_together

REPORT, RESULTS = "report.html", "front.json"


@click.command("design")
@click.argument("file")
@click.option("--keep", multiple=True, metavar="NAME", help="Clause or lever that stays, such as trigger; repeatable.")
@click.option("--vary", multiple=True, metavar="NAME", help="Clause or lever that alone may change; repeatable.")
@click.option(
    "--list", "is_listed", is_flag=True, help="Only list the levers, and the ways in which each can be written."
)
@click.option("--budget", type=click.IntRange(min=2), default=200, show_default=True, help="Different games to solve.")
@click.option("--futures", type=click.IntRange(min=2), default=24, show_default=True, help="Futures of the search.")
@click.option(
    "--trial",
    "trial_futures",
    type=click.IntRange(min=2),
    default=60,
    show_default=True,
    help="Other futures, in which the front is tried again.",
)
@click.option(
    "--signers",
    type=click.Choice([str(each) for each in Signers]),
    default=str(Signers.EVERYONE),
    show_default=True,
    help="Whose signature is asked for.",
)
@click.option(
    "--population", type=click.IntRange(min=4), default=24, show_default=True, help="Designs in a generation."
)
@click.option("--most", type=click.IntRange(min=1), default=16, show_default=True, help="Designs tried and written.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of draws and search.")
@click.option("--horizon", "horizon_periods", type=HorizonParameter(), default="10y", show_default=True)
@click.option(
    "--grid", type=GridParameter(), default="11,13,3", show_default=True, help="Belief points, balance points, slices."
)
@click.option("--tolerance", type=click.FloatRange(min=0, min_open=True), default=1e-4, show_default=True)
@click.option("--max-sweeps", type=click.IntRange(min=1), default=2000, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Threads; all cores when not given.")
@overlays_option
@views_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out/design"),
    show_default=True,
    help="Folder for the designs, report.html and front.json.",
)
def design_command(
    file: str,
    keep: tuple[str, ...],
    vary: tuple[str, ...],
    is_listed: bool,
    budget: int,
    futures: int,
    trial_futures: int,
    signers: str,
    population: int,
    most: int,
    seed: int,
    horizon_periods: int,
    grid: Grid,
    tolerance: float,
    max_sweeps: int,
    workers: int | None,
    overlays: tuple[Path, ...],
    views: tuple[str, ...],
    out: Path,
) -> None:
    """Search for better designs of an arrangement.

    Clauses of FILE are written otherwise in many combinations; each is judged by what the protected state expects to
    lose, by entrapment, by what it costs guarantors and by who refuses to sign. Designs that no other beats on all four
    are tried again in other futures, put to the checks, and written as arrangement files. Ctrl-C ends the search and
    keeps what it has found.
    """
    arrangement, parameters = load_or_exit(file), parameters_or_exit(overlays, views)
    levers = _levers_or_exit(arrangement, keep=keep, vary=vary)
    if is_listed:
        _list(levers)
        return
    refuse_unwritable(out)
    settings = settings_of(
        futures=futures,
        seed=seed,
        horizon_periods=horizon_periods,
        grid=grid,
        tolerance=tolerance,
        max_sweeps=max_sweeps,
    )
    try:
        with progress_bar() as tell:
            front, texts = design(
                arrangement,
                levers,
                parameters,
                settings=settings,
                trial_futures=trial_futures,
                budget=budget,
                population=population,
                signers=Signers(signers),
                most=most,
                workers=workers,
                progress=tell,
            )
        command = command_words(click.get_current_context(), always=("budget", "signers"))
        _tell(front, texts, arrangement, parameters, command=command, out=out)
    except KeyboardInterrupt:
        exit_with("stopped before anything was found; nothing was written", code=INTERRUPTED)
    except NotConverged as error:
        exit_with(str(error), code=NOT_CONVERGED)
    except OSError as error:
        exit_with(f"{out} cannot be written: {error.strerror}")
    if front.is_stopped or not front.is_tried:
        exit_with("stopped; what was found so far is written", code=INTERRUPTED)


commands: tuple[click.Command, ...] = (design_command,)


def _levers_or_exit(arrangement: Arrangement, *, keep: tuple[str, ...], vary: tuple[str, ...]) -> tuple[Lever, ...]:
    try:
        levers = levers_of(arrangement, army=army_of(arrangement), keep=keep, vary=vary)
    except UnknownName as error:
        exit_with(str(error))
    if not levers:
        exit_with("every clause is kept, so that there is nothing to search; keep fewer")
    return levers


def _list(levers: tuple[Lever, ...]) -> None:
    for lever in levers:
        click.echo(f"{lever.id} ({', '.join(lever.clauses)}): {lever.words}")
        click.echo(f"    {'; '.join(option.word for option in lever.options)}")


def _tell(
    front: Front,
    texts: Mapping[str, Arrangement],
    start: Arrangement,
    parameters: Parameters,
    *,
    command: str,
    out: Path,
) -> None:
    """Print what was found, and write designs, report and results all together."""
    label = arrangement_label(start.id, start)
    provenance = provenance_of(
        command=command,
        arrangements={start.id: to_plain(start)},
        parameters_digest=parameters.digest,
        basis=basis_words(basis_of(parameters, default=default_parameters())),
        settings=replace(front.search),
        libraries=("pymoo",),
    )
    heads = {
        point.id: _head(front, point.id, command=command, digest=provenance.inputs_digest) for point in front.points
    }
    contents = {f"{name}.yaml": written(texts[name], head=head).encode() for name, head in heads.items()}
    contents[RESULTS] = record_json(front, what="front", provenance=provenance)
    page = design_page(front, label=label, provenance=provenance)
    contents[REPORT] = write_html(page).encode()
    print_page(page, console=Console(highlight=False))
    paths = write_together(out, contents)
    click.echo(f"report:  {paths[-1]}\nresults: {paths[-2]}\ndesigns: {len(heads)} files in {out}")


def _head(front: Front, name: str, *, command: str, digest: str) -> list[str]:
    point = next(each for each in front.points if each.id == name)
    changes = "; ".join(f"{lever}: {word}" for lever, word in point.changes.items()) or "nothing"
    return [
        f"A design found by a search from {front.start}; nobody has proposed it.",
        f"Made by: {command} (inputs {digest[:12]})",
        f"Changed: {changes}",
    ]
