"""Scores of forecasts of things that happened or did not, and how sure a difference between two forecasters is."""

from dataclasses import dataclass

import numpy as np

from foedus.values.arrays import FloatArray

CLIP = 1e-3
"""Forecasts are kept this far from 0 and 1 in the log score, or one confident miss would be infinitely bad."""


@dataclass(frozen=True)
class Score:
    """How good the forecasts of one forecaster were, over all cases."""

    brier: float
    """Mean of (p - y)^2; 0 is perfect, 0.25 is what saying one half always gets (Brier 1950)."""
    log: float
    """Mean of -ln of the chance given to what happened; 0 is perfect (Good 1952)."""


@dataclass(frozen=True)
class Margin:
    """A forecaster's mean Brier score less another's; below 0 the first is better."""

    difference: float
    low: float
    """Lower end of the 95 % interval by the bootstrap over cases."""
    high: float

    @property
    def is_clear(self) -> bool:
        """Tell whether the interval leaves 0 out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Bin:
    """Cases with forecasts of about the same height."""

    forecast: float
    """Mean forecast."""
    happened: float
    """Share in which it happened."""
    low: float
    """Lower end of Wilson's 95 % interval of that share."""
    high: float
    cases: int


def score(forecasts: FloatArray, happened: FloatArray) -> Score:
    """Score forecasts (case) in [0, 1] of what happened (case) 0 or 1; raise ``ValueError`` where they do not fit."""
    _refuse(forecasts, happened)
    kept = np.clip(forecasts, CLIP, 1 - CLIP)
    said = np.where(happened > 0, kept, 1 - kept)
    return Score(brier=float(((forecasts - happened) ** 2).mean()), log=float(-np.log(said).mean()))


def margin(forecasts: FloatArray, others: FloatArray, happened: FloatArray, *, seed: int, draws: int = 4000) -> Margin:
    """Return the difference of two forecasters' Brier scores with a bootstrap interval over cases (Efron 1979)."""
    _refuse(forecasts, happened)
    _refuse(others, happened)
    apart = (forecasts - happened) ** 2 - (others - happened) ** 2
    rows = np.random.default_rng(seed).integers(0, len(apart), size=(draws, len(apart)))
    low, high = np.quantile(apart[rows].mean(axis=1), (0.025, 0.975))
    return Margin(difference=float(apart.mean()), low=float(low), high=float(high))


def calibration_bins(forecasts: FloatArray, happened: FloatArray, *, bins: int) -> tuple[Bin, ...]:
    """Sort cases by forecast into bins of about the same number, and compare forecast and share."""
    _refuse(forecasts, happened)
    order = np.argsort(forecasts, kind="stable")
    return tuple(_bin(forecasts[part], happened[part]) for part in np.array_split(order, min(bins, len(order))))


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share of n cases."""
    z = 1.959963984540054
    centre, reach = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    scale = 1 + z**2 / n
    return max(0.0, float((centre - reach) / scale)), min(1.0, float((centre + reach) / scale))


def _bin(forecasts: FloatArray, happened: FloatArray) -> Bin:
    share = float(happened.mean())
    low, high = wilson(share, len(happened))
    return Bin(forecast=float(forecasts.mean()), happened=share, low=low, high=high, cases=len(happened))


def _refuse(forecasts: FloatArray, happened: FloatArray) -> None:
    if forecasts.shape != happened.shape or forecasts.ndim != 1 or not len(forecasts):
        raise ValueError("a score needs one forecast for each case, and at least one case")
    if not ((forecasts >= 0) & (forecasts <= 1)).all() or not np.isin(happened, (0.0, 1.0)).all():
        raise ValueError("a score needs forecasts between 0 and 1, of what happened (1) or did not (0)")
