"""The charts of a comparison, each with the table of the figures that it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.insight.assumptions.overturning import Challenge, ParameterEffect
from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Difference, Share, Spread
from foedus.report.charts.paths import Path, draw_paths
from foedus.report.charts.rows import Mark, Panel, draw_rows
from foedus.report.charts.thirds import Row, draw_thirds
from foedus.report.comparison.tables import (
    SHARES,
    acceptance_table,
    difference_table,
    outcome_table,
    rank_table,
    war_by_year_table,
)
from foedus.report.page.tables import Column, Table
from foedus.report.words.labels import OUTCOME_WORDS
from foedus.report.words.numbers import (
    FEW,
    amount,
    count,
    counted,
    out_of,
    percent,
    plain,
    points,
    signed_amount,
    tick_amount,
    tick_hundred,
    tick_percent,
    tick_points,
    years,
)
from foedus.report.words.small_sample import ends, ends_in_words

_LEVERS_SHOWN = 8
_MARKS = "Dot and figure: average over futures. Upright stroke: the median. Thick bar: the middle half of the futures;"
_UNITS = {"war": "chance", "lost": "share of the stake", "defend": "chance", "entrap": "chance", "cost": "stake = 1"}


@dataclass(frozen=True)
class Figure:
    """A chart, how to read it, and the table behind it."""

    name: str
    heading: str
    reading: str
    svg: str
    table: Table


def harm_figure(comparison: Comparison, labels: Mapping[str, str]) -> Figure:
    """Draw war, losses below it and guarantors at war."""
    return _spread_figure(
        comparison, labels, outcomes=("war", "lost", "defend"), name="harm", heading="War, losses and guarantors at war"
    )


def price_figure(comparison: Comparison, labels: Mapping[str, str]) -> Figure:
    """Draw entrapment and cost."""
    return _spread_figure(
        comparison, labels, outcomes=("entrap", "cost"), name="price", heading="Entrapment and cost to guarantors"
    )


def difference_figure(comparison: Comparison, labels: Mapping[str, str]) -> Figure:
    """Draw paired differences to the baseline."""
    outcomes = ("war", "lost", "cost")
    rows = [name for name in comparison.order if name != comparison.baseline]
    heading = f"Difference to {labels[comparison.baseline]}"
    panels = [
        Panel(
            title=OUTCOME_WORDS[outcome],
            unit="percentage points" if outcome in SHARES else "stake = 1",
            marks=tuple(_difference_mark(comparison.differences[name][outcome], outcome=outcome) for name in rows),
            tick=tick_points if outcome in SHARES else tick_amount,
            reference=0,
        )
        for outcome in outcomes
    ]
    return Figure(
        name="difference",
        heading=heading,
        reading="Differences are taken within each future, before anything is summed up; left of the line is less than "
        f"the baseline. {_marks(comparison)} Scales differ between panels.",
        svg=draw_rows(
            panels,
            rows=[labels[name] for name in rows],
            name="difference",
            title=heading,
            description=_describe(comparison, labels),
        ),
        table=difference_table(comparison, labels=labels, outcomes=outcomes),
    )


def time_figure(comparison: Comparison, labels: Mapping[str, str]) -> Figure:
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
    return Figure(
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
            + _describe(comparison, labels),
        ),
        table=war_by_year_table(comparison, labels=labels),
    )


def rank_figure(comparison: Comparison, labels: Mapping[str, str]) -> Figure:
    """Draw how often each comes first."""
    heading = "How often each comes first"
    panels = [
        _share_panel(OUTCOME_WORDS[measure], [ranking.standings[name].first for name in comparison.order])
        for measure, ranking in comparison.rankings.items()
    ]
    return _row_figure(
        comparison,
        labels,
        panels=panels,
        name="first",
        heading=heading,
        reading=f"{_in_how_many(comparison)} it is the best of all that are compared; ties share. The thin line is "
        "what the number of futures drawn leaves open (95 %). The protected state's own reckoning weighs war, losses "
        "and time as the game does.",
        table=rank_table(comparison, labels=labels),
    )


def acceptance_figure(comparison: Comparison, labels: Mapping[str, str]) -> Figure:
    """Draw who would rather sign than fight on."""
    heading = "Who would rather sign than fight on"
    each = [comparison.acceptance[name] for name in comparison.order]
    panels = [
        _share_panel("Adversary", [entry.adversary for entry in each]),
        _share_panel("Protected state", [entry.protected_state for entry in each]),
        _share_panel("Guarantors", [entry.guarantors for entry in each]),
        _share_panel("All three at once", [entry.everyone for entry in each]),
    ]
    return _row_figure(
        comparison,
        labels,
        panels=panels,
        name="signing",
        heading=heading,
        reading=f"{_in_how_many(comparison)} the party's value under the arrangement is above its value of fighting "
        "on, by more than the margin. An arrangement needs all of them in the same future.",
        table=acceptance_table(comparison, labels=labels),
    )


def lever_figure(
    challenge: Challenge, *, labels: Mapping[str, str], words: Mapping[str, str], number: int
) -> Figure | None:
    """Draw which assumptions move a lead; None where there is nothing that varies."""
    levers = challenge.levers[:_LEVERS_SHOWN]
    if not levers:
        return None
    measure = OUTCOME_WORDS[challenge.measure].lower()
    leader, rival = labels[challenge.leader], labels[challenge.rival]
    heading = f"{leader} against {rival}: {measure}"
    ahead = counted(challenge.ahead.value, of=challenge.ahead.of)
    rows = [
        Row(
            label=words.get(lever.parameter, lever.parameter),
            ahead={third.which: third.ahead for third in lever.thirds},
            is_beyond_chance=lever in challenge.beyond_chance,
        )
        for lever in levers
    ]
    return Figure(
        name=f"levers-{number}",
        heading=heading,
        reading=f"Share of futures in which {leader} is ahead, where an assumption lies in the lowest (▽), middle (○) "
        "or highest (△) third of its range. Left of the half line the order turns over. Filled: it moves the share "
        "more than chance alone would move the strongest of all assumptions. Hollow: it may be chance.",
        svg=draw_thirds(
            rows,
            ahead=challenge.ahead.value,
            name=f"levers-{number}",
            title=heading,
            description=f"{leader} is ahead in {ahead}; one row for each of the assumptions that move this most.",
        ),
        table=_lever_table(challenge, levers=levers, words=words, caption=heading),
    )


def _spread_figure(
    comparison: Comparison, labels: Mapping[str, str], *, outcomes: tuple[str, ...], name: str, heading: str
) -> Figure:
    panels = [
        Panel(
            title=OUTCOME_WORDS[outcome],
            unit=_UNITS.get(outcome, ""),
            marks=tuple(_spread_mark(comparison.spreads[each][outcome], outcome=outcome) for each in comparison.order),
            tick=tick_percent if outcome in SHARES else tick_amount,
        )
        for outcome in outcomes
    ]
    return _row_figure(
        comparison,
        labels,
        panels=panels,
        name=name,
        heading=heading,
        reading=f"{_marks(comparison)} Hollow diamond: the baseline's average. Scales differ between panels.",
        table=outcome_table(comparison, labels=labels, outcomes=outcomes, caption=heading),
    )


def _row_figure(
    comparison: Comparison,
    labels: Mapping[str, str],
    *,
    panels: Sequence[Panel],
    name: str,
    heading: str,
    reading: str,
    table: Table,
) -> Figure:
    svg = draw_rows(
        panels,
        rows=[labels[each] for each in comparison.order],
        name=name,
        title=heading,
        description=_describe(comparison, labels),
        baseline=comparison.order.index(comparison.baseline),
    )
    return Figure(name=name, heading=heading, reading=reading, svg=svg, table=table)


def _describe(comparison: Comparison, labels: Mapping[str, str]) -> str:
    first, last = comparison.order[0], comparison.order[-1]
    return (
        f"Arrangements from least to most renewed major war: from {labels[first]} to {labels[last]}. "
        "All figures stand in the table that follows."
    )


def _spread_mark(spread: Spread, *, outcome: str) -> Mark:
    return _mark(spread, text=percent(spread.mean) if outcome in SHARES else amount(spread.mean))


def _difference_mark(difference: Difference, *, outcome: str) -> Mark:
    spread = difference.spread
    return _mark(spread, text=points(spread.mean) if outcome in SHARES else signed_amount(spread.mean))


def _mark(spread: Spread, *, text: str) -> Mark:
    middle = (spread.lower_quarter, spread.median, spread.upper_quarter)
    low, high = ends(spread)
    return Mark(value=spread.mean, low=low, high=high, text=text, middle=middle)


def _marks(comparison: Comparison) -> str:
    return f"{_MARKS} thin: {ends_in_words(comparison)}."


def _in_how_many(comparison: Comparison) -> str:
    return f"In how many of {out_of(comparison.convergence.used)} futures"


def _share_panel(title: str, shares: Sequence[Share]) -> Panel:
    are_few = any(share.of < FEW for share in shares)
    return Panel(
        title=title,
        unit="share of futures" if are_few else "futures of 100",
        marks=tuple(
            Mark(value=share.value, low=share.low, high=share.high, text=count(share.value, of=share.of))
            for share in shares
        ),
        tick=tick_percent if are_few else tick_hundred,
        kind="bar",
        limits=(0, 1),
        texts=0.3,
    )


def _lever_table(
    challenge: Challenge, *, levers: Sequence[ParameterEffect], words: Mapping[str, str], caption: str
) -> Table:
    rows = []
    for lever in levers:
        thirds = {third.which: third for third in lever.thirds}
        cells = [
            f"{count(third.ahead, of=third.futures)}\n{plain(third.low)} to {plain(third.high)}" if third else "–"
            for third in (thirds.get(which) for which in ("lowest", "middle", "highest"))
        ]
        names = ", ".join([lever.parameter, *lever.together])
        said = "more than chance" if lever in challenge.beyond_chance else "may be chance"
        rows.append(
            (f"{words.get(lever.parameter, lever.parameter)} ({names})", *cells, f"{lever.correlation:+.2f}", said)
        )
    return Table(
        caption=f"{caption}: in how many of {_out_of_third(levers)} futures the first is ahead (values of the "
        "assumption)",
        columns=(
            Column("Assumption", is_number=False),
            Column("Lowest third"),
            Column("Middle third"),
            Column("Highest third"),
            Column("Rank correlation", unit="with the size of the lead"),
            Column("Moves it", is_number=False),
        ),
        rows=tuple(rows),
        note=f"By chance alone the strongest of all assumptions would differ by {percent(challenge.chance)} "
        "of the futures between thirds in 1 of 20 comparisons.",
    )


def _out_of_third(levers: Sequence[ParameterEffect]) -> str:
    sizes = {third.futures for lever in levers for third in lever.thirds}
    return out_of(min(sizes)) if min(sizes) >= FEW or len(sizes) == 1 else "its"
