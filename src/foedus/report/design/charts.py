"""The chart of a search for designs: every aim an upright axis, every design a line across them."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from foedus.report.charts.style import ACCENT, FAINT, INK, LIGHT, MAIN, MUTED, WIDTH, canvas, place, to_svg

_HEIGHT = 3.1
_TOP = 0.55
_LEFT = 0.95
_RIGHT = 0.6
_NEAR = 0.045


@dataclass(frozen=True)
class AimAxis:
    """One aim: its name, and how its ends are written."""

    title: str
    best: str
    worst: str


@dataclass(frozen=True)
class DesignLine:
    """One design: its place on each axis, from 0 (best of all) to 1 (worst)."""

    label: str
    places: tuple[float, ...]
    is_on_front: bool


def draw_parallel(
    axes: Sequence[AimAxis], lines: Sequence[DesignLine], *, start: DesignLine, name: str, title: str, description: str
) -> str:
    """Draw a line for each design, dark where it is on the front, and the text that the search began with dashed."""
    with canvas(height=_TOP + _HEIGHT + 0.35) as figure:
        drawing = place(figure, left=_LEFT, top=_TOP, width=WIDTH - _LEFT - _RIGHT, height=_HEIGHT)
        drawing.set(xlim=(0, len(axes) - 1), ylim=(1.06, -0.06), xticks=[], yticks=[])
        drawing.patch.set_visible(False)
        for number, axis in enumerate(axes):
            _draw_axis(drawing, axis, at=number)
        for line in lines:
            colour, width, above = (MAIN, 1.2, 3) if line.is_on_front else (LIGHT, 0.8, 2)
            drawing.plot(
                range(len(axes)),
                line.places,
                color=colour,
                linewidth=width,
                zorder=above,
                marker="o",
                markersize=2.6,
                clip_on=False,
            )
        drawing.plot(
            range(len(axes)),
            start.places,
            color=ACCENT,
            linewidth=1.6,
            linestyle=(0, (4, 2)),
            zorder=4,
            marker="D",
            markersize=4,
            markerfacecolor="white",
            clip_on=False,
        )
        _label(drawing, [*lines, start])
        return to_svg(figure, name=name, title=title, description=description)


def _draw_axis(drawing: Axes, axis: AimAxis, *, at: int) -> None:
    drawing.plot([at, at], [0, 1], color=FAINT, linewidth=1, zorder=1)
    for y, text, fall in ((0, axis.best, 6), (1, axis.worst, -7)):
        drawing.annotate(
            text,
            xy=(at, y),
            xytext=(0, fall),
            textcoords="offset points",
            ha="center",
            va="top" if y else "bottom",
            fontsize=6.8,
            color=MUTED,
            annotation_clip=False,
        )
    drawing.annotate(
        axis.title,
        xy=(at, 0),
        xytext=(0, 20),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=7.6,
        fontweight="bold",
        color=INK,
        annotation_clip=False,
    )


def _label(drawing: Axes, lines: Sequence[DesignLine]) -> None:
    """Write the names to the left of the first axis; those that begin at nearly one height share a line."""
    starts: dict[int, list[DesignLine]] = {}
    for line in lines:
        starts.setdefault(round(line.places[0] / _NEAR), []).append(line)
    for together in starts.values():
        drawing.annotate(
            ", ".join(line.label for line in together),
            xy=(0, together[0].places[0]),
            xytext=(-7, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=6.6,
            color=INK,
            annotation_clip=False,
        )
