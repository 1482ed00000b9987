"""Solve one game that is given in arrays."""

import json
from collections import Counter
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
from foedus.game.future import PER_TIER
from foedus.game.grid import Grid
from foedus.game.solve import Method
from foedus.jobs.asking.defaults import GRID, HORIZON_PERIODS
from foedus.jobs.asking.limits import wrong_grid, wrong_tolerance
from foedus.jobs.telling.showing import JobResult
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.in_arrays import number_in, numbers_in

TOLERANCE, MAX_SWEEPS = 1e-7, 20_000
"""For one game, which is cheap: as exactly as its figures are printed."""
MOST = 1000
"""The largest number of a future that means something: the stake is 1, forces and balances are logarithms of ratios."""
_MOST_ODDS = 600
"""Largest log-odds of winning; a number holds exp of 709 and no more."""
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
    future = read_game(future_from, request.future)
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
    beyond = [
        f"{name} is {number:g}, and may be {entry.domain.words}"
        for name, number in _numbers_of(future)
        if (entry := default_parameters().get(name)) and not entry.domain.has(number, number)
    ]
    if beyond:
        raise WrongRequest(f"{where}future: {'; '.join(beyond)}")


def future_from(plain: Mapping[str, Any]) -> Future:
    """Build a future from plain data: each number is one, and small enough to be reckoned with."""
    tiers = {name: numbers_in(plain, name) for name in plain if name in PER_TIER}
    if short := [name for name, each in tiers.items() if each.ndim != 1]:
        raise ValueError(f"future: {', '.join(short)} needs a list, one number for each tier")
    single = {name: number_in(plain, name) for name in plain if name not in PER_TIER}
    future = Future.from_mapping(single | {name: each.tolist() for name, each in tiers.items()})
    wrong = [f"{name} must lie in [-{MOST}, {MOST}], is {x:g}" for name, x in _numbers_of(future) if abs(x) > MOST]
    forces = max(map(abs, (*future.tier_force, *future.counter_force)))
    odds = future.decisiveness * (abs(future.balance_0) + 2 * forces)
    if not wrong and odds > _MOST_ODDS:
        wrong = [f"decisiveness times the balance with all forces is {odds:g}, at most {_MOST_ODDS}"]
    if wrong:
        raise ValueError("future: " + "; ".join(wrong))
    return future


def _numbers_of(future: Future) -> list[tuple[str, float]]:
    return [
        (name, number)
        for field, value in future.to_mapping().items()
        for name, number in zip(names_of(field), value if isinstance(value, list) else [value], strict=True)
    ]


def example_future() -> dict[str, float | list[float]]:
    """Return the future at the middle of every range, to start from."""
    return future_of(default_parameters().central).to_mapping()


def read_game(build: Callable[[Mapping[str, Any]], _Read], given: Mapping[str, Any] | Path, /) -> _Read:
    """Build a part of a game from plain data or from a file of it; raise `WrongRequest` that says what is amiss."""
    where = f"{given}: " if isinstance(given, Path) else ""
    try:
        plain = _parsed(given.read_text(encoding="utf-8")) if isinstance(given, Path) else given
        if not isinstance(plain, Mapping):
            raise WrongRequest(f"{where}is no JSON object; names with their numbers are meant")
        return build(plain)
    except RecursionError as error:
        raise WrongRequest(f"{where}nests too deeply to be the arrays of a game") from error
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise WrongRequest(f"{where}{error}") from error
    except OSError as error:
        raise WrongRequest(f"{given} cannot be read: {error.strerror}") from error


def _parsed(text: str) -> Any:
    """Return what a JSON text holds; a name that stands twice is refused, for only one of its values would count."""

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice = sorted(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        if twice:
            raise ValueError(f"{', '.join(twice)} stands there twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=object_of)
