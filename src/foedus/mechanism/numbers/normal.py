"""The share of a normal distribution that lies below a point, exactly and roughly."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from foedus.values.arrays import FloatArray

Phi: TypeAlias = Callable[[FloatArray], FloatArray]


def share_below(points: FloatArray) -> FloatArray:
    """Return the standard normal distribution function at each point."""
    from scipy.special import ndtr  # not before it is needed: scipy takes longer to load than a check takes

    shares: FloatArray = ndtr(points)
    return shares


def roughly_below(points: FloatArray) -> FloatArray:
    """Return the same within 0.01, for those who ask what a compilation reads and not what it gives."""
    shares: FloatArray = 1 / (1 + np.exp(-1.702 * points))
    return shares
