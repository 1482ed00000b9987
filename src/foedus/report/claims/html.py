"""The page of claims as one HTML file that needs nothing else."""

from foedus.report.claims.page import ClaimsPage
from foedus.report.page.templates import template


def render_claims(page: ClaimsPage) -> str:
    """Return the page of claims as HTML."""
    return template("claims.html.j2").render(page=page)
