"""What sweeps read of the consultation: settled from the least to the largest X of a slice, and a margin beyond."""

import numpy as np

from foedus.game.kernel.consultation.table import Consultation
from foedus.game.kernel.machine.jit import called, compiled
from foedus.game.kernel.machine.vectors import higher_of, largest, like, load, lower_of
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
from foedus.values.arrays import BoolArray, FloatArray, IntArray

MARGIN = 2
"""Points of X that are settled beyond those asked for, lest the next sweep ask for more."""


@called
def show(consultation: Consultation, work: Workspace) -> int:
    """Copy the response table to where sweeps read it."""
    points = consultation.table.shape[1]
    for q in range(CRISIS_QUESTIONS):
        for x in range(points):
            work.table[q, x] = consultation.table[q, x]
            if x + 1 < points:
                work.rise[q, x] = consultation.table[q, x + 1] - consultation.table[q, x]
    return 0


@called
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
def asked_in_cells(
    x_grid: FloatArray, is_open: FloatArray, span: IntArray, gain: FloatArray, first: int, end: int
) -> BoolArray:
    """Return (q, x) the points of X that sweeps of some cells ask for after the last one, and keep their span.

    Given the arrays of game, consultation and workspace that it reads: each record handed over is a second to compile.
    """
    last = len(x_grid) - 1
    asked = np.zeros((QUESTIONS, last + 1), np.bool_)
    read = _read(x_grid, is_open, gain, first, end)
    for q in range(CRISIS_QUESTIONS):
        if read[q, 0] <= read[q, 1]:
            span[q, 0] = min(span[q, 0], max(read[q, 0] - MARGIN, 0))
            span[q, 1] = max(span[q, 1], min(read[q, 1] + MARGIN, last))
            for x in range(span[q, 0], span[q, 1] + 1):
                asked[q, x] = True
    return asked


@compiled
def largest_miss(x_grid: FloatArray, is_open: FloatArray, miss: FloatArray, gain: FloatArray, cells: int) -> float:
    """Return the largest distance of a chance to join from its logit where the last sweep, or a war, read it."""
    worst = 0.0
    for q in range(CRISIS_QUESTIONS, QUESTIONS):
        for x in range(len(x_grid)):
            worst = max(worst, miss[q, x])
    read = _read(x_grid, is_open, gain, 0, cells)
    for q in range(CRISIS_QUESTIONS):
        for x in range(read[q, 0], read[q, 1] + 1):
            worst = max(worst, miss[q, x])
    return worst


@called
def _read(x_grid: FloatArray, is_open: FloatArray, gain: FloatArray, first: int, end: int) -> IntArray:
    """Return (crisis question, 2) the first and last point of X that the last sweep read; none if it is closed."""
    read, points = np.empty((CRISIS_QUESTIONS, 2), np.int64), len(x_grid)
    for q in range(CRISIS_QUESTIONS):
        read[q, 0], read[q, 1] = points, -1
    for n in range(1, FINDINGS):
        for r in range(1, CRISIS_TIERS):
            if is_open[r] > 0.0:
                least = load(gain, (first, 0, n - 1, r - 1))
                most = least
                for cell in range(first, end):
                    for th in range(TYPES):
                        here = load(gain, (cell, th, n - 1, r - 1))
                        least, most = lower_of(least, here), higher_of(most, here)
                low, high, smallest, greatest = 0, 0, -largest(0.0 - least), largest(most)
                while low + 1 < points and x_grid[low + 1] <= smallest:
                    low += 1
                while high < points - 1 and x_grid[high] < greatest:
                    high += 1
                read[crisis_question(n, r), 0], read[crisis_question(n, r), 1] = low, high
    return read
