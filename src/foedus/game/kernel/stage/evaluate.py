"""A sweep under fixed policies: what they are worth some periods further on."""

from typing import Any

from foedus.game.kernel.machine.jit import inlined, spliced
from foedus.game.kernel.machine.rows import entry
from foedus.game.kernel.machine.vectors import load, store
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

LEAST = -0.5
"""Eigenvalue down to which steps are safe: where responses say much the belief goes to and fro, and values with it."""


@spliced
def evaluate(
    f: Any, a: Clauses, game: Game, work: Workspace, z: FloatArray, new: FloatArray, s: int, rounds: int
) -> int:
    """Replace the values of ``new`` in slice ``s`` by what its policies are worth many periods further on.

    Under fixed policies the value is V = F(V) = rest + sum over (n, e) of keep[n, e] * (next value at the belief that
    follows), F being linear with eigenvalues between LEAST and the discount factor delta_p, or nearly so. ``new`` comes
    in as F(z). Chebyshev's semi-iteration takes ``rounds`` steps more,

        V_k+1 = V_k-1 + omega_k+1 (gamma (F(V_k) - V_k) + V_k - V_k-1),   gamma = 2 / (2 - delta - LEAST),
        omega_1 = 1, omega_2 = 1 / (1 - sigma^2 / 2), omega_k+1 = 1 / (1 - sigma^2 omega_k / 4),
        sigma = (delta - LEAST) / (2 - delta - LEAST),

    each of which brings the slowest part of the error as near as many periods would (modified policy iteration,
    Puterman and Shin 1978; semi-iteration, Golub and Varga 1961). ``work`` is that of the sweep.
    """
    v = look(a, game, work, z, new, 1.0)
    first, end = cells_before(v.shape, s), cells_before(v.shape, s + 1)
    for cell in range(first, end):
        _weigh(v, cell, cell - first)
    for taken in range(rounds + 1):
        _set_pace(v, taken)
        if taken > 0:
            look_ahead(f, v, v.new, s)
        for cell in range(first, end):
            for p in range(PARTIES):
                _step(v, cell, cell - first, p, taken)
    return 0


@inlined
def _set_pace(v: Any, taken: Any) -> Any:
    """Fill ``pace`` (p, 2) with gamma and the omega of the next step, so many having been taken."""
    for p in range(PARTIES):
        delta = entry(v.delta, (p,))
        sigma = (delta - LEAST) / (2.0 - delta - LEAST)
        weight = 0.5 if taken == 1 else 0.25 * v.pace[p, 1]
        v.pace[p, 0] = 2.0 / (2.0 - delta - LEAST)
        v.pace[p, 1] = 1.0 if taken == 0 else 1.0 / (1.0 - sigma * sigma * weight)
    return 0


@inlined
def _step(v: Any, cell: Any, at: Any, p: Any, taken: Any) -> Any:
    """Take one step of the value of party p; the first is from z, whose F(z) is what ``new`` holds."""
    going_on, point = _go_on(v, cell, at, p), load(v.new, (cell, VALUE + p))
    reached = point
    if taken == 0:
        store(v.rest, (at, p), reached - going_on)
        point = load(v.z, (cell, VALUE + p))
        store(v.past, (at, p), point)
    else:
        reached = load(v.rest, (at, p)) + going_on
    before = load(v.past, (at, p))
    store(v.past, (at, p), point)
    moved = v.pace[p, 0] * (reached - point) + point - before
    store(v.new, (cell, VALUE + p), before + v.pace[p, 1] * moved)
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
