"""A page as one HTML file that needs nothing else: no script, no link that is loaded, readable on paper.

`write_sections` gives what stands on it as a piece for somebody else's page, under their style.
"""

import re
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from foedus.report.page.inline import CodeSpan, Link, parts_of
from foedus.report.page.made import MADE, generator, sections_of
from foedus.report.page.page import Page, Section

_ASSUMPTIONS = "assumptions"
"""Section in which a page tells its assumptions, if it has one."""


def write_html(page: Page) -> str:
    """Return a page as HTML; text from files is escaped."""
    sections = sections_of(page)
    named = {section.name for section in sections}
    return _template("page.html.j2").render(
        page=page,
        sections=sections,
        contents=[section for section in sections if section.name and section.heading],
        first=next((section.name for section in sections if section.name), ""),
        basis_at=_ASSUMPTIONS if _ASSUMPTIONS in named else MADE,
        generator=generator(page),
    )


def write_sections(sections: Sequence[Section]) -> str:
    """Return sections as HTML without a page around them; text from files is escaped."""
    return _template("sections.html.j2").render(sections=sections)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


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
    environment.filters["parts"] = parts_of
    environment.tests["code"] = lambda part: isinstance(part, CodeSpan)
    environment.tests["link"] = lambda part: isinstance(part, Link)
    return environment


def _breakable(name: str) -> Markup:
    """Let a name such as ``cost_invade`` break after its underscores and dots."""
    return Markup("<wbr>").join(re.split(r"(?<=[_.])", name))
