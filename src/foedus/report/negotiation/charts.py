"""The chart of a negotiation: what the adversary accepts against how much war is left, as the balance moves."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from foedus.report.charts.style import ACCENT, FAINT, INK, LIGHT, MAIN, MUTED, WIDTH, canvas, place, to_svg
from foedus.report.words.labels import wrapped
from foedus.report.words.numbers import tick_hundred, tick_percent

_HEIGHT = 3.6
_TOP = 0.3
_LEFT = 0.6
_RIGHT = 1.9


@dataclass(frozen=True)
class Track:
    """One arrangement at each balance, from the lowest."""

    label: str
    accepted: tuple[float, ...]
    war: tuple[float, ...]
    is_on_frontier: tuple[bool, ...]


def draw_tracks(
    tracks: Sequence[Track], *, shown: int, balances: Sequence[str], name: str, title: str, description: str
) -> str:
    """Draw a line for each arrangement over the balances; the balance ``shown`` has large marks and the frontier."""
    top = max(max(track.war) for track in tracks) * 1.08 or 1.0
    with canvas(height=_TOP + _HEIGHT + 0.55) as figure:
        axes = place(figure, left=_LEFT, top=_TOP, width=WIDTH - _LEFT - _RIGHT, height=_HEIGHT)
        _set(axes, top=top)
        for track in tracks:
            _draw_track(axes, track, shown=shown)
        _draw_frontier(axes, tracks, shown=shown)
        _name_ends(axes, tracks, shown=shown, top=top)
        _say_what_marks_are(axes, balances, shown=shown)
        return to_svg(figure, name=name, title=title, description=description)


def _set(axes: Axes, *, top: float) -> None:
    axes.set(xlim=(-0.02, 1.02), ylim=(0, top))
    axes.set_xlabel("futures in which the adversary gains by signing, of 100", fontsize=7.2)
    axes.set_title("chance of renewed major war", fontsize=7.2, color=MUTED, loc="left")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick_hundred(x)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: tick_percent(y)))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.grid(color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.patch.set_visible(False)


def _draw_track(axes: Axes, track: Track, *, shown: int) -> None:
    axes.plot(track.accepted, track.war, color=LIGHT, linewidth=1.1, marker="o", markersize=2.4)
    axes.plot(
        track.accepted[shown],
        track.war[shown],
        marker="o",
        markersize=6.5,
        zorder=4,
        color=MAIN if track.is_on_frontier[shown] else "white",
        markeredgecolor=MAIN,
        markeredgewidth=1.1,
    )


def _draw_frontier(axes: Axes, tracks: Sequence[Track], *, shown: int) -> None:
    front = sorted((t.accepted[shown], t.war[shown]) for t in tracks if t.is_on_frontier[shown])
    axes.plot([x for x, _ in front], [y for _, y in front], color=ACCENT, linewidth=1.1, linestyle=(0, (3, 2)))


def _name_ends(axes: Axes, tracks: Sequence[Track], *, shown: int, top: float) -> None:
    """Write each name beside the drawing, joined to its mark by a line."""
    ends = sorted((track.war[shown], track.accepted[shown], track.label) for track in tracks)
    for height, (war, accepted, label) in zip(_apart([war for war, _, _ in ends], top), ends, strict=True):
        axes.annotate(
            wrapped(label, width=30),
            xy=(accepted, war),
            xytext=(1.04, height),
            xycoords="data",
            textcoords=("axes fraction", "data"),
            ha="left",
            va="center",
            fontsize=6.8,
            color=INK,
            linespacing=1.05,
            arrowprops={"arrowstyle": "-", "color": FAINT, "linewidth": 0.5},
            annotation_clip=False,
        )


def _say_what_marks_are(axes: Axes, balances: Sequence[str], *, shown: int) -> None:
    axes.annotate(
        f"large marks: balance {balances[shown]}; small: {', '.join(balances)}",
        xy=(0, 0),
        xycoords="axes fraction",
        xytext=(0, -36),
        textcoords="offset points",
        fontsize=6.6,
        color=MUTED,
        annotation_clip=False,
    )


def _apart(heights: Sequence[float], top: float) -> list[float]:
    """Move labels up so that none lies on another, from the lowest, and all down again where they pass the top."""
    gap = top * 0.075
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + gap) if placed else height)
    over = max(0.0, placed[-1] - top)
    return [height - over for height in placed]
