"""Section 5 of docs/theory.md: next period's expected values, and how they are read at a belief that follows."""

from typing import Any

from numba.extending import overload

from foedus.game.kernel.machine.jit import INLINED, inlined, spliced
from foedus.game.kernel.machine.lookups import gather, look_up
from foedus.game.kernel.machine.rows import WIDTH, entry
from foedus.game.kernel.machine.vectors import floor, like, load, shift_down, store, whole
from foedus.game.kernel.stage.layout import (
    ADVERSARY,
    CRISIS_TIERS,
    HIGH,
    LOW,
    PARTIES,
    PROTECTED,
    VALUE,
    at_balance,
    balance_of_cell,
    cells_before,
    chunk_of_cell,
)
from foedus.game.kernel.stage.view import is_closed, is_marked


@spliced
def look_ahead(f: Any, v: Any, z: Any, s: Any) -> Any:
    """Fill ``ahead`` and ``slope`` of slice s.

    ahead[e, p] = delta_p sum_k' move[e, k, k'] V_p(k') - resent_p, a coalition's own type redrawn with the turnover.
    """
    for cell in range(cells_before(v.shape, s), cells_before(v.shape, s + 1)):
        k = balance_of_cell(v.shape, cell)
        for e in range(CRISIS_TIERS):
            if not is_closed(v, e):
                _expect(f, v, z, cell, k, e)
    for cell in range(cells_before(v.shape, s), cells_before(v.shape, s + 1)):
        next_cell = cell if chunk_of_cell(v.shape, cell) + 1 == v.shape[3] else cell + 1
        for e in range(CRISIS_TIERS):
            for p in range(PARTIES):
                here, after = load(v.ahead, (cell, e, p)), load(v.ahead, (next_cell, e, p))
                store(v.slope, (cell, e, p), shift_down(here, after) - here)
    return 0


@inlined
def _expect(f: Any, v: Any, z: Any, cell: Any, k: Any, e: Any) -> Any:
    nothing = like(load(v.odds, (0,)), 0.0)
    keep, mix = 1.0 - f.turnover, f.turnover
    total_a, total_p, total_0, total_1 = nothing, nothing, nothing, nothing
    for to in range(v.band[e, k, 0], v.band[e, k, 1]):
        at, chance = at_balance(v.shape, cell, to), v.move[e, k, to]
        total_a += load(z, (at, VALUE + ADVERSARY)) * chance
        total_p += load(z, (at, VALUE + PROTECTED)) * chance
        total_0 += load(z, (at, VALUE + LOW)) * chance
        total_1 += load(z, (at, VALUE + HIGH)) * chance
    drawn = (total_0 * (1.0 - f.prior) + total_1 * f.prior) * mix
    store(v.ahead, (cell, e, ADVERSARY), total_a * entry(v.delta, (ADVERSARY,)) - entry(v.resent, (ADVERSARY,)))
    store(v.ahead, (cell, e, PROTECTED), total_p * entry(v.delta, (PROTECTED,)))
    store(v.ahead, (cell, e, LOW), (total_0 * keep + drawn) * entry(v.delta, (LOW,)))
    store(v.ahead, (cell, e, HIGH), (total_1 * keep + drawn) * entry(v.delta, (HIGH,)))
    return 0


def index_of(v: Any, below: Any) -> Any:
    """Return where the belief point ``below`` is found from the first of a column's cells."""


@overload(index_of, jit_options=INLINED)
def _choose_index_of(v: Any, below: Any) -> Any:
    def within(v: Any, below: Any) -> Any:
        return whole(below)

    def across(v: Any, below: Any) -> Any:
        return whole(below + floor(below * (1.0 / WIDTH)) * (CRISIS_TIERS * PARTIES * WIDTH * 1.0 - WIDTH))

    return across if is_marked(v, "many_chunks") else within


def between(v: Any, cell: Any, e: Any, p: Any, index: Any, share: Any) -> Any:
    """Interpolate ahead[e, p] at a place between two beliefs."""


@overload(between, jit_options=INLINED)
def _choose_between(v: Any, cell: Any, e: Any, p: Any, index: Any, share: Any) -> Any:
    def within(v: Any, cell: Any, e: Any, p: Any, index: Any, share: Any) -> Any:
        return look_up(v.ahead, (cell, e, p), index) + share * look_up(v.slope, (cell, e, p), index)

    def across(v: Any, cell: Any, e: Any, p: Any, index: Any, share: Any) -> Any:
        first = cell - chunk_of_cell(v.shape, cell)
        return gather(v.ahead, (first, e, p), index) + share * gather(v.slope, (first, e, p), index)

    return across if is_marked(v, "many_chunks") else within
