"""Solve a game roughly, from where one like it came to rest (`Anchor`).

Three things are spared. Values and policies start from the anchor's, in float32, and stop at `NEAR_ENOUGH` or after
`MOST_SWEEPS`. The consultation is refined from the anchor's chances instead of being followed along its branch
(`refine`). And no slice is tried twice. One full sweep in float64 at the end gives what the forward pass reads.

The answer depends on the anchor, the arrangement and the future, and on nothing that was solved before. It may lie at
another equilibrium than the exact one: it is for pictures that say that they are rough. How far it is off:
`python -m bench.web.rough`.
"""

from threading import get_ident
from typing import Any, NamedTuple

import numpy as np

from foedus.game.anchor import Anchor
from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.kernel.batch import make_ready_for, memory_of, solution_of
from foedus.game.kernel.consultation.crisis import asked_in_cells, largest_miss
from foedus.game.kernel.consultation.table import Consultation, Questions, nothing_known, refine, settle
from foedus.game.kernel.forward.account import push_forward
from foedus.game.kernel.search.find import Found, Terms, find, lay_out_game, marked_alike, open_game, terms_of
from foedus.game.kernel.search.iterate import SWEEPS_TAKEN, Memory, begin_search, iterate
from foedus.game.kernel.stage.clauses import Clauses, pack_clauses, pack_future
from foedus.game.kernel.stage.game import Game, narrow
from foedus.game.kernel.stage.layout import cells_of_slice
from foedus.game.solution import Solution
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import BoolArray, FloatArray

NEAR_ENOUGH = 3e-3
"""Tolerance of a rough solution."""
MOST_SWEEPS = 40
"""Sweeps of a slice after which it is left as it is."""


def solve_anchored(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> tuple[Solution, Anchor]:
    """Solve one game as `solve_batch` does, and return with it what others may be solved roughly from."""
    terms = terms_of(grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps)
    f, (a, terms) = pack_future(future), marked_alike(pack_clauses(compiled), terms)
    make_ready_for(terms)
    rough, fine, courses = memory_of(get_ident(), grid, len(a.x_grid))
    found = find(f, a, terms=terms, rough=rough, fine=fine)
    account = push_forward(f, a, found, fine, courses, terms.balance, horizon)
    return solution_of(found, account, future=future, terms=terms, grid=grid), _anchor(
        a, found.consultation, fine, grid
    )


def solve_near(compiled: CompiledArrangement, future: Future, *, anchor: Anchor, grid: Grid, horizon: int) -> Solution:
    """Solve one game roughly from an anchor of the same grid; its ``method`` is ``near``."""
    terms = terms_of(grid=grid, horizon=horizon, tolerance=NEAR_ENOUGH, max_sweeps=MOST_SWEEPS)
    f, (a, terms) = pack_future(future), marked_alike(pack_clauses(compiled), terms)
    make_ready_for(terms)
    rough, fine, courses = memory_of(get_ident(), grid, len(a.x_grid))
    found = _find_near(f, a, anchor, terms=terms, rough=rough, fine=fine)
    account = push_forward(f, a, found, fine, courses, terms.balance, horizon)
    return solution_of(found, account, future=future, terms=terms, grid=grid, method="near")


def _anchor(a: Clauses, consultation: Consultation, fine: Memory, grid: Grid) -> Anchor:
    asked = np.argwhere(consultation.is_known)
    chance = consultation.chance[asked[:, 0], asked[:, 1]][:, a.kind]
    return Anchor(
        point=fine.z[:, :, : grid.beliefs].astype(np.float16),
        asked=asked.astype(np.uint8),
        chance=chance.astype(np.float16),
    )


class _NearSearch(NamedTuple):
    """One game that is being solved roughly."""

    f: Any
    a: Clauses
    questions: Questions
    consultation: Consultation
    begun: BoolArray
    """(q) whether chances of the anchor stand in the consultation."""


def _find_near(f: Any, a: Clauses, anchor: Anchor, *, terms: Terms, rough: Memory, fine: Memory) -> Found:
    questions, lottery, asked = open_game(f, a, terms.balance, terms.slices)
    consultation = nothing_known(len(a.x_grid), len(a.weight))
    search = _NearSearch(f, a, questions, consultation, _lay_chances(a, consultation, anchor))
    _consult(search, asked)
    defence, game = lay_out_game(
        f, a, questions, consultation, lottery, terms.odds, terms.many_chunks, terms.balance, terms.beliefs
    )
    beliefs = anchor.point.shape[2]
    rough.z[:, :, :beliefs] = anchor.point
    # places beyond the last belief repeat it
    rough.z[:, :, beliefs:] = anchor.point[:, :, -1:]
    narrowed, sweeps, residual = narrow(game), 0, 0.0
    for s in range(terms.slices - 1, -1, -1):
        here = cells_of_slice(game.shape, s)
        sweeps += _relax(search, narrowed, rough, s, terms, is_open=game.open, most=terms.max_sweeps)[1]
        fine.z[here] = rough.z[here]
        left, taken = _relax(search, game, fine, s, terms, is_open=game.open, most=1)
        residual, sweeps = max(residual, left), sweeps + taken
        rough.work.ahead[here] = fine.work.ahead[here]
        rough.work.slope[here] = fine.work.slope[here]
    end = cells_of_slice(game.shape, terms.slices).start
    miss = largest_miss(a.x_grid, game.open, consultation.miss, fine.work.gain, end)
    return Found(game, lottery, defence, questions, consultation, -(-sweeps // terms.slices), residual, miss)


def _relax(
    search: _NearSearch, game: Game, memory: Memory, s: int, terms: Terms, *, is_open: FloatArray, most: int
) -> tuple[float, int]:
    """Relax a slice in at most so many sweeps, the last a full one; return its residual and the sweeps taken."""
    f, a, consultation, progress = search.f, search.a, search.consultation, begin_search(0)
    relaxations = terms.way.relaxations
    while True:
        is_over, residual = iterate(
            f, a, game, consultation, memory, s, 1.0, relaxations, terms.tolerance, most, progress
        )
        if is_over:
            return residual, int(progress[SWEEPS_TAKEN])
        cells = cells_of_slice(game.shape, s)
        asked = asked_in_cells(a.x_grid, is_open, consultation.span, memory.work.gain, cells.start, cells.stop)
        _consult(search, asked)


def _lay_chances(a: Clauses, consultation: Consultation, anchor: Anchor) -> BoolArray:
    """Put the anchor's chances into the consultation, at each X the nearest; return (q) where there are any."""
    questions, points = consultation.is_known.shape
    begun = np.zeros(questions, dtype=np.bool_)
    if anchor.chance.shape[1] != len(a.kind) or not len(anchor.asked):
        return begun
    begun[anchor.asked[:, 0]] = True
    q, x = anchor.asked.astype(np.int64).T
    wanted = np.flatnonzero(np.repeat(begun, points))
    after = np.searchsorted(q * points + x, wanted)
    either = np.stack([np.maximum(after - 1, 0), np.minimum(after, len(q) - 1)])
    away = np.abs(x[either] - wanted % points) + (q[either] != wanted // points) * points
    nearest = np.where(away[0] <= away[1], *either)
    of_kind = anchor.chance[:, [int(np.argmax(a.kind == kind)) for kind in range(len(a.weight))]]
    consultation.chance.reshape(questions * points, -1)[wanted] = of_kind[nearest]
    return begun


def _consult(search: _NearSearch, asked: BoolArray) -> None:
    """Answer what is asked, from the anchor's chances where it has any."""
    new = asked & ~search.consultation.is_known
    near, far = new & search.begun[:, None], new & ~search.begun[:, None]
    for work, some in ((refine, near), (settle, far)):
        if some.any():
            work(search.f, search.a, search.questions, search.consultation, some)
