"""Find the equilibrium of one game: up the ladder from a standing start; if that fails, down from high lam.

From zero values and uniform policies the ladder finds one equilibrium. A game that resists is solved at four times
every lam, where play is nearly random and the equilibrium unique, and followed down in the steps of ``heats``: what is
found then lies on the branch that McKelvey and Palfrey call principal, if the steps are small enough to stay on it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from foedus.game.grid import Grid
from foedus.game.kernel.accelerate import Memory, remember
from foedus.game.kernel.iterate import HEATS, LADDER, PATH, iterate
from foedus.game.kernel.pack import Clauses, Game, derive, odds_of
from foedus.game.kernel.sweep import ENTRIES, Room, make_room, start
from foedus.values.arrays import FloatArray


class Terms(NamedTuple):
    """How a game is to be solved."""

    grid: Grid
    horizon: int
    tolerance: float
    max_sweeps: int
    ladder: FloatArray = LADDER
    """Rungs tried first; none: go down from high lam at once."""
    heats: Sequence[float] = HEATS
    """Multiples of every lam, ending with 1; none: give up after the ladder."""


class Found(NamedTuple):
    """Where the search ended, and the last sweep there."""

    game: Game
    room: Room
    swept: FloatArray
    sweeps: int
    residual: float


class _Desk(NamedTuple):
    room: Room
    memory: Memory
    z: FloatArray
    swept: FloatArray


def find(f: Any, a: Clauses, *, terms: Terms) -> Found:
    """Return the equilibrium of future ``f`` under ``a``, or the last point if none was reached."""
    desk = _lay_out(a, grid=terms.grid)
    found = None
    if len(terms.ladder):
        found = _climb(f, a, desk, terms=terms, ladder=terms.ladder, used=0)
        if found.residual < terms.tolerance or not terms.heats or found.sweeps >= terms.max_sweeps:
            return found
    used = found.sweeps if found else 0
    start(desk.z)
    for heat in terms.heats[:-1]:
        if used + 1 < terms.max_sweeps:
            used = _climb(f, a, desk, terms=terms, ladder=PATH, used=used, heat=heat).sweeps
    return _climb(f, a, desk, terms=terms, ladder=PATH, used=used)


def _lay_out(a: Clauses, *, grid: Grid) -> _Desk:
    odds = odds_of(grid)
    chunks, lanes = odds.shape
    columns = grid.balances * grid.slices
    z = np.empty((columns, ENTRIES, chunks, lanes))
    start(z)
    room = make_room((grid.beliefs, grid.balances, grid.slices, chunks), len(a.x_grid), len(a.weight))
    return _Desk(room=room, memory=remember(columns * ENTRIES * chunks, chunks), z=z, swept=np.empty_like(z))


def _climb(f: Any, a: Clauses, desk: _Desk, *, terms: Terms, ladder: FloatArray, used: int, heat: float = 1.0) -> Found:
    """Climb from ``desk.z`` with every lam times ``heat``; a point on the way may be ten times as rough."""
    grid = terms.grid
    game = derive(f, a, odds_of(grid), grid.balance, grid.beliefs, grid.slices, heat)
    tolerance = terms.tolerance * (1.0 if heat == 1.0 else 10.0)
    left = terms.max_sweeps - used - (heat != 1.0)
    sweeps, residual = iterate(f, a, game, desk.room, desk.memory, desk.z, desk.swept, ladder, tolerance, left)
    return Found(game, desk.room, desk.swept, used + sweeps, residual)
