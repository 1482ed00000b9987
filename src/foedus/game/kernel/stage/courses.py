"""What may happen in a period, and how likely it is: the one place where a period's courses are added up.

A course is what happens on the ground (c), what the adversary does (l), what is found (n), which tier is executed (e),
whether an attack persists, whether a seizure is resisted. Sweeps, values under fixed policies, the forward pass and
the accounts all take their chances from here.
"""

from typing import Any, NamedTuple

from foedus.game.kernel.machine.jit import inlined
from foedus.game.kernel.machine.rows import entry
from foedus.game.kernel.machine.vectors import load, store
from foedus.game.kernel.stage.layout import (
    ACCIDENT,
    COERCE,
    FINDINGS,
    GROUNDS,
    HOLD,
    INVADE,
    INVASION,
    NO_ATTACK,
    PERSIST_INVADING,
    PERSIST_SEIZING,
    PROVOCATION,
    PROVOKE,
    QUIET,
    RESIST,
    SEIZE,
    SEIZURE,
    THREATS,
    threat_at,
)


class AttackWorth(NamedTuple):
    """Chances of what becomes of an attack on which n was found and e was executed."""

    resisted: Any
    """A seizure persists and is resisted: war."""
    yielded: Any
    """A seizure persists and is yielded to."""
    captured: Any
    """A slice is lost."""
    invaded: Any
    """An invasion persists: war."""
    seizure_withdrawn: Any
    invasion_withdrawn: Any


@inlined
def ground(v: Any, source: Any, cell: Any, c: Any) -> Any:
    """Return P(c): quiet, accident, provocation."""
    provoke = load(source, (cell, PROVOKE))
    if c == QUIET:
        return (1.0 - provoke) * (1.0 - v.phi)
    if c == ACCIDENT:
        return (1.0 - provoke) * v.phi
    return provoke


@inlined
def sight_of(c: Any) -> Any:
    """Return what the adversary can tell: it does not tell an accident from a provocation."""
    return 0 if c == QUIET else 1


@inlined
def lay_courses(v: Any, source: Any, cell: Any) -> Any:
    """Fill ``course`` with P(c) P(l | v(c)) of an unknown in a cell, and ``found`` with what is then found."""
    for c in range(GROUNDS):
        chance = ground(v, source, cell, c)
        for threat in range(THREATS):
            store(v.course, (c, threat), chance * load(source, (cell, threat_at(sight_of(c), threat))))
    for n in range(FINDINGS):
        store(v.found, (n, NO_ATTACK), _anyhow(v, HOLD, n) + _anyhow(v, COERCE, n))
        store(v.found, (n, SEIZURE), _anyhow(v, SEIZE, n))
        store(v.found, (n, INVASION), _anyhow(v, INVADE, n))
    return 0


@inlined
def done(v: Any, c: Any, threat: Any, n: Any) -> Any:
    """Return the chance that c happens, the adversary does l, and n is found; `lay_courses` comes first."""
    return load(v.course, (c, threat)) * entry(v.confusion, (c, threat, n))


@inlined
def _anyhow(v: Any, threat: Any, n: Any) -> Any:
    return done(v, QUIET, threat, n) + done(v, ACCIDENT, threat, n) + done(v, PROVOCATION, threat, n)


@inlined
def found_on(v: Any, n: Any, what: Any) -> Any:
    """Return the chance that n is found and there is no attack, a seizure or an invasion, whatever happened before."""
    return load(v.found, (n, what))


@inlined
def attack_at(v: Any, cell: Any, spot: Any, success: Any) -> Any:
    """Return what becomes of an attack, as the last sweep of the cell had the choices."""
    resist = load(v.choice, (cell, spot, RESIST))
    seizing = load(v.choice, (cell, spot, PERSIST_SEIZING))
    invading = load(v.choice, (cell, spot, PERSIST_INVADING))
    return attack(resist, seizing, invading, success)


@inlined
def attack(resist: Any, seizing: Any, invading: Any, success: Any) -> Any:
    """Return what becomes of an attack by the chances to resist and to persist, and that a seizure succeeds."""
    resisted = seizing * resist
    yielded = seizing - resisted
    return AttackWorth(resisted, yielded, yielded * success, invading, 1.0 - seizing, 1.0 - invading)


@inlined
def goes_on(v: Any, n: Any, what: Any) -> Any:
    """Return the chance that n is found and neither war nor the loss of a slice follows."""
    after_seizure = found_on(v, n, SEIZURE) * (1.0 - what.resisted - what.captured)
    return found_on(v, n, NO_ATTACK) + after_seizure + found_on(v, n, INVASION) * what.invasion_withdrawn
