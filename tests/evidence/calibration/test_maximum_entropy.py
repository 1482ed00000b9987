"""Weighing draws with as little change as possible."""

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, minimize
from scipy.stats import norm

from foedus.evidence.calibration.maximum_entropy import maximum_entropy_weights
from foedus.values.arrays import FloatArray

NORMAL = norm.ppf((np.arange(40_000) + 0.5) / 40_000)


def test_a_normal_whose_mean_must_rise_is_shifted_and_nothing_else() -> None:
    """Tilting N(0, 1) to a mean of at least m gives N(m, 1): price m, divergence m^2 / 2."""
    answer = maximum_entropy_weights((0.5 - NORMAL)[:, None], dearest=10.0)
    mean = answer.weights @ NORMAL
    assert answer.prices[0] == pytest.approx(0.5, abs=2e-3)
    assert mean == pytest.approx(0.5, abs=1e-6)
    assert answer.weights @ NORMAL**2 - mean**2 == pytest.approx(1.0, abs=5e-3)
    assert answer.divergence == pytest.approx(0.125, abs=2e-3)


def test_a_normal_whose_second_moment_must_fall_is_narrowed() -> None:
    """Tilting N(0, 1) to a variance of v < 1 gives N(0, v): price (1 / v - 1) / 2, divergence (v - 1 - ln v) / 2."""
    answer = maximum_entropy_weights((NORMAL**2 - 0.5)[:, None], dearest=10.0)
    assert answer.prices[0] == pytest.approx(0.5, abs=2e-3)
    assert answer.divergence == pytest.approx((0.5 - 1 - np.log(0.5)) / 2, abs=2e-3)


def test_the_effective_number_of_a_shifted_normal_is_known() -> None:
    """The sum of squared weights of a shift by m is exp(m^2) / n."""
    answer = maximum_entropy_weights((0.5 - NORMAL)[:, None], dearest=10.0)
    assert answer.effective / len(NORMAL) == pytest.approx(np.exp(-0.25), rel=5e-3)


def test_what_is_so_already_costs_nothing_and_moves_nothing() -> None:
    """A bound that equal weights meet has price 0."""
    answer = maximum_entropy_weights((NORMAL - 0.1)[:, None], dearest=10.0)
    assert answer.prices[0] == 0.0
    assert answer.weights == pytest.approx(np.full(len(NORMAL), 1 / len(NORMAL)))


def test_the_weights_are_those_of_a_direct_search() -> None:
    """With three bounds, the dual finds what a search over the weights themselves finds."""
    rng = np.random.default_rng(4)
    h = rng.normal(size=(12, 3)) + 0.2
    answer = maximum_entropy_weights(h, dearest=50.0)

    def divergence(w: FloatArray) -> float:
        return float(np.sum(w * np.log(np.maximum(w, 1e-300) * 12)))

    direct = minimize(
        divergence,
        np.full(12, 1 / 12),
        method="SLSQP",
        bounds=[(1e-12, 1.0)] * 12,
        options={"ftol": 1e-14, "maxiter": 2000},
        constraints=[LinearConstraint(np.ones((1, 12)), 1.0, 1.0), LinearConstraint(h.T, -np.inf, 0.0)],
    )
    assert direct.success
    assert answer.weights == pytest.approx(direct.x, abs=1e-5)
    assert (answer.excess < 1e-7).all()


def test_a_bound_that_no_draw_can_meet_is_given_up_and_the_miss_is_told() -> None:
    """Where every draw lies outside, the price stops at the highest, and the average is still outside."""
    values = np.linspace(1.0, 2.0, 50)
    answer = maximum_entropy_weights(values[:, None], dearest=3.0)
    assert answer.is_given_up(0)
    assert 1.0 < answer.excess[0] < values.mean()


def test_a_higher_price_buys_a_smaller_miss() -> None:
    """Giving up later, the weights come nearer to a target that cannot be met, and lean on fewer draws."""
    values = np.linspace(1.0, 2.0, 50)[:, None]
    cheap, dear = maximum_entropy_weights(values, dearest=1.0), maximum_entropy_weights(values, dearest=5.0)
    assert dear.excess[0] < cheap.excess[0]
    assert dear.effective < cheap.effective


@pytest.mark.parametrize("wrong", [np.empty((0, 1)), np.array([[np.nan]]), np.array([1.0])])
def test_what_cannot_be_weighed_is_refused(wrong: FloatArray) -> None:
    """No draws, no number, no axis of bounds: there is no answer to give."""
    with pytest.raises(ValueError, match="maximum_entropy_weights"):
        maximum_entropy_weights(wrong, dearest=1.0)
