"""Proportional hazards: the partial likelihood by Newton's method, with Efron's rule for ties."""

from dataclasses import dataclass

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray

MAX_STEPS = 50
TOLERANCE = 1e-9
LONGEST_STEP = 2.0
"""In standard deviations, so that the exponentials stay within bounds."""


@dataclass(frozen=True)
class CoxFit:
    """Log hazard ratios with their covariance."""

    coefficients: FloatArray
    covariance: FloatArray
    log_likelihood: float
    """Without the ridge."""

    @property
    def standard_errors(self) -> FloatArray:
        """Square roots of the variances."""
        return np.asarray(np.sqrt(np.diag(self.covariance)), dtype=np.float64)


def fit_cox(times: FloatArray, is_event: BoolArray, covariates: FloatArray, *, ridge: float = 0.0) -> CoxFit:
    """Maximise the partial likelihood of h(t | x) = h0(t) exp(x b).

    At each event time with d events D and risk set R, Efron's log likelihood adds
    sum_D x b - sum_{l<d} log( sum_R exp(x b) - (l/d) sum_D exp(x b) ).
    ``times`` and ``is_event`` have shape (case,), ``covariates`` (case, covariate). ``ridge`` draws the coefficients
    towards 0: n ridge/2 sum (s_j b_j)^2 is taken off, with n cases and standard deviations s of the covariates.
    Raises `ValueError` where there is no event, where the covariates are collinear or where Newton's method does not
    settle.
    Cox (1972), Journal of the Royal Statistical Society B 34, 187-220; Efron (1977), JASA 72, 557-565.
    """
    if not np.any(is_event):
        raise ValueError("a hazard ratio needs at least one event")
    scale = covariates.std(axis=0, ddof=1)
    if not np.all(scale > 0):
        raise ValueError("a covariate is the same for all cases")
    x = (covariates - covariates.mean(axis=0)) / scale
    weight = ridge * len(times)
    coefficients = np.zeros(x.shape[1])
    for _ in range(MAX_STEPS):
        value, gradient, information = _derivatives(coefficients, times, is_event, x)
        information = information + weight * np.eye(len(coefficients))
        step = _solve(information, gradient - weight * coefficients)
        if float(np.max(np.abs(step))) < TOLERANCE:
            return CoxFit(coefficients / scale, np.linalg.inv(information) / np.outer(scale, scale), value)
        coefficients = coefficients + step * min(1.0, LONGEST_STEP / float(np.max(np.abs(step))))
    raise ValueError(f"the partial likelihood has no maximum that {MAX_STEPS} steps reach")


def _solve(information: FloatArray, gradient: FloatArray) -> FloatArray:
    if np.linalg.matrix_rank(information) < len(gradient):
        raise ValueError("the covariates are collinear among the cases at risk")
    return np.asarray(np.linalg.solve(information, gradient), dtype=np.float64)


def _derivatives(
    coefficients: FloatArray, times: FloatArray, is_event: BoolArray, x: FloatArray
) -> tuple[float, FloatArray, FloatArray]:
    """Return the log likelihood, its gradient and minus its Hessian."""
    weights = np.exp(x @ coefficients)
    value, gradient, information = 0.0, np.zeros(x.shape[1]), np.zeros((x.shape[1], x.shape[1]))
    for time in np.unique(times[is_event]):
        at_risk, dying = times >= time, (times == time) & is_event
        risk, death = _sums(weights, x, at_risk), _sums(weights, x, dying)
        value += float((x[dying] @ coefficients).sum())
        gradient += x[dying].sum(axis=0)
        deaths = int(dying.sum())
        for rank in range(deaths):
            total, first, second = (a - rank / deaths * b for a, b in zip(risk, death, strict=True))
            mean = first / total
            value -= float(np.log(total))
            gradient -= mean
            information += second / total - np.outer(mean, mean)
    return value, gradient, information


def _sums(weights: FloatArray, x: FloatArray, rows: BoolArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    w, z = weights[rows], x[rows]
    return w.sum(), w @ z, (z * w[:, None]).T @ z
