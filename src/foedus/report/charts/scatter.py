"""Futures in the plane of two assumptions, marked by what holds in them, with the box of a rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from foedus.report.charts.style import ACCENT, BAND, FAINT, INK, LIGHT, MAIN, MUTED, WIDTH, canvas, place, to_svg
from foedus.report.words.labels import wrapped
from foedus.report.words.numbers import plain

_LEFT = 1.0
_SIDE = 1.75
_HEIGHT = 2.7
_TOP = 0.36
_BOTTOM = 0.62


@dataclass(frozen=True)
class Axis:
    """One direction of the plane."""

    label: str
    below: float | None = None
    """The rule holds below this value, where there is such a condition."""
    above: float | None = None
    tick: Callable[[float], str] = plain
    """How a number on the axis is written."""


def draw_scatter(
    points: Sequence[tuple[float, float, bool]],
    *,
    across: Axis,
    up: Axis,
    held: str,
    other: str,
    name: str,
    title: str,
    description: str,
) -> str:
    """Draw one mark for each future (across, up, whether it holds), and shade where the rule says that it holds."""
    with canvas(height=_TOP + _HEIGHT + _BOTTOM) as figure:
        axes = place(figure, left=_LEFT, top=_TOP, width=WIDTH - _LEFT - _SIDE, height=_HEIGHT)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(True)
        _set_limits(axes, points)
        _shade(axes, across=across, up=up)
        for holds, colour, marker, size in ((False, LIGHT, "o", 3.4), (True, ACCENT, "D", 3.6)):
            chosen = [(x, y) for x, y, is_so in points if is_so is holds]
            axes.plot(
                [x for x, _ in chosen],
                [y for _, y in chosen],
                linestyle="none",
                marker=marker,
                markersize=size,
                color=colour,
                markeredgecolor="white" if holds else MAIN,
                markeredgewidth=0.3,
            )
        for drawn, meant in ((axes.xaxis, across), (axes.yaxis, up)):
            drawn.set_major_locator(MaxNLocator(nbins=5))
            drawn.set_major_formatter(FuncFormatter(lambda value, _, tick=meant.tick: tick(value)))
        axes.grid(color=FAINT, linewidth=0.4)
        axes.set_axisbelow(True)
        axes.set_xlabel(wrapped(across.label, width=70), color=INK, fontsize=7.4)
        axes.set_ylabel(wrapped(up.label, width=34, lines=3), color=INK, fontsize=7.4)
        _explain(axes, held=held, other=other)
        return to_svg(figure, name=name, title=title, description=description)


def _set_limits(axes: Axes, points: Sequence[tuple[float, float, bool]]) -> None:
    for set_limits, values in ((axes.set_xlim, [x for x, _, _ in points]), (axes.set_ylim, [y for _, y, _ in points])):
        reach = (max(values) - min(values)) or 1.0
        set_limits(min(values) - 0.03 * reach, max(values) + 0.03 * reach)


def _shade(axes: Axes, *, across: Axis, up: Axis) -> None:
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    left, right = (
        across.above if across.above is not None else left,
        across.below if across.below is not None else right,
    )
    bottom, top = up.above if up.above is not None else bottom, up.below if up.below is not None else top
    axes.add_patch(
        Rectangle(
            (left, bottom),
            right - left,
            top - bottom,
            facecolor=BAND,
            edgecolor=MUTED,
            linewidth=0.9,
            linestyle=(0, (3, 2)),
            zorder=0,
        )
    )


def _explain(axes: Axes, *, held: str, other: str) -> None:
    for row, (words, colour, marker) in enumerate(((held, ACCENT, "D"), (other, LIGHT, "o"))):
        y = 0.97 - 0.17 * row
        axes.plot(
            1.05,
            y,
            transform=axes.transAxes,
            clip_on=False,
            marker=marker,
            markersize=4.4,
            color=colour,
            markeredgecolor=MAIN if marker == "o" else "white",
            markeredgewidth=0.3,
        )
        axes.annotate(
            wrapped(words, width=24, lines=3),
            xy=(1.05, y),
            xycoords="axes fraction",
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            fontsize=7.2,
            color=INK,
        )
