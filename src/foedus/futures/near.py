"""One text solved so that others can be solved roughly from it, and a text solved roughly from another one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.futures.compile import DrawnGame, balances_of, games_of
from foedus.futures.ensemble import Ensemble, Sample, Settings
from foedus.futures.solve import block_of, ensemble_of
from foedus.game.anchor import Anchor
from foedus.game.solution import Solution
from foedus.game.solve import solve_anchored, solve_near


def run_anchored(
    arrangement: Arrangement, sample: Sample, *, settings: Settings
) -> tuple[Ensemble, tuple[Anchor, ...]]:
    """Solve a text in the futures of a sample as `run_sample` does; return with it (future) where each game rests."""
    both = [
        solve_anchored(
            game.compiled,
            game.future,
            grid=settings.grid,
            horizon=settings.horizon_periods,
            tolerance=settings.tolerance,
            max_sweeps=settings.max_sweeps,
        )
        for game in _games(arrangement, sample)
    ]
    exact = _ensemble([solution for solution, _ in both], arrangement, sample, settings)
    return exact, tuple(anchor for _, anchor in both)


def run_near(arrangement: Arrangement, sample: Sample, *, settings: Settings, anchors: Sequence[Anchor]) -> Ensemble:
    """Solve a text roughly, each future from the anchor of another text there.

    All possible outcomes count as converged: to leave those out that are far from rest would make the average worse.
    """
    solutions = [
        solve_near(game.compiled, game.future, anchor=anchor, grid=settings.grid, horizon=settings.horizon_periods)
        for game, anchor in zip(_games(arrangement, sample), anchors, strict=True)
    ]
    rough = _ensemble(solutions, arrangement, sample, settings)
    return replace(rough, converged=np.array([[solution.outcome.is_possible] for solution in solutions]))


def _games(arrangement: Arrangement, sample: Sample) -> Iterator[DrawnGame]:
    balances = balances_of([arrangement])
    for row in sample.values.tolist():
        yield from games_of([arrangement], dict(zip(sample.names, row, strict=True)), balances=balances)


def _ensemble(solutions: Sequence[Solution], arrangement: Arrangement, sample: Sample, settings: Settings) -> Ensemble:
    block = block_of([[solution] for solution in solutions], [arrangement], sample)
    return ensemble_of(block, [arrangement], sample, settings)
