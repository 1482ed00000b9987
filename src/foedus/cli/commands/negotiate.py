"""The command `negotiate`: who would sign which arrangement, and how that moves with the balance of forces."""

import re
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.arrangement.record import Arrangement
from foedus.cli.command_words import command_words
from foedus.cli.commands.arrangement import load_all_or_exit, names_meant
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
from foedus.futures.parameters.record import Parameters
from foedus.game.grid import Grid
from foedus.insight.negotiation.offer import negotiate
from foedus.insight.negotiation.record import Negotiation
from foedus.report.arrangement.show import names_of_parties
from foedus.report.negotiation.page import negotiation_page
from foedus.report.page.html import write_html
from foedus.report.page.provenance import provenance_of
from foedus.report.page.record_json import record_json
from foedus.report.page.terminal import print_page
from foedus.report.parameters.assumptions import basis_of, basis_words
from foedus.report.words.labels import arrangement_labels
from foedus.values.atomic import write_together

REPORT, RESULTS = "report.html", "negotiation.json"

_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?"


class BalanceParameter(click.ParamType[tuple[float, float]]):
    """One balance of forces, or a range of it."""

    name = "LOW..HIGH"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, float]:
        """Read ``-0.5..0.5`` or ``0.2``."""
        if isinstance(value, tuple):
            return float(value[0]), float(value[1])
        match = re.fullmatch(rf"({_NUMBER})(?:\.\.({_NUMBER}))?", str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no balance: write a log force ratio or a range of it, as -0.5..0.5", param, ctx)
        low, high = float(match[1]), float(match[2] or match[1])
        if low > high or not -2 <= low <= high <= 2:
            self.fail(f"{value!r}: balances lie between -2 and 2, the smaller one first", param, ctx)
        return low, high

    def write(self, balance: tuple[float, float]) -> str:
        """Write what ``convert`` reads."""
        low, high = balance
        return f"{low}..{high}" if low < high else f"{low}"


@click.command("negotiate")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--balance",
    type=BalanceParameter(),
    default="-0.5..0.5",
    show_default=True,
    help="Log force ratio of adversary to protected state at the start.",
)
@click.option("--steps", type=click.IntRange(min=1), default=5, show_default=True, help="Balances in that range.")
@click.option("--futures", type=click.IntRange(min=1), default=60, show_default=True, help="Draws of all uncertain.")
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
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out/negotiate"),
    show_default=True,
    help="Folder for report.html and negotiation.json.",
)
def negotiate_command(
    files: tuple[str, ...],
    balance: tuple[float, float],
    steps: int,
    futures: int,
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
    """Tell who would rather sign than fight on.

    For adversary, protected state and each guarantor: in how many futures signing beats fighting on, at several
    balances of forces; the frontier between what the adversary would accept and what protects; and what asking for its
    consent costs. Each FILE is a path, the name of a packaged arrangement, or a theatre for all of its arrangements.
    """
    arrangements, parameters = _arrangements_or_exit(files), parameters_or_exit(overlays, views)
    settings = settings_of(
        futures=futures,
        seed=seed,
        horizon_periods=horizon_periods,
        grid=grid,
        tolerance=tolerance,
        max_sweeps=max_sweeps,
    )
    command = command_words(click.get_current_context(), always=("balance", "steps"))
    try:
        with progress_bar() as tell:
            negotiation = negotiate(
                list(arrangements.values()),
                parameters,
                balances=balances_in(*balance, steps=steps),
                settings=settings,
                workers=workers,
                progress=tell,
            )
        written = _tell(negotiation, arrangements, parameters, command=command, out=out)
    except KeyboardInterrupt:
        exit_with("stopped; nothing was written", code=INTERRUPTED)
    except NotConverged as error:
        exit_with(str(error), code=NOT_CONVERGED)
    except OSError as error:
        exit_with(f"{out} cannot be written: {error.strerror}")
    click.echo(f"report:  {written[0]}\nresults: {written[1]}")


commands: tuple[click.Command, ...] = (negotiate_command,)


def balances_in(low: float, high: float, *, steps: int) -> tuple[float, ...]:
    """Return evenly spaced balances from the lowest to the highest; the middle one where there is one step."""
    if low == high:
        return (low,)
    if steps == 1:
        return ((low + high) / 2,)
    return tuple(round(low + (high - low) * step / (steps - 1), 10) for step in range(steps))


def _arrangements_or_exit(names: tuple[str, ...]) -> dict[str, Arrangement]:
    wanted = names_meant(names)
    found: dict[str, Arrangement] = {}
    for name, arrangement in zip(wanted, load_all_or_exit(wanted), strict=True):
        if found.setdefault(arrangement.id, arrangement) != arrangement:
            exit_with(f"{name} has the id {arrangement.id!r} of another one; give it an id of its own")
    return found


def _tell(
    negotiation: Negotiation,
    arrangements: Mapping[str, Arrangement],
    parameters: Parameters,
    *,
    command: str,
    out: Path,
) -> tuple[Path, ...]:
    names = names_of_parties(arrangements.values())
    labels = arrangement_labels(arrangements)
    provenance = provenance_of(
        command=command,
        arrangements={name: to_plain(arrangement) for name, arrangement in arrangements.items()},
        parameters_digest=parameters.digest,
        basis=basis_words(basis_of(parameters, default=default_parameters())),
        settings=negotiation.settings,
    )
    page = negotiation_page(negotiation, labels=labels, party_names=names, provenance=provenance)
    print_page(page, console=Console(highlight=False))
    contents = {
        REPORT: write_html(page).encode(),
        RESULTS: record_json(negotiation, what="negotiation", provenance=provenance),
    }
    return write_together(out, contents)
