"""The page of evidence as one HTML file that needs nothing else."""

from foedus.report.evidence_page import EvidencePage
from foedus.report.page_templates import template


def render_evidence(page: EvidencePage) -> str:
    """Return the page as HTML."""
    return template("evidence.html.j2").render(page=page)
