"""One assumption over a range of values: a line for each text, and the figures."""

from collections.abc import Mapping, Sequence
from functools import partial

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from foedus.futures.parameters.record import Parameter
from foedus.game.outcomes import OUTCOMES
from foedus.report.charts.style import ACCENT, BAND, FAINT, INK, MAIN, MUTED, WIDTH, canvas, place, to_svg
from foedus.report.page.page import Chart, Page, Paragraph, Section
from foedus.report.page.provenance import Provenance
from foedus.report.page.table import Column, Table
from foedus.report.words.labels import wrapped
from foedus.report.words.numbers import plain
from foedus.report.words.outcome_numbers import level, level_tick

_LEFT, _SIDE, _HEIGHT, _TOP, _BOTTOM = 0.62, 2.0, 2.6, 0.2, 0.55
_INKS = (MAIN, ACCENT, INK, MUTED)
_DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = ("-", (0, (5, 2)), (0, (1, 1)), (0, (6, 2, 1, 2)))
_MARKS = ("o", "D", "s", "^")
_CAUTION = (
    "Only this one assumption is set; every other lies where it was drawn, and the averages are over the same futures "
    "for every value. The shaded part is the range that the assumption is drawn from otherwise."
)


def sweep_page(
    means: Mapping[str, Sequence[float]],
    *,
    values: Sequence[float],
    parameter: Parameter,
    outcome: str,
    labels: Mapping[str, str],
    used: int,
    futures: int,
    provenance: Provenance,
) -> Page:
    """Return the page; ``means`` holds for each text the average outcome at each value."""
    declared = OUTCOMES[outcome]
    what = f"{parameter.what[:1].upper()}{parameter.what[1:]}"
    table = Table(
        caption=f"{declared.words}, on average over {used} futures",
        columns=(Column(what, unit=parameter.unit), *(Column(labels[name]) for name in means)),
        rows=tuple(
            (plain(value), *(level(column[row], of=declared) for column in means.values()))
            for row, value in enumerate(values)
        ),
    )
    chart = Chart(
        name="sweep",
        heading=f"{declared.words} by {parameter.what}",
        reading="A mark for each value that was tried; the shaded part is the range that is drawn from otherwise.",
        svg=_draw(means, values=values, parameter=parameter, outcome=outcome, labels=labels),
        table=table,
        is_table_open=True,
    )
    return Page(
        kind="One assumption over a range",
        title=f"What {declared.in_sentence} does as one assumption moves",
        subtitle=f"{what} ({parameter.name}), {plain(min(values))} to {plain(max(values))} {parameter.unit}".rstrip(),
        sections=(
            Section(
                "The answer",
                (
                    *(Paragraph(_told(labels[name], column, values, outcome)) for name, column in means.items()),
                    Paragraph(f"Averages over the {used} of {futures} futures in which every game converged."),
                    chart,
                ),
                name="answer",
            ),
        ),
        provenance=provenance,
        caution=_CAUTION,
    )


def _told(label: str, column: Sequence[float], values: Sequence[float], outcome: str) -> str:
    declared = OUTCOMES[outcome]
    first, last = level(column[0], of=declared), level(column[-1], of=declared)
    ends = f"from {first} at {plain(values[0])} to {last} at {plain(values[-1])}"
    highest, lowest = max(column), min(column)
    if level(highest, of=declared) == level(lowest, of=declared):
        return f"{label}: {declared.in_sentence} stays at {first} whatever the value."
    inner = column[1:-1]
    turns = any(each > max(column[0], column[-1]) or each < min(column[0], column[-1]) for each in inner)
    between = f", between {level(lowest, of=declared)} and {level(highest, of=declared)} on the way" if turns else ""
    return f"{label}: {declared.in_sentence} goes {ends}{between}."


def _draw(
    means: Mapping[str, Sequence[float]],
    *,
    values: Sequence[float],
    parameter: Parameter,
    outcome: str,
    labels: Mapping[str, str],
) -> str:
    declared = OUTCOMES[outcome]
    with canvas(height=_TOP + _HEIGHT + _BOTTOM) as figure:
        axes = place(figure, left=_LEFT, top=_TOP, width=WIDTH - _LEFT - _SIDE, height=_HEIGHT)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(True)
        low, high = max(parameter.low, min(values)), min(parameter.high, max(values))
        if low < high:
            axes.axvspan(low, high, color=BAND, linewidth=0)
        for number, (name, column) in enumerate(means.items()):
            _line(axes, values, column, number=number, label=labels[name])
        axes.set_ylim(bottom=min(0.0, min(min(column) for column in means.values())))
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: partial(level_tick, of=declared)(y)))
        axes.grid(color=FAINT, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.set_xlabel(wrapped(f"{parameter.what} ({parameter.unit})" if parameter.unit else parameter.what, width=90))
        return to_svg(
            figure,
            name="sweep",
            title=f"{declared.words} by {parameter.what}",
            description="A line for each text; the figures stand in the table below.",
        )


def _line(axes: Axes, values: Sequence[float], column: Sequence[float], *, number: int, label: str) -> None:
    """Draw the line of one text, named at its end."""
    turn = number % len(_INKS)
    axes.plot(
        values, column, color=_INKS[turn], linestyle=_DASHES[turn], marker=_MARKS[turn], markersize=4, linewidth=1.4
    )
    axes.annotate(
        wrapped(label, width=32),
        xy=(values[-1], column[-1]),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        ha="left",
        color=_INKS[turn],
        fontsize=7,
        annotation_clip=False,
    )
