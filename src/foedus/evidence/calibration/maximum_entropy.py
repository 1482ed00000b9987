"""Weigh draws so that their averages lie where the record says, changing the draws' distribution as little as possible.

minimise  KL(w || u) + C sum_j xi_j   over weights w >= 0, sum w = 1, slacks xi >= 0
subject to  sum_i w_i h_ij <= xi_j    for every bound j,

with u the weights drawn with. The dual is smooth, convex and small, one number a bound:

minimise  ln sum_i u_i exp(-sum_k price_k h_ik)   over  0 <= price_j <= C,

and w_i is proportional to u_i exp(-sum_j price_j h_ij) (exponential tilting; Csiszar 1975; Hainmueller 2012 for weights
that balance). A price is what it costs, in nats, to move the average by one more unit of h; a bound with price 0 says
nothing that was not so already. A price at C is a bound that was given up: meeting it would throw away more of the
draws than it is worth, and the miss is told.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, softmax

from foedus.values.arrays import FloatArray

GIVEN_UP = 0.999
"""Share of the highest price from which on a bound counts as given up."""
_TOLERANCE = 1e-9
_STEPS = 500


@dataclass(frozen=True, eq=False)
class MaximumEntropyWeights:
    """Weights, and what each bound cost."""

    weights: FloatArray
    """(future) above or at 0, summing to 1."""
    prices: FloatArray
    """(bound) nats for one unit of the bound."""
    excess: FloatArray
    """(bound) the weighted average of h; above 0: the bound is missed by this much."""
    dearest: float
    """The highest price, C."""

    @property
    def divergence(self) -> float:
        """Kullback-Leibler divergence of the weights from equal ones, in nats."""
        held = self.weights[self.weights > 0]
        return float(held @ np.log(held * len(self.weights)))

    @property
    def effective(self) -> float:
        """Kish's effective number of draws, 1 / sum w^2."""
        return float(1.0 / (self.weights**2).sum())

    def is_given_up(self, bound: int) -> bool:
        """Tell whether a bound was missed because it was too dear."""
        return bool(self.prices[bound] >= GIVEN_UP * self.dearest and self.excess[bound] > _TOLERANCE)


def maximum_entropy_weights(h: FloatArray, *, dearest: float) -> MaximumEntropyWeights:
    """Return the weights of least divergence with ``sum_i w_i h_ij <= 0`` for every j, given up at price ``dearest``.

    ``h`` is (future, bound). Raises ``ValueError`` without futures, for entries that are not finite, and for
    ``dearest`` not above 0.
    """
    if h.ndim != 2 or not len(h) or not np.isfinite(h).all() or not dearest > 0:
        raise ValueError(
            "maximum_entropy_weights: needs at least one future, finite entries and a highest price above 0"
        )
    prices = _least(h, dearest=dearest)
    weights = _weights(prices, h)
    return MaximumEntropyWeights(weights=weights, prices=prices, excess=weights @ h, dearest=dearest)


def _least(h: FloatArray, *, dearest: float) -> FloatArray:
    """Minimise the dual over the box by Newton steps on the prices that are free to move (Bertsekas 1982).

    The slope of the dual is minus the weighted mean of h, its curvature the weighted covariance.
    """
    prices = np.zeros(h.shape[1])
    matters = np.abs(h).max(axis=0) > 0 if h.shape[1] else np.zeros(0, dtype=np.bool_)
    for _ in range(_STEPS):
        weights = _weights(prices, h)
        slope = -(weights @ h)
        held = ((prices <= 0) & (slope >= 0)) | ((prices >= dearest) & (slope <= 0)) | ~matters
        free = np.flatnonzero(~held)
        if not free.size or np.abs(slope[free]).max() < _TOLERANCE:
            break
        centred = (h[:, free] + slope[free]) * np.sqrt(weights)[:, None]
        curvature = centred.T @ centred
        curvature += np.eye(free.size) * (1e-10 * max(1.0, float(np.trace(curvature))))
        step = np.zeros_like(prices)
        step[free] = np.linalg.solve(curvature, -slope[free])
        prices = _stepped(prices, step, h, slope=slope, dearest=dearest)
    return prices


def _stepped(prices: FloatArray, step: FloatArray, h: FloatArray, *, slope: FloatArray, dearest: float) -> FloatArray:
    """Go along a step, kept in the box, as far as the dual falls enough; else a short way down the slope."""
    here = _dual(prices, h)
    for direction in (step, -slope):
        for halvings in range(40):
            there = np.clip(prices + direction * 0.5**halvings, 0.0, dearest)
            if _dual(there, h) <= here + 1e-4 * float(slope @ (there - prices)):
                return there
    return prices


def _dual(prices: FloatArray, h: FloatArray) -> float:
    """Return the logarithm of the mean of the exponential factors."""
    return float(logsumexp(-h @ prices)) - math.log(len(h))


def _weights(prices: FloatArray, h: FloatArray) -> FloatArray:
    weights: FloatArray = softmax(-h @ prices)
    return weights
