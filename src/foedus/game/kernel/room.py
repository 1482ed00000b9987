"""Working memory of a sweep, and the sight of it that compiled code has.

The unknown z[cell, entry, lane] holds, for each column (s, k) and each belief, last sweep's values (entries VALUE + p),
the conjectures P(g = 1) (PROVOKE), P(l | g) (THREAT + 4 g + l) and pi_th(e | n), e >= 1
(RESPONSE + 12 th + 3 (n - 1) + e - 1). A cell is one chunk of 16 beliefs of a column.
"""

import math
from typing import Any, NamedTuple

from foedus.game.kernel.jit import compiled, spliced
from foedus.game.kernel.lanes import LANES, aligned, rows_of
from foedus.game.kernel.pack import Clauses, Game
from foedus.values.arrays import FloatArray

VALUE, PROVOKE, THREAT, RESPONSE, ENTRIES = 0, 4, 5, 13, 37
TINY = 1e-30
WIDE = 48
"""Points of X that are looked up in registers; longer grids are read from memory."""


class Room(NamedTuple):
    """Working memory of a sweep, and what the forward pass reads from the last one; b lane, cell a column's chunk."""

    ahead: FloatArray
    """(cell, e, p, b) expected discounted next value before the belief moves."""
    slope: FloatArray
    """The same, difference to the next belief."""
    table: FloatArray
    """(n, r, x) chance T that a proposal is executed; at least WIDE long."""
    rise: FloatArray
    """The same, difference to the next point of X."""
    place: FloatArray
    """(cell, 4 (n - 1) + e or 16 on no breach, 2, b) index and share of the belief that follows."""
    persist: FloatArray
    """(cell, n - 1, 3, b) chance to persist: seize, invade against deploy; either against defend."""
    gain: FloatArray
    """(cell, th, n - 1, r - 1, b) X."""
    propose: FloatArray
    """(cell, th, n - 1, r - 1, b) chance that the framework nation proposes r."""
    value: FloatArray
    """(e, p, 3, b) y, D2, D3 of the determination at hand."""
    worth: FloatArray
    """(th, e, 2, b) the framework nation's worth of proposing e, and T."""
    result: FloatArray
    """(n, p, 3, b) expected y, y + D2, y + D3 after each determination."""
    keep: FloatArray
    """(cell of the slice, 3, 17, b) chance that the game goes on at the same slice after (n, e), numbered as in
    ``place``: as the public sees it, for the low type, for the high type."""
    rest: FloatArray
    """(cell of the slice, p, b) what a party expects otherwise."""
    stays: FloatArray
    """(cell of the slice, entry, b) share of its miss that a choice does not move, at the choice's first entry."""
    miss: FloatArray
    """(cell of the slice, entry, b) what every choice moved in the last sweep."""


class Sight(NamedTuple):
    """All that a sweep reads and writes, as rows that nobody owns (see `rows_of`), and the scalars it needs."""

    shape: tuple[int, int, int, int]
    band: Any
    move: Any
    table: Any
    rise: Any
    x_grid: Any
    rho: float
    lam_A: float
    lam_P: float
    lam_G: float
    points: int
    first_x: float
    last_x: float
    is_even: bool
    interest: float
    cost_weight: float
    duty: Any
    confusion: Any
    open: Any
    odds: Any
    war: Any
    success: Any
    coerced: Any
    taken: Any
    delta: Any
    act: Any
    ahead: Any
    slope: Any
    place: Any
    persist: Any
    gain: Any
    propose: Any
    value: Any
    worth: Any
    result: Any
    keep: Any
    rest: Any
    stays: Any
    z: Any
    new: Any


_numbers, _by_4, _by_4_4, _by_4_5, _by_lane = rows_of(), rows_of(4), rows_of(4, 4), rows_of(4, 5), rows_of(LANES)
_by_4_lane, _by_4_2_lane, _by_4_3_lane = rows_of(4, LANES), rows_of(4, 2, LANES), rows_of(4, 3, LANES)
_by_4_4_lane, _by_2_4_3_lane = rows_of(4, 4, LANES), rows_of(2, 4, 3, LANES)
_by_17_2_lane, _by_3_17_lane, _by_entry_lane = rows_of(17, 2, LANES), rows_of(3, 17, LANES), rows_of(ENTRIES, LANES)


@spliced
def look(a: Clauses, game: Game, room: Room, z: Any, new: Any) -> Any:
    """Gather what a sweep from z to ``new`` reads and writes."""
    leader, points = a.proposer, len(a.x_grid)
    return Sight(
        game.shape,
        game.band,
        game.move,
        room.table,
        room.rise,
        game.x_grid,
        game.rho,
        game.lam_A,
        game.lam_P,
        game.lam_G,
        points,
        a.x_grid[0],
        a.x_grid[points - 1],
        a.is_even,
        a.interest[leader],
        a.cost_weight[leader],
        _by_4(a.oblige[leader]),
        _by_4_5(a.confusion),
        _numbers(game.open),
        _by_lane(game.odds),
        _by_4_4(game.war),
        _by_4(game.success),
        _numbers(game.coerced),
        _numbers(game.taken),
        _numbers(game.delta),
        _by_4(game.act),
        _by_4_4_lane(room.ahead),
        _by_4_4_lane(room.slope),
        _by_17_2_lane(room.place),
        _by_4_3_lane(room.persist),
        _by_2_4_3_lane(room.gain),
        _by_2_4_3_lane(room.propose),
        _by_4_3_lane(room.value),
        _by_4_2_lane(room.worth),
        _by_4_3_lane(room.result),
        _by_3_17_lane(room.keep),
        _by_4_lane(room.rest),
        _by_entry_lane(room.stays),
        _by_entry_lane(z),
        _by_entry_lane(new),
    )


def make_room(shape: tuple[int, int, int, int], points: int, dtype: Any) -> Room:
    """Allocate the working memory for a grid and a number of points of X, in a precision."""
    _, balances, slices, chunks = shape
    cells, wide = balances * slices * chunks, max(points, WIDE)
    sizes = {
        "ahead": (cells, 4, 4, LANES),
        "slope": (cells, 4, 4, LANES),
        "table": (5, 4, wide),
        "rise": (5, 4, wide),
        "place": (cells, 17, 2, LANES),
        "persist": (cells, 4, 3, LANES),
        "gain": (cells, 2, 4, 3, LANES),
        "propose": (cells, 2, 4, 3, LANES),
        "value": (4, 4, 3, LANES),
        "worth": (2, 4, 2, LANES),
        "result": (5, 4, 3, LANES),
        "keep": (balances * chunks, 3, 17, LANES),
        "rest": (balances * chunks, 4, LANES),
        "stays": (balances * chunks, ENTRIES, LANES),
        "miss": (balances * chunks, ENTRIES, LANES),
    }
    return Room(**{name: on_lines(size, dtype) for name, size in sizes.items()})


def on_lines(size: tuple[int, ...], dtype: Any) -> FloatArray:
    """Return zeros in a precision that begin where a cache line does."""
    number = math.prod(size)
    numbers: FloatArray = aligned(number).view(dtype)[:number].reshape(size)
    return numbers


@compiled
def start(z: FloatArray) -> int:
    """Set zero values and uniform policies."""
    z[:, VALUE:PROVOKE] = 0.0
    z[:, PROVOKE] = 0.5
    z[:, THREAT:ENTRIES] = 0.25
    return 0
