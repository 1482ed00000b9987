"""How often each arrangement is good enough."""

from collections.abc import Mapping

from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.reasons.failing_words import enough_words, requirements_in_words
from foedus.report.comparison.tables.cells import NAME, row_label, share_cell
from foedus.report.page.page import Paragraph, Section
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import count, out_of


def enough_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate how often each meets each requirement, and all at once; most often first."""
    order = sorted(comparison.order, key=lambda name: -comparison.satisficing[name].jointly.value)
    unit = f"futures of {out_of(comparison.convergence.used)}"
    return Table(
        caption="Good enough: how often each meets what was asked for",
        columns=(
            NAME,
            Column("All at once", unit=unit),
            *(Column(str(requirement), unit=unit) for requirement in comparison.requirements),
        ),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                share_cell(comparison.satisficing[name].jointly),
                *(count(share.value, of=share.of) for share in comparison.satisficing[name].alone),
            )
            for name in order
        ),
        note=f"Asked for: {requirements_in_words(comparison.requirements)}.",
    )


def enough_section(comparison: Comparison, *, labels: Mapping[str, str]) -> Section:
    """Say who meets most often what was asked for, with the table of all."""
    words = (Paragraph(text) for text in enough_words(comparison, labels=labels))
    return Section("Good enough", (*words, enough_table(comparison, labels=labels)), name="enough")
