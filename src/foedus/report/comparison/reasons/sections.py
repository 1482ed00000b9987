"""The sections that say why the answer is what it is, in the order of a page."""

from collections.abc import Mapping

from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.charts.failing import failure_chart
from foedus.report.comparison.reasons.enough import enough_section
from foedus.report.comparison.reasons.failing_words import failure_words
from foedus.report.comparison.reasons.information_words import (
    information_words,
    sensitivity_tables,
    sensitivity_words,
    worth_tables,
)
from foedus.report.comparison.reasons.regret import regret_section
from foedus.report.comparison.reasons.sureness import sureness_section
from foedus.report.page.page import Paragraph, Section


def reason_sections(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str], units: Mapping[str, str]
) -> tuple[Section, ...]:
    """Return the sections in the order of a page; "Good enough" only where thresholds were given."""
    return (
        sureness_section(comparison, labels=labels),
        regret_section(comparison, labels=labels),
        *([enough_section(comparison, labels=labels)] if comparison.requirements else []),
        _findings(comparison, labels=labels, words=words),
        _failing(comparison, labels=labels, words=words, units=units),
    )


def _findings(comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]) -> Section:
    told = (
        *information_words(comparison, labels=labels, words=words),
        *sensitivity_words(comparison, labels=labels, words=words),
    )
    return Section(
        "What to find out first",
        (
            *map(Paragraph, told),
            *worth_tables(comparison, labels=labels, words=words),
            *sensitivity_tables(comparison, labels=labels, words=words),
        ),
        name="find-out",
    )


def _failing(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str], units: Mapping[str, str]
) -> Section:
    told = failure_words(comparison, labels=labels, words=words, units=units) or (
        f"There is next to no war under {labels[comparison.leader]} in any quarter of the futures.",
    )
    drawn = [
        failure_chart(failure, labels=labels, words=words, number=number)
        for number, failure in enumerate(comparison.failures)
    ]
    charts = (chart for chart in drawn if chart is not None)
    return Section("Where it fails", (*map(Paragraph, told), *charts), name="fails")
