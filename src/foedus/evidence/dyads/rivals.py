"""Forecast dyads out of sample: each part of the cases by what was fitted to the others."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier

from foedus.errors import InvalidFile, NotConverged
from foedus.evidence.backtest.rivals import Forecast, fit_ridge_logit, standardised
from foedus.evidence.dyads.record import Dyad, Pact
from foedus.evidence.structural import NotIdentified, fit_egame12
from foedus.values.arrays import BoolArray, FloatArray, IntArray

Fit = Callable[[FloatArray, FloatArray], Forecast]
FORMULA = "attacked + after ~ 1 | 0 | ratio + near + disputes | 1 + allied"
"""The one that threatens: the status quo is worth a constant, going on the balance, the distance and the disputes
before; what comes after is worth a constant and the strength of the allies."""
_TREES, _DEPTH, _PACE, _SHARE = 60, 2, 0.05, 0.7


def out_of_sample(x: FloatArray, happened: FloatArray, *, parts: IntArray, fit: Fit) -> FloatArray:
    """Return (case) the forecast of each case by a fit to all parts but its own."""
    said = np.empty(len(happened))
    for part in np.unique(parts):
        own = parts == part
        said[own] = fit(x[~own], happened[~own])(x[own])
    return said


def rate_of_the_others(happened: FloatArray, *, parts: IntArray) -> FloatArray:
    """Return (case) the share in which it happened in all parts but its own."""
    return out_of_sample(np.empty((len(happened), 0)), happened, parts=parts, fit=_rate)


def logit_on(columns: FloatArray, happened: FloatArray, *, parts: IntArray) -> FloatArray:
    """Return the forecasts of a logit on covariates (case, covariate)."""
    return out_of_sample(standardised(columns), happened, parts=parts, fit=fit_ridge_logit)


def boosted(columns: FloatArray, happened: FloatArray, *, parts: IntArray, seed: int) -> FloatArray:
    """Return the forecasts of boosted trees (Friedman 2001): the ceiling of what the covariates can tell."""

    def fit(x: FloatArray, y: FloatArray) -> Forecast:
        trees = GradientBoostingClassifier(
            n_estimators=_TREES, max_depth=_DEPTH, learning_rate=_PACE, subsample=_SHARE, random_state=seed
        ).fit(x, y)
        return lambda others: np.asarray(trees.predict_proba(others)[:, 1])

    return out_of_sample(columns, happened, parts=parts, fit=fit)


def probit(dyads: Sequence[Dyad], after: FloatArray, *, parts: IntArray) -> tuple[FloatArray, FloatArray, int]:
    """Return chances that an attack comes, and of what comes after one; and for how many parts the fit failed.

    Signorino (1999). ``after`` (dyad) is 0 or 1 for those that were attacked. Where a fit fails, the forecast is the
    share in the other parts.
    """
    table = pd.DataFrame(
        {
            "attacked": [int(dyad.attacked) for dyad in dyads],
            "after": np.where([dyad.attacked for dyad in dyads], after, np.nan),
            "ratio": [dyad.ratio for dyad in dyads],
            "near": [int(dyad.is_near) for dyad in dyads],
            "disputes": [float(np.log1p(dyad.disputes)) for dyad in dyads],
            "allied": [dyad.allied for dyad in dyads],
        }
    )
    attack, then, failed = np.empty(len(table)), np.empty(len(table)), 0
    for part in np.unique(parts):
        own: BoolArray = parts == part
        attack[own], then[own], is_failed = _by_the_others(table[~own], table[own])
        failed += is_failed
    return attack, then, failed


def covariates(dyads: Sequence[Dyad]) -> FloatArray:
    """Return (dyad, covariate) balance, alliance, nearness."""
    return np.array([[dyad.ratio, dyad.pact is not Pact.NONE, dyad.is_near] for dyad in dyads], dtype=np.float64)


def all_covariates(dyads: Sequence[Dyad]) -> FloatArray:
    """Return (dyad, covariate) all that the model is told of a case."""
    more = [
        [dyad.pact.is_strong, dyad.pact.is_bilateral, dyad.allied, dyad.allied_ratio, np.log1p(dyad.disputes)]
        for dyad in dyads
    ]
    return np.column_stack([covariates(dyads), np.array(more, dtype=np.float64)])


def _rate(_: FloatArray, y: FloatArray) -> Forecast:
    return lambda others: np.full(len(others), y.mean())


def _by_the_others(others: pd.DataFrame, own: pd.DataFrame) -> tuple[FloatArray, FloatArray, bool]:
    try:
        ends = fit_egame12(FORMULA, others).predict(own).to_numpy()
    except (NotConverged, NotIdentified, InvalidFile):
        came = others[others["attacked"] == 1]
        rates = float(others["attacked"].mean()), float(came["after"].mean())
        return np.full(len(own), rates[0]), np.full(len(own), rates[1]), True
    return 1 - ends[:, 0], ends[:, 2] / (ends[:, 1] + ends[:, 2]), False
