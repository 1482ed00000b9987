"""What was observed, as counts of the ends of a game: from one column, from a column for each move, or from counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.likelihood.trees import GameTree
from foedus.evidence.structural.table.columns import ColumnHolds, cells, content, held
from foedus.evidence.structural.table.ends import bad_outcome, values_of_ends
from foedus.evidence.structural.table.formula import StrategicFormula, finding
from foedus.evidence.structural.table.notes import warning
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
    notes: tuple[Finding, ...] = ()
    """Warnings about how it was told."""


def read_ends(
    formula: StrategicFormula, data: pd.DataFrame, *, tree: GameTree, ends: Sequence[str] | None = None
) -> Observed:
    """Read which end of a tree was reached in each row.

    One column holds as many values as there are ends; ``ends`` says which is which, and must where the values do not
    say it themselves (see ``ends``).
    Several columns hold 0 for left and 1 for right: one for each move, or one for each turn. What stands in the column
    of a move that was not reached does not matter, a missing value included.
    """
    columns = formula.observed
    turns = max(len(path) for path in tree.paths)
    if len(columns) == 1:
        return _from_values(data[columns[0]], tree=tree, ends=ends)
    if ends is not None:
        told = f"the order of the ends is given, and {len(columns)} columns say which move was made"
        mend = "leave the order out: 0 is left and 1 is right in each column"
        raise InvalidFile([finding(1, "order-of-ends", told, mend=mend)])
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


def read_counts(formula: StrategicFormula, data: pd.DataFrame, *, names: Sequence[str]) -> Observed:
    """Read how often each end was seen in each row, one column for each."""
    columns = formula.observed
    if len(columns) != len(names):
        raise InvalidFile(
            [
                finding(
                    1,
                    "wrong-outcome",
                    f"{len(columns)} columns of counts for {len(names)} ends",
                    mend="name one column of counts for each end, joined by +",
                )
            ]
        )
    if set(columns) == set(names) and columns != tuple(names):
        told = f"{' + '.join(columns)} are the ends in another order"
        raise InvalidFile([finding(1, "order-of-ends", told, mend=f"write {' + '.join(names)}")])
    counts = _numbers(data, columns)
    _refuse_impossible(counts, columns, data)
    known = ~np.isnan(counts).any(axis=0)
    return Observed(np.where(known, counts, 0.0), columns, known & (counts.sum(axis=0) != 0))


def _refuse_impossible(counts: FloatArray, columns: Sequence[str], data: pd.DataFrame) -> None:
    wrong = []
    for name, values in zip(columns, counts, strict=True):
        for is_wrong, message in ((values < 0, "some counts are negative"), (np.isinf(values), "is infinite")):
            if is_wrong.any():
                told = f"{message} ({cells(data, name, is_wrong)})"
                wrong.append(bad_outcome(name, told, mend="count from 0; write a count that is missing empty or NA"))
    if not wrong and not np.nansum(counts):
        wrong = [bad_outcome(" + ".join(columns), "every count is 0", mend="count how often each end was seen")]
    if wrong:
        raise InvalidFile(wrong)


def _from_values(column: "pd.Series[Any]", *, tree: GameTree, ends: Sequence[str] | None) -> Observed:
    values = values_of_ends(column, tree=tree, given=ends)
    reached = [(column == value).to_numpy(dtype=np.bool_, na_value=False) for value in values]
    counts = np.array(reached, dtype=np.float64)
    return Observed(counts, tuple(map(str, values)), column.notna().to_numpy())


def _from_moves(data: pd.DataFrame, columns: Sequence[str], *, tree: GameTree, by_turn: bool) -> Observed:
    moves = _numbers(data, columns)
    strange = [
        bad_outcome(
            name, f"holds other values than 0 and 1 ({cells(data, name, is_strange)})", mend="0 is left, 1 is right"
        )
        for name, values in zip(columns, moves, strict=True)
        if (is_strange := ~(np.isnan(values) | (values == 0.0) | (values == 1.0))).any()
    ]
    if strange:
        raise InvalidFile(strange)
    counts = np.zeros((len(tree.ends), len(data)))
    for end, path in enumerate(tree.paths):
        steps = [moves[turn if by_turn else move] == right for turn, (move, right) in enumerate(path)]
        counts[end] = np.all(steps, axis=0)
    labels = tuple(_label(path, columns, by_turn=by_turn) for path in tree.paths)
    beyond = _moves_beyond(moves, counts, columns, data, paths=tree.paths, by_turn=by_turn)
    return Observed(counts, labels, counts.sum(axis=0) > 0, tuple(beyond))


def _moves_beyond(
    moves: FloatArray,
    counts: FloatArray,
    columns: Sequence[str],
    data: pd.DataFrame,
    *,
    paths: Sequence[Sequence[tuple[int, bool]]],
    by_turn: bool,
) -> Iterator[Finding]:
    """Warn of moves to the right in rows that ended before them: perhaps the columns are in another order."""
    for number, name in enumerate(columns):
        on_way = [any((turn if by_turn else move) == number for turn, (move, _) in enumerate(path)) for path in paths]
        is_beyond = (counts[~np.array(on_way)].sum(axis=0) > 0) & (moves[number] == 1.0)
        if is_beyond.any():
            rows = f"{int(is_beyond.sum())} rows that ended before that move"
            told = f"{name} is 1 in {rows} ({cells(data, name, is_beyond)})"
            why = "such moves are not counted; perhaps the columns stand in another order than the moves"
            yield warning(name, "move-not-reached", told, why=why, mend="name the first move first")


def _label(path: Sequence[tuple[int, bool]], columns: Sequence[str], *, by_turn: bool) -> str:
    names = [(columns[turn if by_turn else move], right) for turn, (move, right) in enumerate(path)]
    return ",".join(name if right else f"~{name}" for name, right in names)


def _numbers(data: pd.DataFrame, columns: Sequence[str]) -> FloatArray:
    """Return (column, n) of floats, NaN where missing."""
    wrong = []
    for name in columns:
        if held(data[name]) not in (ColumnHolds.NUMBERS, ColumnHolds.TRUTH):
            found = content(data[name])
            shown = f" ({cells(data, name, found.is_word)})" if found.words else ""
            told = f"holds words where numbers are needed{shown}"
            wrong.append(bad_outcome(name, told, mend="write numbers; empty or NA where one is missing"))
    if wrong:
        raise InvalidFile(wrong)
    numbers: FloatArray = data[list(columns)].to_numpy(dtype=np.float64, na_value=np.nan).T
    return numbers
