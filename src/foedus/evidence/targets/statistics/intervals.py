"""Intervals of 95 % for shares, rates and quantiles."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from foedus.evidence.targets.record import IntervalEstimate

LEVEL = 0.95


def estimate_share(count: int, n: int) -> IntervalEstimate:
    """Estimate a share with Wilson's score interval.

    With p = count / n and z the normal quantile: (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
    Wilson (1927), Journal of the American Statistical Association 22, 209-212. Raises `ValueError` where n is 0.
    """
    if n < 1:
        raise ValueError("a share of no cases does not exist")
    found = stats.binomtest(int(count), int(n)).proportion_ci(confidence_level=LEVEL, method="wilson")
    return IntervalEstimate(count / n, float(found.low), float(found.high), int(n), "Wilson")


def estimate_rate(events: int, exposure: float, *, n: int, scale: float = 1.0) -> IntervalEstimate:
    """Estimate events per unit of exposure, times ``scale``, with the exact Poisson interval.

    Lower end chi2(0.025; 2k)/2, upper end chi2(0.975; 2k + 2)/2, divided by the exposure.
    Garwood (1936), Biometrika 28, 437-442. Raises `ValueError` where nothing was exposed.
    """
    if not exposure > 0:
        raise ValueError("a rate needs time at risk")
    tail = (1 - LEVEL) / 2
    low = stats.chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    high = stats.chi2.ppf(1 - tail, 2 * events + 2) / 2
    value, low, high = (float(scale * count / exposure) for count in (events, low, high))
    return IntervalEstimate(value, low, high, n, "exact Poisson")


def estimate_quantile(values: ArrayLike, *, share: float = 0.5) -> IntervalEstimate:
    """Estimate a quantile (the median, if not told otherwise) with the interval between two order statistics.

    The value is interpolated between neighbours. The ends are the order statistics of ranks r and s with
    P(B < r) <= 0.025 and P(B >= s) <= 0.025, B ~ Binomial(n, share), as near to each other as that allows; where there
    is no such rank the end is None. David and Nagaraja (2003), Order Statistics, section 7.1. Raises `ValueError` where
    there are no values.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    n, tail = len(ordered), (1 - LEVEL) / 2
    if n < 1:
        raise ValueError("a quantile of no cases does not exist")
    cumulative = stats.binom.cdf(np.arange(n + 1), n, share)
    lower = int((cumulative <= tail).sum())
    upper = int((cumulative < 1 - tail).sum()) + 1
    low = float(ordered[lower - 1]) if lower >= 1 else None
    high = float(ordered[upper - 1]) if upper <= n else None
    method = "order statistics" if low is not None and high is not None else "order statistics, open where too few"
    return IntervalEstimate(float(np.quantile(ordered, share)), low, high, n, method)


def without_interval(value: float, *, n: int, why: str = "a total, not a sample: none") -> IntervalEstimate:
    """Give a number that is no estimate."""
    return IntervalEstimate(float(value), None, None, int(n), why)
