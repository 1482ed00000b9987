"""Where one text fails: the rule in words, the futures in the plane of its conditions, the figures."""

from collections.abc import Mapping

from foedus.insight.discovery.failing import Failure
from foedus.report.comparison.charts.failing import failure_chart
from foedus.report.comparison.reasons.failing_words import one_failure_words
from foedus.report.page.made import COUNTS_ARE_SHARES
from foedus.report.page.page import Emphasis, Page, Paragraph, Section
from foedus.report.page.provenance import Provenance


def failing_page(
    failure: Failure,
    *,
    labels: Mapping[str, str],
    words: Mapping[str, str],
    units: Mapping[str, str],
    provenance: Provenance,
) -> Page:
    """Return the page; ``words`` say what a parameter means, ``units`` what it is counted in."""
    first, *others = one_failure_words(failure, labels=labels, words=words, units=units)
    chart = failure_chart(failure, labels=labels, words=words, number=1)
    return Page(
        kind="Where a text fails",
        title=f"Where {labels[failure.arrangement]} fails",
        sections=(
            Section(
                "The rule",
                (Paragraph(first, Emphasis.LEAD), *map(Paragraph, others), *((chart,) if chart else ())),
                name="answer",
            ),
        ),
        provenance=provenance,
        caution=COUNTS_ARE_SHARES,
    )
