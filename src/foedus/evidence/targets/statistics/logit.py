"""Logistic regression without a penalty, by Newton's method."""

from dataclasses import dataclass

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray

MAX_STEPS = 50
TOLERANCE = 1e-10


@dataclass(frozen=True)
class LogitFit:
    """Coefficients in log odds, the first being the constant, with their covariance."""

    coefficients: FloatArray
    covariance: FloatArray

    @property
    def standard_errors(self) -> FloatArray:
        """Square roots of the variances."""
        return np.sqrt(np.diag(self.covariance))


def fit_logit(outcome: BoolArray, covariates: FloatArray) -> LogitFit:
    """Maximise sum y log p + (1 - y) log(1 - p), p = 1 / (1 + exp(-(a + x b))).

    ``outcome`` has shape (case,), ``covariates`` (case, covariate). Raises `ValueError` where the covariates are
    collinear or separate the outcomes, so that there is no maximum.
    """
    x = np.column_stack([np.ones(len(outcome)), covariates])
    coefficients = np.zeros(x.shape[1])
    for _ in range(MAX_STEPS):
        p = 1 / (1 + np.exp(-(x @ coefficients)))
        information = (x * (p * (1 - p))[:, None]).T @ x
        if np.linalg.matrix_rank(information) < x.shape[1]:
            raise ValueError("the covariates are collinear, or separate the outcomes")
        step = np.linalg.solve(information, x.T @ (outcome - p))
        if float(np.max(np.abs(step))) < TOLERANCE:
            return LogitFit(coefficients, np.linalg.inv(information))
        coefficients = coefficients + step
    raise ValueError(f"the likelihood has no maximum that {MAX_STEPS} steps reach")
