"""Quantiles of weighted values."""

from collections.abc import Sequence

import numpy as np

from foedus.values.arrays import FloatArray


def quantiles(values: FloatArray, weights: FloatArray, shares: Sequence[float]) -> list[float]:
    """Return the smallest values with at least each share of the weight at or below them."""
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[order])
    places = np.searchsorted(sums, np.asarray(shares) * sums[-1] * (1 - 1e-12))
    return [float(values[order[min(place, len(order) - 1)]]) for place in places]
