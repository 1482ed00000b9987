"""The commands `solve`, `explain` and `params`."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from foedus.cli.arrangement_commands import load_or_exit
from foedus.cli.options import GridParameter, parameters_or_exit
from foedus.game import Future, Grid, Solution, solve
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.from_arrangement import Compilation, compile_arrangement

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

_NOT_READ = (
    "The game does not read who may invoke, the deadline for meeting, what follows when undecided, abstention, "
    "exclusions from the scope, renewal, length, review and exit; `foedus check` does."
)


@click.command("solve")
@click.option("--compiled", "compiled_file", type=_FILE, required=True, help="JSON with the arrays of an arrangement.")
@click.option("--future", "future_file", type=_FILE, required=True, help="JSON with the parameters of a future.")
@click.option("--grid", type=GridParameter(), default="11,25,3", show_default=True,
              help="Belief points, balance points, slices.")  # fmt: skip
@click.option("--horizon", type=click.IntRange(min=1), default=20, show_default=True, help="Periods of half a year.")
@click.option("--tolerance", type=click.FloatRange(min=0, min_open=True), default=1e-7, show_default=True)
@click.option("--max-sweeps", type=click.IntRange(min=1), default=20_000, show_default=True)
@click.option("--method", type=click.Choice(["kernel", "plain"]), default="kernel", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def solve_command(compiled_file: Path, future_file: Path, grid: Grid, as_json: bool, **settings: Any) -> None:
    """Solve one compiled arrangement in one future, both given as JSON with the array names of the theory page.

    Exit code 3 when the solution did not converge; it is printed all the same, with its residual.
    """
    compiled = _read(compiled_file, CompiledArrangement.from_mapping)
    future = _read(future_file, Future.from_mapping)
    solution = solve(compiled, future, grid=grid, **settings)
    if as_json:
        click.echo(json.dumps(_as_mapping(solution)))
    else:
        _print_solution(solution)
    sys.exit(0 if solution.is_converged else 3)


@click.command("explain")
@click.argument("file")
@click.option("--compiled", "show_compiled", is_flag=True, help="Which clause gave which number of the game.")
@click.option("--parameters", "overlays", type=_FILE, multiple=True, help="Parameter files laid over the default.")
@click.option("--json", "as_json", is_flag=True, help="Print the arrays, as `foedus solve` reads them.")
def explain_command(file: str, show_compiled: bool, overlays: tuple[Path, ...], as_json: bool) -> None:
    """Explain how an arrangement becomes numbers, at the middle of every range."""
    arrangement = load_or_exit(file)
    compilation = compile_arrangement(arrangement, parameters_or_exit(overlays).central)
    if as_json:
        click.echo(json.dumps(compilation.compiled.to_mapping()))
    elif show_compiled:
        _print_steps(arrangement.name, compilation)
    else:
        raise click.UsageError("say what to explain: --compiled (which clause gave which number), or --json")


@click.command("params")
@click.argument("words", nargs=-1)
@click.option("--parameters", "overlays", type=_FILE, multiple=True, help="Parameter files laid over the default.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def params_command(words: tuple[str, ...], overlays: tuple[Path, ...], as_json: bool) -> None:
    """List every parameter with unit, range, status and source; WORDS narrow the list by name."""
    parameters = parameters_or_exit(overlays)
    chosen = [parameters[name] for name in parameters if all(word in name for word in words)]
    if as_json:
        rows = [{"name": p.name, "what": p.what, "unit": p.unit, "shape": p.shape, "low": p.low, "high": p.high,
                 "status": p.status, "source": p.source, "group": p.group, "file": p.file} for p in chosen]  # fmt: skip
        click.echo(json.dumps(rows))
        return
    table = Table("parameter", "what", "range", "unit", "status", "source", show_lines=True)
    for p in chosen:
        table.add_row(p.name, p.what, p.describe(), p.unit, p.status, p.source)
    Console().print(table)


def _read(file: Path, build: Any) -> Any:
    try:
        return build(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError, KeyError) as error:
        click.echo(f"{file}: {error}", err=True)
        sys.exit(2)


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


def _print_steps(name: str, compilation: Compilation) -> None:
    console = Console(highlight=False)
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
    console.print(_NOT_READ, style="dim")


commands = (solve_command, explain_command, params_command)
