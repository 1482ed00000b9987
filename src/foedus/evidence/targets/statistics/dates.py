"""Days from the year, month and day that data sets state apart."""

import pandas as pd
from pandas import DataFrame, Series

DAYS_PER_YEAR = 365.25


def to_dates(table: DataFrame, prefix: str, *, day_unknown: int | None = None) -> Series:
    """Return the dates of ``<prefix>_year``, ``_month`` and ``_day``; what is no date, or not known, becomes ``NaT``.

    ``day_unknown`` is the day of the month that stands in where only the day is not known.
    """
    year, month, day = (table[f"{prefix}_{part}"].astype("Float64") for part in ("year", "month", "day"))
    if day_unknown is not None:
        day = day.fillna(day_unknown)
    parts = DataFrame({"year": year.where(year < 10_000), "month": month, "day": day}).astype("float64")
    return pd.to_datetime(parts, errors="coerce")


def years_between(begin: Series, end: Series) -> Series:
    """Return the length of time in years of 365.25 days."""
    return (end - begin).dt.days / DAYS_PER_YEAR
