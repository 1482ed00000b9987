"""Simpler forecasters, each tried on the case that it has not seen."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from foedus.values.arrays import FloatArray

Forecast = Callable[[FloatArray], FloatArray]
"""From covariates (case, covariate) to chances (case)."""

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
    x = standardised(covariate[:, None])
    cases = np.arange(len(x))
    return np.array([fit_ridge_logit(x[cases != j], happened[cases != j])(x[j : j + 1])[0] for j in cases])


def standardised(covariates: FloatArray) -> FloatArray:
    """Return covariates (case, covariate) with mean 0 and standard deviation 1; one that never varies is 0."""
    spread = covariates.std(axis=0)
    z: FloatArray = (covariates - covariates.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return z


def fit_ridge_logit(x: FloatArray, y: FloatArray, *, least_slope: float = -np.inf) -> Forecast:
    """Fit a logit to x (case, covariate) and return what it forecasts of others.

    Maximises sum y eta - ln(1 + e^eta) - RIDGE |slope|^2 - 0.005 level^2, eta = level + x slope; no slope lies below
    ``least_slope``.
    """
    weights = np.array([0.005, *[RIDGE] * x.shape[1]])

    def loss(theta: FloatArray) -> tuple[float, FloatArray]:
        eta = theta[0] + x @ theta[1:]
        miss = expit(eta) - y
        value = float(np.logaddexp(0.0, eta).sum() - y @ eta + weights @ theta**2)
        return value, np.concatenate([[miss.sum()], miss @ x]) + 2 * weights * theta

    bounds: list[tuple[float | None, float | None]] = [(None, None), *[(least_slope, None)] * x.shape[1]]
    theta = minimize(loss, np.zeros(1 + x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options=_PRECISE).x
    return lambda others: np.asarray(expit(theta[0] + others @ theta[1:]))


_PRECISE: Any = {"ftol": 1e-14, "gtol": 1e-9}
