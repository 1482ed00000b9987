"""How a quantity lies over futures, and how often one lies below another."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from foedus.values.arrays import FloatArray

_Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Spread:
    """Location of a quantity over the futures that are used."""

    mean: float
    """Average, every future counting the same."""
    median: float
    low: float
    """5 % of the futures lie below."""
    high: float
    """5 % of the futures lie above."""
    lower_quarter: float
    """25 % of the futures lie below."""
    upper_quarter: float
    """25 % of the futures lie above."""
    least: float
    most: float
    futures: int


@dataclass(frozen=True)
class MeanOverFutures:
    """An average over futures, with what the number of futures drawn leaves open."""

    value: float
    low: float | None
    """Lower end of the 95 % interval of sampling; None where one future leaves everything open."""
    high: float | None
    """Upper end of it."""

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Share:
    """A share of futures, with what the number of futures drawn leaves open."""

    value: float
    low: float
    """Lower end of the 95 % interval of sampling."""
    high: float
    """Upper end of it."""
    of: int
    """How many are counted: futures, unless it is said otherwise."""


@dataclass(frozen=True)
class Difference:
    """One arrangement less the baseline, taken in each future before anything is summed up."""

    spread: Spread
    mean: MeanOverFutures
    """The average with its interval."""
    lower: Share
    """Futures in which the arrangement's figure is lower by more than the margin."""
    higher: Share
    """Futures in which it is higher by more than the margin."""
    level: Share
    """Futures in which the two cannot be told apart."""


def spread_of(values: FloatArray) -> Spread:
    """Return the mean and the quantiles of values (future).

    Quantile p of n sorted values stands at position (n - 1) p, linear in between (Hyndman and Fan 1996, definition 7).
    Raises ``ValueError`` when there is no value or one is not finite.
    """
    if values.size == 0 or not np.all(np.isfinite(values)):
        raise ValueError("spread: needs at least one value, all of them finite")
    low, lower, median, upper, high = (float(x) for x in np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95)))
    return Spread(
        mean=float(values.mean()),
        median=median,
        low=low,
        high=high,
        lower_quarter=lower,
        upper_quarter=upper,
        least=float(values.min()),
        most=float(values.max()),
        futures=values.size,
    )


def mean_of(values: FloatArray) -> MeanOverFutures:
    """Return the mean of values (future) with Student's 95 % interval, ``m -+ t_{0.975, n-1} s / sqrt(n)``.

    Exact where values are normal, and right to a point or two of coverage for skewed ones from some 30 futures on
    (Student 1908, Biometrika 6: 1-25). Of paired differences it is the paired t interval.
    """
    mean, n = float(values.mean()), values.size
    if n < 2:
        return MeanOverFutures(value=mean, low=None, high=None)
    reach = float(stdtrit(n - 1, 0.975)) * float(values.std(ddof=1)) / math.sqrt(n)
    return MeanOverFutures(value=mean, low=mean - reach, high=mean + reach)


def share_of(credit: FloatArray) -> Share:
    """Return the mean of credit in [0, 1] (future) with Wilson's 95 % interval.

    ``(p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)`` (Wilson 1927, JASA 22: 209-212), where a tie counts as
    a fraction. Futures are drawn by Latin hypercube, which errs less than independent draws, so the interval is too
    wide rather than too narrow. It says nothing about whether the assumptions are right.
    """
    return share_at(float(credit.mean()), of=credit.size)


def share_at(value: float, *, of: int) -> Share:
    """Return a share of so many futures with Wilson's 95 % interval; see `share_of`."""
    centre = value + _Z_95**2 / (2 * of)
    reach = _Z_95 * math.sqrt(max(0.0, value * (1 - value)) / of + _Z_95**2 / (4 * of**2))
    scale = 1 + _Z_95**2 / of
    low, high = max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)
    return Share(value=value, low=low, high=high, of=of)


def difference_of(values: FloatArray, *, baseline: FloatArray, margin: float) -> Difference:
    """Compare values (future) with those of the baseline in the same futures."""
    apart = values - baseline
    return Difference(
        spread=spread_of(apart),
        mean=mean_of(apart),
        lower=share_of(np.where(apart < -margin, 1.0, 0.0)),
        higher=share_of(np.where(apart > margin, 1.0, 0.0)),
        level=share_of(np.where(np.abs(apart) <= margin, 1.0, 0.0)),
    )
