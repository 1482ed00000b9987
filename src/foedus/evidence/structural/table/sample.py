"""The rows that a model is fitted to, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
import pandas as pd

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.likelihood.covariance import group_numbers
from foedus.evidence.structural.likelihood.jets import Jet
from foedus.evidence.structural.table.columns import ColumnHolds, about, cells, content, held, refuse_unusable
from foedus.evidence.structural.table.design import (
    Design,
    complete_rows,
    make_design,
    refuse_missing_columns,
    regressor_columns,
)
from foedus.evidence.structural.table.formula import StrategicFormula, finding, parse
from foedus.evidence.structural.table.notes import note_on_clusters, notes_on_columns, notes_on_ends, notes_on_labels
from foedus.evidence.structural.table.outcomes import Observed
from foedus.evidence.structural.table.variation import refuse_unvarying
from foedus.values.arrays import FloatArray, IntArray


class StrategicGame(Protocol):
    """A game whose utilities can be estimated."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def utilities(self) -> tuple[str, ...]:
        """The names of the utilities, in the order in which a formula gives them."""

    @property
    def places(self) -> Mapping[str, int]:
        """The number of the end, from 0, at which each utility is got."""

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
    missing: Mapping[str, int]
    """How many rows lack a value in each column that is needed, where any do."""
    notes: tuple[Finding, ...]
    """Warnings about the table, though it could be fitted."""


def take_sample(
    game: StrategicGame, formula: str, data: pd.DataFrame, *, cluster: str | None = None, also: Sequence[str] = ()
) -> EstimationSample:
    """Take from a table what a formula needs; rows with anything missing are left out and counted.

    ``also`` names further columns that must be there. Raises InvalidFile with what is wrong with formula or table.
    """
    parsed = parse(formula, utilities=game.utilities)
    needed = [*regressor_columns(parsed), *([cluster] if cluster is not None else []), *also]
    refuse_missing_columns([*parsed.observed, *needed], data, formula=parsed)
    if not len(data):
        raise _bad_table("", "no-rows", "the table has no rows", why=_NOTHING, mend="write rows below the heading")
    refuse_unusable(parsed, data)
    _refuse_words(also, data)
    observed = game.observe(parsed, data)
    _refuse_own_outcome(parsed)
    used = observed.known & complete_rows(data, needed)
    rows = data.loc[used]
    if not len(rows):
        told = f"none of {len(data)} rows is complete"
        raise _bad_table("", "no-rows", told, why=_NOTHING, mend=f"fill {', '.join([*parsed.observed, *needed])}")
    counts = np.ascontiguousarray(observed.counts[:, used])
    design, matrices = make_design(parsed, rows)
    refuse_unvarying(design, matrices, rows=rows, counts=counts)
    groups = _groups(rows, cluster)
    notes = [*observed.notes, *notes_on_columns([*parsed.observed, *regressor_columns(parsed)], rows)]
    notes += [*notes_on_labels(regressor_columns(parsed), rows), *notes_on_ends(observed.labels, counts)]
    if groups is not None:
        notes += note_on_clusters(str(cluster), int(groups.max()) + 1, len(design.names))
    columns = [] if used.all() else list(dict.fromkeys([*parsed.observed, *needed]))
    lacking = dict(zip(columns, data[columns].isna().sum().tolist(), strict=True))
    return EstimationSample(
        design,
        matrices,
        counts,
        observed.labels,
        rows,
        int((~used).sum()),
        groups,
        MappingProxyType({name: count for name, count in lacking.items() if count}),
        tuple(notes),
    )


_NOTHING = "there is nothing to fit"


def _groups(rows: pd.DataFrame, cluster: str | None) -> IntArray | None:
    if cluster is None:
        return None
    groups = group_numbers(rows[cluster])
    if groups.max() == 0:
        told, why = "all rows are in one cluster", "a covariance needs several"
        raise _bad_table(cluster, "one-cluster", told, why=why, mend="name another column")
    return groups


def _refuse_words(columns: Sequence[str], data: pd.DataFrame) -> None:
    """Raise InvalidFile where a column that must hold numbers holds something else."""
    wrong = []
    for name in columns:
        if held(data[name]) is not ColumnHolds.NUMBERS:
            found = content(data[name])
            told = f"column {name} holds {found.holds} ({cells(data, name, ~found.is_missing)})"
            mend = "write numbers; empty or NA where one is missing"
            wrong.append(about(name, "wrong-type", told, why="chances are numbers", mend=mend, data=data))
    if wrong:
        raise InvalidFile(wrong)


def _refuse_own_outcome(formula: StrategicFormula) -> None:
    wrong = [
        finding(
            part.column + part.read.columns[name],
            "outcome-as-regressor",
            f"{name} says what was observed, and is a regressor too",
            mend="what happened cannot explain itself; leave it out",
            path=part.utility,
        )
        for part in formula.parts
        for name in formula.observed
        if name in part.read.columns
    ]
    if wrong:
        raise InvalidFile(wrong)


def _bad_table(place: str, code: str, message: str, *, why: str, mend: str) -> InvalidFile:
    return InvalidFile([Finding("table", 0, 0, place, code, message, why, mend)])
