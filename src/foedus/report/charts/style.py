"""How every chart looks, and how a drawing becomes an SVG element for a page."""

import io
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK = "#1c2733"
MUTED = "#5a6672"
FAINT = "#c9d1d9"
BAND = "#f4f6f8"
MAIN = "#2b5c8a"
LIGHT = "#a9c1d9"
ACCENT = "#b4540a"

WIDTH = 7.4
"""Width of a chart in inches; at 96 dots it is the width of a page's text, and it fits on A4."""
_DOTS = 220
"""Dots per inch of a drawing as PNG: sharp on paper."""
FONTS = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"

_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "foedus",
    "font.family": "DejaVu Sans",
    "font.size": 7.5,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.6,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": 6.8,
    "ytick.labelsize": 6.8,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "path.simplify": False,
    "text.parse_math": False,
}
"""DejaVu Sans comes with the drawing library and is wider than what a browser will use, so nothing overlaps there."""


@contextmanager
def canvas(*, height: float, width: float = WIDTH) -> Iterator[Figure]:
    """Open a figure of a size in inches, in the style of the house, whatever the user's own drawing settings are."""
    with style.context("default", after_reset=True), mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(width, height))
        FigureCanvasSVG(figure)
        yield figure


def place(figure: Figure, *, left: float, top: float, width: float, height: float) -> Axes:
    """Put axes at a place given in inches from the upper left corner."""
    total_width, total_height = figure.get_size_inches()
    axes = figure.add_axes(
        (left / total_width, 1 - (top + height) / total_height, width / total_width, height / total_height)
    )
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    return axes


def head(axes: Axes, words: str) -> None:
    """Write above the left corner of axes what they show, where one drawing holds several."""
    axes.annotate(
        words,
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(0, 4),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontsize=7.2,
        fontweight="bold",
        linespacing=1.1,
    )


def to_png(figure: Figure) -> str:
    """Return the figure as a PNG, in base64, for formats that cannot hold SVG."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=_DOTS, facecolor="white", metadata={"Software": None})
    return b64encode(buffer.getvalue()).decode("ascii")


def to_svg(figure: Figure, *, name: str, title: str, description: str) -> str:
    """Return the figure as one SVG element with a title and a description, without dates, links or foreign ids.

    Ids begin with ``name``, so that several charts can stand on one page.
    """
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    text = re.sub(r"font: ([\d.]+px|[^;\"]*? [\d.]+px) [^;\"]*", lambda found: f"font: {found[1]} {_FAMILY}", text)
    text = _with_own_ids(text, name=name)
    text = re.sub(r"\s+$", "", text, flags=re.MULTILINE)
    return re.sub(r"<svg[^>]*>", lambda found: _opening(found[0], name, title, description), text, count=1)


_FAMILY = FONTS.replace("'", "&#39;")


def _with_own_ids(text: str, *, name: str) -> str:
    """Keep only ids that something refers to, and put the chart's name before them."""
    text = text.replace("xlink:href", "href")
    used = set(re.findall(r"(?:href=\"#|url\(#)([^\")]+)", text))
    text = re.sub(r" id=\"([^\"]+)\"", lambda found: f' id="{name}-{found[1]}"' if found[1] in used else "", text)
    return re.sub(r"(href=\"#|url\(#)", lambda found: f"{found[1]}{name}-", text)


def _opening(tag: str, name: str, title: str, description: str) -> str:
    view = re.search(r'viewBox="([^"]+)"', tag)
    if view is None:
        raise ValueError("the drawing library gave an SVG without a viewBox")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view[1]}" role="img"'
        f' aria-labelledby="{name}-title {name}-description">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n<desc id="{name}-description">{escape(description)}</desc>'
    )
