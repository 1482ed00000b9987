"""D4 to D6: how fast donors begin, how much of what they commit they allocate, and how one of them stops."""

from collections.abc import Mapping

from pandas import DataFrame, Series

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.intervals import estimate_share, without_interval

UNITED_STATES, EUROPEAN_UNION = "United States", "EU (Commission and Council)"
DONORS = {"USA": "us", "DNK": "denmark", "GBR": "uk", "DEU": "germany", "SWE": "sweden", "EU": "eu", "NOR": "norway"}
HALF_YEARS = tuple(f"{year}h{half}" for year in range(2022, 2026) for half in (1, 2))
INVASION_YEAR = 2022


def giving(months: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the pace of first allocations, the share of commitments allocated, and the half-years of one donor."""
    return {**_first_months(months), **_allocated(months), **_half_years(months)}


def _first_months(months: DataFrame) -> Mapping[str, IntervalEstimate]:
    given = months[months["military"] > 0]
    since = (given["year"] - INVASION_YEAR) * 12 + given["month"]
    first = since.groupby(given["donor"]).min()
    names = {2: "february", 3: "march", 4: "april"}
    return {f"D4.{name}": estimate_share(int((first <= month).sum()), len(first)) for month, name in names.items()}


def _allocated(months: DataFrame) -> Mapping[str, IntervalEstimate]:
    sums = months.groupby(["donor", "iso"], as_index=False)[["allocated", "committed"]].sum()
    states = sums[sums["donor"] != EUROPEAN_UNION]
    found = {
        "D5.allocated": without_interval(states["allocated"].sum(), n=len(states)),
        "D5.committed": without_interval(states["committed"].sum(), n=len(states)),
        "D5": _ratio(states),
        "D5.without_us": _ratio(states[states["donor"] != UNITED_STATES]),
    }
    parts = {name: sums[sums["iso"] == iso] for iso, name in DONORS.items()}
    return found | {f"D5.{name}": _ratio(rows) for name, rows in parts.items() if len(rows)}


def _half_years(months: DataFrame) -> Mapping[str, IntervalEstimate]:
    ours = months[months["donor"] == UNITED_STATES]
    half = ours["year"].astype(str) + "h" + (1 + (ours["month"] > 6).astype(int)).astype(str)
    amounts: Series = ours.groupby(half)["military"].sum().reindex(HALF_YEARS, fill_value=0.0)
    return {f"D6.{name}": without_interval(amount, n=6) for name, amount in amounts.items()}


def _ratio(sums: DataFrame) -> IntervalEstimate:
    return without_interval(sums["allocated"].sum() / sums["committed"].sum(), n=len(sums))
