"""From one sweep to the next: how far each choice has moved, and how far it may move next time.

A choice is P(g), P(l | v) or pi_th(. | n) in one state. A sweep moves every choice by a share of its miss, that is of
the way to the logit response, and values what is then played. `advance` takes over the point that came out and adapts
the shares: where the miss of a choice has turned (negative scalar product with the last one), its share falls;
elsewhere it grows. So only what cycles is damped.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.machine.jit import called
from foedus.game.kernel.machine.vectors import higher_of, like, load, lower_of, pick, store
from foedus.game.kernel.stage.layout import CHOICES, PROVOKE, RESPONSE, THREAT, VALUE
from foedus.values.arrays import FloatArray


class Relaxation(NamedTuple):
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
    """Steps under fixed policies after each sweep (`evaluate`)."""
    adversary: float = 1.0
    coalition: float = 1.0
    """Factors on the bounds for the adversary's choices and for the coalition's response."""


SWEEPS, SHARE, LEAST, MOST, DOWN, UP, ROUNDS, ADVERSARY, COALITION = range(9)
"""Columns of an array of relaxations."""
EVEN = Relaxation(sweeps=120, share=0.8, least=0.001, most=1.0, down=0.7, up=1.07, rounds=4)
LAGGING = Relaxation(sweeps=300, share=0.3, least=0.0005, most=0.9, down=0.8, up=1.03, rounds=0)
"""For games that cycle as long as values keep up with play: here they are a period behind, as in time iteration."""
SLOW_COALITION = Relaxation(
    sweeps=300, share=0.1, least=0.0005, most=0.4, down=0.85, up=1.05, rounds=5, adversary=3.0, coalition=0.3
)
SLOW_ADVERSARY = Relaxation(
    sweeps=300, share=0.1, least=0.0005, most=0.4, down=0.8, up=1.05, rounds=5, adversary=0.5, coalition=5.0
)
SHORT_SIGHTED = EVEN._replace(sweeps=250, rounds=1)
"""For games whose play cycles where values run ahead of it."""
PATIENT = Relaxation(
    sweeps=1000, share=0.05, least=0.0005, most=0.2, down=0.8, up=1.02, rounds=10, adversary=0.5, coalition=5.0
)
IN_TURN = np.array([EVEN, LAGGING, SLOW_ADVERSARY, SLOW_COALITION, SHORT_SIGHTED, PATIENT])
"""The relaxations that are tried, each from where the last one stopped."""


@called
def begin(stays: FloatArray, share: float) -> int:
    """Begin anew, with one share for all choices."""
    for cell in range(len(stays)):
        for at in range(stays.shape[1]):
            store(stays, (cell, at), like(load(stays, (cell, at)), 1.0 - share))
    return 0


@called
def advance(
    z: FloatArray, new: FloatArray, miss: FloatArray, stays: FloatArray, relaxation: FloatArray, adapts: bool
) -> int:
    """Put ``new`` in the place of ``z``, remember the misses of choices, and adapt the shares if ``adapts``.

    All are (cell of the slice, entry, place); ``stays`` holds 1 - share at the first entry of each choice.
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
                _adapt(stays, cell, first, along, relaxation)
    return 0


@called
def _adapt(stays: FloatArray, cell: int, first: int, along: Any, relaxation: FloatArray) -> int:
    """Lower or raise the share of a choice."""
    factor = 1.0
    if THREAT <= first < RESPONSE:
        factor = relaxation[ADVERSARY]
    elif first >= RESPONSE:
        factor = relaxation[COALITION]
    share = 1.0 - load(stays, (cell, first))
    share = pick(along < like(along, 0.0), share * relaxation[DOWN], share * relaxation[UP])
    least, most = like(share, relaxation[LEAST] * factor), like(share, min(relaxation[MOST] * factor, 1.0))
    store(stays, (cell, first), 1.0 - lower_of(higher_of(share, least), most))
    return 0
