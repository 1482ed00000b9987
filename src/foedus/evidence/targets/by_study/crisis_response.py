"""C1 to C4 and D1: how states answer the trigger of a crisis, and how soon."""

from collections.abc import Mapping

import numpy as np
from pandas import DataFrame

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.intervals import estimate_quantile, estimate_share
from foedus.evidence.targets.statistics.logit import fit_logit
from foedus.values.arrays import FloatArray

NON_VIOLENT_MILITARY, VIOLENT = (6, 7), (8, 9)
TRIGGERS = {1: "verbal", 2: "political", 7: "non_violent_military", 8: "indirect_violent", 9: "violent"}
GRAVITIES = {1: "limited_damage", 2: "political", 3: "territorial", 4: "influence", 5: "grave_damage", 6: "existence"}
VIOLENT_TRIGGER = 9
NORMAL_975 = 1.959963984540054

_TRIGGER_GROUPS = {
    "other": (1, 3, 5),
    "external_change": (4,),
    "internal_challenge": (6,),
    "non_violent_military": (7,),
    "indirect_violent": (8,),
    "violent": (9,),
}
_GRAVITY_GROUPS = {
    "economic": 0,
    "limited_damage": 1,
    "territorial": 3,
    "influence": 4,
    "grave_damage": 5,
    "existence": 6,
    "other": 7,
}


def response(actors: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the kinds of major response by trigger and by the gravest value threatened, and their delay in days."""
    known = actors[actors["response"].notna() & actors["trigger"].notna()]
    return {**_kinds(known), **_log_odds(known), **_delays(known)}


def _kinds(actors: DataFrame) -> Mapping[str, IntervalEstimate]:
    is_violent = actors["response"].isin(VIOLENT)
    is_military = actors["response"].isin(NON_VIOLENT_MILITARY)
    n = len(actors)
    found = {
        "C1.non_military": estimate_share(int((~is_violent & ~is_military).sum()), n),
        "C1.non_violent_military": estimate_share(int(is_military.sum()), n),
        "C1.violent": estimate_share(int(is_violent.sum()), n),
    }
    parts = {f"C2.{name}": actors["trigger"] == code for code, name in TRIGGERS.items()}
    under_fire = actors["trigger"] == VIOLENT_TRIGGER
    parts |= {f"C3.{name}": under_fire & (actors["gravity"] == code) for code, name in GRAVITIES.items()}
    known = {name: rows.fillna(value=False).astype(bool) for name, rows in parts.items()}
    return found | {k: estimate_share(int(is_violent[r].sum()), int(r.sum())) for k, r in known.items() if r.any()}


def _log_odds(actors: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Regress a violent response on trigger and gravity; the base is a political act against a political value."""
    names = [f"trigger_{name}" for name in _TRIGGER_GROUPS] + [f"gravity_{name}" for name in _GRAVITY_GROUPS]
    columns = [actors["trigger"].isin(codes) for codes in _TRIGGER_GROUPS.values()]
    columns += [(actors["gravity"] == code).fillna(value=False) for code in _GRAVITY_GROUPS.values()]
    covariates: FloatArray = np.column_stack([column.to_numpy(dtype=np.float64) for column in columns]).astype(
        np.float64
    )
    varies = np.flatnonzero(covariates.std(axis=0) > 0)
    fit = fit_logit(actors["response"].isin(VIOLENT).to_numpy(dtype=bool), np.take(covariates, varies, axis=1))
    kept = [names[place] for place in varies]
    terms = zip(kept, fit.coefficients[1:], NORMAL_975 * fit.standard_errors[1:], strict=True)
    return {f"C4.{k}": IntervalEstimate(float(b), float(b - w), float(b + w), len(actors), "Wald") for k, b, w in terms}


def _delays(actors: DataFrame) -> Mapping[str, IntervalEstimate]:
    days = actors["response_days"].dropna().to_numpy(dtype=float)
    violent = actors.loc[(actors["trigger"] == VIOLENT_TRIGGER).fillna(value=False), "response_days"]
    under_fire = violent.dropna().to_numpy(dtype=float)
    return {
        "D1": estimate_quantile(days),
        "D1.first_quartile": estimate_quantile(days, share=0.25),
        "D1.third_quartile": estimate_quantile(days, share=0.75),
        "D1.ninetieth": estimate_quantile(days, share=0.9),
        "D1.violent": estimate_quantile(under_fire),
        "D1.violent.within_3d": estimate_share(int((under_fire <= 3).sum()), len(under_fire)),
        "D1.violent.within_30d": estimate_share(int((under_fire <= 30).sum()), len(under_fire)),
    }
