"""Estimates whose right values are known without this package: worked out by hand, or found by a second program."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.stats import logistic, norm

from foedus.evidence.structural import Fit, fit_egame12, fit_egame122, fit_egame123
from foedus.evidence.structural.likelihood.trees import TREES
from foedus.evidence.structural.table.formula import parse
from tests.evidence.structural.made_up import FORMULAS, tree_data
from tests.evidence.structural.plain import GAMES

LAWS: dict[str, Any] = {"probit": norm, "logit": logistic}
FITTERS: dict[str, Callable[..., Fit]] = {"egame12": fit_egame12, "egame122": fit_egame122, "egame123": fit_egame123}
ENDS = (30, 14, 56)
"""How often each end of egame12 is seen in 100 rows: no challenge, a challenge given in to, a challenge resisted."""


@pytest.mark.parametrize("link", LAWS)
def test_constants_alone_have_a_closed_form(link: str) -> None:
    """With p = 56/70 resisting and q = 70/100 challenging: u24 = sqrt 2 F^-1(p), u11 = -sqrt 2 F^-1(q).

    Standard errors are sqrt(p (1 - p) / n) sqrt 2 / f(F^-1(p)), n the rows in which the choice arose (delta method);
    the log-likelihood is the sum of n ln(n / 100).
    """
    law = LAWS[link]
    data = pd.DataFrame({"y": np.repeat([1, 2, 3], ENDS)})
    fit = fit_egame12("y ~ 1 | 0 | 0 | 1", data, link=link)
    resisting, challenging = 56 / 70, 70 / 100
    points = np.array([-law.ppf(challenging), law.ppf(resisting)])
    assert np.allclose(fit.coefficients, np.sqrt(2) * points, atol=1e-8)
    spreads = np.sqrt([challenging * (1 - challenging) / 100, resisting * (1 - resisting) / 70])
    assert np.allclose(fit.standard_errors, spreads * np.sqrt(2) / law.pdf(points), atol=1e-7)
    assert fit.log_likelihood == pytest.approx(sum(n * np.log(n / 100) for n in ENDS), abs=1e-9)


def test_a_flag_gives_each_of_its_groups_a_closed_form_of_its_own() -> None:
    """The constant is the answer where the flag is 0, constant and slope together the answer where it is 1."""
    ends = np.repeat([1, 2, 3, 1, 2, 3], (*ENDS, 50, 30, 20))
    fit = fit_egame12("y ~ flag | 0 | 0 | flag", pd.DataFrame({"y": ends, "flag": np.repeat([0, 1], (100, 100))}))
    first, second = -np.sqrt(2) * norm.ppf([0.7, 0.5]), np.sqrt(2) * norm.ppf([0.8, 0.4])
    assert np.allclose(fit.coefficients, [first[0], first[1] - first[0], second[0], second[1] - second[0]], atol=1e-8)


@pytest.mark.parametrize("model", FITTERS)
@pytest.mark.parametrize(("link", "errors"), [("probit", "agent"), ("logit", "agent"), ("probit", "private")])
def test_a_second_program_finds_the_same_maximum(model: str, link: str, errors: str) -> None:
    """The games written out in plain NumPy, climbed without any derivative of this package, end in the same place.

    The slope there, by complex steps, is 0, and the standard errors are those of the curvature.
    """
    data = tree_data(model, rows=500, seed=5, link=link, errors=errors)
    fit = FITTERS[model](FORMULAS[model], data, link=link, errors=errors)
    log_likelihood = plain_log_likelihood(model, data, link=link, errors=errors)
    assert log_likelihood(fit.beta) == pytest.approx(fit.log_likelihood, abs=1e-8)
    slope = complex_slope(log_likelihood)
    assert np.abs(slope(fit.beta)).max() < 1e-6
    climb: Any = minimize
    found = climb(lambda b: -log_likelihood(b), np.zeros(len(fit.beta)), jac=lambda b: -slope(b), method="BFGS")
    assert np.allclose(found.x, fit.beta, atol=1e-4)
    steps = 1e-5 * np.eye(len(fit.beta))
    curvature = np.array([(slope(fit.beta + h) - slope(fit.beta - h)) / 2e-5 for h in steps])
    assert np.allclose(np.sqrt(np.diag(np.linalg.inv(-curvature))), fit.standard_errors, rtol=1e-5)


def plain_log_likelihood(model: str, data: pd.DataFrame, *, link: str, errors: str) -> Callable[[Any], Any]:
    """Return the log-likelihood of a model as a function of its coefficients, real or complex."""
    names = TREES[model].utilities
    parts = parse(FORMULAS[model], utilities=names).parts
    matrices = {part.utility: part.formula.get_model_matrix(data).to_numpy() for part in parts if part.formula}
    ends = data["y"].to_numpy() - 1

    def at(beta: Any) -> Any:
        taken, utilities = 0, {name: np.zeros(len(data)) for name in names}
        for name, matrix in matrices.items():
            utilities[name] = matrix @ beta[taken : taken + matrix.shape[1]]
            taken += matrix.shape[1]
        chances = np.array(GAMES[model](utilities, link=link, errors=errors))
        return np.log(chances[ends, np.arange(len(data))]).sum()

    return at


def complex_slope(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the gradient of a function by complex steps, exact to rounding."""
    return lambda beta: np.array([function(beta + 1e-30j * unit).imag / 1e-30 for unit in np.eye(len(beta))])
