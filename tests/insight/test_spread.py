import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, bootstrap, ttest_1samp
from scipy.stats.mstats import mquantiles

from foedus.insight.statistics.spread import difference_of, mean_of, share_of, spread_of


def test_of_a_hundred_and_one_equal_steps_the_quantiles_are_the_steps() -> None:
    """Of 0, 1, ..., 100 in any order the median is 50, and 5 and 95 % lie at 5 and 95, the quarters at 25 and 75."""
    values = np.random.default_rng(3).permutation(101).astype(float)
    spread = spread_of(values)
    assert (spread.low, spread.median, spread.high, spread.mean) == pytest.approx((5, 50, 95, 50))
    assert (spread.lower_quarter, spread.upper_quarter) == pytest.approx((25, 75))


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=40))
def test_quantiles_agree_with_the_plotting_position_formula(values: list[float]) -> None:
    """Hyndman and Fan's definition 7 is the plotting position alpha = beta = 1 of another library."""
    spread = spread_of(np.array(values))
    expected = mquantiles(values, prob=[0.05, 0.25, 0.5, 0.75, 0.95], alphap=1, betap=1)
    found = [spread.low, spread.lower_quarter, spread.median, spread.upper_quarter, spread.high]
    assert found == pytest.approx(list(expected))


@pytest.mark.parametrize("values", [[], [1.0, np.nan], [np.inf]])
def test_a_number_that_is_none_is_not_summed_up(values: list[float]) -> None:
    """Nothing, not-a-number and infinity have no spread."""
    with pytest.raises(ValueError, match="finite"):
        spread_of(np.array(values))


@pytest.mark.parametrize(("successes", "n"), [(0, 20), (1, 20), (83, 100), (200, 200)])
def test_the_interval_of_a_share_is_wilsons(successes: int, n: int) -> None:
    """The interval equals that of an independent implementation, also where nobody or everybody does it."""
    share = share_of(np.repeat([1.0, 0.0], [successes, n - successes]))
    expected = binomtest(successes, n).proportion_ci(method="wilson")
    assert share.value == pytest.approx(successes / n)
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high))


def test_differences_are_taken_future_by_future() -> None:
    """Where the arrangement is always 0.1 below, the difference has no spread, however far the futures lie apart."""
    baseline = np.array([0.1, 0.5, 0.9, 0.2])
    difference = difference_of(baseline - 0.1, baseline=baseline, margin=0.001)
    assert (difference.spread.low, difference.spread.median, difference.spread.high) == pytest.approx((-0.1,) * 3)
    assert (difference.lower.value, difference.higher.value, difference.level.value) == (1, 0, 0)


def test_what_is_closer_than_the_margin_is_level() -> None:
    """Lower, higher and level shares add up to one, and a difference within the margin is neither."""
    difference = difference_of(np.array([0.2, 0.5, 0.5005, 0.9]), baseline=np.full(4, 0.5), margin=0.001)
    assert (difference.lower.value, difference.higher.value, difference.level.value) == (0.25, 0.25, 0.5)


def test_the_interval_of_a_mean_is_students() -> None:
    """It equals another implementation's t interval."""
    values = np.random.default_rng(1).normal(size=25)
    estimate = mean_of(values)
    other = ttest_1samp(values, 0).confidence_interval(0.95)
    assert (estimate.low, estimate.high) == pytest.approx((other.low, other.high))


def test_the_interval_of_a_skewed_mean_is_near_the_bootstraps() -> None:
    """For 200 skewed differences the bias-corrected bootstrap puts its ends within a tenth of the width of ours."""
    values = np.random.default_rng(2).exponential(size=200)
    estimate = mean_of(values)
    other = bootstrap((values,), np.mean, method="BCa", n_resamples=4000, rng=np.random.default_rng(3))
    assert estimate.low is not None
    assert estimate.high is not None
    width = estimate.high - estimate.low
    ends = (other.confidence_interval.low, other.confidence_interval.high)
    assert (estimate.low, estimate.high) == pytest.approx(ends, abs=0.1 * width)


def test_one_future_leaves_the_mean_open() -> None:
    """A single value has no interval, and nothing is made up for it."""
    estimate = mean_of(np.array([0.3]))
    assert (estimate.value, estimate.low, estimate.high, estimate.is_clear) == (0.3, None, None, False)


def test_a_difference_is_clear_when_its_interval_leaves_out_nothing() -> None:
    """Paired differences about 0.1 are clear; the same values unpaired would drown in what futures share."""
    common = np.random.default_rng(4).normal(size=100)
    apart = np.random.default_rng(5).normal(0.1, 0.1, 100)
    difference = difference_of(common + apart, baseline=common, margin=0.001)
    assert difference.mean.is_clear
    assert difference.mean.value == pytest.approx(0.1, abs=0.04)
    assert not mean_of(common + apart).is_clear
