"""From the regressors of one utility to a matrix: formulaic's, or the same made directly where they are plain columns.

Most parts are sums of columns. For those formulaic's machinery costs more than the whole estimation, so their matrix is
stacked here, column by column, with the same names and numbers; everything else goes through formulaic.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import pandas as pd
from formulaic import Formula, ModelSpec

from foedus.values.arrays import FloatArray

FUNCTIONS: Mapping[str, Any] = MappingProxyType(
    {
        "sqrt": np.sqrt,
        "log": np.log,
        "log1p": np.log1p,
        "log2": np.log2,
        "log10": np.log10,
        "exp": np.exp,
        "abs": np.abs,
    }
)
"""The functions of one number that a formula can call; formulaic brings `C`, `I`, `poly`, `bs`, `center`, `scale`."""


class Encoder(Protocol):
    """How a table becomes the matrix of one utility."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each column of the matrix."""

    def encode(self, rows: pd.DataFrame) -> FloatArray:
        """Return (n, p) for complete rows of any table with the same columns."""


@dataclass(frozen=True)
class PlainColumns:
    """A sum of columns: numbers as they are, words as one indicator for each level but the first."""

    has_constant: bool
    columns: tuple[tuple[str, tuple[object, ...]], ...]
    """Each column with its levels; none for numbers."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that formulaic would give."""
        constant = ("Intercept",) if self.has_constant else ()
        return constant + tuple(each for name, levels in self.columns for each in _names(name, levels))

    def encode(self, rows: pd.DataFrame) -> FloatArray:
        """Return (n, p)."""
        parts = [np.ones((len(rows), 1))] if self.has_constant else []
        for name, levels in self.columns:
            parts.append(_indicators(rows[name], levels) if levels else _numbers(rows[name]))
        return np.hstack(parts)


@dataclass(frozen=True)
class Specified:
    """Anything else, as formulaic specifies it."""

    specification: ModelSpec
    columns: tuple[str, ...]
    """What formulaic gets to see."""
    numbers: frozenset[str]
    """Columns that are reckoned with: as floats, for whole numbers overflow without a word."""

    @property
    def names(self) -> tuple[str, ...]:
        """Formulaic's names."""
        return tuple(map(str, self.specification.column_names))

    def encode(self, rows: pd.DataFrame) -> FloatArray:
        """Return (n, p)."""
        return _evaluated(self.specification, _seen(rows, self.columns, self.numbers))[0]


class CannotEvaluate(Exception):
    """Regressors that cannot be computed from these rows; the message says why."""


def make_encoder(
    formula: Formula, rows: pd.DataFrame, *, columns: Sequence[str], numbers: frozenset[str]
) -> tuple[Encoder, FloatArray]:
    """Return the encoder that complete rows define, and their matrix; raise `CannotEvaluate`.

    ``columns`` are all that the formula uses, ``numbers`` those that it reckons with.
    """
    plain = plain_columns(formula, rows)
    if plain is not None:
        return plain, plain.encode(rows)
    matrix, specification = _evaluated(formula, _seen(rows, columns, numbers))
    return Specified(specification, tuple(columns), numbers), matrix


def plain_columns(formula: Formula, rows: pd.DataFrame) -> PlainColumns | None:
    """Return the encoder of a sum of plain columns; None where a formula is more than that.

    Words without a constant are more: formulaic then gives every level of the first an indicator.
    """
    if any(factor.eval_method.value == "python" for term in formula for factor in term.factors):
        return None
    terms = [[factor.expr for factor in term.factors] for term in formula]
    has_constant = ["1"] in terms
    names = [expressions[0] for expressions in terms if expressions != ["1"]]
    if any(len(expressions) != 1 for expressions in terms) or any(name not in rows for name in names):
        return None
    kinds = [_kind(rows[name]) for name in names]
    if "other" in kinds or ("words" in kinds and not has_constant):
        return None
    columns = zip(names, kinds, strict=True)
    return PlainColumns(has_constant, tuple((n, _levels(rows[n]) if kind == "words" else ()) for n, kind in columns))


def _kind(column: "pd.Series[Any]") -> str:
    if pd.api.types.is_bool_dtype(column) or isinstance(column.dtype, pd.CategoricalDtype):
        return "other"
    if pd.api.types.is_numeric_dtype(column):
        return "numbers"
    return "words" if pd.api.types.is_string_dtype(column) else "other"


def _levels(column: "pd.Series[Any]") -> tuple[object, ...]:
    return tuple(sorted(column.unique()))


def _names(name: str, levels: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(f"{name}[T.{level}]" for level in levels[1:]) if levels else (name,)


def _numbers(column: "pd.Series[Any]") -> FloatArray:
    numbers: FloatArray = column.to_numpy(dtype=np.float64)[:, None]
    return numbers


def _indicators(column: "pd.Series[Any]", levels: tuple[object, ...]) -> FloatArray:
    values = column.to_numpy(dtype=object)
    indicators: FloatArray = np.array([values == level for level in levels[1:]], dtype=np.float64).reshape(
        len(levels) - 1, len(values)
    )
    return indicators.T


def _seen(rows: pd.DataFrame, columns: Sequence[str], numbers: frozenset[str]) -> pd.DataFrame:
    return rows[list(columns)].astype({name: np.float64 for name in columns if name in numbers})


def _evaluated(formula: Formula | ModelSpec, rows: pd.DataFrame) -> tuple[FloatArray, ModelSpec]:
    """Let formulaic evaluate; what a warning such as that of log(-1) is about shows in the numbers."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            made = formula.get_model_matrix(rows, context=FUNCTIONS, na_action="ignore")
            return np.asarray(made, dtype=np.float64), made.model_spec
    except Exception as error:  # whatever its transforms raise is about these rows: a spline of one value, say
        raise CannotEvaluate(" ".join(str(error.__cause__ or error).split())) from error
