"""From one sweep to the next: how far each choice has moved, and how far it may move next time.

A choice is P(g), P(l | g) or pi_th(. | n) in one state. A sweep moves every choice by a share of its miss, that is of
the way to the logit response, and values what is then played. `advance` takes over the point that came out and adapts
the shares: where the miss of a choice has turned (negative scalar product with the last one), its share falls;
elsewhere it grows. So only what cycles is damped.
"""

from typing import Any, NamedTuple

from foedus.game.kernel.jit import compiled
from foedus.game.kernel.lanes import higher_of, like, load, lower_of, pick, store
from foedus.game.kernel.room import PROVOKE, RESPONSE, THREAT, VALUE
from foedus.values.arrays import FloatArray


class Rung(NamedTuple):
    """One way to relax, for so many sweeps."""

    sweeps: int
    share: float
    """Share of a miss that is taken at first."""
    least: float
    most: float
    """Bounds of a share."""
    down: float
    up: float
    """How a share falls where its miss has turned, and grows elsewhere."""
    rounds: int
    """Sweeps under fixed policies after each full one (`evaluate`)."""
    adversary: float = 1.0
    coalition: float = 1.0
    """Factors on the bounds for the adversary's choices and for the coalition's response."""


SWEEPS, SHARE, LEAST, MOST, DOWN, UP, ROUNDS, ADVERSARY, COALITION = range(9)
"""Columns of a ladder, which is an array of rungs."""
CHOICES = (
    (PROVOKE, 1),
    (THREAT, 4),
    (THREAT + 4, 4),
    *((RESPONSE + 12 * th + 3 * n, 3) for th in range(2) for n in range(4)),
)
"""First entry and number of entries of every choice in a state."""


@compiled
def begin(stays: FloatArray, share: float) -> int:
    """Begin anew, with one share for all choices."""
    stays[:] = 1.0 - share
    return 0


@compiled
def advance(z: FloatArray, new: FloatArray, miss: FloatArray, stays: FloatArray, rung: FloatArray, adapts: bool) -> int:
    """Put ``new`` in the place of ``z``, remember the misses of choices, and adapt the shares if ``adapts``.

    All are (cell of the slice, entry, lane); ``stays`` holds 1 - share at the first entry of each choice.
    """
    for cell in range(len(z)):
        for at in range(VALUE, PROVOKE):
            store(z, (cell, at), load(new, (cell, at)))
        for choice in range(len(CHOICES)):
            first, number = CHOICES[choice]
            along = like(load(z, (cell, first)), 0.0)
            for at in range(first, first + number):
                moved = load(new, (cell, at)) - load(z, (cell, at))
                along = along + moved * load(miss, (cell, at))
                store(miss, (cell, at), moved)
                store(z, (cell, at), load(new, (cell, at)))
            if adapts:
                _adapt(stays, cell, first, along, rung)
    return 0


@compiled
def _adapt(stays: FloatArray, cell: int, first: int, along: Any, rung: FloatArray) -> int:
    """Lower or raise the share of a choice."""
    factor = 1.0
    if THREAT <= first < RESPONSE:
        factor = rung[ADVERSARY]
    elif first >= RESPONSE:
        factor = rung[COALITION]
    share = 1.0 - load(stays, (cell, first))
    share = pick(along < like(along, 0.0), share * rung[DOWN], share * rung[UP])
    share = lower_of(higher_of(share, like(share, rung[LEAST] * factor)), like(share, min(rung[MOST] * factor, 1.0)))
    store(stays, (cell, first), 1.0 - share)
    return 0
