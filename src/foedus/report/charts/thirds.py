"""What moves a lead: how often the leader is ahead in the lowest, middle and highest third of each assumption."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from foedus.report.charts.style import ACCENT, BAND, FAINT, INK, LIGHT, MAIN, MUTED, WIDTH, canvas, place, to_svg
from foedus.report.words.labels import wrapped
from foedus.report.words.numbers import percent, tick_percent

_LABELS = 2.9
_ROW = 0.34
_TOP = 0.36
_BOTTOM = 0.3
_MARKERS = {"lowest": "v", "middle": "o", "highest": "^"}


@dataclass(frozen=True)
class Row:
    """One assumption."""

    label: str
    ahead: Mapping[str, float]
    """[lowest, middle, highest] share of futures in which the leader is ahead; a third may be missing."""
    is_beyond_chance: bool


def draw_thirds(rows: Sequence[Row], *, ahead: float, name: str, title: str, description: str) -> str:
    """Draw three marks for each row on an axis from none to all futures, with a line at one half."""
    with canvas(height=_TOP + _ROW * len(rows) + _BOTTOM) as figure:
        axes = place(figure, left=_LABELS, top=_TOP, width=WIDTH - _LABELS - 0.15, height=_ROW * len(rows))
        axes.set(xlim=(-0.02, 1.02), ylim=(len(rows) - 0.5, -0.5), yticks=[], xticks=[0, 0.25, 0.5, 0.75, 1])
        axes.patch.set_visible(False)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick_percent(x)))
        axes.grid(axis="x", color=FAINT, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.axvline(0.5, color=ACCENT, linewidth=1)
        axes.axvline(ahead, color=MUTED, linewidth=0.9, linestyle=(0, (3, 2)))
        _name_lines(axes, ahead=ahead)
        for at, row in enumerate(rows):
            _draw_row(axes, row, at=at)
        return to_svg(figure, name=name, title=title, description=description)


def _name_lines(axes: Axes, *, ahead: float) -> None:
    """Name the line at one half and that of all futures above the chart, each on the side away from the other."""
    sides = ("right", "left") if ahead >= 0.5 else ("left", "right")
    for x, words, side in zip((0.5, ahead), ("half", f"all futures: {percent(ahead)}"), sides, strict=True):
        axes.annotate(
            words,
            xy=(x, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            ha=side,
            va="bottom",
            fontsize=6.8,
            color=MUTED,
        )


def _draw_row(axes: Axes, row: Row, *, at: int) -> None:
    """Draw what a row is about and its three marks, on a band in every second row."""
    if at % 2 == 0:
        axes.axhspan(at - 0.5, at + 0.5, xmin=-0.85, color=BAND, linewidth=0, clip_on=False, zorder=0)
    axes.annotate(
        wrapped(row.label, width=46),
        xy=(0, at),
        xycoords=("axes fraction", "data"),
        xytext=(-(_LABELS - 0.06) * 72, 0),
        textcoords="offset points",
        va="center",
        ha="left",
        color=INK if row.is_beyond_chance else MUTED,
        linespacing=1.1,
    )
    axes.plot(list(row.ahead.values()), [at] * len(row.ahead), color=LIGHT, linewidth=1.4)
    for which, x in row.ahead.items():
        axes.plot(
            x,
            at,
            marker=_MARKERS[which],
            markersize=5.6,
            markeredgecolor=MAIN,
            markeredgewidth=0.9,
            color=MAIN if row.is_beyond_chance else "white",
            linestyle="none",
        )
