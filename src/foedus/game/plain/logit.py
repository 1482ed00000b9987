"""The choice rule of every party: logit, written so that it never overflows."""

import numpy as np
from scipy.special import expit

from foedus.values.arrays import FloatArray


def logit_choice(values: FloatArray, *, lam: float, axis: int) -> FloatArray:
    """Return choice chances along ``axis``, proportional to ``exp(value / lam)``; minus infinity is never chosen."""
    scaled = values / lam
    weight = np.exp(scaled - scaled.max(axis=axis, keepdims=True))
    return np.asarray(weight / weight.sum(axis=axis, keepdims=True))


def yes_chance(advantage: FloatArray, *, lam: float) -> FloatArray:
    """Return the chance of the first of two actions whose value is larger by ``advantage``."""
    return np.asarray(expit(advantage / lam))
