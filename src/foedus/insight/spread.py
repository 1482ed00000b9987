"""How a quantity lies over futures, and how often one lies below another."""

import math
from dataclasses import dataclass

import numpy as np

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


@dataclass(frozen=True)
class Share:
    """A share of futures, with what the number of futures drawn leaves open."""

    value: float
    low: float
    """Lower end of the 95 % interval of sampling."""
    high: float
    """Upper end of it."""


@dataclass(frozen=True)
class Difference:
    """One arrangement less the baseline, taken in each future before anything is summed up."""

    spread: Spread
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
        mean=float(values.mean()), median=median, low=low, high=high, lower_quarter=lower, upper_quarter=upper
    )


def share_of(credit: FloatArray) -> Share:
    """Return the mean of credit in [0, 1] (future) with Wilson's 95 % interval.

    ``(p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)`` (Wilson 1927, JASA 22: 209-212), where a tie counts as
    a fraction. Futures are drawn by Latin hypercube, which errs less than independent draws, so the interval is too
    wide rather than too narrow. It says nothing about whether the assumptions are right.
    """
    n, p = credit.size, float(credit.mean())
    centre = p + _Z_95**2 / (2 * n)
    reach = _Z_95 * math.sqrt(p * (1 - p) / n + _Z_95**2 / (4 * n**2))
    scale = 1 + _Z_95**2 / n
    return Share(value=p, low=max(0.0, (centre - reach) / scale), high=min(1.0, (centre + reach) / scale))


def difference_of(values: FloatArray, *, baseline: FloatArray, margin: float) -> Difference:
    """Compare values (future) with those of the baseline in the same futures."""
    apart = values - baseline
    return Difference(
        spread=spread_of(apart),
        lower=share_of(np.where(apart < -margin, 1.0, 0.0)),
        higher=share_of(np.where(apart > margin, 1.0, 0.0)),
        level=share_of(np.where(np.abs(apart) <= margin, 1.0, 0.0)),
    )
