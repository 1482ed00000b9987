"""Solve many pairs of arrangement and future, on as many cores as there are."""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.kernel.forward import (
    BREACHED,
    CAPTURES,
    COERCIONS,
    CONQUEST,
    DEFEND,
    ENTRAP,
    HONOURED,
    PROVOCATIONS,
    SEIZURES,
    WITHDRAWALS,
    push_forward,
)
from foedus.game.kernel.pack import Clauses, pack_clauses, pack_future
from foedus.game.kernel.search import DEFAULT_WAY, Terms, Way, find
from foedus.game.outcome import Outcome
from foedus.game.solution import Solution, SolverStatus
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray


def solve_kernel(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> Solution:
    """Solve one arrangement in one future; see `solve_batch`."""
    return solve_batch(
        [compiled], [future], grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps, threads=1
    )[0]


def solve_batch(
    compiled: Sequence[CompiledArrangement],
    futures: Sequence[Future],
    *,
    grid: Grid,
    horizon: int,
    tolerance: float,
    max_sweeps: int,
    threads: int | None = None,
    way: Way = DEFAULT_WAY,
    warm: Sequence[FloatArray | None] | None = None,
    keeps_points: bool = False,
) -> list[Solution]:
    """Solve ``compiled[i]`` in ``futures[i]`` for every i; each on one core, the results independent of ``threads``.

    ``way`` says how the fixed point is sought (docs/decisions/006-convergence.md): slice by slice up a ladder of
    methods from zero values and uniform policies; a slice that resists is followed down from high lam.

    With ``keeps_points`` each solution carries its fixed point (`Solution.point`, some 180 kB on the default grid), and
    ``warm[i]`` is such a point to start game i from: when a clause has changed, much is still in its place. Where a
    game has several equilibria, a warm start may end at another one than a start from nothing.

    Raises:
        ValueError: the sequences differ in length, or ``horizon`` or ``max_sweeps`` is below 1 or ``tolerance``
            not above 0.
    """
    if horizon < 1 or max_sweeps < 1 or not tolerance > 0:
        raise ValueError(
            "solve_batch: horizon and max_sweeps must be at least 1 and tolerance above 0, "
            f"are {horizon}, {max_sweeps} and {tolerance}"
        )
    clauses = {id(arrangement): pack_clauses(arrangement) for arrangement in compiled}
    points = warm if warm is not None else [None] * len(futures)
    games = [
        (clauses[id(arrangement)], future, point)
        for arrangement, future, point in zip(compiled, futures, points, strict=True)
    ]
    terms = Terms(grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps, way=way)
    workers = min(threads or os.cpu_count() or 1, len(games))
    if workers <= 1:
        return [_solve_one(a, future, terms=terms, warm=point, keeps_point=keeps_points) for a, future, point in games]
    with ThreadPoolExecutor(max_workers=workers) as pool:
        tasks = [
            pool.submit(_solve_one, a, future, terms=terms, warm=point, keeps_point=keeps_points)
            for a, future, point in games
        ]
        return [task.result() for task in tasks]


def _solve_one(
    a: Clauses, future: Future, *, terms: Terms, warm: FloatArray | None = None, keeps_point: bool = False
) -> Solution:
    f = pack_future(future)
    found = find(f, a, terms=terms, warm=warm)
    total, value, cost, war_by_t = push_forward(
        f, a, found.game, found.room, found.answers, found.swept, balance=terms.grid.balance, horizon=terms.horizon
    )
    return Solution(
        outcome=_outcome(future, total=total, value=value, cost=cost, war_by_t=war_by_t),
        status=SolverStatus.CONVERGED if found.residual < terms.tolerance else SolverStatus.NOT_CONVERGED,
        residual=found.residual,
        sweeps=found.sweeps,
        tolerance=terms.tolerance,
        method="kernel",
        grid=terms.grid,
        horizon=terms.horizon,
        point=found.z.astype(np.float32) if keeps_point else None,
    )


def _outcome(
    future: Future, *, total: FloatArray, value: FloatArray, cost: FloatArray, war_by_t: FloatArray
) -> Outcome:
    wins = _wins_fighting_on(future)
    return Outcome(
        war=float(war_by_t.sum()),
        defend=float(total[DEFEND]),
        entrap=float(total[ENTRAP]),
        conquest=float(total[CONQUEST]),
        lost=future.slice * float(total[CAPTURES]),
        seizures=float(total[SEIZURES]),
        coercions=float(total[COERCIONS]),
        provocations=float(total[PROVOCATIONS]),
        withdrawals=float(total[WITHDRAWALS]),
        honoured=float(total[HONOURED]),
        breached=float(total[BREACHED]),
        cost_guarantors=tuple(cost.tolist()),
        value_A=float(value[0]),
        value_P=float(value[1]),
        value_G=(float(value[2]), float(value[3])),
        fight_A=future.stake_A * wins - future.war_cost_A,
        fight_P=-wins - future.war_cost_P,
        fight_G=(-future.resolve_low * wins, -future.resolve_high * wins),
        war_by_t=tuple(war_by_t.tolist()),
    )


def _wins_fighting_on(future: Future) -> float:
    """Return w at balance_0 with tier support executed and no arrangement in force (section 9)."""
    force = future.tier_force[1] - future.counter_force[1]
    return 1.0 / (1.0 + math.exp(-future.decisiveness * (future.balance_0 - force)))
