"""Read the weighted draws that lie beside a parameter file."""

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from foedus.errors import Finding
from foedus.futures.parameters.amiss import nearest
from foedus.futures.parameters.given import GivenDraws
from foedus.futures.parameters.record import Parameter, Shape
from foedus.values.arrays import FloatArray
from foedus.values.arrays_file import NotArrays, read_arrays

WEIGHT = "weight"
_PARQUET = b"PAR1"
_OTHERWISE = "pip install 'foedus[parquet]', or write it as NPZ: numpy.savez(\"draws.npz\", prior=..., weight=...)"
_SLACK = 1e-6
"""Part of a range by which draws may lie outside it, for numbers that were kept with fewer digits."""
_WHY = "rows are taken in proportion to their weight, and stand for the ranges of the parameters that they name"


def read_given(content: bytes, *, file: str, parameters: Mapping[str, Parameter]) -> tuple[GivenDraws, list[Finding]]:
    """Read draws: a column ``weight``, and one for each parameter; ``parameters`` give the ranges.

    They are arrays of NumPy by name (NPZ), or Parquet where the extra that reads it is installed.
    """
    try:
        columns = _of_parquet(content) if content.startswith(_PARQUET) else _of_arrays(content)
    except ImportError:
        return _nothing(file), [_wrong(file, "is Parquet, for which an extra is needed", _OTHERWISE)]
    except (OSError, ValueError, TypeError) as error:
        return _nothing(file), [_wrong(file, f"cannot be read as NPZ or Parquet with columns of numbers ({error})")]
    weights = [values for name, values in columns if name == WEIGHT]
    values = [values for name, values in columns if name != WEIGHT]
    given = GivenDraws(
        tuple(name for name, _ in columns if name != WEIGHT),
        np.column_stack(values) if values else np.empty((0, 0)),
        weights[0] if weights else np.empty(0),
        file,
    )
    findings = _find_wrong_names(given, parameters, has_weight=bool(weights))
    findings += [] if findings else _find_wrong_numbers(given, parameters)
    return given, findings or _find_torn_groups(given, parameters)


def _of_arrays(content: bytes) -> list[tuple[str, FloatArray]]:
    arrays = read_arrays(content)
    if wrong := [name for name, array in arrays.items() if array.ndim != 1 or array.dtype.kind not in "fiu"]:
        raise NotArrays(f"{', '.join(wrong)}: not one row of numbers")
    if len({len(array) for array in arrays.values()}) > 1:
        raise NotArrays("rows of different lengths")
    return [(name, array.astype(np.float64)) for name, array in arrays.items()]


def _of_parquet(content: bytes) -> list[tuple[str, FloatArray]]:
    """Raise ``ImportError`` where what reads Parquet is not installed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except pa.ArrowException as error:
        raise NotArrays(str(error)) from error
    return [
        (name, np.asarray(column.to_numpy(), dtype=np.float64))
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]


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
