"""The page of evidence as one HTML file that needs nothing else."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from foedus.report.evidence_page import EvidencePage


def render_evidence(page: EvidencePage) -> str:
    """Return the page as HTML."""
    return _environment().get_template("evidence.html.j2").render(page=page, svg=Markup)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("foedus.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
