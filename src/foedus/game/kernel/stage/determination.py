"""Sections 5 to 7 of docs/theory.md: what follows a determination, up to what each party then expects."""

from typing import Any

from foedus.game.kernel.machine.functions import exp
from foedus.game.kernel.machine.jit import inlined
from foedus.game.kernel.machine.rows import entry
from foedus.game.kernel.machine.vectors import absolute, higher_of, like, load, pick, store
from foedus.game.kernel.stage.ahead import index_of
from foedus.game.kernel.stage.attack import follow
from foedus.game.kernel.stage.courses import found_on
from foedus.game.kernel.stage.layout import (
    ADVERSARY,
    CRISIS_TIERS,
    INVASION,
    LOW,
    NO_ATTACK,
    PARTIES,
    SEIZURE,
    TYPES,
    cells_before,
    crisis_question,
    response_at,
    slice_of_cell,
    spot_of,
)
from foedus.game.kernel.stage.reading import TINY, executed, land, read_response
from foedus.game.kernel.stage.view import is_closed

WORTH, EXECUTED = 0, 1
"""Parts of `Workspace.worth`."""


@inlined
def nothing_found(f: Any, v: Any, cell: Any, odds: Any) -> Any:
    """Work out no_breach in one cell: the belief moves with the turnover, nothing is executed. Fills ``result``."""
    low, high = read_response(v, cell, 0, 0, odds)
    below, share = land(f, v, cell, spot_of(0, 0), low, high)
    follow(f, v, cell, 0, 0, high / (low + high), index_of(v, below), share)
    for p in range(PARTIES):
        y = load(v.value, (0, p, NO_ATTACK))
        store(v.result, (0, p, NO_ATTACK), y)
        store(v.result, (0, p, SEIZURE), y + load(v.value, (0, p, SEIZURE)))
        store(v.result, (0, p, INVASION), y + load(v.value, (0, p, INVASION)))
    return 0


@inlined
def respond(f: Any, v: Any, cell: Any, n: Any, odds: Any, damping: Any) -> Any:
    """Work out determination n above no_breach in one cell; return the largest change of a response.

    ``found`` holds the conjectures (section 7). Fills ``new`` with pi, and ``result``.
    """
    for e in range(CRISIS_TIERS):
        if not is_closed(v, e):
            low, high = read_response(v, cell, n, e, odds)
            below, share = land(f, v, cell, spot_of(n, e), low, high)
            follow(f, v, cell, n, e, high / (low + high), index_of(v, below), share)
    seized, invaded = found_on(v, n, SEIZURE), found_on(v, n, INVASION)
    total = found_on(v, n, NO_ATTACK) + seized + invaded
    possible = like(odds, 0.0) < total
    scale = pick(possible, 1.0 / higher_of(total, like(odds, TINY)), like(odds, 0.0))
    worst = like(odds, 0.0)
    for th in range(TYPES):
        _weigh_proposals(f, v, cell, th, n, seized * scale, invaded * scale, possible)
        worst = higher_of(worst, _answer(v, cell, th, n, damping))
    _expect(f, v, n, odds)
    return worst


@inlined
def _weigh_proposals(f: Any, v: Any, cell: Any, th: Any, n: Any, seized: Any, invaded: Any, possible: Any) -> Any:
    """Fill ``worth`` with the framework nation's logit weights and T, from X by mu(seize | n) and mu(invade | n)."""
    at_none = _expected(v, 0, LOW + th, seized, invaded)
    peak = at_none * 0.0 - entry(v.duty, (n, 0))
    store(v.worth, (th, WORTH, 0), peak)
    for r in range(1, CRISIS_TIERS):
        if not is_closed(v, r):
            gain = _expected(v, r, LOW + th, seized, invaded) - at_none
            gain = pick(possible, gain, like(gain, 0.0))
            chance = executed(v, crisis_question(n, r), gain)
            worth = chance * (gain * v.interest - v.cost_weight * f.tier_cost[r]) - entry(v.duty, (n, r))
            peak = higher_of(peak, worth)
            store(v.gain, (cell, th, n - 1, r - 1), gain)
            store(v.worth, (th, EXECUTED, r), chance)
            store(v.worth, (th, WORTH, r), worth)
    for r in range(CRISIS_TIERS):
        if not is_closed(v, r):
            store(v.worth, (th, WORTH, r), exp((load(v.worth, (th, WORTH, r)) - peak) * (1.0 / v.lam_G)))
    return 0


@inlined
def _expected(v: Any, e: Any, p: Any, seized: Any, invaded: Any) -> Any:
    """Return W(e): what a coalition expects of e by what it infers, coercion's own payoff left out."""
    return (
        load(v.value, (e, p, NO_ATTACK))
        + seized * load(v.value, (e, p, SEIZURE))
        + invaded * load(v.value, (e, p, INVASION))
    )


@inlined
def _answer(v: Any, cell: Any, th: Any, n: Any, damping: Any) -> Any:
    """Turn logit weights and T into the response pi, moved its share of the way; return the largest whole way."""
    total = load(v.worth, (th, WORTH, 0))
    for r in range(1, CRISIS_TIERS):
        if not is_closed(v, r):
            total = total + load(v.worth, (th, WORTH, r))
    share, none = 1.0 / total, like(total, 1.0)
    worst, sum_of_moves = like(total, 0.0), like(total, 0.0)
    first = cell - cells_before(v.shape, slice_of_cell(v.shape, cell))
    held = damping * load(v.stays, (first, response_at(th, n, 1)))
    for r in range(1, CRISIS_TIERS):
        at = response_at(th, n, r)
        pi, moved = like(total, 0.0), 0.0 - load(v.z, (cell, at))
        if not is_closed(v, r):
            proposed = load(v.worth, (th, WORTH, r)) * share
            store(v.propose, (cell, th, n - 1, r - 1), proposed)
            pi = proposed * load(v.worth, (th, EXECUTED, r))
            moved = pi - load(v.z, (cell, at))
            pi = pi - moved * held
        worst, sum_of_moves, none = higher_of(worst, absolute(moved)), sum_of_moves + moved, none - pi
        store(v.new, (cell, at), pi)
        store(v.worth, (th, WORTH, r), pi)
    store(v.worth, (th, WORTH, 0), none)
    return higher_of(worst, absolute(sum_of_moves))


@inlined
def _expect(f: Any, v: Any, n: Any, odds: Any) -> Any:
    """Fill ``result`` of n: what each party expects by what the adversary did, over the tiers that may be executed."""
    belief = odds / (1.0 + odds)
    for p in range(PARTIES):
        at_peace, seized, invaded = like(odds, 0.0), like(odds, 0.0), like(odds, 0.0)
        for e in range(CRISIS_TIERS):
            if not is_closed(v, e):
                paid = f.penalty[e] if p == ADVERSARY else (f.tier_cost[e] if p >= LOW and e > 0 else 0.0)
                low, high = load(v.worth, (0, WORTH, e)), load(v.worth, (1, WORTH, e))
                chance = low + belief * (high - low) if p < LOW else (low if p == LOW else high)
                at_peace = at_peace + chance * (load(v.value, (e, p, NO_ATTACK)) - paid)
                seized = seized + chance * load(v.value, (e, p, SEIZURE))
                invaded = invaded + chance * load(v.value, (e, p, INVASION))
        store(v.result, (n, p, NO_ATTACK), at_peace)
        store(v.result, (n, p, SEIZURE), at_peace + seized)
        store(v.result, (n, p, INVASION), at_peace + invaded)
    return 0
