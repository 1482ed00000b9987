"""Charts of shares of futures: who comes first, and who would sign."""

from collections.abc import Mapping, Sequence

from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Share
from foedus.report.charts.rows import Mark, Panel
from foedus.report.comparison.charts.rows import row_chart
from foedus.report.comparison.tables.standing import acceptance_table, rank_table
from foedus.report.page.page import Chart
from foedus.report.words.numbers import FEW, count, out_of, tick_hundred, tick_percent


def rank_chart(comparison: Comparison, labels: Mapping[str, str]) -> Chart:
    """Draw how often each comes first."""
    heading = "How often each comes first"
    panels = [
        _share_panel(OUTCOMES[measure].words, [ranking.standings[name].first for name in comparison.order])
        for measure, ranking in comparison.rankings.items()
    ]
    return row_chart(
        comparison,
        labels,
        panels=panels,
        name="first",
        heading=heading,
        reading=f"{_in_how_many(comparison)} it alone is the best of all that are compared. The thin line is "
        "what the number of futures drawn leaves open (95 %). The protected state's own reckoning weighs war, losses "
        "and time as the game does.",
        table=rank_table(comparison, labels=labels),
    )


def acceptance_chart(comparison: Comparison, labels: Mapping[str, str]) -> Chart:
    """Draw who would rather sign than fight on."""
    heading = "Who would rather sign than fight on"
    each = [comparison.acceptance[name] for name in comparison.order]
    panels = [
        _share_panel("Adversary", [entry.adversary for entry in each]),
        _share_panel("Protected state", [entry.protected_state for entry in each]),
        _share_panel("Guarantors", [entry.guarantors for entry in each]),
        _share_panel("All three at once", [entry.everyone for entry in each]),
    ]
    return row_chart(
        comparison,
        labels,
        panels=panels,
        name="signing",
        heading=heading,
        reading=f"{_in_how_many(comparison)} the party's value under the arrangement is above its value of fighting "
        "on, by more than the margin. An arrangement needs all of them in the same future.",
        table=acceptance_table(comparison, labels=labels),
    )


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
