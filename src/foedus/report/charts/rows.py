"""Charts with one row for each arrangement: intervals and bars in panels side by side."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from foedus.report.charts.style import (
    ACCENT,
    BAND,
    FAINT,
    INK,
    LIGHT,
    MAIN,
    MUTED,
    WIDTH,
    canvas,
    place,
    to_png,
    to_svg,
)
from foedus.report.words.labels import wrapped

_LABELS = 1.95
_ROW = 0.315
_TOP = 0.52
_BOTTOM = 0.3
_GAP = 0.16
_TEXTS = 0.52


@dataclass(frozen=True)
class Mark:
    """One row of a panel: a value, the range about it, and what is written beside it."""

    value: float
    low: float
    high: float
    text: str
    middle: tuple[float, float, float] | None = None
    """Lower quarter, median and upper quarter, where there are some."""


@dataclass(frozen=True)
class Panel:
    """Marks of every row on one axis."""

    title: str
    unit: str
    """A line below the title; may be empty."""
    marks: tuple[Mark | None, ...]
    """One for each row; None leaves the row empty."""
    tick: Callable[[float], str]
    """How a number on the axis is written."""
    kind: Literal["interval", "bar"] = "interval"
    limits: tuple[float, float] | None = None
    """Ends of the axis; taken from the marks when absent."""
    reference: float | None = None
    """Where a line is drawn to compare with."""
    texts: float = field(default=_TEXTS)
    """Width in inches of what is written beside the marks."""


def draw_rows(
    panels: Sequence[Panel],
    *,
    rows: Sequence[str],
    name: str,
    title: str,
    description: str,
    baseline: int | None = None,
) -> str:
    """Draw panels side by side over the same rows; the baseline's row has a hollow mark."""
    with _figure_of(panels, rows=rows, baseline=baseline) as figure:
        return to_svg(figure, name=name, title=title, description=description)


def draw_rows_as_png(panels: Sequence[Panel], *, rows: Sequence[str], baseline: int | None = None) -> str:
    """Return the same drawing as a PNG, in base64, for formats that cannot hold SVG."""
    with _figure_of(panels, rows=rows, baseline=baseline) as figure:
        return to_png(figure)


@contextmanager
def _figure_of(panels: Sequence[Panel], *, rows: Sequence[str], baseline: int | None) -> Iterator[Figure]:
    with canvas(height=_TOP + _ROW * len(rows) + _BOTTOM) as figure:
        _draw_bands(figure, rows=rows)
        _write_labels(figure, rows=rows, baseline=baseline)
        room = (WIDTH - _LABELS - 0.05) / len(panels)
        for p, panel in enumerate(panels):
            width = room - _GAP - panel.texts
            axes = place(figure, left=_LABELS + p * room + _GAP, top=_TOP, width=width, height=_ROW * len(rows))
            _draw_panel(axes, panel, rows=len(rows), baseline=baseline)
        yield figure


def _draw_bands(figure: Figure, *, rows: Sequence[str]) -> None:
    axes = place(figure, left=0, top=_TOP, width=WIDTH, height=_ROW * len(rows))
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.5, -0.5))
    axes.axis("off")
    for row in range(0, len(rows), 2):
        axes.axhspan(row - 0.5, row + 0.5, color=BAND, linewidth=0)


def _write_labels(figure: Figure, *, rows: Sequence[str], baseline: int | None) -> None:
    axes = place(figure, left=0, top=_TOP, width=_LABELS, height=_ROW * len(rows))
    axes.set(xlim=(0, _LABELS), ylim=(len(rows) - 0.5, -0.5))
    axes.axis("off")
    for row, label in enumerate(rows):
        text = f"{label} (baseline)" if row == baseline else label
        axes.text(0.06, row, wrapped(text, width=30), va="center", ha="left", linespacing=1.1)


def _draw_panel(axes: Axes, panel: Panel, *, rows: int, baseline: int | None) -> None:
    low, high = panel.limits or _limits(panel)
    axes.set(xlim=(low, high), ylim=(rows - 0.5, -0.5), yticks=[])
    axes.patch.set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: panel.tick(x)))
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    _write_title(axes, panel)
    if panel.reference is not None:
        axes.axvline(panel.reference, color=MUTED, linewidth=0.9)
    for row, mark in enumerate(panel.marks):
        if mark is not None:
            _draw_mark(axes, mark, row=row, kind=panel.kind, is_baseline=row == baseline, left=low)
            axes.annotate(
                mark.text,
                xy=(1, row),
                xycoords=("axes fraction", "data"),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                ha="left",
                color=INK,
                fontsize=7.2,
            )


def _write_title(axes: Axes, panel: Panel) -> None:
    rise = 4
    if panel.unit:
        axes.annotate(
            panel.unit,
            xy=(0, 1),
            xycoords="axes fraction",
            xytext=(0, rise),
            textcoords="offset points",
            ha="left",
            va="bottom",
            fontsize=6.8,
            color=MUTED,
        )
        rise += 10
    axes.annotate(
        wrapped(panel.title, width=28),
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(0, rise),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontweight="bold",
        fontsize=7.6,
        linespacing=1.1,
    )


def _draw_mark(axes: Axes, mark: Mark, *, row: int, kind: str, is_baseline: bool, left: float) -> None:
    if kind == "bar":
        axes.barh(
            row,
            mark.value - left,
            left=left,
            height=0.52,
            color=LIGHT,
            edgecolor=MAIN,
            linewidth=0.6,
            hatch="////" if is_baseline else None,
        )
        axes.plot([mark.low, mark.high], [row, row], color=INK, linewidth=0.8)
        return
    axes.plot([mark.low, mark.high], [row, row], color=LIGHT, linewidth=1.6, solid_capstyle="butt")
    if mark.middle is not None:
        lower, median, upper = mark.middle
        axes.plot([lower, upper], [row, row], color=LIGHT, linewidth=5, solid_capstyle="butt")
        axes.plot([median, median], [row - 0.24, row + 0.24], color=INK, linewidth=1)
    if is_baseline:
        axes.plot(mark.value, row, marker="D", markersize=5, color="white", markeredgecolor=ACCENT, markeredgewidth=1.2)
    else:
        axes.plot(mark.value, row, marker="o", markersize=5.2, color=MAIN, markeredgecolor="white", markeredgewidth=0.6)


def _limits(panel: Panel) -> tuple[float, float]:
    marks = [mark for mark in panel.marks if mark is not None]
    low = min([0.0, *(mark.low for mark in marks)])
    high = max([0.0, *(mark.high for mark in marks)])
    reach = (high - low) or 1.0
    return low - (0.04 * reach), high + 0.04 * reach
