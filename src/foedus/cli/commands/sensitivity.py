"""The command `sensitivity`: which assumptions move an outcome, alone and with others."""

from difflib import get_close_matches
from pathlib import Path

import click
from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.cli.command_words import command_words
from foedus.cli.commands.arrangement import load_all_or_exit
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
from foedus.errors import NotConverged
from foedus.futures.parameters.load import default_parameters
from foedus.game.grid import Grid
from foedus.game.outcomes import OUTCOMES
from foedus.insight.assumptions.screening import inquire
from foedus.insight.ranking.satisficing import Requirement, parse_requirements
from foedus.report.page.provenance import provenance_of
from foedus.report.page.record_json import record_json
from foedus.report.page.terminal import print_page
from foedus.report.parameters.assumptions import basis_of, basis_words, parameter_words
from foedus.report.sensitivity.page import inquiry_page
from foedus.report.words.labels import arrangement_labels


class OutcomeParameter(click.ParamType[str]):
    """The name of an outcome."""

    name = "OUTCOME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept what result files call an outcome."""
        near = get_close_matches(str(value), OUTCOMES, n=1)
        if str(value) not in OUTCOMES:
            hint = f"did you mean {near[0]!r}?" if near else f"outcomes are {', '.join(OUTCOMES)}"
            self.fail(f"{value!r} is no outcome; {hint}", param, ctx)
        return str(value)


class RequirementsParameter(click.ParamType[tuple[Requirement, ...]]):
    """Thresholds that say what is good enough."""

    name = "THRESHOLDS"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Requirement, ...]:
        """Read ``war<=0.2,defend<=0.1``."""
        if isinstance(value, tuple):
            return value
        try:
            return parse_requirements(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def write(self, requirements: tuple[Requirement, ...]) -> str:
        """Write what ``convert`` reads; none as the default stands in the declaration."""
        return ",".join(f"{each.outcome}{each.operator}{each.threshold!r}" for each in requirements) or "()"


class BaseParameter(click.ParamType[int]):
    """A power of two."""

    name = "POINTS"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read ``64``."""
        base = int(str(value)) if str(value).isdigit() else 0
        if base < 8 or base & (base - 1):
            self.fail(f"{value!r} is no power of two from 8 on; take 16, 32, 64, 128 or more", param, ctx)
        return base


@click.command("sensitivity")
@click.argument("files", nargs=-1, required=True, metavar="FILE [FILE]")
@click.option("--outcome", type=OutcomeParameter(), default="war", show_default=True, help="As in result files.")
@click.option("--base", type=BaseParameter(), default=64, show_default=True, help="Base points, a power of two.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=6,
    show_default=True,
    help="Assumptions looked at singly; all others are one group.",
)
@click.option(
    "--screen",
    type=click.IntRange(min=40),
    default=200,
    show_default=True,
    help="Futures in which the assumptions are screened.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the draws.")
@click.option("--horizon", "horizon_periods", type=HorizonParameter(), default="10y", show_default=True)
@click.option(
    "--grid", type=GridParameter(), default="11,13,3", show_default=True, help="Belief points, balance points, slices."
)
@click.option("--tolerance", type=click.FloatRange(min=0, min_open=True), default=1e-4, show_default=True)
@click.option("--max-sweeps", type=click.IntRange(min=1), default=2000, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Threads; all cores when not given.")
@overlays_option
@views_option
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def sensitivity_command(
    files: tuple[str, ...],
    outcome: str,
    base: int,
    most: int,
    screen: int,
    seed: int,
    horizon_periods: int,
    grid: Grid,
    tolerance: float,
    max_sweeps: int,
    workers: int | None,
    overlays: tuple[Path, ...],
    views: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say which assumptions move an outcome of a text, or the difference that two texts make.

    With two files the first's outcome less the second's is looked at, in the same futures. All assumptions are
    screened first; Sobol' indices (alone, and with others) are then estimated for those that matter most and for all
    the others together. Solves up to (screen + base (most + 4)) futures for each text. Exit code 3 when too little
    converged, 130 when interrupted.
    """
    if len(files) > 2:
        exit_with("one text, or two to look at their difference; not more")
    texts, parameters = load_all_or_exit(list(files)), parameters_or_exit(overlays, views)
    if len({text.id for text in texts}) < len(texts):
        exit_with("both files have the same id; give the changed copy an id of its own")
    settings = settings_of(
        futures=screen,
        seed=seed,
        horizon_periods=horizon_periods,
        grid=grid,
        tolerance=tolerance,
        max_sweeps=max_sweeps,
    )
    try:
        with progress_bar() as tell:
            inquiry = inquire(
                texts,
                parameters,
                outcome=outcome,
                base=base,
                most=most,
                screen=screen,
                settings=settings,
                workers=workers,
                tell=tell,
            )
    except KeyboardInterrupt:
        exit_with("stopped; nothing was estimated, and nothing was written", code=INTERRUPTED)
    except NotConverged as error:
        exit_with(str(error), code=NOT_CONVERGED)
    provenance = provenance_of(
        command=command_words(click.get_current_context(), always=("outcome",), never=("as_json",)),
        arrangements={text.id: to_plain(text) for text in texts},
        parameters_digest=parameters.digest,
        settings=settings,
        libraries=("SALib",),
        basis=basis_words(basis_of(parameters, default=default_parameters())),
    )
    if as_json:
        click.echo(record_json(inquiry, what="sensitivity", provenance=provenance), nl=False)
        return
    words = parameter_words(parameters.entries)
    by_group = {entry.group: words[entry.name] for entry in parameters.entries}
    labels = arrangement_labels({text.id: text for text in texts})
    page = inquiry_page(inquiry, labels=labels, words=words | by_group, provenance=provenance)
    print_page(page, console=Console(highlight=False))


commands: tuple[click.Command, ...] = (sensitivity_command,)
