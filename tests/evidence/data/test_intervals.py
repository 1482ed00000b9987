"""Intervals: closed forms, and coverage by the distribution itself."""

import math

import numpy as np
import pytest
from scipy import stats

from foedus.evidence.targets.statistics.intervals import estimate_quantile, estimate_rate, estimate_share


@pytest.mark.parametrize(("count", "n"), [(0, 21), (73, 146), (6, 43), (9, 29), (5, 5)])
def test_wilson(count: int, n: int) -> None:
    """Wilson's interval is where the score test of the share is passed: |p - x| = z sqrt(x (1 - x) / n)."""
    found = estimate_share(count, n)
    z = stats.norm.ppf(0.975)
    assert found.value == count / n
    for end in (found.low, found.high):
        assert end is not None
        assert abs(found.value - end) == pytest.approx(z * math.sqrt(end * (1 - end) / n), abs=1e-9)


@pytest.mark.parametrize(("events", "years"), [(0, 10.0), (1, 703.0), (34, 4343.0)])
def test_poisson(events: int, years: float) -> None:
    """At the lower end as many events or more have probability 0.025, at the upper end as many or fewer."""
    found = estimate_rate(events, years, n=9, scale=1000)
    assert found.value == pytest.approx(1000 * events / years)
    assert found.high is not None
    assert stats.poisson.cdf(events, found.high * years / 1000) == pytest.approx(0.025)
    if events:
        assert found.low is not None
        assert stats.poisson.sf(events - 1, found.low * years / 1000) == pytest.approx(0.025)
    else:
        assert found.low == 0


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("n", [19, 60, 269])
def test_ranks_cover_and_no_narrower_ones_do(share: float, n: int) -> None:
    """The order statistics hold the quantile in 95 % of samples; on each side the next one inwards would not do."""
    found = estimate_quantile(np.arange(1, n + 1), share=share)
    below = stats.binom(n, share)
    assert found.low is not None
    assert below.cdf(found.low - 1) <= 0.025 < below.cdf(found.low)
    if found.high is not None:
        assert below.sf(found.high - 1) <= 0.025 < below.sf(found.high - 2)
    else:
        assert below.sf(n - 1) > 0.025


def test_textbook_ranks_of_a_median() -> None:
    """The table of every textbook gives ranks 2 and 9 for ten cases, 6 and 15 for twenty."""
    for n, ranks in ((10, (2, 9)), (20, (6, 15))):
        found = estimate_quantile(np.arange(1, n + 1))
        assert (found.low, found.high) == ranks


def test_too_few_cases_leave_the_interval_open() -> None:
    """Five cases bound no median: even the smallest and largest of them hold it in only 94 % of samples."""
    found = estimate_quantile([3.0, 1.0, 2.0, 5.0, 4.0])
    assert (found.value, found.low, found.high) == (3.0, None, None)


def test_no_cases() -> None:
    """Nothing can be said about nothing."""
    with pytest.raises(ValueError, match="no cases"):
        estimate_share(0, 0)
    with pytest.raises(ValueError, match="no cases"):
        estimate_quantile([])
    with pytest.raises(ValueError, match="time at risk"):
        estimate_rate(1, 0.0, n=1)
