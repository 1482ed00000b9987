"""Find the equilibrium of one game: slice by slice, in float32 and then in float64.

What happens at a slice depends on the next one and never on the one before: territory is lost, not regained. So the
last slice is solved first, alone, and each other starts from the policies and values of the one after it. Each is
solved roughly in float32, where a sweep takes half the time, and finished in float64.

Where a game has several equilibria, the one wanted is on the branch that McKelvey and Palfrey call principal: from high
lam, where play is nearly random and the equilibrium unique, down to the game itself. So each slice is first solved,
roughly, at a higher lam. One that resists is tried from nothing, then in many steps from four times every lam, which
`FROM_HIGH_LAM` takes throughout. The consultation keeps its lam_G.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.grid import Grid
from foedus.game.kernel.consultation.crisis import asked_in_cells, largest_miss
from foedus.game.kernel.consultation.table import Consultation, Questions, all_questions, nothing_known, settle
from foedus.game.kernel.consultation.war import DefenceTable, asked_in_war, decide_on_defence
from foedus.game.kernel.machine.jit import compiled
from foedus.game.kernel.machine.records import by_address
from foedus.game.kernel.search.iterate import SWEEPS_TAKEN, TURN, Memory, begin_search, iterate
from foedus.game.kernel.search.relax import IN_TURN
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.fighting import Lottery, draw_up_lottery
from foedus.game.kernel.stage.game import Game, derive, narrow, odds_of
from foedus.game.kernel.stage.layout import Mark, cells_of_slice, new_unknown, new_workspace, start
from foedus.values.arrays import BoolArray, FloatArray

LONG_PATH = (4.0, 2.8, 2.0, 1.6, 1.4, 1.3, 1.2, 1.1, 1.05, 1.0)
"""Multiples of every lam, from nearly random play down to the game itself."""
SHORT_PATH = (2.0, 1.0)
"""The same in one step from less high: ends on the same branch in all but a few games."""
STRAIGHT = (1.0,)
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

    relaxations: FloatArray = IN_TURN
    """The relaxations that are tried in turn (`relax`)."""
    paths: tuple[tuple[float, ...], ...] = (SHORT_PATH, STRAIGHT, LONG_PATH)
    """Each the multiples of every lam to solve at in turn, ending with 1; the next is for a slice that resists."""
    is_rough_first: bool = True
    """Whether float32 comes before float64."""


DEFAULT_WAY = Way()
FROM_HIGH_LAM = Way(paths=(LONG_PATH,))


class Terms(NamedTuple):
    """How a game is to be solved."""

    odds: FloatArray
    """(chunk, place)"""
    many_chunks: Mark
    """Empty if there is one chunk."""
    balance: FloatArray
    """(k)"""
    beliefs: int
    slices: int
    horizon: int
    tolerance: float
    max_sweeps: int
    way: Way


class Found(NamedTuple):
    """Where the search ended, and the last sweep there, a full one."""

    game: Game
    lottery: Lottery
    defence: DefenceTable
    questions: Questions
    consultation: Consultation
    sweeps: int
    residual: float
    miss: float
    """Largest distance of a chance to join from its logit, where the game reads it."""


def terms_of(*, grid: Grid, horizon: int, tolerance: float, max_sweeps: int, way: Way = DEFAULT_WAY) -> Terms:
    """Return terms on a grid."""
    odds = odds_of(grid)
    marked = (len(odds),) if len(odds) > 1 else ()
    return Terms(odds, marked, grid.balance, grid.beliefs, grid.slices, horizon, tolerance, max_sweeps, way)


def marked_alike(a: Clauses, terms: Terms) -> tuple[Clauses, Terms]:
    """Return both with either mark set if one of them is, so that code is compiled for two kinds of games, not four."""
    if not a.long_gains and not terms.many_chunks:
        return a, terms
    return a._replace(long_gains=(len(a.x_grid),)), terms._replace(many_chunks=(len(terms.odds),))


def new_memory(*, grid: Grid, points: int) -> tuple[Memory, Memory]:
    """Allocate the memory in which games of a grid are solved one after the other, in float32 and in float64."""
    shape = (grid.beliefs, grid.balances, grid.slices, odds_of(grid).shape[0])
    rough, fine = (
        Memory(new_workspace(shape, points, dtype), new_unknown(shape, dtype), new_unknown(shape, dtype))
        for dtype in (np.float32, np.float64)
    )
    return rough, fine


class Search(NamedTuple):
    """One game that is being solved."""

    f: Any
    a: Clauses
    game: Game
    narrow: Game
    """The game in float32."""
    questions: Questions
    consultation: Consultation
    rough: Memory
    fine: Memory
    terms: Terms
    left: list[int]
    """(1) sweeps of a slice that may still be taken."""


def find(f: Any, a: Clauses, *, terms: Terms, rough: Memory, fine: Memory, is_warm: bool = False) -> Found:
    """Return the equilibrium of future ``f`` under ``a``, or the last point if none was reached, in ``fine``.

    ``is_warm`` says that ``fine.z`` holds a point to start from instead of zero values and uniform policies.
    """
    questions, lottery, asked = open_game(f, a, terms.balance, terms.slices)
    consultation = nothing_known(len(a.x_grid), len(a.weight))
    settle(f, a, questions, consultation, asked)
    defence, game = lay_out_game(
        f, a, questions, consultation, lottery, terms.odds, terms.many_chunks, terms.balance, terms.beliefs
    )
    narrowed = narrow(game)
    most = terms.max_sweeps * terms.slices
    search = Search(f, a, game, narrowed, questions, consultation, rough, fine, terms, [most])
    residual = max(_solve_slice(search, s, is_warm=is_warm) for s in range(terms.slices - 1, -1, -1))
    sweeps = -(-(most - search.left[0]) // terms.slices)
    miss = largest_miss(
        a.x_grid, game.open, consultation.miss, fine.work.gain, cells_of_slice(game.shape, terms.slices).start
    )
    return Found(game, lottery, defence, questions, consultation, sweeps, residual, miss)


@compiled
def open_game(f: Any, a: Clauses, balance: FloatArray, slices: int) -> tuple[Questions, Lottery, BoolArray]:
    """Return what may be asked, the lottery of war and what is asked in war."""
    f, a = by_address(f), by_address(a)
    lottery = draw_up_lottery(f, a, balance, slices)
    return all_questions(f, a), lottery, asked_in_war(a, lottery)


@compiled
def lay_out_game(
    f: Any,
    a: Clauses,
    questions: Questions,
    consultation: Consultation,
    lottery: Lottery,
    odds: FloatArray,
    many_chunks: Mark,
    balance: FloatArray,
    beliefs: int,
) -> tuple[DefenceTable, Game]:
    """Return the coalition's choices in war and the game."""
    f, a, lottery = by_address(f), by_address(a), by_address(lottery)
    defence = decide_on_defence(f, a, by_address(questions), by_address(consultation), lottery)
    game = derive(f, a, lottery, defence.chi, odds, many_chunks, balance, beliefs)
    return defence, game


def _solve_slice(search: Search, s: int, *, is_warm: bool) -> float:
    """Solve slice ``s``, those after it being solved; return its residual."""
    residual, terms = np.inf, search.terms
    for path in terms.way.paths:
        if not is_warm:
            _start_slice(search, s)
        residual = _follow(search, s, STRAIGHT if is_warm else path)
        is_warm = False
        if residual < terms.tolerance or search.left[0] < KEPT * (s + 1):
            break
    here = cells_of_slice(search.game.shape, s)
    search.rough.work.ahead[here] = search.fine.work.ahead[here]
    search.rough.work.slope[here] = search.fine.work.slope[here]
    return residual


def _start_slice(search: Search, s: int) -> None:
    """Start slice ``s`` from the one after it; the last one from zero values and uniform policies."""
    z, here = search.fine.z, cells_of_slice(search.game.shape, s)
    if s + 1 < search.terms.slices:
        z[here] = z[cells_of_slice(search.game.shape, s + 1)]
    else:
        start(z[here])


def _follow(search: Search, s: int, path: tuple[float, ...]) -> float:
    """Solve slice ``s`` at one multiple of every lam after another, each from the last one's; return the residual."""
    terms, turn = search.terms, 0
    relaxations = terms.way.relaxations
    if search.left[0] > KEPT * (s + 1):
        for noise in path[:-1]:
            _solve_roughly(search, s, noise, relaxations[:1], NEARLY)
        if terms.way.is_rough_first:
            sought = max(EASIER * terms.tolerance, FINEST)
            residual, turn = _solve_roughly(search, s, 1.0, relaxations, sought)
            if not residual < HOPELESS * sought:
                relaxations = relaxations[:0]
            elif residual >= sought:
                turn = len(relaxations) - 1
    return _solve(search, search.fine, search.game, s, 1.0, relaxations, turn, terms.tolerance)[0]


def _solve_roughly(
    search: Search, s: int, noise: float, relaxations: FloatArray, tolerance: float
) -> tuple[float, int]:
    """Move slice ``s`` to where float32 solves the game; return the residual and the relaxation reached."""
    here = cells_of_slice(search.game.shape, s)
    search.rough.z[here] = search.fine.z[here]
    reached = _solve(search, search.rough, search.narrow, s, noise, relaxations, 0, tolerance)
    search.fine.z[here] = search.rough.z[here]
    return reached


def _solve(
    search: Search,
    memory: Memory,
    game: Game,
    s: int,
    noise: float,
    relaxations: FloatArray,
    turn: int,
    tolerance: float,
) -> tuple[float, int]:
    """Relax slice ``s`` in one precision, settling what is asked; return the residual and the relaxation reached."""
    f, a, questions, consultation = search.f, search.a, search.questions, search.consultation
    left, progress = search.left[0], begin_search(turn)
    most = max(left - KEPT * s, left // (s + 1), 1)
    while True:
        is_over, residual = iterate(f, a, game, consultation, memory, s, noise, relaxations, tolerance, most, progress)
        if is_over:
            search.left[0] -= int(progress[SWEEPS_TAKEN])
            return residual, int(progress[TURN])
        cells = cells_of_slice(game.shape, s)
        asked = asked_in_cells(a.x_grid, search.game.open, consultation.span, memory.work.gain, cells.start, cells.stop)
        settle(f, a, questions, consultation, asked)
