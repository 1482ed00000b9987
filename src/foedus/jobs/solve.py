"""Solve one game that is given in arrays."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.table import Table

from foedus.errors import WrongRequest
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.ranges import names_of
from foedus.futures.sample import future_of
from foedus.game import Future, Solution, solve
from foedus.game.grid import Grid
from foedus.game.solve import Method
from foedus.jobs.asking.defaults import GRID, HORIZON_PERIODS
from foedus.jobs.asking.limits import wrong_grid, wrong_tolerance
from foedus.jobs.telling.showing import JobResult
from foedus.mechanism.compiled import CompiledArrangement

TOLERANCE, MAX_SWEEPS = 1e-7, 20_000
"""For one game, which is cheap: as exactly as its figures are printed."""
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class SolveRequest:
    """One game in arrays, and how exactly to solve it."""

    compiled: Mapping[str, Any] | Path
    """The arrays of an arrangement, as `foedus explain --json` prints them, or a file of them."""
    future: Mapping[str, Any] | Path
    """The parameters of a future, as `foedus solve --example-future` prints them, or a file of them."""
    grid: Grid = GRID
    horizon_periods: int = HORIZON_PERIODS
    tolerance: float = TOLERANCE
    max_sweeps: int = MAX_SWEEPS
    method: Method = "kernel"
    """``kernel``, or ``plain``, the slow oracle."""


@dataclass(frozen=True, eq=False, repr=False)
class SolveResult(JobResult):
    """The outcome of one game."""

    solution: Solution

    def print_on(self, console: Console) -> None:
        """Print every outcome, and what the status means."""
        table = Table("outcome", "value")
        for name, value in self.solution.outcome.to_mapping().items():
            shown = ", ".join(f"{x:.4g}" for x in value) if isinstance(value, list) else f"{value:.6g}"
            table.add_row(name, shown)
        console.print(table)
        console.print(self.solution.advice, markup=False)

    def to_data(self) -> dict[str, Any]:
        """Return outcomes and how they were obtained as plain data."""
        solution, grid = self.solution, self.solution.grid
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


def solve_game(request: SolveRequest) -> SolveResult:
    """Solve one game; a solution that did not converge is returned with its status."""
    amiss = [wrong_tolerance(request.tolerance), wrong_grid(request.grid)]
    if any(amiss):
        raise WrongRequest("; ".join(each for each in amiss if each))
    compiled = read_game(CompiledArrangement.from_mapping, request.compiled)
    future = read_game(Future.from_mapping, request.future)
    _refuse_beyond_domains(future, where=f"{request.future}: " if isinstance(request.future, Path) else "")
    try:
        solution = solve(
            compiled,
            future,
            grid=request.grid,
            horizon=request.horizon_periods,
            tolerance=request.tolerance,
            max_sweeps=request.max_sweeps,
            method=request.method,
        )
    except ValueError as error:
        raise WrongRequest(str(error)) from error
    return SolveResult(solution)


def _refuse_beyond_domains(future: Future, *, where: str) -> None:
    """Refuse a number outside what its parameter may be; what is worked out from others is left to the game."""
    numbers = {
        name: number
        for field, value in future.to_mapping().items()
        for name, number in zip(names_of(field), value if isinstance(value, list) else [value], strict=True)
    }
    beyond = [
        f"{name} is {number:g}, and may be {entry.domain.words}"
        for name, number in numbers.items()
        if (entry := default_parameters().get(name)) and not entry.domain.has(number, number)
    ]
    if beyond:
        raise WrongRequest(f"{where}future: {'; '.join(beyond)}")


def example_future() -> dict[str, float | list[float]]:
    """Return the future at the middle of every range, to start from."""
    return future_of(default_parameters().central).to_mapping()


def read_game(build: Callable[[Mapping[str, Any]], _Read], given: Mapping[str, Any] | Path, /) -> _Read:
    """Build a part of a game from plain data or from a file of it; raise `WrongRequest` that says what is amiss."""
    where = f"{given}: " if isinstance(given, Path) else ""
    try:
        plain = json.loads(given.read_text(encoding="utf-8")) if isinstance(given, Path) else given
        if not isinstance(plain, Mapping):
            raise WrongRequest(f"{where}is no JSON object; names with their numbers are meant")
        return build(plain)
    except RecursionError as error:
        raise WrongRequest(f"{where}nests too deeply to be the arrays of a game") from error
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise WrongRequest(f"{where}{error}") from error
    except OSError as error:
        raise WrongRequest(f"{given} cannot be read: {error.strerror}") from error
