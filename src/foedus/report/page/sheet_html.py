"""A sheet as one HTML file that needs nothing else: no script, no link that is loaded, readable on paper."""

from foedus.report.page.sheet import Sheet
from foedus.report.page.templates import template


def render_sheet(sheet: Sheet) -> str:
    """Return a sheet as HTML."""
    return template("sheet.html.j2").render(page=sheet)
