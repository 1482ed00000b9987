"""How sure the order is: intervals of averages, and who is never the better choice."""

from collections.abc import Iterator, Mapping

from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.dominance import Dominated, Order
from foedus.report.comparison.tables.cells import NAME, row_label, share_cell
from foedus.report.page.page import Folded, Paragraph, Section
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import count, distance, out_of, plural
from foedus.report.words.small_sample import are_few
from foedus.values.names import listed

_ORDER_WORDS = {
    Order.STATEWISE: "in every future",
    Order.FIRST: "as a gamble",
    Order.SECOND: "as a gamble, to anyone averse to risk",
}


def sureness_section(comparison: Comparison, *, labels: Mapping[str, str]) -> Section:
    """Say how far the number of futures carries the order, and who is never the better choice."""
    ranking = comparison.rankings["war"]
    unclear = [labels[name] for name in comparison.order[1:] if not ranking.behind[name].is_clear]
    leader = labels[comparison.leader]
    if are_few(comparison):
        told = f"{plural(comparison.convergence.used, 'futures')} cannot settle who has the least war on average."
    elif unclear:
        told = (
            f"The number of futures drawn leaves open whether {leader} has less war on average than {listed(unclear)}: "
            "there the interval below reaches 0."
        )
    else:
        told = (
            f"On average {leader} has less war than each of the others, and not for want of futures: no interval below "
            "reaches 0."
        )
    dominance = _dominance_tables(comparison, labels=labels)
    return Section(
        "How sure",
        (
            Paragraph(told),
            Paragraph(_dominance_words(comparison, labels=labels)),
            _behind_table(comparison, labels=labels),
            *(Folded(table.caption, (table,)) for table in dominance),
        ),
        name="sure",
    )


def _behind_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    ranking = comparison.rankings["war"]
    rows = []
    for name in comparison.order:
        behind = ranking.behind.get(name)
        first = share_cell(ranking.standings[name].first)
        if behind is None:
            rows.append((row_label(name, comparison=comparison, labels=labels), "–", "–", first))
            continue
        interval = "" if behind.low is None else f"\n{_points(behind.low)} to {_points(behind.high or 0.0)}"
        less = count(ranking.ahead[name][comparison.leader], of=comparison.convergence.used)
        rows.append(
            (row_label(name, comparison=comparison, labels=labels), _points(behind.value) + interval, less, first)
        )
    unit = f"futures of {out_of(comparison.convergence.used)}"
    return Table(
        caption=f"War on average, and how it lies to {labels[comparison.leader]}",
        columns=(
            NAME,
            Column(f"More war than {labels[comparison.leader]}", unit="points: average, 95 % interval"),
            Column("Less war than it in", unit=unit),
            Column("First alone in", unit=f"{unit}, 95 % interval"),
        ),
        rows=tuple(rows),
        note="Futures in which two cannot be told apart count for neither. Intervals say what the number of futures "
        "drawn leaves open, by Student's t on differences within each future and by Wilson's for shares. They say "
        "nothing about whether the assumptions are right.",
    )


def _points(value: float) -> str:
    return f"{'−' if value < 0 else ''}{distance(value)}"


def _dominance_words(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    best = _strongest(comparison.dominated["war"])
    statewise = [labels[each.arrangement] for each in best.values() if each.order is Order.STATEWISE]
    text = (
        f"On war, {listed(statewise)} {'has' if len(statewise) == 1 else 'have'} another beside "
        f"{'it' if len(statewise) == 1 else 'them'} that is at least as good in every future. "
        if statewise
        else "On war, none is beaten by one other in every future. "
    )
    beaten = [labels[name] for name in best]
    if not beaten:
        return f"{text.strip()} None is the worse gamble beside some other."
    return (
        f"{text}{listed(beaten)} {'is' if len(beaten) == 1 else 'are'} the worse gamble on war beside some other, by "
        "the tables below, which hang on the few worst futures drawn: another draw may undo them."
    )


def _strongest(found: tuple[Dominated, ...]) -> dict[str, Dominated]:
    """Keep for each arrangement the strongest domination."""
    order = list(Order)
    best: dict[str, Dominated] = {}
    for each in found:
        if each.arrangement not in best or order.index(each.order) < order.index(best[each.arrangement].order):
            best[each.arrangement] = each
    return best


def _dominance_tables(comparison: Comparison, *, labels: Mapping[str, str]) -> Iterator[Table]:
    for measure, found in comparison.dominated.items():
        rows = []
        for name in comparison.order:
            by: dict[Order, list[str]] = {order: [] for order in Order}
            for each in found:
                if each.arrangement == name:
                    by[each.order].append(labels[each.by])
            if any(by.values()):
                rows.append((labels[name], *("; ".join(by[order]) or "–" for order in Order)))
        if rows:
            yield Table(
                caption=f"Who is never the better choice: {OUTCOMES[measure].in_sentence}",
                columns=(NAME, *(Column(f"Beaten {_ORDER_WORDS[order]}, by", is_number=False) for order in Order)),
                rows=tuple(rows),
                note="Among the futures drawn. In every future: statewise dominance. As a gamble: first-order "
                "stochastic dominance, to anyone who wants less of it; the last column: second-order.",
            )
