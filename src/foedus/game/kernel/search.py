"""Find the equilibrium of one game: slice by slice, in float32 and then in float64.

What happens at a slice depends on the next one and never on the one before: territory is lost, not regained. So the
last slice is solved first, alone, and each other starts from the policies and values of the one after it. Each is
solved roughly in float32, where a sweep takes half the time, and finished in float64.

Where a game has several equilibria, the one wanted is on the branch that McKelvey and Palfrey call principal: from high
lam, where play is nearly random and the equilibrium unique, down to the game itself. So each slice is first solved,
roughly, at a higher lam. One that resists is tried from nothing, then in many steps from four times every lam, which
`FROM_HIGH_LAM` takes throughout. The consultation keeps its lam_G.
"""

from functools import lru_cache
from threading import get_ident
from typing import Any, NamedTuple

import numpy as np

from foedus.game.grid import Grid
from foedus.game.kernel.iterate import COUNT, LADDER, RUNG, base_camp, climb, reach
from foedus.game.kernel.lanes import LANES
from foedus.game.kernel.pack import Clauses, Game, derive, heat, narrow, odds_of
from foedus.game.kernel.response import Answers, no_answers, settle
from foedus.game.kernel.room import ENTRIES, Room, make_room, on_lines, start
from foedus.values.arrays import FloatArray, IntArray

LONG_PATH = np.array([4.0, 2.8, 2.0, 1.6, 1.4, 1.3, 1.2, 1.1, 1.05, 1.0])
"""Multiples of every lam, from nearly random play down to the game itself."""
SHORT_PATH = np.array([2.0, 1.0])
"""The same in one step from less high: ends on the same branch in all but a few games."""
STRAIGHT = np.ones(1)
NEARLY = 0.3
"""Tolerance at every multiple of lam but the last."""
HOPELESS = 100.0
"""Times its tolerance that float32 may be off where float64 is still tried."""
FINEST = 2e-5
"""The least tolerance that is asked of float32."""
EASIER = 0.7
"""Tolerance asked of float32, as a share of the game's own."""
KEPT = 250
"""Sweeps kept for each slice that comes after, and the fewest with which another path is begun."""


class Way(NamedTuple):
    """How the fixed point is sought."""

    ladder: FloatArray = LADDER
    """Rungs of relaxation."""
    paths: tuple[FloatArray, ...] = (SHORT_PATH, STRAIGHT, LONG_PATH)
    """Each the multiples of every lam to solve at in turn, ending with 1; the next is for a slice that resists."""
    is_rough_first: bool = True
    """Whether float32 comes before float64."""


DEFAULT_WAY = Way()
FROM_HIGH_LAM = Way(paths=(LONG_PATH,))


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
    left: IntArray
    """(1) sweeps of a slice that may still be taken."""


def find(f: Any, a: Clauses, *, terms: Terms, warm: FloatArray | None = None) -> Found:
    """Return the equilibrium of future ``f`` under ``a``, or the last point if none was reached.

    ``warm`` is a point (cell, entry, lane) to start from instead of zero values and uniform policies. What is returned
    is overwritten by the next search of the same thread.
    """
    grid, most = terms.grid, terms.max_sweeps * terms.grid.slices
    rough, fine = _desk(get_ident(), grid, len(a.x_grid))
    game = derive(f, a, odds_of(grid), grid.balance, grid.beliefs, grid.slices)
    answers = no_answers(len(a.x_grid), len(a.weight))
    search = Search(f, a, game, answers, rough, fine, terms, np.array([most]))
    if warm is not None:
        fine.z[:] = warm
    _show(search)
    residual = max(_solve_slice(search, s, is_warm=warm is not None) for s in range(grid.slices - 1, -1, -1))
    sweeps = -(-(most - int(search.left[0])) // grid.slices)
    return Found(game, fine.room, answers, fine.z, fine.new, sweeps, residual)


@lru_cache(maxsize=64)
def _desk(thread: int, grid: Grid, points: int) -> tuple[Side, Side]:
    """Return the working memory of a thread for a grid; fresh memory for every game costs as much as some sweeps."""
    chunks = odds_of(grid).shape[0]
    cells = grid.balances * grid.slices * chunks
    sides = []
    for dtype in (np.float32, np.float64):
        z, new = on_lines((cells, ENTRIES, LANES), dtype), on_lines((cells, ENTRIES, LANES), dtype)
        room = make_room((grid.beliefs, grid.balances, grid.slices, chunks), points, dtype)
        sides.append(Side(room, z, new))
    return sides[0], sides[1]


def _solve_slice(search: Search, s: int, *, is_warm: bool) -> float:
    """Solve slice ``s``, those after it being solved; return its residual."""
    residual = np.inf
    for path in search.terms.way.paths:
        if not is_warm:
            _start_slice(search, s)
        residual = _follow(search, s, STRAIGHT if is_warm else path)
        is_warm = False
        if residual < search.terms.tolerance or search.left[0] < KEPT * (s + 1):
            break
    here = _cells(search, s)
    search.rough.room.ahead[here] = search.fine.room.ahead[here]
    search.rough.room.slope[here] = search.fine.room.slope[here]
    return residual


def _start_slice(search: Search, s: int) -> None:
    """Start slice ``s`` from the one after it; the last one from zero values and uniform policies."""
    z = search.fine.z
    if s + 1 < search.terms.grid.slices:
        z[_cells(search, s)] = z[_cells(search, s + 1)]
    else:
        start(z[_cells(search, s)])


def _cells(search: Search, s: int) -> slice:
    """Return where the cells of a slice lie."""
    cells = len(search.fine.z) // search.terms.grid.slices
    return slice(s * cells, (s + 1) * cells)


def _follow(search: Search, s: int, path: FloatArray) -> float:
    """Solve slice ``s`` at one multiple of every lam after another, each from the last one's; return the residual."""
    way, tolerance, rung = search.terms.way, search.terms.tolerance, 0
    ladder = way.ladder
    if search.left[0] > KEPT * (s + 1):
        for times in path[:-1]:
            _solve_roughly(search, heat(search.game, times), s, ladder[:1], NEARLY)
        if way.is_rough_first:
            sought = max(EASIER * tolerance, FINEST)
            residual, rung = _solve_roughly(search, search.game, s, ladder, sought)
            if residual >= HOPELESS * sought:
                ladder = ladder[:0]
            elif residual >= sought:
                rung = len(ladder) - 1
    return _climb(search, search.fine, search.game, s, ladder, rung, tolerance)[0]


def _solve_roughly(search: Search, game: Game, s: int, ladder: FloatArray, tolerance: float) -> tuple[float, int]:
    """Move slice ``s`` of the point to where float32 solves ``game``; return the residual and the rung reached."""
    here = _cells(search, s)
    search.rough.z[here] = search.fine.z[here]
    reached = _climb(search, search.rough, narrow(game), s, ladder, 0, tolerance)
    search.fine.z[here] = search.rough.z[here]
    return reached


def _climb(
    search: Search, side: Side, game: Game, s: int, ladder: FloatArray, rung: int, tolerance: float
) -> tuple[float, int]:
    """Climb a ladder in slice ``s`` from a rung, answering what is asked; return the residual and the rung reached."""
    f, a, answers = search.f, search.a, search.answers
    left = int(search.left[0])
    most = max(left - KEPT * s, left // (s + 1), 1)
    progress = base_camp(rung)
    while True:
        is_over, residual = climb(
            f, a, game, side.room, answers.known, side.z, side.new, s, ladder, tolerance, most, progress
        )
        if is_over:
            search.left[0] -= int(progress[COUNT])
            return residual, int(progress[RUNG])
        # X does not depend on T, so the sweep taken again asks for no more
        settle(f, a, f.lam_G, answers, reach(a, game, side.room, s))
        _show(search)


def _show(search: Search) -> None:
    """Copy the response table to where sweeps read it."""
    points = search.answers.table.shape[2]
    for side in (search.rough, search.fine):
        side.room.table[:, :, :points] = search.answers.table
        side.room.rise[:, :, :points] = search.answers.rise
