"""Coefficients with which data were made are found again, and their errors are as large as is said."""

import numpy as np
import pytest

from foedus.evidence.structural import Fit, fit_egame12, fit_egame122, fit_egame123, fit_sigint
from tests.evidence.structural.made_up import FORMULAS, crisis_data, tree_data, truth

FITTERS = {"egame12": fit_egame12, "egame122": fit_egame122, "egame123": fit_egame123}
VARIANTS = [("probit", "agent"), ("logit", "agent"), ("probit", "private")]


@pytest.mark.parametrize("model", FITTERS)
@pytest.mark.parametrize(("link", "errors"), VARIANTS)
def test_large_samples_give_the_truth(model: str, link: str, errors: str) -> None:
    """In 12000 rows every estimate lies within 4 of its standard errors of the truth, and the errors are small."""
    data = tree_data(model, rows=12_000, seed=1, link=link, errors=errors)
    fit = FITTERS[model](FORMULAS[model], data, link=link, errors=errors)
    assert fit.is_converged
    assert np.abs(z_scores(fit, model)).max() < 4.0
    assert fit.standard_errors.max() < 0.35


@pytest.mark.parametrize("model", ["egame12", "egame123"])
def test_standard_errors_are_those_of_repeated_samples(model: str) -> None:
    """Over 40 samples the estimates, in units of their standard errors, have mean 0 and variance 1."""
    z = np.array(
        [z_scores(FITTERS[model](FORMULAS[model], tree_data(model, rows=1200, seed=100 + n)), model) for n in range(40)]
    )
    assert np.abs(z.mean(axis=0)).max() < 4.0 / np.sqrt(40)
    assert (z**2).mean() == pytest.approx(1.0, abs=0.2)


@pytest.mark.parametrize("method", ["ml", "npl"])
def test_crisis_games_give_the_truth(method: str) -> None:
    """In 400 games seen 200 times each, full and nested pseudo-likelihood find the truth within 4 standard errors."""
    data = crisis_data(games=400, times=200, seed=3)
    fit = fit_sigint(FORMULAS["sigint"], data, method=method)
    assert np.abs(z_scores(fit, "sigint")).max() < 4.0
    assert fit.standard_errors.max() < 0.25


def test_a_true_first_stage_gives_the_truth() -> None:
    """Pseudo-likelihood with the true chances of the other side's play is consistent."""
    from foedus.evidence.structural.crisis.equilibria import find_all, probabilities
    from foedus.evidence.structural.crisis.game import payoffs
    from tests.evidence.structural.made_up import utilities

    data = crisis_data(games=400, times=200, seed=4)
    played = payoffs(utilities("sigint", data), games=len(data))
    found = find_all(played)
    assert found.number.max() == 1
    data = data.join(probabilities(played, found.r)[["pR", "pF"]])
    fit = fit_sigint(FORMULAS["sigint"], data, method="pl", first_stage=("pR", "pF"))
    assert np.abs(z_scores(fit, "sigint")).max() < 4.0


@pytest.mark.slow
def test_errors_of_the_nested_estimator_are_those_of_repeated_samples() -> None:
    """Over 12 samples the nested pseudo-likelihood's estimates vary as its covariance says."""
    z = np.array(
        [
            z_scores(
                fit_sigint(FORMULAS["sigint"], crisis_data(games=150, times=60, seed=100 + n), method="npl"), "sigint"
            )
            for n in range(12)
        ]
    )
    assert np.abs(z.mean(axis=0)).max() < 4.0 / np.sqrt(12)
    assert (z**2).mean() == pytest.approx(1.0, abs=0.35)


def z_scores(fit: Fit, model: str) -> np.ndarray:
    """Return how far estimates are from the truth, in standard errors."""
    scores: np.ndarray = (fit.coefficients.to_numpy() - truth(model)) / fit.standard_errors.to_numpy()
    return scores
