"""The one way into the game: solve an arrangement in a future.

Either solver is imported when the first game is: both need libraries that take longer to load than most commands take.
"""

import math
from dataclasses import replace
from typing import Literal, TypeAlias

from foedus.game.anchor import Anchor
from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.solution import Solution, SolverStatus
from foedus.mechanism.compiled import CompiledArrangement

Method: TypeAlias = Literal["plain", "kernel"]
"""Which implementation: the plain oracle, or the fast kernel that is tested against it."""


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
    ``tolerance`` after ``max_sweeps``, whose consultation did not settle, or whose outcome no course of events has (not
    a number, a chance above one), is returned with status ``not_converged``; it is for the caller to refuse it.

    Raises:
        ValueError: ``horizon`` or ``max_sweeps`` below 1, ``tolerance`` not above 0, an unknown ``method``, or slices
            that add up to more than the whole stake.
    """
    grid.refuse_slices_beyond(future.slice)
    if horizon < 1 or max_sweeps < 1 or not 0 < tolerance < math.inf:
        raise ValueError(
            "solve: horizon and max_sweeps must be at least 1, tolerance above 0 and finite, "
            f"are {horizon}, {max_sweeps} and {tolerance}"
        )
    ways = {"plain": _solve_plainly, "kernel": _solve_fast}
    if method not in ways:
        raise ValueError(f"solve: method must be one of {', '.join(ways)}, is {method!r}")
    return _judged(
        ways[method](compiled, future, grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps)
    )


def solve_anchored(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> tuple[Solution, Anchor]:
    """Solve by the kernel, to the same bits as `solve`, and return what a game like this one is solved roughly from."""
    from foedus.game.kernel import solve_anchored as solve_fast

    grid.refuse_slices_beyond(future.slice)
    solution, anchor = solve_fast(
        compiled, future, grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps
    )
    return _judged(solution), anchor


def solve_near(compiled: CompiledArrangement, future: Future, *, anchor: Anchor, grid: Grid, horizon: int) -> Solution:
    """Solve roughly from where a game like this one came to rest, in a third of the time; see `kernel.near`.

    The status is that of a loose tolerance. Never use it where an exact answer is meant.
    """
    from foedus.game.kernel import solve_near as solve_fast

    grid.refuse_slices_beyond(future.slice)
    return _judged(solve_fast(compiled, future, anchor=anchor, grid=grid, horizon=horizon))


def _judged(solution: Solution) -> Solution:
    return solution if solution.outcome.is_possible else replace(solution, status=SolverStatus.NOT_CONVERGED)


def _solve_plainly(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> Solution:
    from foedus.game.plain import descend, joining_residual, outcome_of

    board, found = descend(compiled=compiled, future=future, grid=grid, tolerance=tolerance, max_sweeps=max_sweeps)
    joining = joining_residual(found.play, board=board)
    return Solution(
        outcome=outcome_of(found.play, board=board, horizon=horizon),
        status=SolverStatus.of(residual=found.residual, joining=joining, tolerance=tolerance),
        residual=found.residual,
        joining=joining,
        sweeps=found.sweeps,
        tolerance=tolerance,
        method="plain",
        grid=grid,
        horizon=horizon,
    )


def _solve_fast(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> Solution:
    from foedus.game.kernel import solve_kernel

    return solve_kernel(compiled, future, grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps)
