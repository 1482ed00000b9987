"""A page as one HTML file that needs nothing else: no script, no link that is loaded, readable on paper."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from foedus.report.from_insight import ComparisonPage


def render_comparison(page: ComparisonPage) -> str:
    """Return the page of a comparison as HTML."""
    return _environment().get_template("comparison.html.j2").render(page=page, svg=Markup)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("foedus.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    return environment


def _breakable(name: str) -> Markup:
    """Let a name such as ``cost_invade`` break after its underscores and dots."""
    return Markup("<wbr>").join(re.split(r"(?<=[_.])", name))
