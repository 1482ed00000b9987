"""Solve the cells: what becomes of an attack that is mounted within the time that a crisis is given."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.evidence.calibration.follow import Progress, Run
from foedus.facts.balance import Balance
from foedus.futures.compile import Game, balances_of, games_of
from foedus.futures.ensemble import Sample
from foedus.game.solve import solve
from foedus.values.arrays import FloatArray

PERIODS = 2
"""Half-years that a crisis is given."""
_KINDS = ("mounted", "carried", "war", "defended")


@dataclass(frozen=True, eq=False)
class CellCourses:
    """What came of attacks in every cell and future; nan where a game was not solved."""

    cells: tuple[str, ...]
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
    texts: Mapping[str, Arrangement],
    sample: Sample,
    *,
    run: Run,
    workers: int | None = None,
    progress: Progress | None = None,
) -> CellCourses:
    """Solve every text in each future of a sample; the numbers do not depend on ``workers``."""
    given = list(texts.values())
    balances = balances_of(given)
    rows = []
    with ThreadPoolExecutor(max_workers=workers or os.cpu_count() or 1) as pool:
        tasks = [pool.submit(_row, given, balances, sample, row, run) for row in range(len(sample.values))]
        for done, task in enumerate(tasks, start=1):
            rows.append(task.result())
            if progress:
                progress(done, len(tasks))
    return CellCourses(tuple(texts), **dict(zip(_KINDS, np.moveaxis(np.array(rows), 2, 0), strict=True)))


def _row(
    texts: Sequence[Arrangement], balances: Sequence[Balance], sample: Sample, row: int, run: Run
) -> list[tuple[float, ...]]:
    values = dict(zip(sample.names, sample.values[row].tolist(), strict=True))
    return [_counted(game, run) for game in games_of(texts, values, balances=balances)]


def _counted(game: Game, run: Run) -> tuple[float, ...]:
    solution = solve(
        game.compiled, game.future, grid=run.grid, horizon=PERIODS, tolerance=run.tolerance, max_sweeps=run.max_sweeps
    )
    if not solution.is_converged:
        return (np.nan,) * len(_KINDS)
    outcome = solution.outcome
    mounted = outcome.seizures + outcome.invasions
    return mounted, mounted - outcome.withdrawals, outcome.war, outcome.defend
