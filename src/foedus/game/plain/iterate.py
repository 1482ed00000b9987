"""Section 8 of the theory page: stationary Markov perfect agent QRE by time iteration."""

from dataclasses import dataclass

import numpy as np

from foedus.game.plain.board import Board
from foedus.game.plain.stage import Play, Position, sweep
from foedus.values.arrays import FloatArray

FULL_RELAXATION_SWEEPS = 60
"""Sweeps before the relaxation of the conjectures begins to fall."""


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """Where time iteration came to rest, or gave up."""

    play: Play
    """The last sweep, which is also the one that ``residual`` judges."""
    conjecture: Position
    """What that sweep took as given."""
    residual: float
    sweeps: int


def iterate(board: Board, *, tolerance: float, max_sweeps: int) -> Equilibrium:
    """Sweep until no policy and no value changes by more than ``tolerance``, or ``max_sweeps`` are spent.

    Values are replaced in full; conjectures go half of the way to the new policies for 60 sweeps, then 30 / sweep of
    it. The residual is the largest change in one full sweep, before relaxation.
    """
    if max_sweeps < 1:
        raise ValueError(f"iterate: max_sweeps must be at least 1, is {max_sweeps}")
    position = first_position(board)
    for count in range(1, max_sweeps + 1):
        play = sweep(position, board=board)
        residual = change(position, play.position)
        if residual < tolerance or count == max_sweeps:
            break
        position = relaxed(position, play.position, share=relaxation(count))
    return Equilibrium(play=play, conjecture=position, residual=residual, sweeps=count)


def first_position(board: Board) -> Position:
    """Return zero values and uniform policies; on no breach nothing is ever executed."""
    response = np.full((2, 5, 4, *board.shape), 0.25)
    response[:, 0] = np.array([1.0, 0.0, 0.0, 0.0])[:, None, None, None]
    return Position(
        value=np.zeros((4, *board.shape)),
        conduct=np.full((2, *board.shape), 0.5),
        threat=np.full((2, 4, *board.shape), 0.25),
        response=response,
    )


def change(old: Position, new: Position) -> float:
    """Return the largest absolute difference of any value or policy."""
    pairs = ((old.value, new.value), (old.conduct, new.conduct), (old.threat, new.threat), (old.response, new.response))
    return max(float(np.max(np.abs(a - b))) for a, b in pairs)


def relaxation(count: int) -> float:
    """Return the share of the way that conjectures go after sweep ``count``."""
    return 0.5 * min(1.0, FULL_RELAXATION_SWEEPS / count)


def relaxed(old: Position, new: Position, *, share: float) -> Position:
    """Return the position with new values, and conjectures moved ``share`` of the way to the new policies."""

    def toward(a: FloatArray, b: FloatArray) -> FloatArray:
        return (1.0 - share) * a + share * b

    return Position(
        value=new.value,
        conduct=toward(old.conduct, new.conduct),
        threat=toward(old.threat, new.threat),
        response=toward(old.response, new.response),
    )
