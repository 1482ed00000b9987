"""What was observed, as counts of the ends of a game: from one column, from a column for each move, or from counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.likelihood.trees import GameTree
from foedus.evidence.structural.table.formula import StrategicFormula, finding
from foedus.values.arrays import BoolArray, FloatArray


@dataclass(frozen=True)
class Observed:
    """How often each end was seen in each row."""

    counts: FloatArray
    """(end, n); 0 in a row that is not known."""
    labels: tuple[str, ...]
    """A name for each end."""
    known: BoolArray
    """(n,): rows where what happened is known."""


def read_ends(formula: StrategicFormula, data: pd.DataFrame, *, tree: GameTree) -> Observed:
    """Read which end of a tree was reached in each row.

    One column holds as many values as there are ends, sorted from left to right (categories keep their own order).
    Several columns hold 0 for left and 1 for right: one for each move, or one for each turn. What stands in the column
    of a move that was not reached does not matter, a missing value included.
    """
    columns = formula.observed
    turns = max(len(path) for path in tree.paths)
    if len(columns) == 1:
        return _from_values(data[columns[0]], tree=tree)
    if len(columns) not in (len(tree.moves), turns):
        wanted = f"one column, or {turns}" + (f" or {len(tree.moves)}" if turns != len(tree.moves) else "")
        raise InvalidFile(
            [
                finding(
                    1,
                    "wrong-outcome",
                    f"{len(columns)} columns say what was observed in {tree.name}",
                    mend=f"name {wanted}, joined by +",
                )
            ]
        )
    return _from_moves(data, columns, tree=tree, by_turn=len(columns) != len(tree.moves))


def read_counts(formula: StrategicFormula, data: pd.DataFrame, *, ends: int) -> Observed:
    """Read how often each end was seen in each row, one column for each."""
    columns = formula.observed
    if len(columns) != ends:
        raise InvalidFile(
            [
                finding(
                    1,
                    "wrong-outcome",
                    f"{len(columns)} columns of counts for {ends} ends",
                    mend="name one column of counts for each end, joined by +",
                )
            ]
        )
    counts = _numbers(data, columns)
    known = ~np.isnan(counts).any(axis=0)
    if (counts[:, known] < 0).any():
        raise InvalidFile([_bad_column(" + ".join(columns), "some counts are negative", mend="count from 0")])
    return Observed(np.where(known, counts, 0.0), columns, known & (counts.sum(axis=0) != 0))


def _from_values(column: "pd.Series[Any]", *, tree: GameTree) -> Observed:
    kinds = column.dropna().unique()
    if isinstance(column.dtype, pd.CategoricalDtype):
        values = [value for value in column.cat.categories if value in set(kinds)]
    else:
        values = sorted(kinds)
    if len(values) != len(tree.ends):
        told = ", ".join(map(str, values[:8]))
        message = f"{len(values)} different values ({told}) for {len(tree.ends)} ends"
        raise InvalidFile([_bad_column(str(column.name), message, mend=f"{tree.name} needs one value for each end")])
    reached = [(column == value).to_numpy(dtype=np.bool_, na_value=False) for value in values]
    counts = np.array(reached, dtype=np.float64)
    return Observed(counts, tuple(map(str, values)), column.notna().to_numpy())


def _from_moves(data: pd.DataFrame, columns: Sequence[str], *, tree: GameTree, by_turn: bool) -> Observed:
    moves = _numbers(data, columns)
    strange = [
        name
        for name, values in zip(columns, moves, strict=True)
        if not np.isin(values[~np.isnan(values)], (0.0, 1.0)).all()
    ]
    if strange:
        raise InvalidFile(
            [_bad_column(name, "holds other values than 0 and 1", mend="0 is left, 1 is right") for name in strange]
        )
    counts = np.zeros((len(tree.ends), len(data)))
    for end, path in enumerate(tree.paths):
        steps = [moves[turn if by_turn else move] == right for turn, (move, right) in enumerate(path)]
        counts[end] = np.all(steps, axis=0)
    labels = tuple(_label(path, columns, by_turn=by_turn) for path in tree.paths)
    return Observed(counts, labels, counts.sum(axis=0) > 0)


def _label(path: Sequence[tuple[int, bool]], columns: Sequence[str], *, by_turn: bool) -> str:
    names = [(columns[turn if by_turn else move], right) for turn, (move, right) in enumerate(path)]
    return ",".join(name if right else f"~{name}" for name, right in names)


def _numbers(data: pd.DataFrame, columns: Sequence[str]) -> FloatArray:
    """Return (column, n) of floats, NaN where missing."""
    words = [name for name in columns if not pd.api.types.is_numeric_dtype(data[name])]
    if words:
        raise InvalidFile(
            [_bad_column(name, "holds words where numbers are needed", mend="write numbers") for name in words]
        )
    numbers: FloatArray = data[list(columns)].to_numpy(dtype=np.float64, na_value=np.nan).T
    return numbers


def _bad_column(name: str, message: str, *, mend: str) -> Finding:
    return Finding("table", 0, 0, name, "wrong-outcome", message, "what happened in each row must be known", mend)
