"""Which value of an outcome column is which end of a tree.

Numbers are in the order of the numbers, and so are categories in an order that somebody chose; words that spell the way
through the tree, L for left and R for right, say it themselves. For all other words the order must be given: sorted by
alphabet they would give other estimates, and nobody would see why.
"""

import csv
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.likelihood.trees import GameTree
from foedus.evidence.structural.table.columns import ColumnHolds, cells, content

_SHOWN = 8


def values_of_ends(column: "pd.Series[Any]", *, tree: GameTree, given: Sequence[str] | None) -> tuple[object, ...]:
    """Return the value of each end, from left to right; raise InvalidFile where that cannot be known."""
    name, kinds = str(column.name), list(column.dropna().unique())
    if len(kinds) != len(tree.ends):
        told = ", ".join(map(str, kinds[:_SHOWN])) + (", …" if len(kinds) > _SHOWN else "")
        message = f"{len(kinds)} different values ({told}) for {len(tree.ends)} ends"
        raise InvalidFile([bad_outcome(name, message, mend=f"{tree.name} needs one value for each end")])
    if given is not None:
        return _as_given(name, kinds, tree=tree, given=given)
    if stated := _stated(column, kinds):
        return stated
    found = content(column)
    if found.holds is ColumnHolds.NUMBERS:
        return tuple(sorted(kinds))
    if found.holds is ColumnHolds.MIXED:
        told = f"holds numbers and words ({cells(column.to_frame(name), name, found.is_word)})"
        raise InvalidFile([bad_outcome(name, told, mend=_ask(kinds))])
    spelt = ["".join("R" if right else "L" for _, right in path) for path in tree.paths]
    if set(kinds) == set(spelt):
        return tuple(spelt)
    told = f"nothing says which of its values ({', '.join(sorted(map(str, kinds)))}) is which end of the tree"
    raise InvalidFile([bad_outcome(name, told, mend=_ask(kinds), code="order-of-ends")])


def order_of_ends(given: Sequence[str] | str) -> tuple[str, ...]:
    """Return the words of the ends, given one by one or parted by commas; one with a comma stands in double quotes."""
    words = next(csv.reader([given], skipinitialspace=True), []) if isinstance(given, str) else list(given)
    return tuple(str(word).strip() for word in words)


def bad_outcome(name: str, message: str, *, mend: str, code: str = "wrong-outcome") -> Finding:
    """Return a finding about a column that says what happened."""
    return Finding("table", 0, 0, name, code, message, "what happened in each row must be known", mend)


def _stated(column: "pd.Series[Any]", kinds: Sequence[object]) -> tuple[object, ...]:
    """Return the order of categories that somebody chose: ordered, or other than those that programs give unasked."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return ()
    values = [value for value in column.cat.categories if value in set(kinds)]
    is_chosen = column.cat.ordered or values not in (sorted(values, key=str), list(kinds))
    return tuple(values) if is_chosen else ()


def _as_given(name: str, kinds: list[Any], *, tree: GameTree, given: Sequence[str]) -> tuple[object, ...]:
    by_text = {_text(kind): kind for kind in kinds}
    wanted = [_text(_number(word) if _is_number(word) and word not in by_text else word) for word in given]
    if len(wanted) != len(tree.ends) or len(set(wanted)) != len(wanted):
        message = f"{len(set(wanted))} different ends are given, and {tree.name} has {len(tree.ends)}"
        raise InvalidFile([bad_outcome(name, message, mend=_ask(kinds), code="order-of-ends")])
    strange = [word for word in wanted if word not in by_text]
    if strange:
        message = f"{', '.join(strange)} is given as an end and stands in no row; it holds {', '.join(by_text)}"
        raise InvalidFile([bad_outcome(name, message, mend=_ask(kinds), code="order-of-ends")])
    return tuple(by_text[word] for word in wanted)


def _ask(kinds: Sequence[object]) -> str:
    words = ",".join(f'"{word}"' if "," in word else word for word in sorted(map(_text, kinds)))
    return f"give these words in the order of the ends, from left to right: --ends '{words}', in your order"


def _text(value: object) -> str:
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return f"{float(str(value)):g}" if is_number else str(value)


def _number(word: str) -> float:
    return float(word)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True
