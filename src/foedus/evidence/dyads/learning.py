"""What the model learns from other cases: which futures are likely for a dyad, and the level of its forecasts.

Each case gets its futures weighted by its facts, p = sum_f w_f hits_f / sum_f w_f per_f with
w_f = base_f exp(z_f x . tilt), and the forecast is the logistic of level + slope logit(p). z_f is how ready the
adversary of a future is to carry an attack through, by the game itself: the standardised logarithm of the number that
it carries through at even strength against a state without a pact. The facts x are the nearness of the two and
ln(1 + disputes of the ten years before). That an adversary has gone to the brink with this very state tells of its
readiness (Diehl and Goertz 2000), and neighbours have more to fight about (Vasquez 2009): no tilt lies below 0.

Learnt by likelihood with the ridge prior of the rivals: tilts, level, slope, and from a few given values the reach of
the balance. Nothing else: five numbers at the most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from foedus.evidence.backtest.rivals import RIDGE
from foedus.evidence.dyads.cells import CELLS, Cell, Shelter
from foedus.evidence.dyads.placed import placed
from foedus.evidence.dyads.record import Dyad
from foedus.evidence.dyads.solve import CellCourses
from foedus.values.arrays import BoolArray, FloatArray, IntArray

REACHES = (0.0, 0.25, 0.5, 1.0)
_CLIP, _LEVEL_PRIOR = 1e-4, 0.005
_PRECISE: Any = {"ftol": 1e-10, "gtol": 1e-6}


@dataclass(frozen=True, eq=False)
class Shares:
    """What the game says of each dyad in each future: hits per chance of one."""

    hits: FloatArray
    """(dyad, future)"""
    per: FloatArray

    def of(self, rows: BoolArray) -> "Shares":
        """Return those of some dyads."""
        return Shares(self.hits[rows], self.per[rows])

    def forecast(self, weights: FloatArray) -> FloatArray:
        """Return (dyad) the ratio of weighted sums; ``weights`` (future) or (dyad, future)."""
        top, bottom = ((each * weights).sum(axis=1) for each in (self.hits, self.per))
        return np.asarray(np.clip(top / np.maximum(bottom, 1e-300), _CLIP, 1 - _CLIP))


@dataclass(frozen=True, eq=False)
class Learnt:
    """A forecaster of dyads, as learnt from some of them."""

    reach: float
    """How much of the balance of states, as a log ratio, is the balance where the threat is made."""
    tilt: FloatArray
    """(fact)"""
    level: float
    slope: float
    loss: float
    """What was minimised: minus log likelihood, and the prior."""


def readiness(courses: CellCourses) -> FloatArray:
    """Return (future) how ready the adversary is to carry an attack through: mean 0, deviation 1; 0 where unsolved."""
    carried = courses.carried[:, CELLS.index(Cell(Shelter.NONE, 0.0))]
    known = np.isfinite(carried)
    log = np.log(np.maximum(carried[known], _CLIP))
    ready = np.zeros(len(carried))
    ready[known] = (log - log.mean()) / max(float(log.std()), 1e-12)
    return ready


def facts(dyads: Sequence[Dyad]) -> FloatArray:
    """Return (dyad, fact) what makes readier adversaries likelier."""
    return np.array([[np.log1p(dyad.disputes), dyad.is_near] for dyad in dyads], dtype=np.float64)


def shares_of(dyads: Sequence[Dyad], hits: FloatArray, per: FloatArray, *, reach: float) -> Shares:
    """Return what the game says of dyads, from ``hits`` and ``per`` (future, cell); unsolved games are left out."""
    where = placed(dyads, reach=reach).T
    solved = np.isfinite(hits) & np.isfinite(per)
    return Shares(*((np.where(solved, each, 0.0) @ where).T for each in (hits, per)))


@dataclass(frozen=True, eq=False)
class Learner:
    """Learns from some dyads and forecasts others."""

    shares: Mapping[float, Shares]
    """[reach] what the game says with it."""
    base: FloatArray
    """(future) weights that the futures have before any fact of a dyad."""
    ready: FloatArray
    """(future)"""
    facts: FloatArray
    """(dyad, fact); no column where facts tilt nothing."""

    def out_of_sample(self, happened: FloatArray, *, parts: IntArray) -> tuple[FloatArray, tuple[Learnt, ...]]:
        """Return (dyad) the forecast of each by what was learnt from all parts but its own, and what that was."""
        said, learnt = np.empty(len(happened)), []
        for part in np.unique(parts):
            own: BoolArray = parts == part
            learnt.append(self.learn(~own, happened))
            said[own] = self.forecast(own, learnt[-1])
        return said, tuple(learnt)

    def learn(self, rows: BoolArray, happened: FloatArray) -> Learnt:
        """Return the likeliest forecaster of the dyads in ``rows``."""
        return min((self._fit(rows, happened, reach) for reach in self.shares), key=lambda each: each.loss)

    def forecast(self, rows: BoolArray, learnt: Learnt) -> FloatArray:
        """Return (dyad in rows) chances."""
        weights = self._weights(self.facts[rows], learnt.tilt)
        raw = self.shares[learnt.reach].of(rows).forecast(weights)
        return np.asarray(expit(learnt.level + learnt.slope * logit(raw)))

    def _weights(self, x: FloatArray, tilt: FloatArray) -> FloatArray:
        log: FloatArray = np.outer(x @ tilt, self.ready)
        weights: FloatArray = self.base * np.exp(log - log.max(axis=1, keepdims=True))
        return weights

    def _fit(self, rows: BoolArray, happened: FloatArray, reach: float) -> Learnt:
        """Minimise minus the log likelihood and the prior; the gradient of ln p is x (E_hits z - E_per z)."""
        shares, x, y = self.shares[reach].of(rows), self.facts[rows], happened[rows]
        prior = np.array([_LEVEL_PRIOR, RIDGE, *[RIDGE] * x.shape[1]])

        def loss(theta: FloatArray) -> tuple[float, FloatArray]:
            weights = self._weights(x, theta[2:])
            raw = shares.forecast(weights)
            odds = logit(raw)
            eta = theta[0] + theta[1] * odds
            miss = expit(eta) - y
            means = [_mean(self.ready, weights * each) for each in (shares.hits, shares.per)]
            moved = theta[1] * (means[0] - means[1]) / (1 - raw)
            value = float(np.logaddexp(0.0, eta).sum() - y @ eta + prior @ theta**2)
            return value, np.concatenate([[miss.sum(), miss @ odds], (miss * moved) @ x]) + 2 * prior * theta

        start = np.array([0.0, 0.7, *[0.2] * x.shape[1]])
        bounds: list[tuple[float | None, float | None]] = [(None, None), *[(0.0, None)] * (1 + x.shape[1])]
        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=_PRECISE)
        return Learnt(reach, found.x[2:], float(found.x[0]), float(found.x[1]), float(found.fun))


def _mean(values: FloatArray, weights: FloatArray) -> FloatArray:
    return np.asarray((weights @ values) / np.maximum(weights.sum(axis=1), 1e-300))
