"""Charts of the page of evidence: forecast against what happened, and targets against the model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from foedus.evidence.backtest.record import BASE_RATE, MODEL_AFTER, MODEL_BEFORE, Trial
from foedus.evidence.calibration.calibrate import ObservationFit
from foedus.report.charts.style import ACCENT, BAND, FAINT, LIGHT, MAIN, MUTED, WIDTH, canvas, head, place, to_svg
from foedus.report.page.page import Chart
from foedus.report.page.table import Table
from foedus.report.words.labels import wrapped
from foedus.report.words.numbers import tick_percent

_SIDE = 1.95
_ROW = 0.3
_LABELS = 3.6
_Group = tuple[float, float, float, float]


@dataclass(frozen=True)
class TargetMarks:
    """A target that is a chance, as it is drawn; an end that does not bind lies at 0 or 1."""

    what: str
    record: float
    low: float
    high: float
    before: float | None
    after: float | None
    is_given_up: bool


def bins_chart(trial: Trial, *, table: Table) -> Chart:
    """Draw for up to three forecasters the share that happened over the forecast, with Wilson's intervals."""
    rivals = [name for name in trial.forecasters if name not in (MODEL_AFTER, MODEL_BEFORE, BASE_RATE)]
    shown = [MODEL_AFTER, MODEL_BEFORE, *rivals[:1]]
    svg = draw_bins(
        {
            name: [(each.forecast, each.happened, each.low, each.high) for each in trial.forecasters[name].bins]
            for name in shown
        },
        name=f"bins-{trial.name}",
        title=f"Forecast and outcome: {trial.title}",
    )
    return Chart(
        name=f"chart-{trial.name}",
        heading="Forecast and outcome",
        svg=svg,
        reading="Each mark is a group of cases with forecasts of about the same height; on the diagonal as many "
        "happened as were forecast. Lines are 95 % intervals of the share.",
        table=table,
    )


def targets_chart(findings: Sequence[ObservationFit], *, table: Table) -> Chart:
    """Draw each target that is a chance: the interval that counts, the record's number, the model before and after."""
    shown = [finding for finding in findings if finding.demand.observation.scale.value == "linear"]
    svg = draw_targets([_marks(finding) for finding in shown])
    return Chart(
        name="chart-targets",
        heading="Targets and the model",
        svg=svg,
        reading="Bar: the interval that counts. Tick: the record itself. Hollow: the model before. Full: after.",
        table=table,
        is_table_open=True,
    )


def draw_bins(shown: Mapping[str, Sequence[_Group]], *, name: str, title: str) -> str:
    """Draw for each forecaster its groups (forecast, happened, low, high), one panel each; return the SVG."""
    with canvas(height=_SIDE + 0.75) as figure:
        for j, (forecaster, groups) in enumerate(shown.items()):
            left = 0.45 + j * (_SIDE + 0.42)
            axes = place(figure, left=left, top=0.34, width=_SIDE, height=_SIDE)
            _draw_groups(axes, forecaster, groups)
            axes.tick_params(labelleft=not j)
        return to_svg(
            figure,
            name=name,
            title=title,
            description="For each forecaster, groups of cases with forecasts of the same height: share that happened.",
        )


def draw_targets(shown: Sequence[TargetMarks]) -> str:
    """Draw the interval that counts, the record and the model before and after, one row each; return the SVG."""
    with canvas(height=0.55 + _ROW * len(shown)) as figure:
        axes = place(figure, left=_LABELS, top=0.15, width=WIDTH - _LABELS - 0.25, height=_ROW * len(shown))
        axes.set(xlim=(0, 1), ylim=(len(shown) - 0.5, -0.5), yticks=[])
        axes.patch.set_visible(False)
        axes.xaxis.set_major_locator(MultipleLocator(0.25))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick_percent(x)))
        axes.grid(axis="x", color=FAINT, linewidth=0.5)
        for row, target in enumerate(shown):
            _draw_target(axes, target, row)
        return to_svg(
            figure,
            name="targets",
            title="Targets and the model",
            description="For each target the interval that counts, the record, and the model before and after.",
        )


def _marks(finding: ObservationFit) -> TargetMarks:
    band = finding.demand.band
    return TargetMarks(
        what=finding.demand.observation.what,
        record=band.value,
        low=band.low,
        high=band.high,
        before=finding.before,
        after=finding.after,
        is_given_up=finding.is_given_up,
    )


def _draw_groups(axes: Axes, name: str, groups: Sequence[_Group]) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.plot([0, 1], [0, 1], color=FAINT, linewidth=0.9)
    colour = MAIN if name == MODEL_AFTER else LIGHT if name == MODEL_BEFORE else ACCENT
    for forecast, happened, low, high in groups:
        axes.plot([forecast, forecast], [low, high], color=colour, linewidth=1.1)
        axes.plot([forecast], [happened], "o", color=colour, markersize=4)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(0.5))
        axis.set_major_formatter(FuncFormatter(lambda x, _: tick_percent(x)))
    axes.grid(color=BAND, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel("forecast")
    head(axes, wrapped(name, width=30))


def _draw_target(axes: Axes, target: TargetMarks, row: int) -> None:
    reach = [max(target.low, 0.0), min(target.high, 1.0)]
    axes.plot(reach, [row, row], color=LIGHT, linewidth=6, solid_capstyle="butt")
    axes.plot([target.record], [row], "|", color=MUTED, markersize=9)
    if target.before is not None:
        axes.plot([target.before], [row], "o", color=MAIN, markerfacecolor="white", markersize=4.5)
    if target.after is not None:
        axes.plot([target.after], [row], "o", color=ACCENT if target.is_given_up else MAIN, markersize=4.5)
    axes.annotate(
        wrapped(target.what, width=62),
        xy=(0, row),
        xycoords=("axes fraction", "data"),
        xytext=(-_LABELS * 72 + 4, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        linespacing=1.05,
        fontsize=6.8,
    )
