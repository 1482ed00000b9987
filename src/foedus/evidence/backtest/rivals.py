"""Simpler forecasters, each tried on the case that it has not seen."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from foedus.values.arrays import FloatArray

RIDGE = 0.5
"""Half the inverse variance of a normal prior on the slope: deviation 1 for a covariate of standard deviation 1."""


def base_rate(happened: FloatArray) -> FloatArray:
    """Return for each case the share in which it happened among all others (leave-one-out)."""
    n = len(happened)
    if n < 2:
        raise ValueError("a base rate of the others needs at least two cases")
    rate: FloatArray = (happened.sum() - happened) / (n - 1)
    return rate


def logit_left_out(covariate: FloatArray, happened: FloatArray) -> FloatArray:
    """Return for each case the forecast of a logit on one covariate, fitted to all others.

    The slope has a weak normal prior, so that a covariate that happens to separate few cases does not give certainty.
    """
    spread = float(covariate.std())
    x = (covariate - covariate.mean()) / (spread if spread > 0 else 1.0)
    cases = np.arange(len(x))
    return np.array([_forecast(x[j], *_fit(x[cases != j], happened[cases != j])) for j in cases])


def _forecast(x: float, level: float, slope: float) -> float:
    return float(expit(level + slope * x))


def _fit(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Maximise sum y eta - ln(1 + e^eta) - RIDGE slope^2 - 0.005 level^2, eta = level + slope x."""

    def loss(theta: FloatArray) -> tuple[float, FloatArray]:
        eta = theta[0] + theta[1] * x
        miss = expit(eta) - y
        value = float(np.logaddexp(0.0, eta).sum() - y @ eta + RIDGE * theta[1] ** 2 + 0.005 * theta[0] ** 2)
        return value, np.array([miss.sum() + 0.01 * theta[0], miss @ x + 2 * RIDGE * theta[1]])

    level, slope = minimize(loss, np.zeros(2), jac=True, method="BFGS").x
    return float(level), float(slope)
