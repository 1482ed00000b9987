"""B8: how long peace lasts after civil wars, by the way in which they ended and with and without peacekeepers."""

from collections.abc import Mapping

from pandas import DataFrame

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.dates import years_between
from foedus.evidence.targets.statistics.survival import compare_spells, estimate_median_years, estimate_survival

TRUCE, SETTLEMENT = 3, 4


def peace_after_civil_war(stretches: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the time by which half of the peace spells had failed; a group of which more than half stand has none."""
    spells = peace_spells(stretches)
    kept, unkept = (spells[(spells["peacekeeping"] == flag).fillna(value=False)] for flag in (True, False))
    medians = {
        "B8.truce": spells[spells["outcome"] == TRUCE],
        "B8.settlement": spells[spells["outcome"] == SETTLEMENT],
        "B8.without_peacekeepers": unkept,
    }
    found = {name: median for name, group in medians.items() if len(group) and (median := estimate_median_years(group))}
    if len(kept) and len(unkept):
        found["B8.with_peacekeepers.5y"] = estimate_survival(kept, years=5)
        found["B8.without_peacekeepers.5y"] = estimate_survival(unkept, years=5)
        found["B8.peacekeepers.p"] = compare_spells(kept, unkept)
    return found


def peace_spells(stretches: DataFrame) -> DataFrame:
    """Return one row for each spell of peace, its stretches joined."""
    groups = stretches.sort_values(["spell", "begin"], kind="stable").groupby("spell")
    spells = DataFrame(
        {
            "outcome": groups["outcome"].first(),
            "peacekeeping": groups["peacekeeping"].max(),
            "has_failed": groups["failed"].max().astype(bool),
            "years": years_between(groups["begin"].min(), groups["end"].max()),
        }
    )
    return spells[spells["years"] > 0]
