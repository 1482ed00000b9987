"""From one sweep to the next: the arithmetic on the rows of a slice.

A point is a slice of z as rows of 16 lanes. With miss = new - z,

    adapt      the share of each entry's miss that is taken falls where the miss changes sign and grows where it does
               not, so that only the states that cycle are damped
    step       z + share * miss, and near the end the correction of Anderson (1965, type II) over the last five steps,
               values weighing more in its least squares than probabilities

Probabilities are kept in [0, 1]. Rows hold the belief points and copies of the last one; all of this treats lanes
alike, so copies stay copies.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.jit import compiled
from foedus.game.kernel.lanes import LANES, higher_of, like, load, lower_of, pick, store, total
from foedus.game.kernel.room import ENTRIES, PROVOKE
from foedus.values.arrays import FloatArray, IntArray

WINDOW = 5
"""Earlier steps that Anderson's method remembers."""
SWEEPS, SHARE, LEAST, MOST, DOWN, UP, VALUE_LEAST, ROUNDS, NEAR = range(9)
"""Columns of a ladder: sweeps at most; share of a conjecture's miss taken at first, at least, at most; how it falls
where the miss changes sign and grows where it does not; least share of a value's miss (1: always all of it); sweeps
under fixed policies after each full one; residual below which Anderson's correction is used."""
VALUE_WEIGHT = 30.0 * 30.0
"""Weight of a value's squared miss against a probability's: choices turn on differences of a few hundredths."""


class Memory(NamedTuple):
    """What acceleration remembers between sweeps of one slice. Axes: row, lane."""

    weight: FloatArray
    """(row) weight of the row in Anderson's least squares."""
    share: FloatArray
    """(row, lane) relaxation of every entry."""
    point: FloatArray
    miss: FloatArray
    """The last point and its miss."""
    back: FloatArray
    """Where to return to if a corrected step went wrong."""
    moves: FloatArray
    """(5, row, lane) last differences of points."""
    turns: FloatArray
    """(5, row, lane) last differences of misses."""
    gram: FloatArray
    """(5, 5) their weighted products."""
    firm: FloatArray
    """(1) how much the diagonal of ``gram`` is raised, relative to its sum."""
    number: IntArray
    """(2) differences remembered, and where the next goes."""


def remember(rows: int, dtype: Any) -> Memory:
    """Allocate the memory for a slice of so many rows."""
    is_value = np.arange(rows) % ENTRIES < PROVOKE
    return Memory(
        weight=np.where(is_value, VALUE_WEIGHT, 1.0),
        share=np.empty((rows, LANES), dtype),
        point=np.empty((rows, LANES), dtype),
        miss=np.empty((rows, LANES), dtype),
        back=np.empty((rows, LANES), dtype),
        moves=np.empty((WINDOW, rows, LANES), dtype),
        turns=np.empty((WINDOW, rows, LANES), dtype),
        gram=np.zeros((WINDOW, WINDOW)),
        firm=np.array([1e-10 if dtype == np.float64 else 1e-6]),
        number=np.zeros(2, np.int64),
    )


@compiled
def dot(x: FloatArray, y: FloatArray, weight: FloatArray) -> float:
    """Return the weighted inner product of two points."""
    sums = load(x, (0,)) * load(y, (0,)) * weight[0]
    for row in range(1, x.shape[0]):
        sums = sums + load(x, (row,)) * load(y, (row,)) * weight[row]
    return float(total(sums))


@compiled
def forget(m: Memory, share: float) -> int:
    """Begin anew: one share for all conjectures, values replaced in full."""
    for row in range(len(m.weight)):
        m.share[row, :] = 1.0 if m.weight[row] > 1.0 else share
    m.number[0], m.number[1] = -1, 0
    return 0


@compiled
def adapt(m: Memory, z: FloatArray, new: FloatArray, rung: FloatArray) -> int:
    """Let the share of every entry fall where its miss has changed sign since the last sweep, and grow elsewhere."""
    for row in range(len(m.weight)):
        is_value = m.weight[row] > 1.0
        if is_value and rung[VALUE_LEAST] >= 1.0:
            continue
        least, most = (rung[VALUE_LEAST], 1.0) if is_value else (rung[LEAST], rung[MOST])
        share = load(m.share, (row,))
        cycles = (load(new, (row,)) - load(z, (row,))) * load(m.miss, (row,)) < like(share, 0.0)
        share = pick(cycles, share * rung[DOWN], share * rung[UP])
        store(m.share, (row,), lower_of(higher_of(share, like(share, least)), like(share, most)))
    return 0


@compiled
def put(z: FloatArray, row: int, value: Any, is_value: bool) -> int:
    """Store a row, probabilities kept in [0, 1]."""
    if not is_value:
        value = lower_of(higher_of(value, like(value, 0.0)), like(value, 1.0))
    store(z, (row,), value)
    return 0


@compiled
def step(m: Memory, z: FloatArray, new: FloatArray, gathers: bool, corrects: bool) -> bool:
    """Move z by the relaxed miss, corrected by the last steps if ``corrects``; tell whether it was corrected.

    Only if it ``gathers`` is this step remembered for corrections to come.
    """
    if not gathers:
        m.number[0], m.number[1] = -1, 0
        for row in range(z.shape[0]):
            here = load(z, (row,))
            miss = load(new, (row,)) - here
            store(m.miss, (row,), miss)
            put(z, row, here + load(m.share, (row,)) * miss, m.weight[row] > 1.0)
        return False
    known, slot = m.number[0], m.number[1]
    for row in range(z.shape[0]):
        here = load(z, (row,))
        miss = load(new, (row,)) - here
        if known >= 0:
            store(m.moves, (slot, row), here - load(m.point, (row,)))
            store(m.turns, (slot, row), miss - load(m.miss, (row,)))
        store(m.point, (row,), here)
        store(m.miss, (row,), miss)
    if known >= 0:
        known = min(known + 1, WINDOW)
        for other in range(known):
            m.gram[slot, other] = dot(m.turns[slot], m.turns[other], m.weight)
            m.gram[other, slot] = m.gram[slot, other]
        m.number[1] = (slot + 1) % WINDOW
    m.number[0] = max(known, 0)
    corrects = corrects and known >= 2
    gamma = np.zeros(WINDOW)
    if corrects:
        gamma = _least_squares(m, known)
    for row in range(z.shape[0]):
        share, here = load(m.share, (row,)), load(z, (row,))
        move = share * load(m.miss, (row,))
        is_value = m.weight[row] > 1.0
        if corrects:
            put(m.back, row, here + move, is_value)
            for other in range(known):
                move = move - (load(m.moves, (other, row)) + share * load(m.turns, (other, row))) * gamma[other]
        put(z, row, here + move, is_value)
    return corrects


@compiled
def _least_squares(m: Memory, known: int) -> FloatArray:
    """Return the combination of turns that best explains the miss, by the regularised normal equations."""
    a, x = m.gram[:known, :known].copy(), np.zeros(WINDOW)
    trace = 0.0
    for i in range(known):
        trace += a[i, i]
        x[i] = dot(m.turns[i], m.miss, m.weight)
    for i in range(known):
        a[i, i] += m.firm[0] * trace + 1e-300
    for i in range(known):
        for j in range(i + 1, known):
            factor = a[j, i] / a[i, i]
            a[j, i:] -= factor * a[i, i:]
            x[j] -= factor * x[i]
    for i in range(known - 1, -1, -1):
        for j in range(i + 1, known):
            x[i] -= a[i, j] * x[j]
        x[i] /= a[i, i]
    return x
