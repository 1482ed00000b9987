"""How long something stands: Kaplan-Meier curves of spells, some of which were still standing when last seen."""

import warnings
from typing import Any

import numpy as np
from pandas import DataFrame
from scipy import stats

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.intervals import LEVEL, estimate_rate

# A table of spells has the columns `years` (length, above 0) and `has_failed` (False where it was still standing).


def estimate_survival(spells: DataFrame, *, years: float) -> IntervalEstimate:
    """Estimate the share that stands after ``years``, with the interval from Greenwood's variance of log(-log S).

    S(t) is the product over failure times up to t of 1 - d/r, d failures among r at risk.
    Kaplan and Meier (1958), JASA 53, 457-481. Before the first failure, and once nothing stands, there is no variance,
    and so no interval.
    """
    curve = _curve(spells)
    value = float(curve.evaluate(years))
    if not 0 < value < 1:
        why = "no failure yet: none" if value else "nothing stands any more: none"
        return IntervalEstimate(value, None, None, len(spells), why)
    band = _band(curve)
    low, high = (float(end.evaluate(years)) for end in (band.low, band.high))
    return IntervalEstimate(value, low, high, len(spells), "Kaplan-Meier, log-log")


def estimate_median_years(spells: DataFrame) -> IntervalEstimate | None:
    """Estimate the time by which half have failed; None where more than half still stand at the end.

    The interval holds the times at which the 95 % band of the curve contains one half.
    Brookmeyer and Crowley (1982), Biometrics 38, 29-41.
    """
    curve = _curve(spells)
    band = _band(curve)
    times = np.asarray(curve.quantiles, dtype=float)
    value, low, high = (
        _first_below_half(times, np.asarray(line.evaluate(times), dtype=float)) for line in (curve, band.low, band.high)
    )
    return (
        None
        if value is None
        else IntervalEstimate(value, low, high, len(spells), "Kaplan-Meier, where the band meets 1/2")
    )


def estimate_hazard(spells: DataFrame, *, years: float) -> IntervalEstimate:
    """Estimate failures per year at risk during the first ``years``."""
    at_risk = float(spells["years"].clip(upper=years).sum())
    failures = int((spells["has_failed"] & (spells["years"] <= years)).sum())
    return estimate_rate(failures, at_risk, n=len(spells))


def compare_spells(one: DataFrame, other: DataFrame) -> IntervalEstimate:
    """Give the p-value of the log-rank test that two groups of spells fail alike.

    Mantel (1966), Cancer Chemotherapy Reports 50, 163-170.
    """
    result = stats.logrank(_censored(one), _censored(other))
    return IntervalEstimate(float(result.pvalue), None, None, len(one) + len(other), "a p-value: none")


def _curve(spells: DataFrame) -> Any:
    if spells.empty:
        raise ValueError("a curve of no spells does not exist")
    return stats.ecdf(_censored(spells)).sf


def _band(curve: Any) -> Any:
    with warnings.catch_warnings():
        # There is no band where everything or nothing has failed; the caller tells so.
        warnings.filterwarnings("ignore", message="The confidence interval is undefined", category=RuntimeWarning)
        return curve.confidence_interval(confidence_level=LEVEL, method="log-log")


def _censored(spells: DataFrame) -> stats.CensoredData:
    failed = spells["has_failed"].to_numpy(dtype=bool)
    return stats.CensoredData.right_censored(spells["years"].to_numpy(dtype=float), ~failed)


def _first_below_half(times: np.ndarray, line: np.ndarray) -> float | None:
    with np.errstate(invalid="ignore"):
        below = np.flatnonzero(line <= 0.5)
    return float(times[below[0]]) if len(below) else None
