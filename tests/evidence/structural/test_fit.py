"""Covariances, comparisons, tests between models, and words where the data cannot tell."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, norm

from foedus.errors import FoedusError
from foedus.evidence.structural import (
    Fit,
    NotIdentified,
    check_optimum,
    clarke,
    compare,
    fit_egame12,
    fit_egame122,
    profile,
    vuong,
)
from foedus.evidence.structural.likelihood.maximise import maximise
from tests.evidence.structural.made_up import FORMULAS, tree_data

FORMULA = FORMULAS["egame12"]


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    """Return 800 rows in 40 groups."""
    return tree_data("egame12", rows=800, seed=9).assign(group=[f"g{n % 40}" for n in range(800)])


@pytest.fixture(scope="module")
def fit(data: pd.DataFrame) -> Fit:
    """Return the fit of the model that made the data."""
    return fit_egame12(FORMULA, data)


def test_robust_and_clustered_covariances_are_sandwiches(data: pd.DataFrame, fit: Fit) -> None:
    """They equal the sandwich written out row by row, and group by group with G / (G - 1)."""
    bread = np.linalg.inv(-fit.hessian)
    meat = sum(np.outer(score, score) for score in fit.scores)
    assert np.allclose(fit.with_covariance("robust").covariance, bread @ meat @ bread)
    clustered = fit_egame12(FORMULA, data, cluster="group")
    sums = [fit.scores[data.group == name].sum(axis=0) for name in data.group.unique()]
    meat = sum(np.outer(total, total) for total in sums)
    assert np.allclose(clustered.covariance, bread @ meat @ bread * 40 / 39)
    assert clustered.covariance_kind == "clustered"


def test_rows_seen_twice_halve_the_variance_unless_they_are_one_cluster(data: pd.DataFrame, fit: Fit) -> None:
    """Doubling every row halves the Hessian's and the robust variance; clustering the copies undoes it."""
    twice = pd.concat([data, data], ignore_index=True).assign(row=np.tile(np.arange(800), 2))
    doubled = fit_egame12(FORMULA, twice)
    assert doubled.log_likelihood == pytest.approx(2.0 * fit.log_likelihood)
    assert np.allclose(doubled.covariance, fit.covariance / 2.0)
    robust = fit.with_covariance("robust").covariance
    assert np.allclose(doubled.with_covariance("robust").covariance, robust / 2.0)
    assert np.allclose(fit_egame12(FORMULA, twice, cluster="row").covariance, robust * 800 / 799)


def test_table_holds_what_it_says(fit: Fit) -> None:
    """The z is estimate over error, p its two-sided normal chance; the criteria follow from the log-likelihood."""
    table = fit.table()
    assert np.allclose(table["z"], table["estimate"] / table["se"])
    assert np.allclose(table["p"], 2.0 * (1.0 - norm.cdf(np.abs(table["z"]))))
    assert (table["utility"] + ":" + table["regressor"]).tolist() == table.index.tolist()
    assert fit.aic == pytest.approx(16.0 - 2.0 * fit.log_likelihood)
    assert fit.bic == pytest.approx(8.0 * np.log(800) - 2.0 * fit.log_likelihood)
    assert fit.row_log_likelihoods.sum() == pytest.approx(fit.log_likelihood)


def test_mean_chances_are_the_frequencies_where_constants_are_free(data: pd.DataFrame) -> None:
    """In a model of constants alone, predictions are the shares of the ends."""
    fit = fit_egame12("y ~ 1 | 0 | 0 | 1", data)
    assert np.allclose(fit.predict().iloc[0], data.y.value_counts(normalize=True).sort_index(), atol=1e-9)


def test_errors_of_effects_are_those_of_drawn_coefficients(data: pd.DataFrame, fit: Fit) -> None:
    """The delta method agrees with the spread over coefficients drawn from their distribution."""
    effect = compare(fit, low={"x1": -1.0}, high={"x1": 1.0})
    along = profile(fit, {"x4": [-1.0, 1.0]})
    low, high = (fit.matrices(data.assign(x1=value))[0] for value in (-1.0, 1.0))
    means = data[["x1", "x2", "x3", "x5"]].mean()
    grid = fit.matrices(pd.DataFrame([dict(means) | {"x4": value} for value in (-1.0, 1.0)]))[0]
    drawn_effects, drawn_chances = [], []
    for beta in np.random.default_rng(1).multivariate_normal(fit.beta, fit.covariance.to_numpy(), 600):
        other = replace(fit, coefficients=pd.Series(beta, index=fit.coefficients.index))
        at_low, at_high, at_grid = (
            np.exp([jet.value for jet in other.log_probability_jets(matrices)]) for matrices in (low, high, grid)
        )
        drawn_effects.append((at_high - at_low).mean(axis=1))
        drawn_chances.append(at_grid.ravel())
    assert np.allclose(effect["se"], np.std(drawn_effects, axis=0), rtol=0.15)
    assert np.allclose(along["se"], np.std(drawn_chances, axis=0), rtol=0.15)
    expected = (fit.predict(data.assign(x1=1.0)) - fit.predict(data.assign(x1=-1.0))).mean()
    assert np.allclose(effect["difference"], expected)
    assert effect["difference"].sum() == pytest.approx(0.0, abs=1e-12)


def test_profiles_hold_the_rest_at_typical_values(fit: Fit, data: pd.DataFrame) -> None:
    """What does not vary is at its mean, what is told stays as told, and each profile adds up to 1."""
    along = profile(fit, {"x1": [0.0, 2.0], "x4": [1.0]}, at={"x5": 0.5})
    typical = {name: data[name].mean() for name in ("x2", "x3")}
    expected = fit.predict(pd.DataFrame([typical | {"x1": 2.0, "x4": 1.0, "x5": 0.5}]))
    assert np.allclose(along[along["x1"] == 2.0]["probability"], expected.iloc[0])
    assert np.allclose(along.groupby("x1")["probability"].sum(), 1.0)
    assert ((along["low"] < along["probability"]) & (along["probability"] < along["high"])).all()
    with pytest.raises(KeyError, match="x9: the regressors use x1, x2"):
        profile(fit, {"x9": [0.0]})


def test_the_model_that_made_the_data_is_preferred(data: pd.DataFrame, fit: Fit) -> None:
    """Vuong and Clarke prefer it to one with other regressors, and say neither of two of equal worth."""
    other = fit_egame12("y ~ x3 + x4 | 0 | x5 | x1 + x2", data)
    assert vuong(fit, other).better == "first"
    assert vuong(other, fit).better == "second"
    assert clarke(fit, other).better == "first"
    noise = data.assign(x6=np.random.default_rng(3).standard_normal(800))
    idle = [fit_egame12(f"y ~ x1 + x2 + {name} | 0 | x3 | x4 + x5", noise) for name in ("x6", "x5")]
    assert vuong(*idle).better == "neither"


def test_comparisons_are_those_written_out(fit: Fit, data: pd.DataFrame) -> None:
    """Both statistics equal their formulas, Schwarz's correction included."""
    other = fit_egame12("y ~ x1 | 0 | x3 | x4", data)
    ratios = fit.row_log_likelihoods - other.row_log_likelihoods
    penalty = 2.0 * np.log(800) / 2.0
    z = (ratios.sum() - penalty) / (np.sqrt(800) * ratios.std())
    assert vuong(fit, other).statistic == pytest.approx(z)
    wins = int((ratios - penalty / 800 > 0).sum())
    assert clarke(fit, other).statistic == wins
    assert clarke(fit, other).p == pytest.approx(binomtest(wins, 800).pvalue)
    with pytest.raises(ValueError, match="different rows"):
        vuong(fit, fit_egame12(FORMULA, data.iloc[:700]))


def test_searches_from_elsewhere_come_back(fit: Fit) -> None:
    """The fit is the highest of all maxima found, most searches end in it, and the same seed finds the same."""
    check = check_optimum(fit, starts=10, seed=2)
    assert check.is_highest
    assert check.better is None
    assert check.returned >= 5
    assert check_optimum(fit, starts=10, seed=2).best == check.best


def test_a_lower_point_is_noticed(fit: Fit) -> None:
    """Were the fit lower than the maximum, the search would say so and give the better coefficients."""
    lower = replace(fit, log_likelihood=fit.log_likelihood - 1.0)
    check = check_optimum(lower, starts=6)
    assert not check.is_highest
    assert check.better is not None
    assert np.allclose(check.better, fit.coefficients, atol=1e-6)


def test_any_start_and_method_end_in_the_same_place(fit: Fit, data: pd.DataFrame) -> None:
    """BFGS with exact gradients and Newton from 0 reach the same maximum."""
    assert np.allclose(fit_egame12(FORMULA, data, method="bfgs").coefficients, fit.coefficients, atol=1e-8)
    assert np.allclose(maximise(fit.objective, start=np.zeros(8)).beta, fit.beta, atol=1e-8)


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        ("y ~ x1 | 1 | x3 | x4 + x5", "u11:Intercept, u13:Intercept, u14:Intercept"),
        ("y ~ x1 + I(2 * x1) | 0 | x3 | x4", r"u11:x1, u11:I\(2 \* x1\)"),
    ],
)
def test_what_is_not_identified_is_named(data: pd.DataFrame, formula: str, names: str) -> None:
    """A constant in every utility of a player, and a regressor given twice, are named."""
    with pytest.raises(NotIdentified, match=f"do not identify {names}:"):
        fit_egame12(formula, data)


def test_a_regressor_that_predicts_without_error_is_noticed(data: pd.DataFrame) -> None:
    """Where a regressor tells the end for certain there is no maximum, and no estimate is given."""
    with pytest.raises(FoedusError, match=r"predicts? (what happens|an outcome) without error"):
        fit_egame12("y ~ x1 | 0 | x3 | told", data.assign(told=(data.y == 3).astype(float)))


def test_wrong_choices_are_refused(data: pd.DataFrame) -> None:
    """Private information with logistic errors, and a covariance that this way of fitting has not."""
    with pytest.raises(ValueError, match="probit"):
        fit_egame12(FORMULA, data, link="logit", errors="private")
    with pytest.raises(ValueError, match="belongs to"):
        fit_egame12(FORMULA, data, covariance="npl")


def test_many_rows_are_worked_on_in_blocks() -> None:
    """Log-likelihood, scores and Hessian of more rows than a block are those of two parts put together."""
    data = tree_data("egame122", rows=6000, seed=4)
    fit = fit_egame122(FORMULAS["egame122"], data)
    parts = [fit_egame122(FORMULAS["egame122"], data.iloc[part]) for part in (slice(0, 2500), slice(2500, 6000))]
    sums = [part.objective.evaluate(fit.beta) for part in parts]
    assert sum(at.value for at in sums) == pytest.approx(fit.log_likelihood, rel=1e-12)
    assert np.allclose(sum(at.hessian for at in sums), fit.hessian)
    assert np.allclose(fit.scores, np.vstack([part.objective.scores(fit.beta) for part in parts]))
