"""The templates of all pages, set up once: everything escaped, nothing undefined."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup


def template(name: str) -> Template:
    """Return a template of the package by the name of its file."""
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
    return environment


def _breakable(name: str) -> Markup:
    """Let a name such as ``cost_invade`` break after its underscores and dots."""
    return Markup("<wbr>").join(re.split(r"(?<=[_.])", name))
