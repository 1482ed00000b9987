"""The command `solve`: one game, given in arrays."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from foedus.cli.leaving import NOT_CONVERGED, Guarded
from foedus.cli.options.printing import json_option
from foedus.cli.options.run import grid_option, max_sweeps_option, tolerance_option
from foedus.cli.telling import print_json, print_result
from foedus.jobs.asking.defaults import HORIZON_PERIODS
from foedus.jobs.solve import MAX_SWEEPS, TOLERANCE, SolveRequest, example_future, solve_game

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("solve", cls=Guarded)
@click.option("--compiled", "compiled_file", type=_FILE, help="JSON with the arrays of an arrangement.")
@click.option("--future", "future_file", type=_FILE, help="JSON with the parameters of a future.")
@click.option(
    "--example-future", "is_example", is_flag=True, help="Only print a future to start from, for --future to read."
)
@grid_option
@click.option(
    "--horizon",
    "horizon_periods",
    type=click.IntRange(min=1),
    default=HORIZON_PERIODS,
    show_default=True,
    help="Periods of half a year.",
)
@tolerance_option(TOLERANCE)
@max_sweeps_option(MAX_SWEEPS)
@click.option(
    "--method",
    type=click.Choice(["kernel", "plain"]),
    default="kernel",
    show_default=True,
    help="The fast kernel, or the slow oracle that it is tested against.",
)
@json_option("Print one JSON object.")
def solve_command(
    compiled_file: Path | None, future_file: Path | None, is_example: bool, as_json: bool, **asked: Any
) -> None:
    """Solve one compiled arrangement in one future, both given as JSON with the array names of the theory page.

    `foedus explain FILE --json` prints the arrays of an arrangement, and `foedus solve --example-future` a future: the
    middle of every range. Exit code 3 when the solution did not converge; it is printed all the same, with its
    residual.
    """
    if is_example:
        click.echo(json.dumps(example_future(), indent=1))
        return
    if compiled_file is None or future_file is None:
        raise click.UsageError(
            "name both: --compiled, which `foedus explain FILE --json` prints, and --future, which "
            "`foedus solve --example-future` does"
        )
    result = solve_game(SolveRequest(compiled_file, future_file, **asked))
    if as_json:
        print_json(result.to_data(), indent=None)
    else:
        print_result(result)
    sys.exit(0 if result.solution.is_converged else NOT_CONVERGED)


commands: tuple[click.Command, ...] = (solve_command,)
