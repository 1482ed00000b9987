"""Section 5 of docs/theory.md: next period's expected values, and how they are read at a belief that follows."""

from typing import Any

from foedus.game.kernel.jit import called, inlined, spliced
from foedus.game.kernel.lanes import LANES, entry, floor, gather, like, load, look_up, next_lane, store, whole
from foedus.game.kernel.room import VALUE


@spliced
def look_ahead(f: Any, v: Any, z: Any, first: Any, last: Any) -> Any:
    """ahead[e, p] = delta_p sum_k' move[e, k, k'] V_p(k'), a guarantor's own type redrawn with the turnover."""
    balances, chunks = v.shape[1], v.shape[3]
    keep, mix = 1.0 - f.turnover, f.turnover
    nothing = like(load(v.odds, (0,)), 0.0)
    for column in range(first * balances, last * balances):
        k = column % balances
        for c in range(chunks):
            cell = column * chunks + c
            for e in range(4):
                if e > 0 and entry(v.open, (e,)) == 0.0:
                    continue
                total_a, total_p, total_0, total_1 = nothing, nothing, nothing, nothing
                for to in range(v.band[e, k, 0], v.band[e, k, 1]):
                    at, chance = (column - k + to) * chunks + c, v.move[e, k, to]
                    total_a += load(z, (at, VALUE)) * chance
                    total_p += load(z, (at, VALUE + 1)) * chance
                    total_0 += load(z, (at, VALUE + 2)) * chance
                    total_1 += load(z, (at, VALUE + 3)) * chance
                drawn = (total_0 * (1.0 - f.prior) + total_1 * f.prior) * mix
                store(v.ahead, (cell, e, 0), total_a * entry(v.delta, (0,)))
                store(v.ahead, (cell, e, 1), total_p * entry(v.delta, (1,)))
                store(v.ahead, (cell, e, 2), (total_0 * keep + drawn) * entry(v.delta, (2,)))
                store(v.ahead, (cell, e, 3), (total_1 * keep + drawn) * entry(v.delta, (3,)))
    for column in range(first * balances, last * balances):
        for c in range(chunks):
            cell, further = column * chunks + c, column * chunks + min(c + 1, chunks - 1)
            for e in range(4):
                for p in range(4):
                    here, after = load(v.ahead, (cell, e, p)), load(v.ahead, (further, e, p))
                    store(v.slope, (cell, e, p), next_lane(here, after) - here)
    return 0


@inlined
def index_of(v: Any, below: Any) -> Any:
    """Return where the belief point ``below`` is found from the first of a column's cells."""
    if v.shape[3] == 1:
        return whole(below)
    return whole(below + floor(below * (1.0 / LANES)) * (16.0 * LANES - LANES))


@inlined
def between(v: Any, cell: Any, e: Any, p: Any, index: Any, share: Any) -> Any:
    """Interpolate ahead[e, p] at a place between two beliefs."""
    chunks = v.shape[3]
    if chunks == 1:
        return look_up(v.ahead, (cell, e, p), index) + share * look_up(v.slope, (cell, e, p), index)
    first = cell - cell % chunks
    return _far(v.ahead, first, e, p, index) + share * _far(v.slope, first, e, p, index)


@called
def _far(ahead: Any, first: int, e: int, p: int, index: Any) -> Any:
    """Read what lies in any of a column's cells."""
    return gather(ahead, (first, e, p), index)
