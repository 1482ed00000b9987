"""Cells of a data file: text to typed values, gap by gap and code by code."""

import pandas as pd
from pandas import DataFrame, Series

from foedus.evidence.data.record import ColumnKind, DataColumn

EMPTY = frozenset({"", ".", "NA", "nan", "NaN"})
"""What an empty cell looks like in a column of numbers, flags or dates; in a column of text only the first."""
TRUE, FALSE = "1", "0"

_DATE_WITH_TWO_DIGITS = r"(\d{1,2})/(\d{1,2})/(\d{2})"
_SAME_FLAG = {"True": TRUE, "False": FALSE, "TRUE": TRUE, "FALSE": FALSE, "true": TRUE, "false": FALSE}


def clean(column: DataColumn, cells: Series) -> Series:
    """Return the cells as text with gaps as ``<NA>``; whole numbers lose their decimals, so that 1.0 is the code 1."""
    text = cells.astype("string").str.strip()
    empty = {""} if column.kind is ColumnKind.TEXT else EMPTY
    text = text.mask(text.isin(list(empty)))
    if column.blank:
        text = text.fillna(column.blank)
    if column.kind is not ColumnKind.TEXT:
        text = text.str.replace(r"^([-+]?\d+)\.0*$", r"\1", regex=True)
    if column.kind is ColumnKind.FLAG:
        text = text.replace(_SAME_FLAG)
    return text.mask(text.isin(list(column.missing)))


def find_unreadable(column: DataColumn, cells: Series) -> Series:
    """Return the clean cells that are not what the column should hold."""
    there = cells[cells.notna()]
    if column.kind is ColumnKind.FLAG:
        return there[~there.isin([TRUE, FALSE])]
    if column.kind is ColumnKind.WHOLE:
        return there[~there.str.fullmatch(r"[-+]?\d+")]
    if column.kind is ColumnKind.NUMBER:
        return there[pd.to_numeric(there, errors="coerce").isna()]
    if column.kind is ColumnKind.DATE:
        return there[_dates(there, near=None).isna()]
    return there.iloc[:0]


def convert(column: DataColumn, raw: DataFrame) -> Series:
    """Return a column of the file as typed values; it must hold nothing unreadable."""
    cells = clean(column, raw[column.source])
    if column.kind is ColumnKind.WHOLE:
        return pd.to_numeric(cells).astype("Int64")
    if column.kind is ColumnKind.NUMBER:
        return pd.to_numeric(cells).astype("float64")
    if column.kind is ColumnKind.FLAG:
        return (cells == TRUE).where(cells.notna()).astype("boolean")
    if column.kind is ColumnKind.DATE:
        return _dates(cells, near=pd.to_numeric(raw[column.near]) if column.near else None)
    return cells


def _dates(cells: Series, *, near: Series | None) -> Series:
    """Read 2014-09-05, 9/5/2014 and, where the row tells its year, 9/5/14."""
    parts = cells.str.extract(f"^{_DATE_WITH_TWO_DIGITS}$")
    is_short = parts[2].notna()
    iso = pd.to_datetime(cells.where(~is_short), format="%Y-%m-%d", errors="coerce")
    american = pd.to_datetime(cells.where(~is_short), format="%m/%d/%Y", errors="coerce")
    if not is_short.any():
        return iso.fillna(american)
    year = pd.to_numeric(parts[2])
    reference = near.reindex(cells.index) if near is not None else Series(2000, index=cells.index)
    century = ((reference - year) / 100).round() * 100
    full = (year + century).where(is_short).astype("Int64").astype("string")
    short = pd.to_datetime(full + "-" + parts[0] + "-" + parts[1], format="%Y-%m-%d", errors="coerce")
    return iso.fillna(american).fillna(short)
