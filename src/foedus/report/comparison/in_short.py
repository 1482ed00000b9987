"""A comparison in short, for a terminal: the answer in sentences, and one table that fits eighty columns."""

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
from foedus.report.comparison.tables.averages import averages_table
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
    """Return the answer in a few sentences, one table of averages, and below it what is ``told`` of the texts.

    What the texts cover and their faults are shown where findings are given. Ranges, and what each text's clauses do,
    are in the report.
    """
    short = averages_table(comparison, labels=labels, records=beside.records)
    if findings is not None:
        faults = [counted(findings.get(name, ())) for name in comparison.order]
        short = _with_holes(short, faults, [coverage.get(name) for name in comparison.order])
    enough = [enough_table(comparison, labels=labels)] if comparison.requirements else []
    said = (
        least_war(comparison, labels),
        history_words(beside.records) if beside.records else "",
        how_sure(comparison, labels),
        own_clauses_words(comparison, labels),
        *same_game_sentences(comparison, labels=labels, apart=beside.apart),
    )
    words = tuple(Paragraph(text) for text in said if text)
    return Page("", (Section("", (*words, short, *enough, *map(Paragraph, told))),), provenance=provenance)


def _with_holes(table: Table, faults: Sequence[Counted], coverage: Sequence[Coverage | None]) -> Table:
    """Add what each text covers, and its grave faults."""
    cells = [(covered_cell(covered), str(count.grave)) for count, covered in zip(faults, coverage, strict=True)]
    return replace(
        table,
        columns=(*table.columns, Column("Covered", is_detail=True), Column("Grave")),
        rows=tuple((*row, *added) for row, added in zip(table.rows, cells, strict=True)),
        note=f"{table.note} Grave: faults that `foedus check` finds. Ranges, what each text's clauses do and the holes "
        "are in the report.",
    )
