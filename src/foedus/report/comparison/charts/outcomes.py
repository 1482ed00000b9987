"""Charts of outcomes: how they lie over futures, how they differ from the baseline, and when war comes."""

from collections.abc import Mapping
from functools import partial

from foedus.game.declared_outcome import Shown
from foedus.game.outcomes import OUTCOMES, shown_in
from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Difference, Spread
from foedus.report.charts.paths import Path, draw_paths
from foedus.report.charts.rows import Mark, Panel, draw_rows
from foedus.report.comparison.charts.rows import describe, row_chart
from foedus.report.comparison.tables.outcomes import difference_table, outcome_table, war_by_year_table
from foedus.report.page.page import Chart
from foedus.report.words.numbers import years
from foedus.report.words.outcome_numbers import change, change_tick, change_unit, level, level_tick
from foedus.report.words.small_sample import ends, ends_in_words

_MARKS = "Dot and figure: average over futures. Upright stroke: the median. Thick bar: the middle half of the futures;"


def harm_chart(comparison: Comparison, labels: Mapping[str, str], *, has_png: bool = False) -> Chart:
    """Draw war, losses below it and guarantors at war."""
    heading = "War, losses and guarantors at war"
    return _spread_chart(
        comparison, labels, outcomes=shown_in(Shown.HARM), name="harm", heading=heading, has_png=has_png
    )


def price_chart(comparison: Comparison, labels: Mapping[str, str]) -> Chart:
    """Draw entrapment and cost."""
    return _spread_chart(
        comparison, labels, outcomes=shown_in(Shown.PRICE), name="price", heading="Entrapment and cost to guarantors"
    )


def difference_chart(comparison: Comparison, labels: Mapping[str, str]) -> Chart:
    """Draw paired differences to the baseline."""
    outcomes = ("war", "lost", "cost")
    rows = [name for name in comparison.order if name != comparison.baseline]
    heading = f"Difference to {labels[comparison.baseline]}"
    panels = [
        Panel(
            title=OUTCOMES[outcome].words,
            unit=change_unit(OUTCOMES[outcome]),
            marks=tuple(_difference_mark(comparison.differences[name][outcome], outcome=outcome) for name in rows),
            tick=partial(change_tick, of=OUTCOMES[outcome]),
            reference=0,
        )
        for outcome in outcomes
    ]
    return Chart(
        name="difference",
        heading=heading,
        reading="Differences are taken within each future, before anything is summed up; left of the line is less than "
        f"the baseline. {_marks(comparison)} Scales differ between panels.",
        svg=draw_rows(
            panels,
            rows=[labels[name] for name in rows],
            name="difference",
            title=heading,
            description=describe(comparison, labels),
        ),
        table=difference_table(comparison, labels=labels, outcomes=outcomes),
    )


def time_chart(comparison: Comparison, labels: Mapping[str, str]) -> Chart:
    """Draw how the chance of war builds up."""
    heading = "When war comes"
    horizon = years(comparison.horizon_years)
    paths = [
        Path(
            label=labels[name],
            mean=tuple(spread.mean for spread in comparison.war_by_year[name]),
            low=tuple(ends(spread)[0] for spread in comparison.war_by_year[name]),
            lower_quarter=tuple(spread.lower_quarter for spread in comparison.war_by_year[name]),
            upper_quarter=tuple(spread.upper_quarter for spread in comparison.war_by_year[name]),
            high=tuple(ends(spread)[1] for spread in comparison.war_by_year[name]),
        )
        for name in comparison.order
    ]
    return Chart(
        name="time",
        heading=heading,
        reading="Chance that war has broken out by then. Line: average over futures. Dark area: the middle half of the "
        f"futures; light: {ends_in_words(comparison)}. Dashed: the baseline's average. Thin grey: the averages of all "
        "the others.",
        svg=draw_paths(
            paths,
            years=[(t + 1) / 2 for t in range(comparison.settings.horizon_periods)],
            baseline=comparison.order.index(comparison.baseline),
            name="time",
            title=heading,
            description=f"How the chance of renewed major war builds up over {horizon}, one panel for each. "
            + describe(comparison, labels),
        ),
        table=war_by_year_table(comparison, labels=labels),
    )


def _spread_chart(
    comparison: Comparison,
    labels: Mapping[str, str],
    *,
    outcomes: tuple[str, ...],
    name: str,
    heading: str,
    has_png: bool = False,
) -> Chart:
    panels = [
        Panel(
            title=OUTCOMES[outcome].words,
            unit=OUTCOMES[outcome].unit,
            marks=tuple(_spread_mark(comparison.spreads[each][outcome], outcome=outcome) for each in comparison.order),
            tick=partial(level_tick, of=OUTCOMES[outcome]),
        )
        for outcome in outcomes
    ]
    return row_chart(
        comparison,
        labels,
        panels=panels,
        name=name,
        heading=heading,
        reading=f"{_marks(comparison)} Hollow diamond: the baseline's average. Scales differ between panels.",
        table=outcome_table(comparison, labels=labels, outcomes=outcomes, caption=heading),
        has_png=has_png,
    )


def _spread_mark(spread: Spread, *, outcome: str) -> Mark:
    return _mark(spread, text=level(spread.mean, of=OUTCOMES[outcome]))


def _difference_mark(difference: Difference, *, outcome: str) -> Mark:
    spread = difference.spread
    return _mark(spread, text=change(spread.mean, of=OUTCOMES[outcome]))


def _mark(spread: Spread, *, text: str) -> Mark:
    middle = (spread.lower_quarter, spread.median, spread.upper_quarter)
    low, high = ends(spread)
    return Mark(value=spread.mean, low=low, high=high, text=text, middle=middle)


def _marks(comparison: Comparison) -> str:
    return f"{_MARKS} thin: {ends_in_words(comparison)}."
