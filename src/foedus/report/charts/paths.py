"""A small chart for each arrangement: the chance of war building up over the years."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from foedus.report.charts.style import ACCENT, FAINT, LIGHT, MAIN, WIDTH, canvas, head, place, to_svg
from foedus.report.words.labels import wrapped
from foedus.report.words.numbers import tick_percent

_COLUMNS = 4
_LEFT = 0.42
_HEIGHT = 0.95
_STEP = 1.47
_TOP = 0.42
_GAP = 0.16


@dataclass(frozen=True)
class Path:
    """A quantity over the years, with the range of futures about it."""

    label: str
    mean: tuple[float, ...]
    low: tuple[float, ...]
    lower_quarter: tuple[float, ...]
    upper_quarter: tuple[float, ...]
    high: tuple[float, ...]


def draw_paths(
    paths: Sequence[Path], *, years: Sequence[float], baseline: int, name: str, title: str, description: str
) -> str:
    """Draw one panel for each path, the others faint behind it, the baseline dashed in each."""
    grid_rows = -(-len(paths) // _COLUMNS)
    width = (WIDTH - _LEFT - 0.08) / _COLUMNS - _GAP
    top = max(max(path.high) for path in paths) * 1.04 or 1.0
    with canvas(height=_STEP * grid_rows + 0.1) as figure:
        for p, path in enumerate(paths):
            row, column = divmod(p, _COLUMNS)
            left = _LEFT + column * (width + _GAP) + (0.06 if column else 0)
            axes = place(figure, left=left, top=row * _STEP + _TOP, width=width, height=_HEIGHT)
            _draw_path(axes, path, paths=paths, years=years, baseline=paths[baseline], top=top)
            if column:
                axes.tick_params(labelleft=False)
        return to_svg(figure, name=name, title=title, description=description)


def _draw_path(
    axes: Axes, path: Path, *, paths: Sequence[Path], years: Sequence[float], baseline: Path, top: float
) -> None:
    for other in paths:
        axes.plot([0, *years], [0, *other.mean], color=FAINT, linewidth=0.5)
    axes.fill_between([0, *years], [0, *path.low], [0, *path.high], color=LIGHT, alpha=0.35, linewidth=0)
    axes.fill_between(
        [0, *years], [0, *path.lower_quarter], [0, *path.upper_quarter], color=LIGHT, alpha=0.5, linewidth=0
    )
    axes.plot([0, *years], [0, *baseline.mean], color=ACCENT, linewidth=0.9, linestyle=(0, (3, 2)))
    axes.plot([0, *years], [0, *path.mean], color=MAIN, linewidth=1.6)
    axes.set(xlim=(0, years[-1]), ylim=(0, top))
    axes.set_xticks([0, years[-1] / 2, years[-1]], labels=["0", f"{years[-1] / 2:g}", f"{years[-1]:g} years"])
    axes.get_xticklabels()[-1].set_horizontalalignment("right")
    axes.get_xticklabels()[0].set_horizontalalignment("left")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: tick_percent(y)))
    axes.grid(axis="y", color=FAINT, linewidth=0.4)
    axes.spines["bottom"].set_visible(True)
    axes.patch.set_visible(False)
    axes.set_axisbelow(True)
    head(axes, wrapped(f"{path.label} (baseline)" if path is baseline else path.label, width=28))
