"""What sweeps read of the consultation: settled from the least to the largest X of a slice, and a margin beyond."""

import numpy as np

from foedus.game.kernel.consultation.table import Consultation
from foedus.game.kernel.machine.jit import compiled
from foedus.game.kernel.machine.vectors import higher_of, largest, like, load
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import (
    CRISIS_QUESTIONS,
    CRISIS_TIERS,
    FINDINGS,
    QUESTIONS,
    TYPES,
    Workspace,
    cells_before,
    crisis_question,
)
from foedus.values.arrays import BoolArray

MARGIN = 2
"""Points of X that are settled beyond those asked for, lest the next sweep ask for more."""


@compiled
def show(consultation: Consultation, work: Workspace) -> int:
    """Copy the response table to where sweeps read it."""
    points = consultation.table.shape[1]
    for q in range(CRISIS_QUESTIONS):
        for x in range(points):
            work.table[q, x] = consultation.table[q, x]
            if x + 1 < points:
                work.rise[q, x] = consultation.table[q, x + 1] - consultation.table[q, x]
    return 0


@compiled
def is_settled(a: Clauses, game: Game, work: Workspace, consultation: Consultation, s: int) -> bool:
    """Tell whether the response table is known wherever the last sweep of slice s read it."""
    last, span = len(a.x_grid) - 1, consultation.span
    first_cell, end = cells_before(game.shape, s), cells_before(game.shape, s + 1)
    beyond = like(load(work.gain, (first_cell, 0, 0, 0)), -1.0)
    for n in range(1, FINDINGS):
        for r in range(1, CRISIS_TIERS):
            if game.open[r] > 0.0:
                q = crisis_question(n, r)
                if span[q, 0] > span[q, 1]:
                    return False
                least = a.x_grid[span[q, 0]] if span[q, 0] > 0 else -np.inf
                most = a.x_grid[span[q, 1]] if span[q, 1] < last else np.inf
                for cell in range(first_cell, end):
                    for th in range(TYPES):
                        here = load(work.gain, (cell, th, n - 1, r - 1))
                        beyond = higher_of(beyond, higher_of(least - here, here - most))
    return bool(largest(beyond) <= 0.0)


@compiled
def asked_in_slice(a: Clauses, game: Game, consultation: Consultation, work: Workspace, s: int) -> BoolArray:
    """Return (q, x) the points of X that sweeps of slice s ask for after the last one, and keep their span."""
    points, span = len(a.x_grid), consultation.span
    asked = np.zeros((QUESTIONS, points), np.bool_)
    first_cell, end = cells_before(game.shape, s), cells_before(game.shape, s + 1)
    for n in range(1, FINDINGS):
        for r in range(1, CRISIS_TIERS):
            if game.open[r] > 0.0:
                gain, q = work.gain[first_cell:end, :, n - 1, r - 1], crisis_question(n, r)
                first = int(np.searchsorted(a.x_grid, gain.min(), side="right")) - 1
                last = int(np.searchsorted(a.x_grid, gain.max(), side="left"))
                span[q, 0] = min(span[q, 0], max(min(first, points - 1) - MARGIN, 0))
                span[q, 1] = max(span[q, 1], min(max(last, 0) + MARGIN, points - 1))
                asked[q, span[q, 0] : span[q, 1] + 1] = True
    return asked


@compiled
def largest_miss(a: Clauses, game: Game, work: Workspace, consultation: Consultation) -> float:
    """Return the largest distance of a chance to join from its logit where the last sweep, or a war, read it."""
    worst = 0.0
    for q in range(CRISIS_QUESTIONS, QUESTIONS):
        worst = max(worst, consultation.miss[q].max())
    for n in range(1, FINDINGS):
        for r in range(1, CRISIS_TIERS):
            if game.open[r] > 0.0:
                gain, q = work.gain[:, :, n - 1, r - 1], crisis_question(n, r)
                first = max(int(np.searchsorted(a.x_grid, gain.min(), side="right")) - 1, 0)
                last = min(int(np.searchsorted(a.x_grid, gain.max(), side="left")), len(a.x_grid) - 1)
                worst = max(worst, consultation.miss[q, min(first, last) : last + 1].max())
    return worst
