"""A8 to A11: whether an attack on a third state is deterred, and whether the defender fights when it is not."""

from collections.abc import Mapping

from pandas import DataFrame, Series

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.intervals import estimate_share

WEAK, STRONG = 0.67, 1.33
"""Immediate forces of defender and protege over those of the attacker: weak below the first, strong above the other."""


def deterrence(cases: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the shares of cases in which the attacker held back, and of attacks that the defender met with force."""
    balance = cases["immediate_balance"]
    alliance, nuclear, tit = (cases[name].astype(bool) for name in ("alliance", "nuclear", "tit_for_tat"))
    everything = Series(data=True, index=cases.index)
    deterred = {
        "A8": everything,
        "A10.weak": balance < WEAK,
        "A10.even": balance.between(WEAK, STRONG),
        "A10.strong": balance > STRONG,
        "A11.alliance": alliance,
        "A11.no_alliance": ~alliance,
        "A11.nuclear": nuclear,
        "A11.not_nuclear": ~nuclear,
        "A11.tit_for_tat": tit,
        "A11.no_tit_for_tat": ~tit,
    }
    fought = {"A9": everything, "A9.alliance": alliance, "A9.no_alliance": ~alliance}
    attacked = cases["attacked"].astype(bool)
    return {
        **{name: _share(~attacked[rows]) for name, rows in deterred.items() if rows.any()},
        **{
            name: _share(cases.loc[rows & attacked, "fought"])
            for name, rows in fought.items()
            if (rows & attacked).any()
        },
    }


def _share(flags: Series) -> IntervalEstimate:
    return estimate_share(int(flags.sum()), len(flags))
