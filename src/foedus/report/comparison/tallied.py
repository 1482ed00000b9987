"""A comparison of very many futures, as they were counted: one table and how to read it."""

from collections.abc import Mapping

from foedus.game.outcomes import OUTCOMES
from foedus.insight.tally.record import Tally
from foedus.report.comparison.tables.cells import NAME, count_cell
from foedus.report.page.page import Page, Paragraph, Section
from foedus.report.page.provenance import Provenance
from foedus.report.page.table import Column, Table
from foedus.report.words.outcome_numbers import change, level, level_range

_WAR = OUTCOMES["war"]


def tallied_page(tally: Tally, *, labels: Mapping[str, str], provenance: Provenance) -> Page:
    """Return war, what sampling leaves open of it, its range over futures, and who would sign; least war first."""
    table = Table(
        caption=f"Averages over {tally.used:,} futures, least war first",
        columns=(
            NAME,
            Column("Major war"),
            Column("Sampling leaves open"),
            Column("Than base", unit="pts"),
            Column("First", unit="of 100"),
            Column("All sign", unit="of 100"),
        ),
        rows=tuple(_row(name, tally, labels) for name in tally.order),
        note=f"First: it alone has least war. {_convergence(tally)} The file has every outcome, with quantiles that "
        f"are right to one part in {tally.bins:,} of the range.",
    )
    aside = Paragraph(
        "What is looked for in futures (which assumptions matter, where a text fails) takes some thousands of them, "
        "not all: ask without --stream at fewer."
    )
    return Page("", (Section("", (table, aside)),), provenance=provenance)


def _row(name: str, tally: Tally, labels: Mapping[str, str]) -> tuple[str, ...]:
    mean = tally.means[name]["war"]
    is_base = name == tally.baseline
    return (
        f"{labels[name]} (baseline)" if is_base else labels[name],
        level(mean.value, of=_WAR),
        "everything" if mean.low is None or mean.high is None else level_range(mean.low, mean.high, of=_WAR),
        "–" if is_base else change(tally.differences[name]["war"].mean.value, of=_WAR),
        count_cell(tally.first[name]),
        count_cell(tally.everyone_signs[name]),
    )


def _convergence(tally: Tally) -> str:
    if tally.used == tally.futures:
        return f"All {tally.futures:,} futures are used."
    return f"Used are the {tally.used:,} of {tally.futures:,} futures in which every text was solved."
