"""The page of evidence as one HTML file that needs nothing else."""

from foedus.report.evidence.page import EvidencePage
from foedus.report.page.templates import template


def render_evidence(page: EvidencePage) -> str:
    """Return the page as HTML."""
    return template("evidence.html.j2").render(page=page)
