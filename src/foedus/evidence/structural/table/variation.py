"""Whether regressors vary enough for coefficients to be told: looked at before a model is fitted.

A column that is the same everywhere, one that differs in a single row, a level that one row has, and columns of which
one is a sum of others leave the likelihood flat, or rising without end. They are named, and no numbers are given.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from foedus.evidence.structural.likelihood.maximise import NotIdentified
from foedus.evidence.structural.table.columns import ColumnHolds, held, place_of
from foedus.evidence.structural.table.design import Design
from foedus.evidence.structural.table.formula import UtilityTerms
from foedus.values.arrays import BoolArray, FloatArray

SAME = 1e-11
"""Columns of length 1 whose smallest singular value is below this, beside the largest, say the same."""
CONSTANT = "Intercept"


def refuse_unvarying(
    design: Design, matrices: tuple[FloatArray, ...], *, rows: pd.DataFrame, counts: FloatArray
) -> None:
    """Raise NotIdentified with every coefficient that these rows cannot tell, and why.

    ``counts``, (end, n), say how often each row was seen: a game that was seen often tells something by itself.
    """
    is_single = counts.sum(axis=0) <= 1.0
    encoders = zip(design.encoders.items(), matrices, strict=True)
    parts = {part.utility: part for part in design.formula.parts}
    told: list[str] = []
    for (utility, encoder), matrix in encoders:
        names = [f"{utility}:{name}" for name in encoder.names]
        has_constant = CONSTANT in encoder.names
        found = dict(_alone(names, matrix, rows=rows, is_single=is_single, has_constant=has_constant))
        levels = list(_levels(parts[utility], rows, is_single=is_single, has_constant=has_constant))
        told += [f"{name} ({why})" for name, why in found.items()]
        told += [each for each in levels if not any(name.startswith(each.split(" ", 1)[0]) for name in found)]
        if not found and not levels:
            told += _together(names, matrix)
    if told:
        raise NotIdentified(
            f"the data do not identify {', '.join(told)}: leave it out, or find rows that vary in it. "
            "No numbers are given, because any would do."
        )
    if counts.sum() < len(design.names):
        seen = f"{int(counts.sum())} rows" if is_single.all() else f"{counts.sum():g} games seen"
        raise NotIdentified(
            f"the data do not identify {len(design.names)} coefficients: there are {seen}. Leave regressors out."
        )


def perfect_predictors(design: Design, matrices: tuple[FloatArray, ...], *, counts: FloatArray) -> str:
    """Name, for a message, the regressors of which some values go with one end only, or with all ends but one."""
    columns = np.hstack(matrices).T
    found = [name for name, column in zip(design.names, columns, strict=True) if _parts_ends(column, counts)]
    return f" Looked at alone, {', '.join(found)} tells an end from the others without error." if found else ""


def _parts_ends(column: FloatArray, counts: FloatArray) -> bool:
    if column.min() == column.max():
        return False
    for seen in counts:
        inside, outside = column[seen > 0.0], column[counts.sum(axis=0) > seen]
        if len(inside) and len(outside) and (inside.min() >= outside.max() or inside.max() <= outside.min()):
            return True
    return False


def _alone(
    names: list[str], matrix: FloatArray, *, rows: pd.DataFrame, is_single: BoolArray, has_constant: bool
) -> Iterator[tuple[str, str]]:
    """Find columns that are the same in every row, or in every row but one; each with why it is not identified."""
    usual = np.median(matrix, axis=0)
    for place, name in enumerate(names):
        column, common = matrix[:, place], usual[place]
        if name.endswith(f":{CONSTANT}") or not (has_constant or common == 0.0):
            continue
        differs = np.flatnonzero(column != common)
        if not len(differs):
            yield name, f"it is {common:g} in every row"
        elif len(differs) == 1 and len(column) > 2 and is_single[differs[0]]:
            yield name, f"it differs from {common:g} in one row only, {place_of(rows, int(differs[0]))}"


def _levels(part: UtilityTerms, rows: pd.DataFrame, *, is_single: BoolArray, has_constant: bool) -> Iterator[str]:
    """Find categories with a level that one row has, or with one level in all."""
    words = [name for name in part.read.bare if held(rows[name]) is ColumnHolds.WORDS]
    for name in sorted({*words, *part.read.labels}):
        codes, levels = pd.factorize(rows[name])
        if len(levels) == 1 and has_constant:
            yield f"{part.utility}:{name} (it is {levels[0]} in every row)"
        for code in np.flatnonzero(np.bincount(codes) == 1):
            row = int(np.flatnonzero(codes == code)[0])
            if is_single[row]:
                level, place = levels[int(code)], place_of(rows, row)
                yield f"{part.utility}:{name} (its value {level} stands in one row only, {place})"


def _together(names: list[str], matrix: FloatArray) -> list[str]:
    """Find columns of which one is a sum of multiples of the others."""
    lengths = np.linalg.norm(matrix, axis=0)
    reduced = np.linalg.qr(matrix / np.where(lengths > 0.0, lengths, 1.0), mode="r")
    _, sizes, directions = np.linalg.svd(reduced)
    sizes = np.append(sizes, np.zeros(len(names) - len(sizes)))
    flat = directions[sizes < SAME * max(float(sizes[0]), 1e-300)]
    if not len(flat):
        return []
    weights = np.abs(flat).max(axis=0)
    return [name for name, weight in zip(names, weights, strict=True) if weight > 1e-6]
