"""Result files: one row for each future and arrangement as Parquet, and the summary as JSON."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from foedus.checks.coverage import Coverage
from foedus.errors import Finding, UnreadableResult
from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.record import Comparison
from foedus.report.page.provenance import Provenance
from foedus.report.page.record_json import as_plain, record_json
from foedus.report.parameters.assumptions import Basis, basis_as_data
from foedus.values.arrays import BoolArray, FloatArray, IntArray

FORMAT = "foedus comparison"
FORMAT_VERSION = 2
PARQUET = "results.parquet"
JSON = "results.json"
_KEY = b"foedus"
_PARAMETER = "parameter."


@dataclass(frozen=True, eq=False)
class Results:
    """A result file as it was read."""

    provenance: Provenance
    arrangements: tuple[str, ...]
    outcomes: FloatArray
    """(future, arrangement, outcome) in the order of `OUTCOMES`; NaN where not converged."""
    converged: BoolArray
    """(future, arrangement)"""
    residual: FloatArray
    """(future, arrangement)"""
    sweeps: IntArray
    """(future, arrangement)"""
    parameter_names: tuple[str, ...]
    parameters: FloatArray
    """(future, parameter)"""


def parquet_of(ensemble: Ensemble, *, provenance: Provenance, basis: Basis | None = None, first: int = 0) -> bytes:
    """Return a Parquet file with one row for each future and arrangement, futures first, counted from ``first``.

    Columns: future, arrangement, converged, residual, sweeps, one for each outcome (null where not converged),
    war_by_period (a list), and one for each parameter. The schema's metadata holds the provenance as JSON, and in what
    the assumptions depart from the default.
    """
    futures, arrangements = ensemble.converged.shape
    columns: dict[str, Any] = {
        "future": pa.array(np.repeat(np.arange(first, first + futures), arrangements)),
        "arrangement": pa.array(list(ensemble.arrangements) * futures).dictionary_encode(),
        "converged": pa.array(ensemble.converged.ravel()),
        "residual": pa.array(ensemble.residual.ravel()),
        "sweeps": pa.array(ensemble.sweeps.ravel()),
    }
    failed = ~ensemble.converged.ravel()
    for column, outcome in enumerate(OUTCOMES):
        columns[outcome] = pa.array(ensemble.outcomes[:, :, column].ravel(), mask=failed)
    by_period = ensemble.war_by_period.reshape(futures * arrangements, -1)
    columns["war_by_period"] = pa.array(
        [None if gone else row for gone, row in zip(failed, by_period.tolist(), strict=True)],
        type=pa.list_(pa.float64()),
    )
    for name, values in zip(ensemble.sample.names, ensemble.sample.values.T, strict=True):
        columns[f"{_PARAMETER}{name}"] = pa.array(np.repeat(values, arrangements))
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "provenance": provenance.to_mapping(),
        "assumptions": basis_as_data(basis),
    }
    table = pa.table(columns).replace_schema_metadata({_KEY: json.dumps(head)})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def json_of(
    comparison: Comparison,
    *,
    provenance: Provenance,
    findings: Mapping[str, Sequence[Finding]] | None = None,
    coverage: Mapping[str, Coverage] = MappingProxyType({}),
    basis: Basis | None = None,
) -> bytes:
    """Return the comparison as JSON, with how it was obtained; findings and coverage are told where they are given.

    ``assumptions`` says in what they depart from the default: views, changed ranges and weighted draws.
    """
    told = None if findings is None else {name: as_plain(list(found)) for name, found in findings.items()}
    return record_json(
        comparison,
        what="comparison",
        provenance=provenance,
        more={
            "assumptions": basis_as_data(basis),
            "findings": told,
            "coverage": {name: covered.to_mapping() for name, covered in coverage.items()},
        },
        version=FORMAT_VERSION,
    )


def read_results(path: Path) -> Results:
    """Read a Parquet result file; raise `UnreadableResult` when it is none, is damaged, or of another version."""
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableResult(
            f"{path}: cannot be read as Parquet ({error}). Write it again with `foedus compare`"
        ) from error
    head = _head(table.schema.metadata or {}, path=path)
    provenance = Provenance.from_mapping(head["provenance"])
    arrangements = tuple(provenance.arrangement_digests)
    shape = (-1, len(arrangements))
    missing = sorted({"future", "arrangement", "converged", "residual", "sweeps", *OUTCOMES} - set(table.column_names))
    if missing or table.num_rows != len(arrangements) * provenance.settings["futures"]:
        what = (
            f"has no column {', '.join(missing)}"
            if missing
            else f"has {table.num_rows} rows, not all that it announces"
        )
        raise UnreadableResult(f"{path}: {what}. Write it again with `foedus compare`")
    names = tuple(name.removeprefix(_PARAMETER) for name in table.column_names if name.startswith(_PARAMETER))
    return Results(
        provenance=provenance,
        arrangements=arrangements,
        outcomes=np.stack([_numbers(table, outcome).reshape(shape) for outcome in OUTCOMES], axis=-1),
        converged=table["converged"].to_numpy().astype(np.bool_).reshape(shape),
        residual=_numbers(table, "residual").reshape(shape),
        sweeps=table["sweeps"].to_numpy().astype(np.int64).reshape(shape),
        parameter_names=names,
        parameters=np.column_stack([_numbers(table, f"{_PARAMETER}{name}").reshape(shape)[:, 0] for name in names])
        if names
        else np.empty((provenance.settings["futures"], 0)),
    )


def _head(metadata: Mapping[bytes, bytes], *, path: Path) -> dict[str, Any]:
    try:
        head: dict[str, Any] = json.loads(metadata[_KEY])
        found, version = head["format"], head["format_version"]
    except (KeyError, ValueError) as error:
        raise UnreadableResult(f"{path}: is Parquet, but no result of foedus") from error
    if (found, version) != (FORMAT, FORMAT_VERSION):
        raise UnreadableResult(
            f"{path}: is {found!r} of version {version}; this foedus reads {FORMAT!r} of version {FORMAT_VERSION}"
        )
    return head


def _numbers(table: Any, column: str) -> FloatArray:
    numbers: FloatArray = table[column].to_numpy().astype(np.float64)
    return numbers
