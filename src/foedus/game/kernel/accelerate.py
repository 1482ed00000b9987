"""Two ways to go faster than relaxation, and one to go where relaxation does not: the arithmetic on whole points.

A point is z as rows of 16 lanes. Values are replaced in full or by `share`, conjectures move by their share of the miss
(new - z). Probabilities are kept in [0, 1].

    relax      z + share (new - z); the share of every entry halves its way down where the miss changes sign and
               grows slowly where it does not, so that only the states that cycle are damped
    anderson   the same step corrected by the last five (Anderson 1965, type II), the values weighted by VALUE_WEIGHT
    newton     GMRES on the linearised miss, each product with the derivative being one sweep, and a line search
               (Knoll and Keyes 2004)

Rows hold the belief points and copies of the last one; all of this treats lanes alike, so copies stay copies.
"""

import math
from typing import NamedTuple

import numpy as np

from foedus.game.kernel.jit import compiled
from foedus.game.kernel.lanes import LANES, higher_of, load, lower_of, pick, spread, store, total
from foedus.game.kernel.sweep import ENTRIES, PROVOKE
from foedus.values.arrays import FloatArray, IntArray

WINDOW = 5
"""Earlier steps that Anderson's method remembers."""
VALUE_WEIGHT = 30.0 * 30.0
"""Weight of a value's squared miss against a probability's: choices turn on differences of a few hundredths."""
INNER = 60
"""Largest number of products in one Newton step."""
NUDGE = 1e-6
"""Size of the step with which a derivative is taken."""


class Memory(NamedTuple):
    """What acceleration remembers between sweeps. Axes: row, lane."""

    weight: FloatArray
    """(row) weight of the row in Anderson's least squares."""
    share: FloatArray
    """(row, lane) relaxation of every entry."""
    point: FloatArray
    miss: FloatArray
    """The last point and its miss."""
    back: FloatArray
    """Where to return to if an Anderson step went wrong; Newton's base."""
    image: FloatArray
    """The sweep of Newton's base."""
    moves: FloatArray
    """(5, row, lane) last differences of points."""
    turns: FloatArray
    """(5, row, lane) last differences of misses."""
    gram: FloatArray
    """(5, 5) their weighted products."""
    basis: FloatArray
    """(61, row, lane) orthonormal directions of one Newton step."""
    hess: FloatArray
    """(61, 60) the derivative in that basis, made triangular as it grows."""
    turn: FloatArray
    """(3, 61) cosines, sines and right-hand side of that."""
    number: IntArray
    """(2) differences remembered, and where the next goes."""


@compiled
def remember(rows: int, chunks: int) -> Memory:
    """Allocate the memory; the Newton part only grows when it is used."""
    weight = np.ones(rows)
    for row in range(rows):
        if (row // chunks) % ENTRIES < PROVOKE:
            weight[row] = VALUE_WEIGHT
    return Memory(
        weight=weight,
        share=np.empty((rows, LANES)),
        point=np.empty((rows, LANES)),
        miss=np.empty((rows, LANES)),
        back=np.empty((rows, LANES)),
        image=np.empty((rows, LANES)),
        moves=np.empty((WINDOW, rows, LANES)),
        turns=np.empty((WINDOW, rows, LANES)),
        gram=np.zeros((WINDOW, WINDOW)),
        basis=np.empty((INNER + 1, rows, LANES)),
        hess=np.zeros((INNER + 1, INNER)),
        turn=np.zeros((3, INNER + 1)),
        number=np.zeros(2, np.int64),
    )


@compiled
def dot(x: FloatArray, y: FloatArray, weight: FloatArray) -> float:
    """Return the weighted inner product of two points."""
    sums = spread(0.0)
    for row in range(x.shape[0]):
        sums = sums + load(x, (row,)) * load(y, (row,)) * weight[row]
    return float(total(sums))


@compiled
def set_share(m: Memory, values: float, conjectures: float) -> int:
    """Start a new rung: one share for all values, one for all conjectures; forget what was learnt."""
    for row in range(len(m.weight)):
        m.share[row, :] = values if m.weight[row] > 1.0 else conjectures
    m.number[:] = 0
    return 0


@compiled
def relax(m: Memory, z: FloatArray, new: FloatArray, seen: int, floor: float, value_floor: float) -> int:
    """Move z by its miss, each entry by its own share; shares adapt once a miss has been ``seen`` before."""
    for row in range(z.shape[0]):
        here = load(z, (row,))
        miss, share = load(new, (row,)) - here, load(m.share, (row,))
        is_value = m.weight[row] > 1.0
        if seen > 0:
            cycles = miss * load(m.miss, (row,)) < spread(0.0)
            share = pick(cycles, share * 0.7, share * 1.02)
            least, most = (value_floor, 1.0) if is_value else (floor, 0.5)
            share = lower_of(higher_of(share, spread(least)), spread(most))
            store(m.share, (row,), share)
        store(m.miss, (row,), miss)
        _put(z, row, here + share * miss, is_value)
    return 0


@compiled
def _put(z: FloatArray, row: int, value: float, is_value: bool) -> int:
    if not is_value:
        value = lower_of(higher_of(value, spread(0.0)), spread(1.0))
    store(z, (row,), value)
    return 0


@compiled
def anderson(m: Memory, z: FloatArray, new: FloatArray, is_near: bool) -> bool:
    """Move z by the relaxed miss, corrected by the last steps if ``is_near``; tell whether it was corrected."""
    known, slot = m.number[0], m.number[1]
    rows = z.shape[0]
    for row in range(rows):
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
    corrects = is_near and known >= 2
    gamma = np.zeros(WINDOW)
    if corrects:
        gamma = _least_squares(m, known)
    for row in range(rows):
        share, here = load(m.share, (row,)), load(z, (row,))
        step = share * load(m.miss, (row,))
        is_value = m.weight[row] > 1.0
        if corrects:
            _put(m.back, row, here + step, is_value)
            for other in range(known):
                step = step - (load(m.moves, (other, row)) + share * load(m.turns, (other, row))) * gamma[other]
        _put(z, row, here + step, is_value)
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
        a[i, i] += 1e-10 * trace + 1e-300
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


@compiled
def newton_begin(m: Memory, z: FloatArray, new: FloatArray, ones: FloatArray) -> float:
    """Take z as base; set z to the first nudged point; return the norm of the miss."""
    m.back[:] = z
    m.image[:] = new
    first = m.basis[0]
    first[:] = new - z
    norm = math.sqrt(dot(first, first, ones))
    first /= norm
    m.turn[2, 0] = norm
    _nudge(m, z, 0)
    return norm


@compiled
def _nudge(m: Memory, z: FloatArray, at: int) -> int:
    for row in range(z.shape[0]):
        store(z, (row,), load(m.back, (row,)) + load(m.basis, (at, row)) * NUDGE)
    return 0


@compiled
def newton_extend(m: Memory, z: FloatArray, new: FloatArray, ones: FloatArray, at: int) -> float:
    """Add the derivative along direction ``at`` to the basis (Arnoldi, Givens); return the norm that is left."""
    fresh = m.basis[at + 1]
    for row in range(z.shape[0]):
        slope = (load(new, (row,)) - load(m.image, (row,))) * (1.0 / NUDGE)
        store(fresh, (row,), load(m.basis, (at, row)) - slope)
    for i in range(at + 1):
        part = dot(m.basis[i], fresh, ones)
        m.hess[i, at] = part
        for row in range(z.shape[0]):
            store(fresh, (row,), load(fresh, (row,)) - load(m.basis, (i, row)) * part)
    norm = math.sqrt(dot(fresh, fresh, ones))
    fresh /= max(norm, 1e-300)
    for i in range(at):
        upper, lower = m.hess[i, at], m.hess[i + 1, at]
        m.hess[i, at] = m.turn[0, i] * upper + m.turn[1, i] * lower
        m.hess[i + 1, at] = m.turn[0, i] * lower - m.turn[1, i] * upper
    length = max(math.hypot(m.hess[at, at], norm), 1e-300)
    m.turn[0, at], m.turn[1, at] = m.hess[at, at] / length, norm / length
    m.hess[at, at] = length
    m.turn[2, at + 1] = -m.turn[1, at] * m.turn[2, at]
    m.turn[2, at] *= m.turn[0, at]
    if at + 1 < INNER:
        _nudge(m, z, at + 1)
    return float(abs(m.turn[2, at + 1]))


@compiled
def newton_aim(m: Memory, size: int) -> int:
    """Solve the triangular system and leave the direction of the Newton step in ``miss``."""
    y = np.zeros(size)
    for i in range(size - 1, -1, -1):
        y[i] = m.turn[2, i]
        for j in range(i + 1, size):
            y[i] -= m.hess[i, j] * y[j]
        y[i] /= m.hess[i, i]
    m.miss[:] = 0.0
    for i in range(size):
        for row in range(m.miss.shape[0]):
            store(m.miss, (row,), load(m.miss, (row,)) + load(m.basis, (i, row)) * y[i])
    return 0


@compiled
def newton_try(m: Memory, z: FloatArray, length: float) -> int:
    """Set z to the base plus ``length`` times the direction."""
    for row in range(z.shape[0]):
        _put(z, row, load(m.back, (row,)) + load(m.miss, (row,)) * length, m.weight[row] > 1.0)
    return 0


@compiled
def miss_norm(z: FloatArray, new: FloatArray) -> float:
    """Return the Euclidean norm of new - z."""
    sums = spread(0.0)
    for row in range(z.shape[0]):
        miss = load(new, (row,)) - load(z, (row,))
        sums = sums + miss * miss
    return math.sqrt(total(sums))
