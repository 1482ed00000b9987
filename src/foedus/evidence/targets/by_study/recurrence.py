"""B1 to B3: how long the guns stay silent after armed conflict, by the way in which the fighting ended."""

from collections.abc import Iterator, Mapping

import pandas as pd
from pandas import DataFrame, Series

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.dates import years_between
from foedus.evidence.targets.statistics.survival import estimate_hazard, estimate_survival

LAST_DAY = pd.Timestamp("2020-12-31")
"""Last day that the data set watches."""

OUTCOMES = {
    1: "peace_agreement",
    2: "ceasefire",
    3: "government_victory",
    4: "rebel_victory",
    5: "low_activity",
    6: "party_gone",
}
INTERSTATE, TERRITORY = 2, 1


def recurrence(dyad_years: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the shares of endings that were not followed by renewed fighting between the same two.

    Both as the study counted (B1, B2, B3) and over every ending (the same, with ``.every``).
    """
    studied, every = endings_as_studied(dyad_years), endings(dyad_years)
    short = every[(every["conflict_type"] == INTERSTATE).fillna(value=False)]
    return {
        **dict(_curves(studied, suffix="")),
        **dict(_curves(every, suffix=".every")),
        "B2.every.hazard": estimate_hazard(short, years=10),
    }


def endings(dyad_years: DataFrame) -> DataFrame:
    """Return one row for each ending of fighting between two parties: how it ended and how long it held, in years.

    Renewed fighting is the next year of the same pair that is in the data, at the day its episode began. What had not
    come back by the end of 2020 is still standing. Endings without a day or an outcome are left out.
    """
    ordered = dyad_years.sort_values(["dyad", "year"], kind="stable")
    ordered = ordered.assign(next_start=ordered.groupby("dyad")["start_date"].shift(-1))
    return _with_lengths(ordered[_has_ended(ordered)])


def endings_as_studied(dyad_years: DataFrame) -> DataFrame:
    """Return one row for each stored number of an episode: its first ending in the order of the file.

    The numbers of pairs above 10 000 had lost digits in the study's copy, so that 143 pairs shared eight numbers and
    all but the first ending of each was lost; of an episode with two endings the first counted.
    """
    by_number = dyad_years.groupby("stored_episode", sort=False)
    starts = DataFrame({"dyad": by_number["dyad"].min(), "start_date": by_number["start_date"].min()})
    starts = starts.sort_values(["dyad", "start_date"], kind="stable")
    last = dyad_years.sort_values(["dyad", "year"], kind="stable").groupby("stored_episode")
    ended = dyad_years[_is_true(dyad_years["is_last_year"])].groupby("stored_episode", sort=False).nth(0)
    ended = ended[["stored_episode", "end_date", "outcome", "is_last_year"]].set_index("stored_episode")
    whole = starts.join(ended, how="left")
    whole["next_start"] = whole.groupby("dyad")["start_date"].shift(-1)
    whole[["conflict_type", "incompatibility"]] = last[["conflict_type", "incompatibility"]].last()
    return _with_lengths(whole[_has_ended(whole)])


def _has_ended(rows: DataFrame) -> Series:
    return _is_true(rows["is_last_year"]) & rows["end_date"].notna() & rows["outcome"].notna()


def _is_true(flags: Series) -> Series:
    return flags.astype("boolean").fillna(value=False).astype(bool)


def _with_lengths(ended: DataFrame) -> DataFrame:
    years = years_between(ended["end_date"], ended["next_start"].fillna(LAST_DAY))
    columns = ["outcome", "conflict_type", "incompatibility"]
    spells = ended[columns].assign(years=years, has_failed=ended["next_start"].notna())
    return spells[spells["years"] > 0]


def _curves(spells: DataFrame, *, suffix: str) -> Iterator[tuple[str, IntervalEstimate]]:
    for code, name in OUTCOMES.items():
        group = spells[(spells["outcome"] == code).fillna(value=False)]
        yield from _at(group, name=f"B1{suffix}.{name}", years=(5, 10, 20))
        territorial = group[(group["incompatibility"] == TERRITORY).fillna(value=False)]
        if code in {1, 2, 5}:
            yield from _at(territorial, name=f"B3{suffix}.{name}", years=(10, 20))
    interstate = spells[(spells["conflict_type"] == INTERSTATE).fillna(value=False)]
    yield from _at(interstate, name=f"B2{suffix}", years=(5, 10, 20))


def _at(spells: DataFrame, *, name: str, years: tuple[int, ...]) -> Iterator[tuple[str, IntervalEstimate]]:
    if len(spells):
        yield from ((f"{name}.{time}y", estimate_survival(spells, years=time)) for time in years)
