"""Scores, by hand and by another library."""

import math

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, log_loss

from foedus.evidence.backtest.scores import CLIP, calibration_bins, margin, score, wilson
from foedus.values.arrays import FloatArray

SAID = np.array([0.9, 0.2, 0.6, 0.1])
HAPPENED = np.array([1.0, 0.0, 0.0, 0.0])


def test_scores_by_hand() -> None:
    """Four forecasts, worked out on paper."""
    found = score(SAID, HAPPENED)
    assert found.brier == pytest.approx((0.01 + 0.04 + 0.36 + 0.01) / 4)
    assert found.log == pytest.approx(-(math.log(0.9) + math.log(0.8) + math.log(0.4) + math.log(0.9)) / 4)


def test_scores_are_those_of_another_library() -> None:
    """A hundred forecasts, scored by scikit-learn."""
    rng = np.random.default_rng(0)
    said = rng.uniform(0.01, 0.99, 100)
    happened = (rng.random(100) < said).astype(float)
    found = score(said, happened)
    assert found.brier == pytest.approx(brier_score_loss(happened, said))
    assert found.log == pytest.approx(log_loss(happened, said))


def test_a_confident_miss_costs_much_and_not_everything() -> None:
    """Saying never of what happened costs the logarithm of the clip."""
    assert score(np.array([0.0]), np.array([1.0])).log == pytest.approx(-math.log(CLIP))


def test_a_forecaster_is_level_with_itself() -> None:
    """No difference, with an interval of no width."""
    found = margin(SAID, SAID, HAPPENED, seed=1)
    assert (found.difference, found.low, found.high) == (0.0, 0.0, 0.0)
    assert not found.is_clear


def test_the_interval_of_a_difference_is_about_that_of_the_normal_law() -> None:
    """With many cases, the bootstrap gives 1.96 standard errors either way."""
    rng = np.random.default_rng(2)
    happened = (rng.random(2000) < 0.3).astype(float)
    first, second = np.clip(happened * 0.3 + rng.uniform(0, 0.6, 2000), 0, 1), np.full(2000, 0.3)
    apart = (first - happened) ** 2 - (second - happened) ** 2
    found = margin(first, second, happened, seed=1)
    reach = 1.96 * apart.std() / math.sqrt(2000)
    assert (found.low, found.high) == pytest.approx((apart.mean() - reach, apart.mean() + reach), abs=0.1 * reach)


def test_bins_hold_every_case_once_in_order() -> None:
    """Groups of about the same size, from the lowest forecasts to the highest."""
    bins = calibration_bins(SAID, HAPPENED, bins=2)
    assert [(each.cases, each.happened) for each in bins] == [(2, 0.0), (2, 0.5)]
    assert [each.forecast for each in bins] == pytest.approx([0.15, 0.75])


def test_wilson_by_a_published_example() -> None:
    """34 of 58 attackers held back: 0.458 to 0.704 (table A8 of the record)."""
    assert wilson(34 / 58, 58) == pytest.approx((0.458, 0.704), abs=5e-4)


@pytest.mark.parametrize("wrong", [np.array([1.2, 0.5, 0.5, 0.5]), np.array([0.5])])
def test_what_is_no_forecast_is_refused(wrong: FloatArray) -> None:
    """A chance above one, or one forecast for four cases."""
    with pytest.raises(ValueError, match="score needs"):
        score(wrong, HAPPENED)
