"""A sheet as one HTML file that needs nothing else: no script, no link that is loaded, readable on paper."""

from foedus.report.page_templates import template
from foedus.report.sheet import Sheet


def render_sheet(sheet: Sheet) -> str:
    """Return a sheet as HTML."""
    return template("sheet.html.j2").render(page=sheet)
