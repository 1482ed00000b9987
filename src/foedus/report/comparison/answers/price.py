"""What an arrangement costs its guarantors: war, being drawn in, money and people."""

from collections.abc import Mapping

from foedus.insight.comparison.money import MoneyCost
from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Spread
from foedus.report.words.chances import between
from foedus.report.words.numbers import amount, euros, euros_range, percent
from foedus.report.words.small_sample import ends, ends_in_words
from foedus.values.names import listed, party_name


def price_words(
    comparison: Comparison, labels: Mapping[str, str], *, soldiers: Mapping[str, str], why_cheap: Mapping[str, str]
) -> str:
    """Say what the leader costs, and which is cheapest and why; ``why_cheap`` is by id, where there is a reason."""
    leader = comparison.leader
    spreads = comparison.spreads[leader]
    at_war, drawn_in = (_cell(spreads[outcome]) for outcome in ("defend", "entrap"))
    people = f" Forces in place: {soldiers[leader]}." if soldiers.get(leader) else ""
    text = (
        f"Under {labels[leader]} the chance that guarantors are at war with the adversary is {at_war}; that a "
        f"provocation by the protected state draws them in, {drawn_in} (averages; {ends_in_words(comparison)} of "
        f"futures in brackets). {_costs(comparison, labels)}{people}"
    )
    return f"{text}{_cheapest(comparison, labels, why_cheap)}{_most_entrapping(comparison, labels)}"


def money_is_known(comparison: Comparison) -> bool:
    """Tell whether every arrangement has a cost in money."""
    return all(name in comparison.money for name in comparison.order)


def money_note(comparison: Comparison) -> str:
    """Say how money is reckoned, or why it is not."""
    if not money_is_known(comparison):
        return (
            "Cost in units of the stake, each guarantor by its size: in money it is not known, since no GDP of the "
            "time is known for the payers."
        )
    left_out = sorted({party for each in comparison.money.values() for party in each.not_known})
    without = f" Without {listed([party_name(each) for each in left_out])}, whose GDP is not known." if left_out else ""
    return (
        "Money: bn EUR a year at the GDP of 2021, forces in place, aid and wars joined together. The game reckons in "
        "units of the stake; the rate at which these become shares of GDP is an assumption with a wide range, listed "
        f"with the others.{without}"
    )


def _cell(spread: Spread) -> str:
    return f"{percent(spread.mean)} ({between(*ends(spread))})"


def _costs(comparison: Comparison, labels: Mapping[str, str]) -> str:
    leader, baseline = comparison.leader, comparison.baseline
    if not money_is_known(comparison):
        against = (
            ""
            if leader == baseline
            else f", against {amount(comparison.spreads[baseline]['cost'].mean)} under the baseline"
        )
        return (
            "What it costs the guarantors in money is not known, since no GDP of the time is; in the game's own unit, "
            f"the whole stake, it is {amount(comparison.spreads[leader]['cost'].mean)}{against}."
        )
    money = comparison.money[leader]
    against = (
        ""
        if leader == baseline
        else f", against {euros(comparison.money[baseline].total.mean)} under {labels[baseline]}"
    )
    return (
        f"It costs the guarantors together about {euros(money.total.mean)} a year ({euros_range(*ends(money.total))}), "
        f"{_share(money)} of their GDP, wars that they join included{against}."
    )


def _share(money: MoneyCost) -> str:
    return percent(money.share_gdp.mean / 100)


def _cheapest(comparison: Comparison, labels: Mapping[str, str], why_cheap: Mapping[str, str]) -> str:
    known = money_is_known(comparison)
    cost = {name: _mean_cost(comparison, name, known=known) for name in comparison.order}
    name = min(comparison.order, key=cost.__getitem__)
    why = why_cheap.get(name, "")
    if name in (comparison.leader, comparison.baseline) and not why:
        return ""
    written = euros(cost[name]) if known else amount(cost[name])
    return f" Cheapest is {labels[name]} ({written}){f', and for a reason: {why}' if why else ''}."


def _mean_cost(comparison: Comparison, name: str, *, known: bool) -> float:
    return comparison.money[name].total.mean if known else comparison.spreads[name]["cost"].mean


def _most_entrapping(comparison: Comparison, labels: Mapping[str, str]) -> str:
    name = max(comparison.order, key=lambda each: comparison.spreads[each]["entrap"].mean)
    chance = comparison.spreads[name]["entrap"].mean
    if name == comparison.leader or chance <= comparison.margin:
        return ""
    return f" Being drawn in is most likely under {labels[name]} ({percent(chance)})."
