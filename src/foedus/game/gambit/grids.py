"""Grids whose points are put where a tree needs them."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.values.arrays import FloatArray

STEP = 1.5
"""Distance of neighbouring balances, in standard deviations of the balance's shock."""
FAR = 1e3
"""The same for a point that is never reached."""


@dataclass(frozen=True)
class PlacedGrid(Grid):
    """A grid with beliefs and balances at given points, in increasing order; only the plain oracle takes it."""

    beliefs_at: tuple[float, ...] = ()
    """(b) log-odds of belief."""
    balances_at: tuple[float, ...] = ()
    """(k) log force ratios."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "beliefs", len(self.beliefs_at))
        object.__setattr__(self, "balances", len(self.balances_at))
        super().__post_init__()

    @cached_property
    def log_odds(self) -> FloatArray:
        """(b) log-odds of the belief that the coalition is of the high type."""
        return np.array(self.beliefs_at)

    @cached_property
    def balance(self) -> FloatArray:
        """(k) log force ratio adversary : protected state."""
        return np.array(self.balances_at)


def around_start(future: Future, *, balances: int, slices: int) -> tuple[PlacedGrid, tuple[int, int, int]]:
    """Return a grid through (prior, balance_0), and the state where the game starts.

    The other balances lie ``STEP`` standard deviations apart; with a single one the balance stays where it is.

    Raises:
        ValueError: fewer than one balance, or a prior of 0 or 1.
    """
    if balances < 1 or not 0 < future.prior < 1:
        raise ValueError(f"around_start: needs a balance, has {balances}, and a prior inside (0, 1), is {future.prior}")
    start = (balances - 1) // 2
    step = (STEP if balances > 1 else FAR) * future.sigma_balance
    log_odds = math.log(future.prior) - math.log1p(-future.prior)
    placed = PlacedGrid(
        beliefs_at=(log_odds, log_odds + 1.0),
        balances_at=tuple(future.balance_0 + step * (k - start) for k in range(max(balances, 2))),
        slices=slices,
    )
    return placed, (0, start, 0)
