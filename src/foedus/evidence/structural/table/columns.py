"""What stands in the columns that a formula uses, looked at before any model is built."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.table.formula import StrategicFormula, UtilityTerms, finding
from foedus.evidence.structural.table.tokens import as_written
from foedus.values.arrays import BoolArray

LINE = "line"
"""The name of the index of a table that was read from a file: its labels are the lines of the file."""
_SHOWN = 3
_LARGEST = 1e100
_DECIMAL_COMMA = re.compile(r"\s*[-+]?\d+,\d+\s*")
_THOUSANDS_COMMA = re.compile(r"\s*[-+]?\d{1,3}(?:,\d{3})+\s*")
_DRESSED = re.compile(r"\s*\(?[-+\u2212\u2013$€£\s]{0,4}\d+(?:[ ,.'\u2019\u00a0\u202f]\d+)*\s*[%‰$€£]?\)?\s*")
"""A number in print: 1,000 or 12 % or $ 5 or with a long minus."""


_DATE = re.compile(r"\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T ][\d:.]+Z?)?\s*")


@dataclass(frozen=True)
class _Printed:
    """A way to print a number that no program reads as one."""

    code: str
    pattern: re.Pattern[str]
    words: str
    mend: str
    """A pair of braces stands for the column's name."""


_PRINTED = (
    _Printed("thousands-comma", _THOUSANDS_COMMA, "commas between thousands", "write 1250, not 1,250"),
    _Printed("decimal-comma", _DECIMAL_COMMA, "decimal commas", "write 1.25, not 1,25"),
    _Printed("dates", _DATE, "dates", "write the year, or days since a day, as a number"),
    _Printed(
        "numbers-as-text",
        _DRESSED,
        "numbers with signs around or in them",
        "write 1250 or -0.5 alone, without blanks and units, or C({}) where they are labels",
    ),
)


class ColumnHolds(StrEnum):
    """What a column holds."""

    NUMBERS = "numbers"
    TRUTH = "truth values"
    WORDS = "words"
    MIXED = "numbers and words"
    WRITTEN = "numbers written as text"
    OTHER = "something else"


@dataclass(frozen=True)
class ColumnContent:
    """What a column holds, with the places of what is less common in it."""

    holds: ColumnHolds
    is_word: BoolArray
    """(n,): cells that hold a word."""
    is_missing: BoolArray
    """(n,)"""

    @property
    def words(self) -> int:
        """Cells that hold a word."""
        return int(self.is_word.sum())

    @property
    def numbers(self) -> int:
        """Cells that hold a number."""
        return len(self.is_word) - self.words - int(self.is_missing.sum())


def held(column: "pd.Series[Any]") -> ColumnHolds:
    """Tell what a column holds; each cell is looked at only where the type of the column does not say it."""
    kind = _kind_of_type(column)
    if kind is not None:
        return kind
    are_numbers = {_is_number(value) for value in column.unique() if not _is_missing(value)}
    return {(True,): ColumnHolds.WRITTEN, (False, True): ColumnHolds.MIXED}.get(
        tuple(sorted(are_numbers)), ColumnHolds.WORDS
    )


def content(column: "pd.Series[Any]") -> ColumnContent:
    """Look at what a column holds, cell by cell."""
    missing, holds = column.isna().to_numpy(dtype=np.bool_), held(column)
    is_word = ~missing if holds is ColumnHolds.WORDS else np.zeros(len(column), dtype=np.bool_)
    if holds is ColumnHolds.MIXED:
        words = [value for value in column[~missing].unique() if not _is_number(value)]
        is_word = column.isin(words).to_numpy(dtype=np.bool_) & ~missing
    return ColumnContent(holds, is_word, missing)


def refuse_unusable(formula: StrategicFormula, data: pd.DataFrame, *, is_whole: bool = True) -> None:
    """Raise InvalidFile with a finding for each column whose values cannot be what the formula takes them for.

    A table that is not the whole one, but rows to predict for, may have as many categories as rows.
    """
    wrong = [each for part in formula.parts for each in _wrong_numbers(part, data)]
    told = set()
    for part in formula.parts:
        for name in part.read.columns:
            if name not in told:
                told.add(name)
                wrong += _wrong_values(name, data, is_bare=_is_bare(formula, name))
    if is_whole:
        wrong += [each for name in sorted(_factors(formula, data)) for each in _too_many_levels(name, data)]
    if wrong:
        raise InvalidFile(list(dict.fromkeys(wrong)))


def cells(data: pd.DataFrame, name: str, where: BoolArray) -> str:
    """Show the first of some cells of a column with their places: `line 7: "."`."""
    found = np.flatnonzero(where)
    shown = [f'{place_of(data, int(row))}: "{data[name].iloc[row]}"' for row in found[:_SHOWN]]
    return ", ".join(shown) + (", …" if len(found) > _SHOWN else "")


def place_of(data: pd.DataFrame, row: int) -> str:
    """Name a row: by its line in the file, or by its label in a table that came from elsewhere."""
    label = data.index[row]
    return f"line {label}" if data.index.name == LINE else f"row {label}"


def about(
    name: str, code: str, message: str, *, why: str, mend: str, data: pd.DataFrame, where: BoolArray | None = None
) -> Finding:
    """Return a finding about a column, at the first line where it shows."""
    line = 0
    if where is not None and data.index.name == LINE and where.any():
        line = int(data.index[int(where.argmax())])
    return Finding("table", line, 0, name, code, message, why, mend)


def _kind_of_type(column: "pd.Series[Any]") -> ColumnHolds | None:
    """Return what the type of a column says that it holds; None where each cell must be looked at."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf":
        return ColumnHolds.NUMBERS
    if isinstance(column.dtype, pd.CategoricalDtype):
        return ColumnHolds.WORDS
    if pd.api.types.is_bool_dtype(column):
        return ColumnHolds.TRUTH
    if pd.api.types.is_complex_dtype(column):
        return ColumnHolds.OTHER
    if pd.api.types.is_numeric_dtype(column):
        return ColumnHolds.NUMBERS
    return None if pd.api.types.is_object_dtype(column) or pd.api.types.is_string_dtype(column) else ColumnHolds.OTHER


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float | np.number):
        return False
    if isinstance(value, str) and ("_" in value or not value.isascii()):
        return False  # Python reads 1_000 and Arabic digits as numbers; tables do not mean them so
    try:
        float(value)
    except ValueError:
        return False
    return True


def _is_bare(formula: StrategicFormula, name: str) -> bool:
    return any(name in part.read.bare for part in formula.parts)


def _factors(formula: StrategicFormula, data: pd.DataFrame) -> set[str]:
    labels = {name for part in formula.parts for name in part.read.labels}
    bare = {name for part in formula.parts for name in part.read.bare}
    return labels | {name for name in bare if held(data[name]) is ColumnHolds.WORDS}


def _wrong_numbers(part: UtilityTerms, data: pd.DataFrame) -> Iterator[Finding]:
    for name in sorted(part.read.numbers):
        if held(data[name]) not in (ColumnHolds.NUMBERS, ColumnHolds.TRUTH):
            found = content(data[name])
            what = f"{found.holds} ({cells(data, name, found.is_word)})" if found.words else str(found.holds)
            told = f"`{part.text}` cannot be evaluated: column {name} holds {what}"
            mend = "use columns of numbers where numbers are needed"
            yield finding(part.column + part.read.columns[name], "cannot-evaluate", told, mend=mend, path=part.utility)


def _wrong_values(name: str, data: pd.DataFrame, *, is_bare: bool) -> Iterator[Finding]:
    column = data[name]
    holds = held(column)
    if holds is ColumnHolds.OTHER:
        told, mend = f"column {name} holds {column.dtype}", "make numbers or words of it"
        yield about(name, "wrong-type", told, why="a regressor is a number or a category", mend=mend, data=data)
    elif holds is ColumnHolds.NUMBERS:
        is_infinite = np.isinf(column.to_numpy(dtype=np.float64, na_value=np.nan))
        if is_infinite.any():
            told = f"column {name} holds infinite values ({cells(data, name, is_infinite)})"
            why, mend = "no coefficient can be found for them", "write such cells empty or NA, or mend them"
            yield about(name, "infinite", told, why=why, mend=mend, data=data, where=is_infinite)
        else:
            yield from _beyond_reckoning(name, data)
    elif is_bare and holds in (ColumnHolds.MIXED, ColumnHolds.WRITTEN):
        yield _mixed(name, data, content(column))
    elif is_bare and holds is ColumnHolds.WORDS and not isinstance(column.dtype, pd.CategoricalDtype):
        yield from _dressed(name, data, content(column))


def _beyond_reckoning(name: str, data: pd.DataFrame) -> Iterator[Finding]:
    """Tell of sizes whose squares a number cannot hold."""
    sizes = data[name].abs().to_numpy(dtype=np.float64, na_value=0.0)
    largest = sizes.max(initial=0.0)
    if largest and not 1 / _LARGEST < largest < _LARGEST:
        told, why = f"the largest size in column {name} is {largest:g}", "its square cannot be reckoned with"
        mend = "write the column in other units"
        yield about(name, "out-of-range", told, why=why, mend=mend, data=data, where=sizes == largest)


def _mixed(name: str, data: pd.DataFrame, found: ColumnContent) -> Finding:
    why = "a column is taken for numbers or for categories as a whole"
    if found.holds is ColumnHolds.WRITTEN:
        told = f"column {name} holds numbers written as text"
        mend = f"make numbers of it, or write C({as_written(name)}) where they are labels"
        return about(name, "numbers-as-text", told, why=why, mend=mend, data=data)
    for dressed in _dressed(name, data, found):
        return dressed
    if found.words <= found.numbers:
        told = f"column {name} holds numbers and {_number(found.words, 'word')} ({cells(data, name, found.is_word)})"
        mend = f"write it empty or NA where it stands for a missing value, or C({as_written(name)}) for labels"
        return about(name, "mixed-column", told, why=why, mend=mend, data=data, where=found.is_word)
    is_number = ~found.is_word & ~found.is_missing
    told = f"column {name} holds words and {_number(found.numbers, 'number')} ({cells(data, name, is_number)})"
    mend = f"write C({as_written(name)}) where each is a label"
    return about(name, "mixed-column", told, why=why, mend=mend, data=data, where=is_number)


def _dressed(name: str, data: pd.DataFrame, found: ColumnContent) -> Iterator[Finding]:
    """Tell where every word of a column is a number in print, which would become a category for each."""
    words = data[name][found.is_word].astype(str).unique()
    for printed in _PRINTED:
        if all(printed.pattern.fullmatch(word) for word in words):
            told = f"column {name} holds {printed.words} ({cells(data, name, found.is_word)})"
            why, mend = "each would be taken for a category", printed.mend.format(as_written(name))
            yield about(name, printed.code, told, why=why, mend=mend, data=data, where=found.is_word)
            return


def _too_many_levels(name: str, data: pd.DataFrame) -> Iterator[Finding]:
    levels, rows = int(data[name].nunique()), int(data[name].notna().sum())
    if 2 * levels > rows and levels > 2:
        told = f"column {name} holds {levels} different values in {rows} rows"
        why = "each but one would get a coefficient of its own, and hardly a row to tell it"
        yield about(name, "too-many-levels", told, why=why, mend="group the values, or leave it out", data=data)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
