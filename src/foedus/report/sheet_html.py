"""A sheet as one HTML file that needs nothing else: no script, no link that is loaded, readable on paper."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from foedus.report.sheet import Sheet


def render_sheet(sheet: Sheet) -> str:
    """Return a sheet as HTML."""
    return _environment().get_template("sheet.html.j2").render(sheet=sheet, svg=Markup)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("foedus.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
