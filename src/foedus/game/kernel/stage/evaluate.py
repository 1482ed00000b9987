"""A sweep under fixed policies: what they are worth some periods further on."""

from typing import Any

from foedus.game.kernel.machine.jit import inlined, spliced
from foedus.game.kernel.machine.vectors import entry, load, store
from foedus.game.kernel.stage.ahead import between, index_of, look_ahead
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.courses import attack_at, goes_on, lay_courses
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import (
    CRISIS_TIERS,
    FINDINGS,
    PARTIES,
    PROTECTED,
    VALUE,
    Workspace,
    cells_before,
    chunk_of_cell,
    slice_of_cell,
    spot_of,
)
from foedus.game.kernel.stage.reading import response_of
from foedus.game.kernel.stage.view import is_closed, look
from foedus.values.arrays import FloatArray


@spliced
def evaluate(
    f: Any, a: Clauses, game: Game, work: Workspace, z: FloatArray, new: FloatArray, s: int, rounds: int
) -> int:
    """Replace the values of ``new`` in slice ``s`` by what its policies are worth ``rounds`` periods further on.

    Under fixed policies V = rest + sum over (n, e) of keep[n, e] * (next value at the belief that follows); the same
    sum is taken again and again (modified policy iteration, Puterman and Shin 1978). ``work`` is that of the sweep.
    """
    v = look(a, game, work, z, new, 1.0)
    first, end = cells_before(v.shape, s), cells_before(v.shape, s + 1)
    for cell in range(first, end):
        _weigh(v, cell, cell - first)
    for taken in range(rounds + 1):
        if taken > 0:
            look_ahead(f, v, v.new, s)
        for cell in range(first, end):
            for p in range(PARTIES):
                here, going_on = load(v.new, (cell, VALUE + p)), _go_on(v, cell, cell - first, p)
                if taken == 0:
                    store(v.rest, (cell - first, p), here - going_on)
                else:
                    store(v.new, (cell, VALUE + p), load(v.rest, (cell - first, p)) + going_on)
    return 0


@inlined
def _weigh(v: Any, cell: Any, at: Any) -> Any:
    """Fill ``keep``: the chances that neither war nor a loss follows, by determination and executed tier."""
    odds = load(v.odds, (chunk_of_cell(v.shape, cell),))
    belief = odds / (1.0 + odds)
    lay_courses(v, v.new, cell)
    for n in range(FINDINGS):
        for e in range(CRISIS_TIERS):
            if not is_closed(v, e) and (n > 0 or e == 0):
                spot = spot_of(n, e)
                what = attack_at(v, cell, spot, entry(v.success, (slice_of_cell(v.shape, cell), e)))
                stays = goes_on(v, n, what)
                low, high = response_of(v, v.new, cell, 0, n, e), response_of(v, v.new, cell, 1, n, e)
                store(v.keep, (at, 0, spot), stays * (low + belief * (high - low)))
                store(v.keep, (at, 1, spot), stays * low)
                store(v.keep, (at, 2, spot), stays * high)
    return 0


@inlined
def _go_on(v: Any, cell: Any, at: Any, p: Any) -> Any:
    """Return what party p expects from going on at the same slice."""
    sight = max(p - PROTECTED, 0)
    below, share = load(v.place, (cell, 0, 0)), load(v.place, (cell, 0, 1))
    total = load(v.keep, (at, sight, 0)) * between(v, cell, 0, p, index_of(v, below), share)
    for e in range(CRISIS_TIERS):
        if not is_closed(v, e):
            for n in range(1, FINDINGS):
                spot = spot_of(n, e)
                below, share = load(v.place, (cell, spot, 0)), load(v.place, (cell, spot, 1))
                total = total + load(v.keep, (at, sight, spot)) * between(v, cell, e, p, index_of(v, below), share)
    return total
