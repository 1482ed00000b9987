"""Simpler forecasters that do not see the case they forecast."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from foedus.evidence.backtest.rivals import RIDGE, base_rate, logit_left_out

RNG = np.random.default_rng(5)
X = RNG.normal(size=40)
Y = (RNG.random(40) < 1 / (1 + np.exp(-1.5 * X))).astype(float)


def test_the_base_rate_leaves_its_own_case_out() -> None:
    """Of three cases in which it happened once, the two others see one half, the one sees nothing."""
    assert base_rate(np.array([1.0, 0.0, 0.0])) == pytest.approx([0.0, 0.5, 0.5])


def test_the_logit_is_that_of_another_library_fitted_to_the_others() -> None:
    """Ridge logistic regression of scikit-learn, fitted case by case to all but that case."""
    z = (X - X.mean()) / X.std()
    said = logit_left_out(X, Y)
    for j in range(0, 40, 5):
        others = np.arange(40) != j
        model = LogisticRegression(C=1 / (2 * RIDGE), tol=1e-10, max_iter=1000).fit(z[others, None], Y[others])
        assert said[j] == pytest.approx(model.predict_proba(z[j : j + 1, None])[0, 1], abs=5e-3)


def test_a_case_does_not_help_to_forecast_itself() -> None:
    """Turning one outcome round leaves the forecast of that case as it was."""
    turned = Y.copy()
    turned[3] = 1 - turned[3]
    assert logit_left_out(X, turned)[3] == pytest.approx(logit_left_out(X, Y)[3])


def test_a_covariate_that_says_nothing_gives_the_rate_of_the_others() -> None:
    """With the same balance in every case, the logit is the base rate."""
    assert logit_left_out(np.ones(40), Y) == pytest.approx(base_rate(Y), abs=5e-3)
