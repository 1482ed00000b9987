"""The command `explain`: what a text does, which clause gave which number, and how much each clause carries."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from foedus.arrangement.dump import to_plain
from foedus.arrangement.record import Arrangement
from foedus.cli.command_words import command_words
from foedus.cli.commands.arrangement import load_or_exit
from foedus.cli.leaving import INTERRUPTED, NOT_CONVERGED, exit_with
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
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.record import Parameters
from foedus.game.grid import Grid
from foedus.insight.anatomy.record import Anatomy
from foedus.insight.anatomy.summary import summary_of
from foedus.insight.anatomy.take_apart import anatomy_of
from foedus.mechanism.from_arrangement import Compilation, compile_arrangement
from foedus.mechanism.unread import unread
from foedus.mechanism.watching import TextEntry as UnreadEntry
from foedus.report.anatomy.page import summary_page, unread_section
from foedus.report.anatomy.tables import anatomy_parts, anatomy_sheet
from foedus.report.arrangement.show import party_names
from foedus.report.page.sheet import Made, made_of, sheet_json
from foedus.report.page.sheet_html import render_sheet
from foedus.report.page.sheet_terminal import print_parts
from foedus.report.page.terminal import print_page
from foedus.report.parameters.assumptions import basis_of, basis_words
from foedus.values.atomic import write_together

REPORT, RESULTS = "report.html", "anatomy.json"


@click.command("explain")
@click.argument("file")
@click.option("--compiled", "show_compiled", is_flag=True, help="Which clause gave which number of the game.")
@click.option("--anatomy", "is_anatomy", is_flag=True, help="How much of an outcome each clause carries.")
@click.option("--outcome", default="war", show_default=True, help="With --anatomy: the outcome, as in result files.")
@click.option("--futures", type=click.IntRange(min=1), default=30, show_default=True, help="With --anatomy.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the draws.")
@click.option(
    "--orders",
    type=click.IntRange(min=4),
    default=24,
    show_default=True,
    help="Orders drawn, in pairs, where the clauses are too many for all.",
)
@click.option("--horizon", "horizon_periods", type=HorizonParameter(), default="10y", show_default=True)
@click.option(
    "--grid", type=GridParameter(), default="11,13,3", show_default=True, help="Belief points, balance points, slices."
)
@click.option("--tolerance", type=click.FloatRange(min=0, min_open=True), default=1e-4, show_default=True)
@click.option("--max-sweeps", type=click.IntRange(min=1), default=2000, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Threads; all cores when not given.")
@overlays_option
@views_option
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="With --anatomy: folder for files.")
@click.option("--json", "as_json", is_flag=True, help="Print the arrays as `foedus solve` reads them, or the anatomy.")
def explain_command(
    file: str,
    show_compiled: bool,
    is_anatomy: bool,
    outcome: str,
    futures: int,
    seed: int,
    orders: int,
    horizon_periods: int,
    grid: Grid,
    tolerance: float,
    max_sweeps: int,
    workers: int | None,
    overlays: tuple[Path, ...],
    views: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """Explain what an arrangement does.

    Without an option: what its numbers come to, and the clauses that bind most. --compiled: which clause gave which
    number, at the middle of every range. --anatomy: groups of clauses are taken out of the text in every combination,
    each combination is solved in the same futures, and the difference that the whole text makes is divided among them.
    """
    if show_compiled and is_anatomy:
        raise click.UsageError("--compiled and --anatomy are different questions; ask one at a time")
    if out and not is_anatomy:
        raise click.UsageError("--out goes with --anatomy")
    arrangement, parameters = load_or_exit(file), parameters_or_exit(overlays, views)
    if is_anatomy:
        settings = settings_of(
            futures=futures,
            seed=seed,
            horizon_periods=horizon_periods,
            grid=grid,
            tolerance=tolerance,
            max_sweeps=max_sweeps,
        )
        anatomy = _anatomy_or_exit(arrangement, parameters, settings, outcome, orders, workers)
        command = command_words(click.get_current_context(), always=("outcome",), never=("as_json",))
        _tell(anatomy, arrangement, parameters, command=command, out=out, as_json=as_json)
        return
    compilation = compile_arrangement(arrangement, parameters.central)
    if as_json:
        click.echo(json.dumps(compilation.compiled.to_mapping()))
    elif show_compiled:
        _print_steps(arrangement.name, compilation, unread=unread(arrangement, parameters.central))
    else:
        page = summary_page(
            arrangement,
            summary_of(compilation),
            names=party_names(arrangement),
            unread=unread(arrangement, parameters.central),
        )
        print_page(page, console=_console())


commands: tuple[click.Command, ...] = (explain_command,)


def _anatomy_or_exit(
    arrangement: Arrangement,
    parameters: Parameters,
    settings: Settings,
    outcome: str,
    orders: int,
    workers: int | None,
    /,
) -> Anatomy:
    try:
        with progress_bar() as tell:
            return anatomy_of(
                arrangement,
                parameters,
                settings=settings,
                outcome=outcome,
                pairs_of_orders=orders // 2,
                workers=workers,
                progress=tell,
            )
    except (UnknownName, ValueError) as error:
        exit_with(str(error))
    except NotConverged as error:
        exit_with(str(error), code=NOT_CONVERGED)
    except KeyboardInterrupt:
        exit_with("stopped; nothing was written", code=INTERRUPTED)


def _tell(
    anatomy: Anatomy, arrangement: Arrangement, parameters: Parameters, *, command: str, out: Path | None, as_json: bool
) -> None:
    made = made_of(
        command=command,
        arrangements={arrangement.id: to_plain(arrangement)},
        parameters_digest=parameters.digest,
        basis=basis_words(basis_of(parameters, default=default_parameters())),
        settings=anatomy.settings,
    )
    content = sheet_json(anatomy, what="anatomy", made=made)
    if as_json:
        click.echo(content.decode(), nl=False)
    else:
        print_parts(anatomy_parts(anatomy), console=_console())
        _tell_basis(made)
    if out is None:
        return
    sheet = anatomy_sheet(anatomy, title=arrangement.short_name or arrangement.name, made=made)
    try:
        written = write_together(out, {REPORT: render_sheet(sheet).encode(), RESULTS: content})
    except OSError as error:
        exit_with(f"{out} cannot be written: {error.strerror}")
    click.echo(f"written: {', '.join(str(path) for path in written)}", err=as_json)


def _tell_basis(made: Made) -> None:
    for sentence in made.basis:
        click.echo(sentence)


def _print_steps(name: str, compilation: Compilation, *, unread: Sequence[UnreadEntry]) -> None:
    console = _console()
    console.print(f"{name}: which clause gave which number", style="bold")
    console.print("At the middle of each yardstick's range; every future draws its own (see `foedus params`).\n")
    for array in sorted({step.array for step in compilation.steps}):
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, title=array, title_justify="left")
        for width in (30, 14, None):
            table.add_column(overflow="fold", max_width=width)
        for step in (step for step in compilation.steps if step.array == array):
            clause = f"[dim]{step.clause or 'the text is silent'}:[/dim] "
            table.add_row(escape(step.entry), escape(step.value), clause + escape(step.because))
        console.print(table)
        console.print()
    section = unread_section(unread)
    console.print(section.heading, style="bold")
    console.print(" ".join(section.paragraphs))
    for entry in unread:
        console.print(f"{entry.path}: {escape(entry.about)}", style="dim")


def _console() -> Console:
    return Console(highlight=False)
