"""From a formula and a table to numbers: one matrix for each utility, the same way again for other tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

import numpy as np
import pandas as pd

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.table.columns import ColumnHolds, held, refuse_unusable
from foedus.evidence.structural.table.encoding import CannotEvaluate, Encoder, make_encoder
from foedus.evidence.structural.table.formula import StrategicFormula, UtilityTerms, finding
from foedus.evidence.structural.table.tokens import as_written
from foedus.values.arrays import BoolArray, FloatArray

MOST_COLUMNS = 1000
"""Coefficients of one utility."""
MOST_CELLS = 200_000_000
"""Rows times coefficients of one utility: 1.6 GB of numbers."""
_TOLD = 12
"""Unknown columns told at once."""
_LOOKED_AT = 2000
"""Columns among which the nearest name is sought."""
_AROUND = " \t\"'\ufeff\u00a0"
"""Signs around a name in a heading that a reader does not see or mean."""


@dataclass(frozen=True)
class Design:
    """How a table becomes one matrix for each utility that has regressors."""

    formula: StrategicFormula
    columns: tuple[str, ...]
    """The columns that the regressors use."""
    encoders: Mapping[str, Encoder]
    """How the matrix of each utility that has regressors is made."""
    levels: Mapping[str, frozenset[object]]
    """The values that were seen in each column of words."""

    @property
    def utilities(self) -> tuple[str, ...]:
        """The utilities that have regressors."""
        return tuple(self.encoders)

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each coefficient, as ``u11:income``."""
        return tuple(f"{utility}:{name}" for utility, encoder in self.encoders.items() for name in encoder.names)

    def matrices(self, data: pd.DataFrame) -> tuple[tuple[FloatArray, ...], BoolArray]:
        """Return (matrices of the complete rows, which rows are complete) for any table.

        Raises InvalidFile where a column is missing or holds a word that was not seen when the model was fitted.
        """
        refuse_missing_columns(self.columns, data, formula=self.formula)
        refuse_unusable(self.formula, data, is_whole=False)
        _refuse_new_levels(self.levels, data)
        complete = complete_rows(data, self.columns)
        rows = data.loc[complete]
        made = [_finite(encoder.encode(rows), encoder, utility=utility) for utility, encoder in self.encoders.items()]
        return tuple(made), complete


def make_design(formula: StrategicFormula, rows: pd.DataFrame) -> tuple[Design, tuple[FloatArray, ...]]:
    """Return the design that complete rows define, and their matrices.

    Raises InvalidFile with every part that cannot be evaluated or gives missing or infinite values.
    """
    encoders: dict[str, Encoder] = {}
    matrices, wrong = [], []
    for part in formula.parts:
        if part.formula is None:
            continue
        try:
            _refuse_too_large(part, rows)
            encoder, matrix = make_encoder(
                part.formula, rows, columns=tuple(part.read.columns), numbers=part.read.numbers
            )
            matrices.append(_finite(matrix, encoder, utility=part.utility, column=part.column))
            encoders[part.utility] = encoder
        except CannotEvaluate as error:
            told = f"`{part.text}` cannot be evaluated: {error}"
            mend = "use columns of numbers where numbers are needed"
            wrong.append(finding(part.column, "cannot-evaluate", told, mend=mend, path=part.utility))
        except InvalidFile as error:
            wrong.extend(error.findings)
    if wrong:
        raise InvalidFile(wrong)
    if not matrices:
        raise InvalidFile(
            [
                finding(
                    1,
                    "nothing-to-estimate",
                    "every utility is fixed to 0",
                    mend="give at least one part a regressor, or 1 for a constant",
                )
            ]
        )
    columns = regressor_columns(formula)
    design = Design(formula, columns, MappingProxyType(encoders), _levels(rows, columns))
    return design, tuple(matrices)


def regressor_columns(formula: StrategicFormula) -> tuple[str, ...]:
    """Return the columns that the regressors of a formula use, sorted."""
    return tuple(sorted({name for part in formula.parts for name in part.read.columns}))


def refuse_missing_columns(columns: Sequence[str], data: pd.DataFrame, *, formula: StrategicFormula) -> None:
    """Raise InvalidFile with a finding for each column that the table lacks, with the nearest, or has twice."""
    has, wanted = list(data.columns), list(dict.fromkeys(columns))
    known = set(has)
    wrong = [_missing(name, data, formula=formula) for name in [each for each in wanted if each not in known][:_TOLD]]
    wrong += [_twice(name, has.count(name)) for name in wanted if has.count(name) > 1]
    if wrong:
        raise InvalidFile(wrong)


def complete_rows(data: pd.DataFrame, columns: Sequence[str]) -> BoolArray:
    """Tell which rows have a value in each of these columns."""
    complete: BoolArray = data[list(columns)].notna().all(axis=1).to_numpy(dtype=np.bool_)
    return complete


def _missing(name: str, data: pd.DataFrame, *, formula: StrategicFormula) -> Finding:
    place = max(formula.text.find(name), 0) + 1
    has = [str(column) for column in data.columns[:_LOOKED_AT]]
    for column in has:
        if column != name and column.strip(_AROUND) == name.strip(_AROUND):
            told = f"the table has no column {name}; the column is called {column!r}"
            mend = f"mend its name in the table, or write {as_written(column)} in the formula"
            return finding(place, "unknown-column", told, mend=mend)
    near = [as_written(each) for each in get_close_matches(name, has, n=3, cutoff=0.5)]
    near = [as_written(each) for each in has if _is_written_open(each, name, formula)] or near
    if name.split(".")[0] in has:
        mend = f"perhaps {name.split('.')[0]} is meant; formulas have no attributes, a dot is part of a name"
        return finding(place, "unknown-column", f"the table has no column {name}", mend=mend)
    meant = f"perhaps {' or '.join(near)} is meant" if near else f"it has {', '.join(has[:12])}"
    return finding(place, "unknown-column", f"the table has no column {name}", mend=meant)


def _is_written_open(column: str, name: str, formula: StrategicFormula) -> bool:
    """Tell whether a column's name stands in the formula without the backticks it needs, ``name`` being a piece."""
    return as_written(column) != column and name in column and column in formula.text


def _twice(name: str, times: int) -> Finding:
    told, why = f"{times} columns are called {name}", "it is not known which of them is meant"
    return Finding("table", 0, 0, name, "column-twice", told, why, "give each column a name of its own")


def _refuse_too_large(part: UtilityTerms, rows: pd.DataFrame) -> None:
    """Raise InvalidFile where categories, crossed with each other, come to too many columns."""
    labels = {name: int(rows[name].nunique()) for name in part.read.columns if _is_category(name, part, rows)}
    size = 0
    for term in part.formula or ():
        text = " ".join(factor.expr for factor in term.factors)
        size += int(np.prod([count for name, count in labels.items() if name in text], dtype=np.float64))
    if size > MOST_COLUMNS or size * len(rows) > MOST_CELLS:
        told = f"`{part.text}` comes to some {size} coefficients in {len(rows)} rows"
        mend = "group the values of its categories, or cross fewer"
        raise InvalidFile([finding(part.column, "too-large", told, mend=mend, path=part.utility)])


def _is_category(name: str, part: UtilityTerms, rows: pd.DataFrame) -> bool:
    return name in part.read.labels or (name in part.read.bare and held(rows[name]) is ColumnHolds.WORDS)


def _finite(matrix: FloatArray, encoder: Encoder, *, utility: str, column: int = 0) -> FloatArray:
    if np.isfinite(matrix).all():
        return matrix
    fine: list[bool] = np.atleast_1d(np.isfinite(matrix).all(axis=0)).tolist()
    bad = [name for name, is_fine in zip(encoder.names, fine, strict=True) if not is_fine]
    raise InvalidFile(
        [
            finding(
                column,
                "not-a-number",
                f"{', '.join(bad)} is infinite or not a number",
                mend="leave such rows out, or change the transformation",
                path=utility,
            )
        ]
    )


def _levels(rows: pd.DataFrame, columns: Sequence[str]) -> Mapping[str, frozenset[object]]:
    words = [name for name in columns if name in rows and not pd.api.types.is_numeric_dtype(rows[name])]
    return MappingProxyType({name: frozenset(rows[name].unique()) for name in words})


def _refuse_new_levels(levels: Mapping[str, frozenset[object]], data: pd.DataFrame) -> None:
    wrong = []
    for name, known in levels.items():
        if new := sorted(map(str, set(data[name].dropna().unique()) - known)):
            wrong.append(
                Finding(
                    "table",
                    0,
                    0,
                    name,
                    "unknown-value",
                    f"{', '.join(new)} was not there when the model was fitted",
                    "nothing is known about it",
                    f"use {', '.join(sorted(map(str, known)))}",
                )
            )
    if wrong:
        raise InvalidFile(wrong)
