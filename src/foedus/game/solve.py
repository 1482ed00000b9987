"""The one way into the game: solve an arrangement in a future."""

from typing import Literal, TypeAlias

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.kernel import solve_kernel
from foedus.game.plain import Board, iterate, outcome_of
from foedus.game.solution import Solution, SolverStatus
from foedus.game.wide import solve_wide
from foedus.mechanism.compiled import CompiledArrangement

Method: TypeAlias = Literal["plain", "kernel", "wide"]
"""Which implementation: the plain oracle, the fast kernel that is tested against it, or whole arrays on a GPU."""


def solve(
    compiled: CompiledArrangement,
    future: Future,
    *,
    grid: Grid = Grid(),  # noqa: B008  a frozen value, safe to share
    horizon: int = 20,
    tolerance: float = 1e-4,
    max_sweeps: int = 2000,
    method: Method = "kernel",
) -> Solution:
    """Solve the guarantee game and push it forward; the residual and the status come with the answer.

    Stationary Markov perfect agent quantal response equilibrium by time iteration (docs/theory.md, section 8), then
    exact outcomes over ``horizon`` periods of half a year (section 9). A solution whose residual is not below
    ``tolerance`` after ``max_sweeps`` is returned with status ``not_converged``; it is for the caller to refuse it.

    Raises:
        ValueError: ``horizon`` or ``max_sweeps`` below 1, ``tolerance`` not above 0, or an unknown ``method``.
        DeviceUnavailable: ``method`` is wide, and JAX or a GPU that it sees is missing.
    """
    if horizon < 1 or max_sweeps < 1 or not tolerance > 0:
        raise ValueError(
            "solve: horizon and max_sweeps must be at least 1 and tolerance above 0, "
            f"are {horizon}, {max_sweeps} and {tolerance}"
        )
    ways = {"plain": _solve_plainly, "kernel": solve_kernel, "wide": _solve_on_gpu}
    if method not in ways:
        raise ValueError(f"solve: method must be one of {', '.join(ways)}, is {method!r}")
    return ways[method](compiled, future, grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps)


def _solve_plainly(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> Solution:
    board = Board.lay_out(compiled=compiled, future=future, grid=grid)
    found = iterate(board, tolerance=tolerance, max_sweeps=max_sweeps)
    return Solution(
        outcome=outcome_of(found.play, board=board, horizon=horizon),
        status=SolverStatus.CONVERGED if found.residual < tolerance else SolverStatus.NOT_CONVERGED,
        residual=found.residual,
        sweeps=found.sweeps,
        tolerance=tolerance,
        method="plain",
        grid=grid,
        horizon=horizon,
    )


def _solve_on_gpu(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> Solution:
    return solve_wide(
        [compiled], [future], grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps, device="gpu"
    )[0]
