"""Result files: one row for each future and arrangement as Parquet, and the summary as JSON."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from foedus.checks.coverage import Coverage
from foedus.errors import Finding
from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.record import Comparison
from foedus.report.page.provenance import Provenance
from foedus.report.page.record_json import as_plain, record_json
from foedus.report.parameters.assumptions import Basis, basis_as_data
from foedus.report.parquet.page import ParquetColumn
from foedus.report.parquet.table import parquet_file

FORMAT = "foedus comparison"
FORMAT_VERSION = 2
PARQUET = "results.parquet"
JSON = "results.json"


def parquet_of(ensemble: Ensemble, *, provenance: Provenance, basis: Basis | None = None, first: int = 0) -> bytes:
    """Return a Parquet file with one row for each future and arrangement, futures first, counted from ``first``.

    Columns: future, arrangement, converged, residual, sweeps, one for each outcome (null where not converged),
    war_by_period (a list), and one for each parameter. Under ``foedus`` the metadata hold the provenance as JSON, and
    in what the assumptions depart from the default.
    """
    futures, arrangements = ensemble.converged.shape
    failed = ~ensemble.converged.ravel()
    columns = [
        ParquetColumn("future", np.repeat(np.arange(first, first + futures), arrangements)),
        ParquetColumn("arrangement", np.tile(np.array(ensemble.arrangements), futures)),
        ParquetColumn("converged", ensemble.converged.ravel()),
        ParquetColumn("residual", ensemble.residual.ravel()),
        ParquetColumn("sweeps", ensemble.sweeps.ravel()),
        *(ParquetColumn(outcome, ensemble.outcomes[:, :, j].ravel(), failed) for j, outcome in enumerate(OUTCOMES)),
        ParquetColumn("war_by_period", ensemble.war_by_period.reshape(futures * arrangements, -1), failed),
        *(
            ParquetColumn(f"parameter.{name}", np.repeat(values, arrangements))
            for name, values in zip(ensemble.sample.names, ensemble.sample.values.T, strict=True)
        ),
    ]
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "provenance": provenance.to_mapping(),
        "assumptions": basis_as_data(basis),
    }
    return parquet_file(columns, notes={"foedus": json.dumps(head)})


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
