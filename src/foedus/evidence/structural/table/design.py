"""From a formula and a table to numbers: one matrix for each utility, the same way again for other tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

import numpy as np
import pandas as pd
from formulaic.errors import FormulaicError

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.table.encoding import FUNCTIONS, Encoder, make_encoder
from foedus.evidence.structural.table.formula import StrategicFormula, finding
from foedus.values.arrays import BoolArray, FloatArray


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
            encoder, matrix = make_encoder(part.formula, rows)
            matrices.append(_finite(matrix, encoder, utility=part.utility, column=part.column))
            encoders[part.utility] = encoder
        except FormulaicError as error:
            cause = error.__cause__ or error
            told = f"`{part.text}` cannot be evaluated: {cause}"
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
    return tuple(sorted({name for part in formula.parts for name in part.columns} - set(FUNCTIONS)))


def refuse_missing_columns(columns: Sequence[str], data: pd.DataFrame, *, formula: StrategicFormula) -> None:
    """Raise InvalidFile with a finding for each column that the table lacks, and the nearest names that it has."""
    wrong = [_missing(name, data, formula=formula) for name in dict.fromkeys(columns) if name not in data.columns]
    if wrong:
        raise InvalidFile(wrong)


def complete_rows(data: pd.DataFrame, columns: Sequence[str]) -> BoolArray:
    """Tell which rows have a value in each of these columns."""
    complete: BoolArray = data[list(columns)].notna().all(axis=1).to_numpy(dtype=np.bool_)
    return complete


def _missing(name: str, data: pd.DataFrame, *, formula: StrategicFormula) -> Finding:
    near = get_close_matches(name, [str(column) for column in data.columns], n=3, cutoff=0.5)
    meant = f"perhaps {' or '.join(near)} is meant" if near else f"it has {', '.join(map(str, data.columns[:12]))}"
    return finding(formula.text.find(name) + 1, "unknown-column", f"the table has no column {name}", mend=meant)


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
