"""Read the weighted draws that lie beside a parameter file."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from foedus.errors import Finding
from foedus.futures.parameters.amiss import nearest
from foedus.futures.parameters.given import GivenDraws
from foedus.futures.parameters.record import Parameter, Shape
from foedus.values.arrays import FloatArray

WEIGHT = "weight"
_SLACK = 1e-6
"""Part of a range by which draws may lie outside it, for numbers that were kept with fewer digits."""
_WHY = "rows are taken in proportion to their weight, and stand for the ranges of the parameters that they name"


def read_given(content: bytes, *, file: str, parameters: Mapping[str, Parameter]) -> tuple[GivenDraws, list[Finding]]:
    """Read draws from Parquet: a column ``weight``, and one for each parameter; ``parameters`` give the ranges."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
        names = [name for name in table.column_names if name != WEIGHT]
        weights = _column(table, WEIGHT) if WEIGHT in table.column_names else np.empty(0)
        values = [_column(table, name) for name in names]
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        return _nothing(file), [_wrong(file, f"cannot be read as Parquet with columns of numbers ({error})")]
    columns = np.column_stack(values) if values else np.empty((0, 0))
    given = GivenDraws(tuple(names), columns, weights, file)
    findings = _find_wrong_names(given, parameters, has_weight=WEIGHT in table.column_names)
    findings += [] if findings else _find_wrong_numbers(given, parameters)
    return given, findings or _find_torn_groups(given, parameters)


def _column(table: Any, name: str) -> FloatArray:
    return np.asarray(table.column(name).to_numpy(), dtype=np.float64)


def _nothing(file: str) -> GivenDraws:
    return GivenDraws((), np.empty((0, 0)), np.empty(0), file)


def _find_wrong_names(given: GivenDraws, parameters: Mapping[str, Parameter], *, has_weight: bool) -> list[Finding]:
    findings = [] if has_weight else [_wrong(given.file, f"has no column {WEIGHT!r}", "add the weight of each row")]
    findings += [
        _wrong(given.file, f"has a column {name!r}, which is no parameter", nearest(name, parameters))
        for name in given.names
        if name not in parameters
    ]
    twice = sorted({name for name in given.names if given.names.count(name) > 1})
    findings += [_wrong(given.file, f"has the column {name!r} twice", "keep one") for name in twice]
    if not given.names:
        findings.append(_wrong(given.file, "names no parameter", "add a column for each parameter that was drawn"))
    if has_weight and not len(given.weights):
        findings.append(_wrong(given.file, "has no rows", "write one row for each draw"))
    return findings


def _find_wrong_numbers(given: GivenDraws, parameters: Mapping[str, Parameter]) -> list[Finding]:
    findings = []
    if not (np.isfinite(given.weights).all() and (given.weights > 0).all()):
        row = int(np.argmin(np.isfinite(given.weights) & (given.weights > 0)))
        message = f"has the weight {given.weights[row]:g} in row {row}, counted from 0"
        findings.append(_wrong(given.file, message, "leave out rows without weight; weights are finite and above 0"))
    for name, column in zip(given.names, given.values.T, strict=True):
        if not np.isfinite(column).all():
            row = int(np.argmin(np.isfinite(column)))
            findings.append(_wrong(given.file, f"has no number for {name!r} in row {row}, counted from 0"))
            continue
        entry = parameters[name]
        slack = _SLACK * max(entry.high - entry.low, abs(entry.high), abs(entry.low))
        if column.min() < entry.low - slack or column.max() > entry.high + slack:
            message = f"has {name!r} from {column.min():g} to {column.max():g}, outside its range {entry.describe()}"
            findings.append(_wrong(given.file, message, "widen the range in the parameter file, with a source"))
    return findings


def _find_torn_groups(given: GivenDraws, parameters: Mapping[str, Parameter]) -> list[Finding]:
    groups: dict[str, list[str]] = {}
    for entry in parameters.values():
        if entry.shape is not Shape.FIXED:
            groups.setdefault(entry.group, []).append(entry.name)
    torn = {
        group: absent
        for group, members in groups.items()
        if (absent := [name for name in members if name not in given.names]) and len(absent) < len(members)
    }
    return [
        _wrong(
            given.file,
            f"has some parameters of the group {group!r}, but not {', '.join(absent)}",
            "members of a group are drawn together, so that a scale keeps its order: add them, or leave all out",
        )
        for group, absent in torn.items()
    ]


def _wrong(file: str, message: str, mend: str = "write the file again from the program that made it") -> Finding:
    return Finding(
        file=file,
        line=0,
        column=0,
        path="",
        code="wrong-draws",
        message=f"{Path(file).name} {message}",
        why=_WHY,
        mend=mend,
    )
