"""Find the equilibrium of one game: slice by slice, in float32 and then in float64; if that fails, down from high lam.

Each slice is solved roughly in float32, where a sweep takes half the time, and finished in float64. One that resists is
solved at four times every lam, where play is nearly random and the equilibrium unique, and followed down in the steps
of HEATS: what is found then lies on the branch that McKelvey and Palfrey call principal, if the steps are small enough
to stay on it. The consultation keeps its lam_G on that way.
"""

from functools import lru_cache
from threading import get_ident
from typing import Any, NamedTuple

import numpy as np

from foedus.game.grid import Grid
from foedus.game.kernel.accelerate import Memory, remember
from foedus.game.kernel.iterate import (
    COUNT,
    FINE_LADDER,
    LAST_LADDER,
    PATH_LADDER,
    ROUGH_LADDER,
    base_camp,
    climb,
    reach,
)
from foedus.game.kernel.lanes import LANES
from foedus.game.kernel.pack import Clauses, Game, derive, heat, narrow, odds_of
from foedus.game.kernel.response import Answers, fill_table, no_answers
from foedus.game.kernel.room import ENTRIES, Room, make_room, start
from foedus.values.arrays import FloatArray

HEATS = np.array([4.0, 2.8, 2.0, 1.6, 1.4, 1.3, 1.2, 1.1, 1.05, 1.0])
"""Multiples of every lam, from nearly random play down to the game itself."""
MARGIN = 1
"""Points of X solved beyond those that are read, lest the next sweep ask for more."""
FINEST = 2e-5
"""The least tolerance that is asked of float32."""
EASIER = 0.7
"""Tolerance asked of float32, as a share of the game's own."""


class Way(NamedTuple):
    """How the fixed point is sought; empty parts are left out."""

    rough: FloatArray = ROUGH_LADDER
    """Rungs in float32."""
    fine: FloatArray = FINE_LADDER
    """Rungs in float64."""
    heats: FloatArray = HEATS
    """Multiples of every lam, ending with 1."""
    path: FloatArray = PATH_LADDER
    """Rungs at each of them but the last."""
    last: FloatArray = LAST_LADDER
    """Rungs for the game itself at the end of that way."""


DEFAULT_WAY = Way()


class Terms(NamedTuple):
    """How a game is to be solved."""

    grid: Grid
    horizon: int
    tolerance: float
    max_sweeps: int
    way: Way = DEFAULT_WAY


class Side(NamedTuple):
    """Working memory in one precision."""

    room: Room
    memory: Memory
    z: FloatArray
    new: FloatArray


class Found(NamedTuple):
    """Where the search ended, and the last sweep there."""

    game: Game
    room: Room
    answers: Answers
    z: FloatArray
    swept: FloatArray
    sweeps: int
    residual: float


class Search(NamedTuple):
    """One game on the desk."""

    f: Any
    a: Clauses
    game: Game
    answers: Answers
    rough: Side
    fine: Side
    terms: Terms


def find(f: Any, a: Clauses, *, terms: Terms, warm: FloatArray | None = None) -> Found:
    """Return the equilibrium of future ``f`` under ``a``, or the last point if none was reached.

    ``warm`` is a point (cell, entry, lane) to start from instead of zero values and uniform policies. What is returned
    is overwritten by the next search of the same thread.
    """
    grid = terms.grid
    rough, fine = _desk(get_ident(), grid, len(a.x_grid))
    game = derive(f, a, odds_of(grid), grid.balance, grid.beliefs, grid.slices)
    search = Search(f, a, game, no_answers(len(a.x_grid), len(a.weight)), rough, fine, terms)
    if warm is None:
        start(fine.z)
    else:
        fine.z[:] = warm
    _show(search)
    sweeps, residual = _descend(search, is_warm=warm is not None)
    return Found(game, fine.room, search.answers, fine.z, fine.new, sweeps, residual)


@lru_cache(maxsize=64)
def _desk(thread: int, grid: Grid, points: int) -> tuple[Side, Side]:
    """Return the working memory of a thread for a grid; fresh memory for every game costs as much as some sweeps."""
    chunks = odds_of(grid).shape[0]
    cells = grid.balances * grid.slices * chunks
    sides = []
    for dtype in (np.float32, np.float64):
        z = np.empty((cells, ENTRIES, LANES), dtype)
        room = make_room((grid.beliefs, grid.balances, grid.slices, chunks), points, dtype)
        memory = remember(grid.balances * chunks * ENTRIES, dtype)
        sides.append(Side(room, memory, z, np.empty_like(z)))
    return sides[0], sides[1]


def _descend(search: Search, *, is_warm: bool) -> tuple[int, float]:
    """Solve the slices from the last to the first; return full sweeps, rounded up, and the residual of ``fine.z``."""
    way, tolerance, slices = search.terms.way, search.terms.tolerance, search.terms.grid.slices
    short, cells = narrow(search.game), len(search.fine.z) // slices
    left, worst = search.terms.max_sweeps * slices, 0.0
    for s in range(slices - 1, -1, -1):
        here = slice(s * cells, (s + 1) * cells)
        if s + 1 < slices and not is_warm:
            search.fine.z[here] = search.fine.z[(s + 1) * cells : (s + 2) * cells]
        if len(way.rough) and left > s + 1:
            search.rough.z[here] = search.fine.z[here]
            sought = max(EASIER * tolerance, FINEST)
            left -= _climb(search, search.rough, short, s, way.rough, sought, left - s - 1)[0]
            search.fine.z[here] = search.rough.z[here]
        residual = np.inf
        if len(way.fine):
            count, residual = _climb(search, search.fine, search.game, s, way.fine, tolerance, left - s)
            left -= count
        if residual >= tolerance and worst < tolerance and left > s:
            count, residual = _come_down(search, s, residual, left - s)
            left -= count
        worst = max(worst, residual)
        search.rough.room.ahead[here] = search.fine.room.ahead[here]
        search.rough.room.slope[here] = search.fine.room.slope[here]
    return -(-(search.terms.max_sweeps * slices - left) // slices), worst


def _come_down(search: Search, s: int, residual: float, most: int) -> tuple[int, float]:
    """Solve slice ``s`` at high lam and follow it down; return sweeps and residual."""
    way, tolerance = search.terms.way, search.terms.tolerance
    z = search.fine.z
    cells = len(z) // search.terms.grid.slices
    here, after = slice(s * cells, (s + 1) * cells), slice((s + 1) * cells, (s + 2) * cells)
    used = 0
    for i, times in enumerate(way.heats):
        is_last = i + 1 == len(way.heats)
        if i == 0 and after.stop <= len(z):
            z[here] = z[after]
        elif i == 0:
            start(z[here])
        allowed = most - used if is_last else most - used - 1
        if allowed > 0:
            hot, sought = heat(search.game, times), tolerance if is_last else 10 * tolerance
            ladder = way.last if is_last else way.path
            count, residual = _climb(search, search.fine, hot, s, ladder, sought, allowed)
            used += count
    return used, residual


def _climb(
    search: Search, side: Side, game: Game, s: int, ladder: FloatArray, tolerance: float, most: int
) -> tuple[int, float]:
    """Climb a ladder in slice ``s``, answering what is asked on the way; return sweeps and residual."""
    f, a, answers = search.f, search.a, search.answers
    progress = base_camp()
    while True:
        is_over, residual = climb(
            f, a, game, side.room, answers.filled, side.memory, side.z, side.new, s, ladder, tolerance, most, progress
        )
        if is_over:
            return int(progress[COUNT]), residual
        _answer(search, *reach(a, side.room))


def _answer(search: Search, low: int, high: int) -> None:
    """Fill the response table from ``low`` to ``high`` and a little beyond.

    X does not depend on T, so the sweep taken again reads no others.
    """
    answers = search.answers
    wanted = np.zeros_like(answers.filled)
    wanted[max(low - MARGIN, 0) : high + MARGIN + 1] = True
    wanted &= ~answers.filled
    fill_table(search.f, search.a, search.f.lam_G, answers.table, answers.rise, answers.joined, wanted)
    answers.filled[wanted] = True
    _show(search)


def _show(search: Search) -> None:
    """Copy the response table to where sweeps read it."""
    points = search.answers.table.shape[2]
    for side in (search.rough, search.fine):
        side.room.table[:, :, :points] = search.answers.table
        side.room.rise[:, :, :points] = search.answers.rise
