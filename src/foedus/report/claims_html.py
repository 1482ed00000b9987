"""The page of claims as one HTML file that needs nothing else."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from foedus.report.claims_page import ClaimsPage


def render_claims(page: ClaimsPage) -> str:
    """Return the page of claims as HTML."""
    return _environment().get_template("claims.html.j2").render(page=page)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("foedus.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
