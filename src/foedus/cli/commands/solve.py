"""The command `solve`."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from foedus.cli.leaving import NOT_CONVERGED, exit_with
from foedus.cli.options import GridParameter, device_option, method_or_exit
from foedus.game import Future, Grid, Solution, solve
from foedus.game.solve import Method
from foedus.mechanism.compiled import CompiledArrangement

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("solve")
@click.option("--compiled", "compiled_file", type=_FILE, required=True, help="JSON with the arrays of an arrangement.")
@click.option("--future", "future_file", type=_FILE, required=True, help="JSON with the parameters of a future.")
@click.option(
    "--grid", type=GridParameter(), default="11,13,3", show_default=True, help="Belief points, balance points, slices."
)
@click.option("--horizon", type=click.IntRange(min=1), default=20, show_default=True, help="Periods of half a year.")
@click.option("--tolerance", type=click.FloatRange(min=0, min_open=True), default=1e-7, show_default=True)
@click.option("--max-sweeps", type=click.IntRange(min=1), default=20_000, show_default=True)
@click.option("--method", type=click.Choice(["kernel", "plain"]), default="kernel", show_default=True)
@device_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def solve_command(
    compiled_file: Path, future_file: Path, grid: Grid, method: Method, device: str, as_json: bool, **settings: Any
) -> None:
    """Solve one compiled arrangement in one future, both given as JSON with the array names of the theory page.

    Exit code 3 when the solution did not converge; it is printed all the same, with its residual.
    """
    if device == "gpu" and method == "plain":
        exit_with("the plain oracle computes on the processor: leave out --method or --device")
    method = method if device == "cpu" else method_or_exit(device)
    compiled = _read(compiled_file, CompiledArrangement.from_mapping)
    future = _read(future_file, Future.from_mapping)
    solution = solve(compiled, future, grid=grid, method=method, **settings)
    if as_json:
        click.echo(json.dumps(_as_mapping(solution)))
    else:
        _print_solution(solution)
    sys.exit(0 if solution.is_converged else NOT_CONVERGED)


def _read(file: Path, build: Any) -> Any:
    try:
        return build(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError, KeyError) as error:
        exit_with(f"{file}: {error}")


def _as_mapping(solution: Solution) -> dict[str, Any]:
    grid = solution.grid
    return {
        **solution.outcome.to_mapping(),
        "status": solution.status.value,
        "residual": solution.residual,
        "sweeps": solution.sweeps,
        "tolerance": solution.tolerance,
        "method": solution.method,
        "grid": [grid.beliefs, grid.balances, grid.slices],
        "horizon": solution.horizon,
    }


def _print_solution(solution: Solution) -> None:
    table = Table("outcome", "value")
    for name, value in solution.outcome.to_mapping().items():
        shown = ", ".join(f"{x:.4g}" for x in value) if isinstance(value, list) else f"{value:.6g}"
        table.add_row(name, shown)
    console = Console()
    console.print(table)
    console.print(solution.advice)


commands = (solve_command,)
