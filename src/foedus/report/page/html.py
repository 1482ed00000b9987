"""A page as one HTML file that needs nothing else: no script, no link that is loaded, readable on paper."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from foedus.report.page.inline import CodeSpan, Link, parts_of
from foedus.report.page.made import MADE, generator, sections_of
from foedus.report.page.page import Page

_ASSUMPTIONS = "assumptions"
"""Section in which a page tells its assumptions, if it has one."""


def write_html(page: Page) -> str:
    """Return a page as HTML; text from files is escaped."""
    sections = sections_of(page)
    named = {section.name for section in sections}
    return _template().render(
        page=page,
        sections=sections,
        contents=[section for section in sections if section.name and section.heading],
        first=next((section.name for section in sections if section.name), ""),
        basis_at=_ASSUMPTIONS if _ASSUMPTIONS in named else MADE,
        generator=generator(page),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("foedus.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    environment.filters["parts"] = parts_of
    environment.tests["code"] = lambda part: isinstance(part, CodeSpan)
    environment.tests["link"] = lambda part: isinstance(part, Link)
    return environment.get_template("page.html.j2")


def _breakable(name: str) -> Markup:
    """Let a name such as ``cost_invade`` break after its underscores and dots."""
    return Markup("<wbr>").join(re.split(r"(?<=[_.])", name))
