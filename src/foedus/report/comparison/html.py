"""A page as one HTML file that needs nothing else: no script, no link that is loaded, readable on paper."""

from foedus.report.comparison.page import ComparisonPage
from foedus.report.page.templates import template


def render_comparison(page: ComparisonPage) -> str:
    """Return the page of a comparison as HTML."""
    return template("comparison.html.j2").render(page=page)
