"""Draw futures, and follow every text that is asked for in each of them."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future as Task
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from foedus.arrangement.record import Arrangement
from foedus.evidence.calibration.expected_course import ExpectedCourse, ExpectedCourses, stack
from foedus.evidence.calibration.observe import observe
from foedus.facts.balance import Balance
from foedus.futures.compile import balances_of, games_of
from foedus.futures.ensemble import Sample
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw
from foedus.game.grid import Grid

Progress = Callable[[int, int], None]
"""Called with the number of futures done and the number in all."""


@dataclass(frozen=True)
class Run:
    """How futures are drawn and solved for calibration."""

    futures: int = 1000
    seed: int = 1
    grid: Grid = Grid(11, 13, 3)  # noqa: RUF009  a frozen value, safe to share
    tolerance: float = 1e-3
    """Looser than in a comparison: it leaves open a hundredth of what the intervals do."""
    max_sweeps: int = 600


def follow(
    texts: Mapping[str, Arrangement],
    parameters: Parameters,
    *,
    run: Run,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[Sample, ExpectedCourses]:
    """Draw futures and follow every text in each; the numbers do not depend on ``workers``.

    Where a text was not solved to tolerance in a future, its figures there are nan. ``KeyboardInterrupt`` stops at the
    next future.
    """
    sample = draw(parameters, futures=run.futures, seed=run.seed)
    given = list(texts.values())
    balances = balances_of(given)
    rows: dict[int, list[ExpectedCourse]] = {}
    pool = ThreadPoolExecutor(max_workers=workers or os.cpu_count() or 1)
    tasks: dict[Task[list[ExpectedCourse]], int] = {}
    try:
        for row in range(run.futures):
            tasks[pool.submit(_follow_row, given, balances, sample, row, run)] = row
        for done, task in enumerate(as_completed(tasks), start=1):
            rows[tasks[task]] = task.result()
            if progress:
                progress(done, run.futures)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    courses = stack([rows[row] for row in range(run.futures)], texts=tuple(texts), balance=run.grid.balance)
    return sample, courses.solved(tolerance=run.tolerance)


def _follow_row(
    texts: Sequence[Arrangement], balances: Sequence[Balance], sample: Sample, row: int, run: Run
) -> list[ExpectedCourse]:
    values = dict(zip(sample.names, sample.values[row].tolist(), strict=True))
    return [
        observe(game, grid=run.grid, tolerance=run.tolerance, max_sweeps=run.max_sweeps)
        for game in games_of(texts, values, balances=balances)
    ]
