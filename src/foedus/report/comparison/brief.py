"""A comparison in short, for a terminal: outcomes, standing, and what is good enough."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from foedus.errors import Finding, Severity
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.holes import hole_counts
from foedus.report.comparison.reasons.enough import enough_table
from foedus.report.comparison.tables.outcomes import overview_table
from foedus.report.comparison.tables.standing import standing_table
from foedus.report.page.page import Page, Section
from foedus.report.page.provenance import Provenance
from foedus.report.page.table import Column, Table


def comparison_brief(
    comparison: Comparison,
    *,
    labels: Mapping[str, str],
    provenance: Provenance,
    findings: Mapping[str, Sequence[Finding]] | None = None,
) -> Page:
    """Return the tables of a comparison that matter most; holes are counted where findings are given."""
    overview = overview_table(comparison, labels=labels)
    if findings is not None:
        overview = _with_holes(overview, [hole_counts(findings.get(name, ())) for name in comparison.order])
    enough = [enough_table(comparison, labels=labels)] if comparison.requirements else []
    tables = (overview, standing_table(comparison, labels=labels), *enough)
    return Page("", (Section("", tables),), provenance=provenance)


def _with_holes(table: Table, counts: Sequence[Mapping[Severity, int]]) -> Table:
    """Add the holes of each text: errors first, warnings and information faintly below."""
    cells = [f"{count[Severity.ERROR]}\n{count[Severity.WARNING]}, {count[Severity.INFORMATION]}" for count in counts]
    return replace(
        table,
        columns=(*table.columns, Column("Holes", unit="errors")),
        rows=tuple((*row, cell) for row, cell in zip(table.rows, cells, strict=True)),
        note=f"{table.note} Holes: findings of level error; then warnings, information (`foedus check` tells them).",
    )
