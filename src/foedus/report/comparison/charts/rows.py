"""A chart with a row for each arrangement, and what such charts say to those who cannot see them."""

from collections.abc import Mapping, Sequence

from foedus.insight.comparison.record import Comparison
from foedus.report.charts.rows import Panel, draw_rows, draw_rows_as_png
from foedus.report.page.page import Chart
from foedus.report.page.table import Table


def row_chart(
    comparison: Comparison,
    labels: Mapping[str, str],
    *,
    panels: Sequence[Panel],
    name: str,
    heading: str,
    reading: str,
    table: Table,
    has_png: bool = False,
) -> Chart:
    """Draw a panel for each column of marks, with a row for each arrangement in the order of the page."""
    rows = [labels[each] for each in comparison.order]
    baseline = comparison.order.index(comparison.baseline)
    svg = draw_rows(
        panels, rows=rows, name=name, title=heading, description=describe(comparison, labels), baseline=baseline
    )
    png = draw_rows_as_png(panels, rows=rows, baseline=baseline) if has_png else ""
    return Chart(name=name, heading=heading, reading=reading, svg=svg, table=table, png=png)


def describe(comparison: Comparison, labels: Mapping[str, str]) -> str:
    """Say in which order the rows stand, and where their figures are."""
    first, last = comparison.order[0], comparison.order[-1]
    return (
        f"Arrangements from least to most renewed major war: from {labels[first]} to {labels[last]}. "
        "All figures stand in the table that follows."
    )
