"""Solve the cells: what becomes of an attack that is mounted within the time that a crisis is given."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.evidence.calibration.follow import Progress, Run
from foedus.evidence.dyads.cells import CELLS, games_of_cells, text_of
from foedus.futures.compile import DrawnGame
from foedus.futures.ensemble import Sample
from foedus.game.solve import solve
from foedus.values.arrays import FloatArray

PERIODS = 2
"""Half-years that a crisis is given."""
_KINDS = ("mounted", "carried", "war", "defended")


@dataclass(frozen=True, eq=False)
class CellCourses:
    """What came of attacks in every future and cell of `CELLS`; nan where a game was not solved."""

    mounted: FloatArray
    """(future, cell) expected number of attacks chosen."""
    carried: FloatArray
    """Those that were not called off."""
    war: FloatArray
    """Chance of war."""
    defended: FloatArray
    """Chance of a war in which guarantors fight."""

    @property
    def unsolved(self) -> float:
        """Share of games that were not solved."""
        return float(np.isnan(self.mounted).mean())


def solve_cells(
    sample: Sample, *, run: Run, workers: int | None = None, progress: Progress | None = None
) -> CellCourses:
    """Solve every cell in each future of a sample; the numbers do not depend on ``workers``."""
    texts = [text_of(cell) for cell in CELLS]
    rows = []
    with ThreadPoolExecutor(max_workers=workers or os.cpu_count() or 1) as pool:
        tasks = [pool.submit(_row, texts, sample, row, run) for row in range(len(sample.values))]
        for done, task in enumerate(tasks, start=1):
            rows.append(task.result())
            if progress:
                progress(done, len(tasks))
    return CellCourses(**dict(zip(_KINDS, np.moveaxis(np.array(rows), 2, 0), strict=True)))


def _row(texts: list[Arrangement], sample: Sample, row: int, run: Run) -> list[tuple[float, ...]]:
    values = dict(zip(sample.names, sample.values[row].tolist(), strict=True))
    return [_counted(game, run) for game in games_of_cells(CELLS, texts, values)]


def _counted(game: DrawnGame, run: Run) -> tuple[float, ...]:
    solution = solve(
        game.compiled, game.future, grid=run.grid, horizon=PERIODS, tolerance=run.tolerance, max_sweeps=run.max_sweeps
    )
    if not solution.is_converged:
        return (np.nan,) * len(_KINDS)
    outcome = solution.outcome
    mounted = outcome.seizures + outcome.invasions
    return mounted, mounted - outcome.withdrawals, outcome.war, outcome.defend
