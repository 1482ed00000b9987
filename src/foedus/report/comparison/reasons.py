"""Why the answer is what it is: the parts of a page on sureness, regret, thresholds, information and failing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.dominance import Dominated, Order
from foedus.report.comparison.charts import Figure
from foedus.report.comparison.failing_charts import failure_figure
from foedus.report.comparison.failing_words import enough_words, failure_words, requirements_in_words
from foedus.report.comparison.information_words import (
    information_words,
    sensitivity_tables,
    sensitivity_words,
    worth_tables,
)
from foedus.report.comparison.tables import NAME, row_label, share_cell
from foedus.report.page.tables import Column, Table
from foedus.report.words.labels import listed
from foedus.report.words.numbers import count, distance, out_of, plural
from foedus.report.words.small_sample import are_few

_ORDER_WORDS = {
    Order.STATEWISE: "in every future",
    Order.FIRST: "as a gamble",
    Order.SECOND: "as a gamble, to anyone averse to risk",
}


@dataclass(frozen=True)
class Part:
    """A section of a page."""

    anchor: str
    heading: str
    words: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    details: tuple[Table, ...] = field(default=())
    """Tables that are folded away."""


def reason_parts(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str], units: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return the parts in the order of a page; "Good enough" only where thresholds were given."""
    return (
        _sureness(comparison, labels=labels),
        _regret(comparison, labels=labels),
        *([_enough(comparison, labels=labels)] if comparison.requirements else []),
        _findings(comparison, labels=labels, words=words),
        _failing(comparison, labels=labels, words=words, units=units),
    )


def enough_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate how often each meets each requirement, and all at once; most often first."""
    order = sorted(comparison.order, key=lambda name: -comparison.satisficing[name].jointly.value)
    unit = f"futures of {out_of(comparison.convergence.used)}"
    return Table(
        caption="Good enough: how often each meets what was asked for",
        columns=(
            NAME,
            Column("All at once", unit=unit),
            *(Column(str(requirement), unit=unit) for requirement in comparison.requirements),
        ),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                share_cell(comparison.satisficing[name].jointly),
                *(count(share.value, of=share.of) for share in comparison.satisficing[name].alone),
            )
            for name in order
        ),
        note=f"Asked for: {requirements_in_words(comparison.requirements)}.",
    )


def _sureness(comparison: Comparison, *, labels: Mapping[str, str]) -> Part:
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
    return Part(
        anchor="sure",
        heading="How sure",
        words=(told, _dominance_words(comparison, labels=labels)),
        tables=(_behind_table(comparison, labels=labels),),
        details=tuple(_dominance_tables(comparison, labels=labels)),
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
            Column("First in", unit=f"{unit}, 95 % interval"),
        ),
        rows=tuple(rows),
        note="A tie counts half. Intervals say what the number of futures drawn leaves open, by Student's t on "
        "differences within each future and by Wilson's for shares. They say nothing about whether the assumptions are "
        "right.",
    )


def _points(value: float) -> str:
    return f"{'−' if value < 0 else ''}{distance(value)}"


def _dominance_words(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    best = _strongest(comparison.dominated["war"])
    statewise = [labels[each.arrangement] for each in best.values() if each.order is Order.STATEWISE]
    free = [labels[name] for name in comparison.order if name not in best]
    text = (
        f"On war, {listed(statewise)} {'has' if len(statewise) == 1 else 'have'} another beside "
        f"{'it' if len(statewise) == 1 else 'them'} that is at least as good in every future. "
        if statewise
        else "On war, none is beaten by one other in every future. "
    )
    return (
        f"{text}Whoever shuns risk, in whatever degree, would consider only {listed(free)}: each of the others is the "
        "worse gamble beside some other."
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


def _regret(comparison: Comparison, *, labels: Mapping[str, str]) -> Part:
    regrets = comparison.regrets["war"]
    least, leader = regrets.minimax[0], comparison.leader
    worst = regrets.each[least].largest
    if least == leader:
        told = (
            f"{labels[leader]} has the least war on average and also the smallest largest regret: in no future drawn "
            f"has it more than {distance(worst)} points more war than the best one there."
        )
    else:
        told = (
            f"Who fears most to have chosen badly would take {labels[least]} rather than {labels[leader]}: in no "
            f"future drawn has it more than {distance(worst)} points more war than the best one there, and "
            f"{labels[leader]} has up to {distance(regrets.each[leader].largest)}."
        )
    return Part(
        anchor="regret",
        heading="Regret",
        words=(f"Regret is how much more war an arrangement has than the best one of the same future. {told}",),
        tables=(_regret_table(comparison, labels=labels),),
    )


def _regret_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    is_few = are_few(comparison)
    rows = []
    for name in comparison.order:
        cells = []
        for measure in ("war", "value_P"):
            regret = comparison.regrets[measure].each[name]
            middle = () if is_few else (distance(regret.high),)
            cells += [distance(regret.expected.value), *middle, distance(regret.largest)]
        rows.append((row_label(name, comparison=comparison, labels=labels), *cells))
    columns = [
        Column(heading, unit=unit)
        for heading in ("War", "Own reckoning")
        for unit in ("average", *(() if is_few else ("at most in 95 of 100",)), "at most")
    ]
    return Table(
        caption="Regret, in percentage points of war and in hundredths of the stake",
        columns=(NAME, *columns),
        rows=tuple(rows),
        note="Own reckoning: the protected state's value. The largest regret is of the futures drawn; more futures can "
        "only raise it.",
    )


def _enough(comparison: Comparison, *, labels: Mapping[str, str]) -> Part:
    return Part(
        anchor="enough",
        heading="Good enough",
        words=enough_words(comparison, labels=labels),
        tables=(enough_table(comparison, labels=labels),),
    )


def _findings(comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]) -> Part:
    return Part(
        anchor="find-out",
        heading="What to find out first",
        words=(
            *information_words(comparison, labels=labels, words=words),
            *sensitivity_words(comparison, labels=labels, words=words),
        ),
        tables=(
            *worth_tables(comparison, labels=labels, words=words),
            *sensitivity_tables(comparison, labels=labels, words=words),
        ),
    )


def _failing(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str], units: Mapping[str, str]
) -> Part:
    told = failure_words(comparison, labels=labels, words=words, units=units)
    drawn = [
        failure_figure(failure, labels=labels, words=words, number=number)
        for number, failure in enumerate(comparison.failures)
    ]
    return Part(
        anchor="fails",
        heading="Where it fails",
        words=told or (f"There is next to no war under {labels[comparison.leader]} in any quarter of the futures.",),
        figures=tuple(figure for figure in drawn if figure is not None),
    )
