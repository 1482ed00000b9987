"""Which of two models that are not special cases of each other is nearer to the data."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest, norm

from foedus.evidence.structural.fit.fit import Fit
from foedus.values.arrays import FloatArray


@dataclass(frozen=True)
class Preference:
    """The result of a non-nested comparison."""

    statistic: float
    """Standard normal under equal fit (Vuong), or the number of rows that the first model fits better (Clarke)."""
    p: float
    """Two-sided."""
    observations: int
    better: str
    """``first``, ``second``, or ``neither`` where p is above ``level``."""
    level: float


def vuong(first: Fit, second: Fit, *, level: float = 0.05) -> Preference:
    """Compare by the mean of the rows' log-likelihood ratios.

    z = (sum of d - (k1 - k2) log(n) / 2) / (sqrt(n) sd(d)), with Schwarz's correction for the numbers of coefficients;
    d is the log-likelihood ratio of a row. Vuong 1989, Econometrica 57:307-333.
    """
    ratios, correction = _ratios(first, second)
    z = (ratios.sum() - correction) / (np.sqrt(len(ratios)) * ratios.std())
    return _preference(float(z), p=float(2.0 * norm.sf(abs(z))), favours_first=z > 0, rows=len(ratios), level=level)


def clarke(first: Fit, second: Fit, *, level: float = 0.05) -> Preference:
    """Compare by the number of rows that the first model fits better, each corrected for its share of coefficients.

    Binomial with chance 1/2 under equal fit. Clarke 2007, Political Analysis 15:347-363.
    """
    ratios, correction = _ratios(first, second)
    wins, rows = int((ratios > correction / len(ratios)).sum()), len(ratios)
    p = float(binomtest(wins, rows).pvalue)
    return _preference(float(wins), p=p, favours_first=2 * wins > rows, rows=rows, level=level)


def _ratios(first: Fit, second: Fit) -> tuple[FloatArray, float]:
    """Return (log-likelihood ratio of each row, Schwarz's correction of their sum)."""
    if not first.sample.rows.index.equals(second.sample.rows.index):
        raise ValueError(
            f"the models were fitted to different rows ({first.observations} and {second.observations}); "
            "fit both to the rows that are complete for both"
        )
    if not np.array_equal(first.sample.counts.sum(axis=0), second.sample.counts.sum(axis=0)):
        raise ValueError("the models explain different outcomes")
    ratios = first.row_log_likelihoods - second.row_log_likelihoods
    if ratios.std() < 1e-12:
        raise ValueError("the models fit every row equally well; there is nothing to compare")
    return ratios, 0.5 * float(np.log(len(ratios))) * (len(first.coefficients) - len(second.coefficients))


def _preference(statistic: float, *, p: float, favours_first: bool, rows: int, level: float) -> Preference:
    better = "neither" if p > level else "first" if favours_first else "second"
    return Preference(statistic, p, rows, better, level)
