"""A comparison in short, for a terminal: outcomes, standing, and what is good enough."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from foedus.checks.coverage import Coverage
from foedus.errors import Finding
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.answers.history import history_words
from foedus.report.comparison.answers.least_war import how_sure, least_war
from foedus.report.comparison.answers.own_clauses import own_clauses_words, same_game_sentences
from foedus.report.comparison.answers.told import Told
from foedus.report.comparison.holes import Counted, counted, covered_cell
from foedus.report.comparison.reasons.enough import enough_table
from foedus.report.comparison.tables.outcomes import overview_table
from foedus.report.comparison.tables.own_clauses import own_clauses_table
from foedus.report.comparison.tables.standing import standing_table
from foedus.report.page.page import Page, Paragraph, Section
from foedus.report.page.provenance import Provenance
from foedus.report.page.table import Column, Table

_NOTHING_TOLD = Told()


def comparison_in_short(
    comparison: Comparison,
    *,
    labels: Mapping[str, str],
    provenance: Provenance,
    findings: Mapping[str, Sequence[Finding]] | None = None,
    coverage: Mapping[str, Coverage] = MappingProxyType({}),
    told: Sequence[str] = (),
    beside: Told = _NOTHING_TOLD,
) -> Page:
    """Return the answer in a few sentences, the tables that matter most, and below them what is ``told`` of the texts.

    What the texts cover and their faults are shown where findings are given.
    """
    overview = overview_table(comparison, labels=labels, records=beside.records)
    if findings is not None:
        faults = [counted(findings.get(name, ())) for name in comparison.order]
        overview = _with_holes(overview, faults, [coverage.get(name) for name in comparison.order])
    enough = [enough_table(comparison, labels=labels)] if comparison.requirements else []
    clauses = own_clauses_table(comparison, labels=labels, soldiers=beside.soldiers)
    tables = (overview, *((clauses,) if clauses else ()), standing_table(comparison, labels=labels), *enough)
    said = (
        least_war(comparison, labels),
        history_words(beside.records) if beside.records else "",
        how_sure(comparison, labels),
        own_clauses_words(comparison, labels),
        *same_game_sentences(comparison, labels=labels, apart=beside.apart),
    )
    words = tuple(Paragraph(text) for text in said if text)
    return Page("", (Section("", (*words, *tables, *map(Paragraph, told))),), provenance=provenance)


def _with_holes(table: Table, faults: Sequence[Counted], coverage: Sequence[Coverage | None]) -> Table:
    """Add what each text covers, and its faults: grave ones first, others and what is left open faintly below."""
    cells = [
        (covered_cell(covered), f"{count.grave}\n{count.other}, {count.left_open}")
        for count, covered in zip(faults, coverage, strict=True)
    ]
    return replace(
        table,
        columns=(*table.columns, Column("Covered", unit="of incidents"), Column("Faults", unit="grave")),
        rows=tuple((*row, *added) for row, added in zip(table.rows, cells, strict=True)),
        note=f"{table.note} Covered: in what share of the same hostile incidents somebody must help. Faults in the "
        "drafting: grave; then others, and what is left open (`foedus check` tells them).",
    )
