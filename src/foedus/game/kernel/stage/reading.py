"""Sections 5 and 6 of docs/theory.md: the belief after a response that was read, and the response table at a gain."""

from typing import Any

from numba.extending import overload

from foedus.game.kernel.machine.functions import log
from foedus.game.kernel.machine.jit import INLINED, inlined
from foedus.game.kernel.machine.lookups import gather, look_up_wide
from foedus.game.kernel.machine.rows import entry
from foedus.game.kernel.machine.vectors import floor, higher_of, like, load, lower_of, pick, store, whole
from foedus.game.kernel.stage.layout import CRISIS_TIERS, response_at
from foedus.game.kernel.stage.view import is_marked

TINY = 1e-30


@inlined
def response_of(v: Any, source: Any, cell: Any, th: Any, n: Any, e: Any) -> Any:
    """Return pi_th(e | n) of an unknown."""
    if n == 0:
        return like(load(v.odds, (0,)), 1.0)
    if e == 0:
        return 1.0 - load(source, (cell, response_at(th, n, 1))) - load(source, (cell, response_at(th, n, 2)))
    return load(source, (cell, response_at(th, n, e)))


@inlined
def read_response(v: Any, cell: Any, n: Any, e: Any, odds: Any) -> Any:
    """Return q_0 and odds * q_1: how likely (n, e) is read from the low type, and weighed by the odds from the high."""
    if n == 0:
        return like(odds, 1.0), odds
    noise = v.rho / CRISIS_TIERS
    q_0 = higher_of(like(odds, TINY), response_of(v, v.z, cell, 0, n, e) * (1.0 - v.rho) + noise)
    q_1 = higher_of(like(odds, TINY), response_of(v, v.z, cell, 1, n, e) * (1.0 - v.rho) + noise)
    return q_0, odds * q_1


@inlined
def land(f: Any, v: Any, cell: Any, spot: Any, low: Any, high: Any) -> Any:
    """Keep and return, as a point of the grid and the share of the way to the next, the belief after the turnover."""
    both = (high + low) * f.turnover
    after = high * (1.0 - f.turnover) + both * f.prior
    before = low * (1.0 - f.turnover) + both * (1.0 - f.prior)
    last = float(v.shape[0] - 1)
    log_odds = log(higher_of(like(low, TINY), after) / higher_of(like(low, TINY), before))
    place = lower_of(higher_of(like(low, 0.0), (log_odds + 4.0) * (last / 8.0)), like(low, last))
    below = lower_of(floor(place), like(low, last - 1.0))
    share = place - below
    store(v.place, (cell, spot, 0), below)
    store(v.place, (cell, spot, 1), share)
    return below, share


def executed(v: Any, question: Any, gain: Any) -> Any:
    """Interpolate T of a question at X = ``gain``, clamped to the grid of X."""


@overload(executed, jit_options=INLINED)
def _choose_executed(v: Any, question: Any, gain: Any) -> Any:
    def evenly(v: Any, question: Any, gain: Any) -> Any:
        inside = lower_of(higher_of(like(gain, v.first_x), gain), like(gain, v.last_x))
        place = (inside - v.first_x) * ((v.points - 1) / (v.last_x - v.first_x))
        below = lower_of(floor(place), like(gain, v.points - 2.0))
        index = whole(below)
        return look_up_wide(v.table, (question,), index) + (place - below) * look_up_wide(v.rise, (question,), index)

    def anyhow(v: Any, question: Any, gain: Any) -> Any:
        inside = lower_of(higher_of(like(gain, v.first_x), gain), like(gain, v.last_x))
        below = like(gain, 0.0)
        for x in range(1, v.points - 1):
            below = below + pick(inside < entry(v.x_grid, (x,)), like(gain, 0.0), like(gain, 1.0))
        index = whole(below)
        left, right = gather(v.x_grid, (0,), index), gather(v.x_grid, (1,), index)
        share = (inside - left) / (right - left)
        return gather(v.table, (question,), index) + share * gather(v.rise, (question,), index)

    return anyhow if is_marked(v, "long_gains") else evenly
