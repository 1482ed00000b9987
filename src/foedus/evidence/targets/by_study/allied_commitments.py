"""A1 to A7: whether alliance commitments are honoured once a war triggers them."""

from collections.abc import Mapping

from pandas import DataFrame, Series

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.intervals import estimate_share

OBLIGATIONS = ("defence", "offence", "neutrality", "non_aggression", "consultation")


def honouring(commitments: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the shares of commitments honoured, by the rules of Leeds, Long and Mitchell.

    A row counts where the war triggered the commitment, so that it was either honoured or violated.
    """
    tested = commitments[(commitments["honoured"] | commitments["violated"]).astype(bool)]
    early, defence = tested["is_early"].astype(bool), tested["defence"].astype(bool)
    late_defence, many = defence & ~early, tested["multilateral"].astype(bool)
    parts = {
        "A1": Series(data=True, index=tested.index),
        "A2.1816_1944": early,
        "A2.1945_2003": ~early,
        **{f"A3.{name}": tested[name].astype(bool) for name in OBLIGATIONS},
        "A4": late_defence,
        "A4.bilateral": late_defence & ~many,
        "A4.multilateral": late_defence & many,
        "A5": defence & ~tested["offence"].astype(bool),
    }
    return {name: _share(tested[rows]) for name, rows in parts.items() if rows.any()}


def performance(commitments: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the shares of promises to fight that allies kept, by peacetime institutions and by what had changed."""
    active = commitments[commitments["is_active"].astype(bool)]
    institutions = active["institutions"]
    changed, new_rulers, wartime = (
        active[name].astype(bool) for name in ("power_changed", "institutions_changed", "is_wartime")
    )
    parts = {
        "A6": Series(data=True, index=active.index),
        **{f"A6.{name}": institutions == code for code, name in enumerate(("none", "some", "high"))},
        "A7.power_changed": changed,
        "A7.power_unchanged": ~changed,
        "A7.institutions_changed": new_rulers,
        "A7.institutions_unchanged": ~new_rulers,
        "A7.wartime": wartime,
        "A7.peacetime": ~wartime,
    }
    return {name: _share(active[rows]) for name, rows in parts.items() if rows.any()}


def _share(tested: DataFrame) -> IntervalEstimate:
    return estimate_share(int(tested["honoured"].sum()), len(tested))
