"""Sections 2 and 4 of docs/theory.md: an attack persists or not, a seizure is resisted or not, what each party gets.

Whatever happens, party p gets y_p + D_p, where y_p is its next value at the same s. D is 0 for hold, a constant for
coerce; for seizure and invasion it holds the choices that follow.
"""

from typing import Any

from foedus.game.kernel.machine.functions import logistic
from foedus.game.kernel.machine.jit import inlined
from foedus.game.kernel.machine.rows import entry
from foedus.game.kernel.machine.vectors import like, store
from foedus.game.kernel.stage.ahead import between
from foedus.game.kernel.stage.courses import attack
from foedus.game.kernel.stage.layout import (
    ADVERSARY,
    LOW,
    PARTIES,
    PERSIST_INVADING,
    PERSIST_SEIZING,
    PROTECTED,
    RESIST,
    cells_before,
    column_of_cell,
    slice_of_cell,
    spot_of,
)


@inlined
def follow(f: Any, v: Any, cell: Any, n: Any, e: Any, post: Any, index: Any, share: Any) -> Any:
    """Fill ``choice`` and ``value`` for determination n and executed tier e; the public belief is then ``post``."""
    s, spot = slice_of_cell(v.shape, cell), spot_of(n, e)
    column, success = column_of_cell(v.shape, cell), entry(v.success, (s, e))
    seized, invaded = v.governs[0, n], v.governs[1, n]
    y_A, lost_A = _after(v, cell, s, e, ADVERSARY, index, share)
    y_P, lost_P = _after(v, cell, s, e, PROTECTED, index, share)
    # the protected state, seeing e, resists or yields
    war_P = _war(v, column, seized, e, PROTECTED, post) - y_P
    resist = logistic((war_P - (lost_P * success - f.yield_cost)) * (1.0 / v.lam_P))
    # the adversary, seeing e, persists or withdraws; on no breach it has no such choice
    war_A = _war(v, column, seized, e, ADVERSARY, post) - y_A
    invasion_A = _war(v, column, invaded, e, ADVERSARY, post) - y_A
    seizing, invading = like(post, 1.0), like(post, 1.0)
    if n > 0:
        seizure_A = resist * war_A + (1.0 - resist) * (lost_A * success)
        seizing = logistic((seizure_A + f.audience_A) * (1.0 / v.lam_A))
        invading = logistic((invasion_A + f.audience_A) * (1.0 / v.lam_A))
    store(v.choice, (cell, spot, RESIST), resist)
    store(v.choice, (cell, spot, PERSIST_SEIZING), seizing)
    store(v.choice, (cell, spot, PERSIST_INVADING), invading)
    what = attack(resist, seizing, invading, success)
    store(v.value, (e, ADVERSARY, 0), y_A)
    store(
        v.value,
        (e, ADVERSARY, 1),
        what.resisted * war_A + what.captured * lost_A - what.seizure_withdrawn * f.audience_A,
    )
    store(v.value, (e, ADVERSARY, 2), what.invaded * invasion_A - what.invasion_withdrawn * f.audience_A)
    invasion_P = _war(v, column, invaded, e, PROTECTED, post) - y_P
    store(v.value, (e, PROTECTED, 0), y_P)
    store(v.value, (e, PROTECTED, 1), what.resisted * war_P + what.captured * lost_P - what.yielded * f.yield_cost)
    store(v.value, (e, PROTECTED, 2), what.invaded * invasion_P)
    for p in range(LOW, PARTIES):
        y, lost = _after(v, cell, s, e, p, index, share)
        fought = entry(v.war, (column, seized, e, 2 + p)) - y
        store(v.value, (e, p, 0), y)
        store(v.value, (e, p, 1), what.resisted * fought + what.captured * lost)
        store(v.value, (e, p, 2), what.invaded * (entry(v.war, (column, invaded, e, 2 + p)) - y))
    return 0


@inlined
def _after(v: Any, cell: Any, s: Any, e: Any, p: Any, index: Any, share: Any) -> Any:
    """Return what comes next at the same slice, and what losing a slice changes; of the last one that has chance 0."""
    y = between(v, cell, e, p, index, share)
    further = min(s + 1, v.shape[2] - 1)
    at = cell + cells_before(v.shape, further - s)
    return y, between(v, at, e, p, index, share) - y + entry(v.taken, (p,))


@inlined
def _war(v: Any, column: Any, m: Any, e: Any, p: Any, post: Any) -> Any:
    """Return what a war that m governs is worth to the adversary or the protected state, by the public belief."""
    return entry(v.war, (column, m, e, 2 * p)) + entry(v.war, (column, m, e, 2 * p + 1)) * post
