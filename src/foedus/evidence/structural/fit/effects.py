"""What a fitted model says would happen: along a profile, and when a regressor changes; with standard errors.

Standard errors are those of the delta method: a chance moves with the coefficients by
dP/db = P sum over utilities of (d log P / du) x, and its variance is (dP/db)' V (dP/db).
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from scipy.stats import norm

from foedus.evidence.structural.fit.fit import Fit
from foedus.values.arrays import FloatArray

Value: TypeAlias = float | str | bool
"""What a column holds."""


def profile(
    fit: Fit, vary: Mapping[str, Sequence[Value]], *, at: Mapping[str, Value] | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Return the chance of each end where some columns vary over given values and the others stay typical.

    Typical is the mean of a column of numbers and the commonest value of a column of words, over the rows of the fit,
    unless ``at`` says otherwise. One row for each combination and end: the values, end, probability, se, low, high
    (bounds of the confidence interval on the scale of log-odds, so that they stay between 0 and 1).
    """
    typical = {name: _typical(fit.sample.rows[name]) for name in fit.sample.design.columns}
    unknown = {*vary, *(at or {})} - set(typical)
    if unknown:
        raise KeyError(f"{', '.join(sorted(unknown))}: the regressors use {', '.join(typical)}")
    grid = pd.DataFrame([dict(zip(vary, values, strict=True)) for values in product(*vary.values())])
    rows = pd.DataFrame({name: [value] * len(grid) for name, value in (typical | dict(at or {})).items()})
    rows = rows.assign(**{str(name): grid[name] for name in grid})
    chances, slopes = _chances_and_slopes(fit, rows)
    se = np.sqrt(np.einsum("onp,pq,onq->on", slopes, fit.covariance.to_numpy(), slopes))
    reach = norm.ppf(0.5 + level / 2.0) * se / (chances * (1.0 - chances))
    odds = np.log(chances) - np.log1p(-chances)
    tables = [
        grid.assign(
            end=label,
            probability=chances[end],
            se=se[end],
            low=_from_odds(odds[end] - reach[end]),
            high=_from_odds(odds[end] + reach[end]),
        )
        for end, label in enumerate(fit.sample.labels)
    ]
    return pd.concat(tables, ignore_index=True)


def compare(fit: Fit, *, low: Mapping[str, Value], high: Mapping[str, Value]) -> pd.DataFrame:
    """Return how the chance of each end changes when columns are set from ``low`` to ``high`` in every row of the fit.

    The mean over the rows, their other columns as observed (an average marginal comparison). One row for each end:
    low and high (mean chances), difference, se, z, p.
    """
    (low_chance, low_slope), (high_chance, high_slope) = (
        _chances_and_slopes(fit, fit.sample.rows.assign(**dict(values))) for values in (low, high)
    )
    slope = (high_slope - low_slope).mean(axis=1)
    se = np.sqrt(np.einsum("op,pq,oq->o", slope, fit.covariance.to_numpy(), slope))
    means = low_chance.mean(axis=1), high_chance.mean(axis=1)
    difference = means[1] - means[0]
    with np.errstate(invalid="ignore"):
        z = difference / se
    return pd.DataFrame(
        {"low": means[0], "high": means[1], "difference": difference, "se": se, "z": z, "p": 2.0 * norm.sf(np.abs(z))},
        index=pd.Index(fit.sample.labels, name="end"),
    )


def _chances_and_slopes(fit: Fit, rows: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Return chances (end, n) and their slopes by the coefficients (end, n, p)."""
    matrices, complete, _ = fit.matrices(rows)
    if not complete.all():
        raise ValueError("a value is missing in what is to be compared")
    jets = fit.log_probability_jets(matrices)
    chances = np.exp([jet.value for jet in jets])
    by_utility = [np.hstack([x * jet.gradient[k][:, None] for k, x in enumerate(matrices)]) for jet in jets]
    return chances, chances[:, :, None] * np.array(by_utility)


def _typical(column: "pd.Series[Any]") -> Value:
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return float(column.mean())
    commonest: Value = column.mode().iloc[0]
    return commonest


def _from_odds(odds: FloatArray) -> FloatArray:
    chance: FloatArray = 1.0 / (1.0 + np.exp(-odds))
    return chance
