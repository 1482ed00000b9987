"""Solve every arrangement in every sampled future, on as many cores as there are."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future as Task
from concurrent.futures import ThreadPoolExecutor, as_completed

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.futures.ensemble import OUTCOMES, Ensemble, Sample, Settings
from foedus.futures.from_mechanism import compile_all
from foedus.futures.parameters import Parameters
from foedus.futures.sample import draw, future_of
from foedus.game.grid import Grid
from foedus.game.solution import Solution
from foedus.game.solve import solve
from foedus.values.arrays import FloatArray

Progress = Callable[[int, int], None]
"""Called with the number of futures done and the number in all."""


def run_ensemble(
    arrangements: Sequence[Arrangement],
    parameters: Parameters,
    *,
    settings: Settings,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Solve all arrangements in the same futures; the numbers do not depend on ``workers``.

    Raises ``ValueError`` for no arrangement or no future. ``KeyboardInterrupt`` stops at the next future.
    """
    if not arrangements:
        raise ValueError("a comparison needs at least one arrangement")
    sample = draw(parameters, futures=settings.futures, seed=settings.seed)
    rows = _solve_rows(arrangements, sample, settings, workers or os.cpu_count() or 1, progress or _silent)
    return _gather(arrangements, sample, settings, rows)


def _silent(done: int, total: int) -> None:
    """Show no progress."""


def _solve_rows(
    arrangements: Sequence[Arrangement], sample: Sample, settings: Settings, workers: int, progress: Progress
) -> list[list[Solution]]:
    pool = ThreadPoolExecutor(max_workers=workers)
    tasks: dict[Task[list[Solution]], int] = {}
    rows: dict[int, list[Solution]] = {}
    try:
        for row in range(settings.futures):
            tasks[pool.submit(_solve_row, arrangements, sample, row, settings)] = row
        for done, task in enumerate(as_completed(tasks), start=1):
            rows[tasks[task]] = task.result()
            progress(done, settings.futures)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return [rows[row] for row in range(settings.futures)]


def _solve_row(arrangements: Sequence[Arrangement], sample: Sample, row: int, settings: Settings) -> list[Solution]:
    values = dict(zip(sample.names, sample.values[row].tolist(), strict=True))
    future = future_of(values)
    grid = Grid(settings.beliefs, settings.balances, settings.slices)
    return [
        solve(
            compiled,
            future,
            grid=grid,
            horizon=settings.horizon_periods,
            tolerance=settings.tolerance,
            max_sweeps=settings.max_sweeps,
            method=settings.method,
        )
        for compiled in compile_all(arrangements, values)
    ]


def _gather(
    arrangements: Sequence[Arrangement], sample: Sample, settings: Settings, rows: list[list[Solution]]
) -> Ensemble:
    priors = sample.values[:, sample.names.index("prior")].tolist()
    pairs = list(zip(priors, rows, strict=True))
    return Ensemble(
        arrangements=tuple(arrangement.id for arrangement in arrangements),
        sample=sample,
        outcomes=np.array([[_outcome_row(solution, prior) for solution in row] for prior, row in pairs]),
        war_by_period=np.array([[solution.outcome.war_by_t for solution in row] for row in rows]),
        cost_by_member=tuple(
            np.array([row[j].outcome.cost_guarantors[: len(arrangement.responders)] for row in rows])
            for j, arrangement in enumerate(arrangements)
        ),
        members=tuple(arrangement.responders for arrangement in arrangements),
        converged=np.array([[solution.is_converged for solution in row] for row in rows]),
        residual=np.array([[solution.residual for solution in row] for row in rows]),
        sweeps=np.array([[solution.sweeps for solution in row] for row in rows]),
        settings=settings,
    )


def _outcome_row(solution: Solution, prior: float) -> FloatArray:
    outcome = solution.outcome
    value_g, fight_g = ((1 - prior) * pair[0] + prior * pair[1] for pair in (outcome.value_G, outcome.fight_G))
    derived = {
        "cost": sum(outcome.cost_guarantors),
        "value_G": value_g,
        "gain_A": outcome.value_A - outcome.fight_A,
        "gain_P": outcome.value_P - outcome.fight_P,
        "gain_G": value_g - fight_g,
    }
    return np.array([derived[name] if name in derived else getattr(outcome, name) for name in OUTCOMES])
