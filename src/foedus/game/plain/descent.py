"""Section 8 of the theory page: of several fixed points the one that continues from nearly random play."""

import dataclasses

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.plain.board import Board
from foedus.game.plain.iterate import Equilibrium, iterate
from foedus.game.plain.stage import Position
from foedus.mechanism.compiled import CompiledArrangement

WAY_DOWN = (4.0, 2.8, 2.0, 1.6, 1.4, 1.3, 1.2, 1.1, 1.05, 1.0)
"""Multiples of every lam, one after the other."""
ON_THE_WAY = 1e-5
"""Residual at which a step above the last is left."""


def descend(
    *, compiled: CompiledArrangement, future: Future, grid: Grid, tolerance: float, max_sweeps: int
) -> tuple[Board, Equilibrium]:
    """Solve the game on its principal branch: at four times every lam, then in ten steps down to the game itself.

    Each step starts where the one before came to rest, or gave up after ``max_sweeps``. Consultation keeps its own
    lam_G, having its own way down (section 6). Returns the game's own board with the equilibrium; ``sweeps`` counts all
    steps. Reference: McKelvey and Palfrey (1998).
    """
    board = Board.lay_out(compiled=compiled, future=future, grid=grid)
    position: Position | None = None
    spent = 0
    for multiple in WAY_DOWN:
        noisy = dataclasses.replace(board, future=louder(future, multiple))
        wanted = tolerance if multiple == WAY_DOWN[-1] else max(tolerance, ON_THE_WAY)
        found = iterate(noisy, tolerance=wanted, max_sweeps=max_sweeps, start=position)
        position, spent = found.play.position, spent + found.sweeps
    return board, dataclasses.replace(found, sweeps=spent)


def louder(future: Future, multiple: float) -> Future:
    """Return the future with every choice that many times noisier."""
    return dataclasses.replace(
        future, lam_P=multiple * future.lam_P, lam_A=multiple * future.lam_A, lam_G=multiple * future.lam_G
    )
