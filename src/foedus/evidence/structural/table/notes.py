"""What a careful reader would ask about a table, though it can be fitted: told with the fit, as warnings."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from foedus.errors import Finding, Severity
from foedus.evidence.structural.table.columns import ColumnHolds, cells, held
from foedus.values.arrays import FloatArray

_CODES = (-6, -7, -8, -9, -66, -77, -88, -98, -99, -666, -777, -888, -998, -999, -9999, 77, 88, 98, 99)
_CODES_ABOVE = (777, 888, 998, 999, 7777, 8888, 9998, 9999, 99999, 999999)
CODES = frozenset((*_CODES, *_CODES_ABOVE))
"""Numbers that tables write for a missing value."""
_ALL_CODES = np.array(sorted(CODES), dtype=np.float64)


def notes_on_columns(columns: Sequence[str], data: pd.DataFrame) -> Iterator[Finding]:
    """Warn of numbers that look like codes for a missing value: far outside of all other values of their column."""
    for name in columns:
        if held(data[name]) is ColumnHolds.NUMBERS:
            values = data[name].to_numpy(dtype=np.float64, na_value=np.nan)
            for code in suspected_codes(values):
                is_code = values == code
                told = f"column {name} holds {code:g} in {int(is_code.sum())} of {len(values)} rows ({{}})".format(
                    cells(data, name, is_code)
                )
                yield warning(
                    name,
                    "code-for-missing",
                    f"{told}, far from all its other values",
                    why="a code for a missing value would be taken for a number",
                    mend="write such cells empty or NA if it is one",
                )


def notes_on_labels(columns: Sequence[str], data: pd.DataFrame) -> Iterator[Finding]:
    """Warn of labels that differ in blanks and capitals alone: one category would be taken for two."""
    for name in columns:
        if held(data[name]) is ColumnHolds.WORDS:
            labels = [str(label) for label in data[name].dropna().unique()]
            alike: dict[str, list[str]] = {}
            for label in labels:
                alike.setdefault(" ".join(label.split()).casefold(), []).append(label)
            for group in alike.values():
                if len(group) > 1:
                    yield warning(
                        name,
                        "labels-alike",
                        f"column {name} holds {' and '.join(repr(label) for label in group)}",
                        why="each is a category of its own, though they differ in blanks or capitals alone",
                        mend="write them alike if they mean the same",
                    )


def suspected_codes(values: FloatArray) -> list[float]:
    """Return the values that are usual codes for missing ones, and lie out by half of what the others are spread."""
    if not np.isin(values, _ALL_CODES).any():
        return []
    different = np.unique(values[np.isfinite(values)])
    codes = [float(value) for value in different if value in CODES]
    others = different[~np.isin(different, codes)]
    if not codes or not len(others):
        return []
    low, high = float(others[0]), float(others[-1])
    reach = max(0.5 * (high - low), 1.0)
    return [
        code
        for code in codes
        if code > high + reach or code < low - reach or (code < 0 <= low and float(code).is_integer())
    ]


def note_on_clusters(cluster: str, groups: int, coefficients: int) -> Iterator[Finding]:
    """Warn where there are no more clusters than coefficients."""
    if groups <= coefficients:
        yield warning(
            cluster,
            "few-clusters",
            f"{groups} clusters for {coefficients} coefficients",
            why="the clustered covariance has not full rank, and standard errors from few clusters are too small",
            mend="cluster by something finer, or estimate fewer coefficients",
        )


def notes_on_ends(labels: Sequence[str], counts: FloatArray) -> Iterator[Finding]:
    """Warn of ends that were never reached, and of counts that are not whole."""
    for number, (label, seen) in enumerate(zip(labels, counts.sum(axis=1), strict=True), start=1):
        if seen == 0:
            yield warning(
                "",
                "end-never-seen",
                f"no row comes to end {number} ({label})",
                why="nothing tells how much its utilities are above those of ends that are seen",
                mend="fix what cannot be told to 0, or find rows where it happened",
            )
    if (counts != np.rint(counts)).any():
        yield warning(
            "",
            "counts-not-whole",
            "some counts of ends are no whole numbers",
            why="standard errors are right only for counts of games, not for shares or weights",
            mend="give counts",
        )


def warning(place: str, code: str, message: str, *, why: str, mend: str) -> Finding:
    """Return a warning about a table."""
    return Finding("table", 0, 0, place, code, message, why, mend, Severity.WARNING)
