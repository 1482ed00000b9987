"""Read a result file as somebody else would, with Arrow."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from foedus.game.outcomes import OUTCOMES
from foedus.report.page.provenance import Provenance
from foedus.values.arrays import BoolArray, FloatArray, IntArray

_PARAMETER = "parameter."


@dataclass(frozen=True, eq=False)
class Results:
    """What a result file holds, in the shape of an ensemble; NaN where not converged."""

    provenance: Provenance
    outcomes: FloatArray
    converged: BoolArray
    residual: FloatArray
    sweeps: IntArray
    parameter_names: tuple[str, ...]
    parameters: FloatArray


def read_results(path: Path) -> Results:
    """Read one file, or a folder of parts."""
    table = pq.read_table(path)
    provenance = Provenance.from_mapping(json.loads(table.schema.metadata[b"foedus"])["provenance"])
    shape = (-1, len(provenance.arrangement_digests))
    names = tuple(name.removeprefix(_PARAMETER) for name in table.column_names if name.startswith(_PARAMETER))

    def numbers(column: str) -> Any:
        return table[column].to_numpy().reshape(shape)

    return Results(
        provenance=provenance,
        outcomes=np.stack([numbers(outcome) for outcome in OUTCOMES], axis=-1),
        converged=numbers("converged"),
        residual=numbers("residual"),
        sweeps=numbers("sweeps"),
        parameter_names=names,
        parameters=np.column_stack([numbers(f"{_PARAMETER}{name}")[:, 0] for name in names]),
    )
