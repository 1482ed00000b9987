"""B4 and B5: how long peace agreements stand, and what in them goes with standing longer."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from pandas import DataFrame

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.cox import CoxFit, fit_cox
from foedus.evidence.targets.statistics.dates import years_between
from foedus.evidence.targets.statistics.survival import estimate_hazard, estimate_survival

LAST_DAY = pd.Timestamp("2021-12-31")
"""Last day that the data set watches."""

TYPES = {1: "full", 2: "partial", 3: "process"}
CLAUSES = ("peacekeeping", "ceasefire", "disarmament", "army_integration", "withdrawal", "joint_commission")
STUDY_RIDGE = 0.01
NORMAL_975 = 1.959963984540054


def standing(agreements: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the shares of agreements that still stand, and the hazard ratios of their clauses.

    The ratios come from one regression on six clauses and the presence of a third party; ``B5`` with the small ridge of
    the study, ``B5.plain`` without.
    """
    spells = agreement_spells(agreements)
    by_type = {name: spells[spells["type"] == code] for code, name in TYPES.items()}
    found = {f"B4.{years}y": estimate_survival(spells, years=years) for years in (1, 5, 10)}
    found |= {
        f"B4.{name}.{y}y": estimate_survival(group, years=y)
        for name, group in by_type.items()
        if len(group)
        for y in (1, 5, 10)
    }
    covariates = (*CLAUSES, "has_third_party")
    for prefix, ridge in (("B5", STUDY_RIDGE), ("B5.plain", 0.0)):
        fit = fit_cox(
            spells["years"].to_numpy(dtype=float),
            spells["has_failed"].to_numpy(dtype=bool),
            spells[list(covariates)].to_numpy(dtype=float),
            ridge=ridge,
        )
        found |= {f"{prefix}.{name}": _ratio(fit, place, n=len(spells)) for place, name in enumerate(covariates)}
    return found | {"B4.hazard": estimate_hazard(spells, years=5)}


def agreement_spells(agreements: DataFrame) -> DataFrame:
    """Return one row for each agreement: how long it stood, in years, and what it holds.

    Agreements that broke down on an unknown day, or before they were signed, are left out.
    """
    failed = agreements["has_ended"].astype(bool)
    end = agreements["ended_on"].where(failed, LAST_DAY)
    third = agreements["third_party"].notna()
    spells = agreements.assign(years=years_between(agreements["signed"], end), has_failed=failed, has_third_party=third)
    return spells[spells["years"] > 0]


def _ratio(fit: CoxFit, place: int, *, n: int) -> IntervalEstimate:
    """Give a hazard ratio with its Wald interval."""
    at, width = fit.coefficients[place], NORMAL_975 * fit.standard_errors[place]
    low, value, high = (float(np.exp(at + shift)) for shift in (-width, 0.0, width))
    return IntervalEstimate(value, low, high, n, "Wald")
