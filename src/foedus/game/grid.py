"""The grid on which the state of the game lives."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.values.arrays import FloatArray

COARSE = 10
"""With fewer balance points the shock goes by cells, as in the reference cases; with as many or more its mean and
variance are kept (docs/theory.md, section 5)."""


@dataclass(frozen=True)
class Grid:
    """Belief points on [-4, 4] in log-odds, balance points on [-2, 2] in log force ratio, slices of territory."""

    beliefs: int = 11
    balances: int = 13
    slices: int = 3

    def __post_init__(self) -> None:
        if self.beliefs < 2 or self.balances < 2 or self.slices < 1:
            raise ValueError("grid: needs at least 2 belief points, 2 balance points and 1 slice")

    @cached_property
    def log_odds(self) -> FloatArray:
        """(b) log-odds of the belief that the coalition is of the high type."""
        return np.linspace(-4.0, 4.0, self.beliefs)

    @cached_property
    def balance(self) -> FloatArray:
        """(k) log force ratio adversary : protected state."""
        return np.linspace(-2.0, 2.0, self.balances)

    def refuse_slices_beyond(self, slice_share: float) -> None:
        """Refuse slices of ``slice_share`` each that add up to more than the whole stake.

        Raises:
            ValueError: ``1 - slice_share * (slices - 1)`` is negative.
        """
        if 1.0 - slice_share * (self.slices - 1) < 0.0:
            raise ValueError(
                f"grid: {self.slices - 1} slices of {slice_share:.4g} are more than the whole stake, which is 1; "
                f"at most {int(1.0 / slice_share)} can be lost, so take slices <= {int(1.0 / slice_share) + 1}"
            )
