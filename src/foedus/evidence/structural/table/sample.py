"""The rows that a model is fitted to, as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.likelihood.covariance import group_numbers
from foedus.evidence.structural.likelihood.jets import Jet
from foedus.evidence.structural.table.design import (
    Design,
    complete_rows,
    make_design,
    refuse_missing_columns,
    regressor_columns,
)
from foedus.evidence.structural.table.formula import StrategicFormula, parse
from foedus.evidence.structural.table.outcomes import Observed
from foedus.values.arrays import FloatArray, IntArray


class StrategicGame(Protocol):
    """A game whose utilities can be estimated."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def utilities(self) -> tuple[str, ...]:
        """The names of the utilities, in the order in which a formula gives them."""

    def observe(self, formula: StrategicFormula, data: pd.DataFrame) -> Observed:
        """Read what happened."""

    def log_probabilities(self, values: FloatArray, *, names: Sequence[str]) -> tuple[Jet, ...]:
        """Return the log-probability of each end, as jets of the utilities ``names``, (K, n); the others are 0."""


@dataclass(frozen=True, eq=False)
class EstimationSample:
    """Complete rows, taken apart by a formula."""

    design: Design
    matrices: tuple[FloatArray, ...]
    """One (n, p_k) for each utility that has regressors."""
    counts: FloatArray
    """(end, n)"""
    labels: tuple[str, ...]
    """A name for each end."""
    rows: pd.DataFrame
    """The rows of the table that are used."""
    dropped: int
    """How many rows were left out because something is missing."""
    groups: IntArray | None
    """(n,): the cluster of each row, where there are clusters."""


def take_sample(
    game: StrategicGame, formula: str, data: pd.DataFrame, *, cluster: str | None = None, also: Sequence[str] = ()
) -> EstimationSample:
    """Take from a table what a formula needs; rows with anything missing are left out and counted.

    ``also`` names further columns that must be there. Raises InvalidFile with what is wrong with formula or table.
    """
    parsed = parse(formula, utilities=game.utilities)
    needed = [*regressor_columns(parsed), *([cluster] if cluster else []), *also]
    refuse_missing_columns([*parsed.observed, *needed], data, formula=parsed)
    observed = game.observe(parsed, data)
    used = observed.known & complete_rows(data, needed)
    rows = data.loc[used]
    if not len(rows):
        raise _bad_table(
            "",
            "no-rows",
            f"none of {len(data)} rows is complete",
            why="there is nothing to fit",
            mend=f"fill {', '.join([*parsed.observed, *needed])}",
        )
    design, matrices = make_design(parsed, rows)
    groups = group_numbers(rows[cluster]) if cluster else None
    if groups is not None and groups.max() == 0:
        raise _bad_table(
            str(cluster),
            "one-cluster",
            "all rows are in one cluster",
            why="a covariance needs several",
            mend="name another column",
        )
    return EstimationSample(
        design,
        matrices,
        np.ascontiguousarray(observed.counts[:, used]),
        observed.labels,
        rows,
        int((~used).sum()),
        groups,
    )


def _bad_table(place: str, code: str, message: str, *, why: str, mend: str) -> InvalidFile:
    return InvalidFile([Finding("table", 0, 0, place, code, message, why, mend)])
