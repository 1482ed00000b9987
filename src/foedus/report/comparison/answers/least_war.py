"""Which arrangement has the least war, how sure that is, and what is lost below that threshold."""

from collections.abc import Mapping

from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Spread
from foedus.report.comparison.answers.counts import bare, less_and_more, said
from foedus.report.words.chances import above, below, between
from foedus.report.words.numbers import distance, percent, plural, years
from foedus.report.words.small_sample import are_few, ends


def least_war(comparison: Comparison, labels: Mapping[str, str]) -> str:
    """Say who has the least war, against whom, and how far futures differ."""
    leader, baseline = comparison.leader, comparison.baseline
    is_baseline = leader == baseline
    other = comparison.order[1] if is_baseline else baseline
    first, second = comparison.spreads[leader]["war"], comparison.spreads[other]["war"]
    text = (
        f"Renewed major war is least likely under {labels[leader]}{', the baseline' if is_baseline else ''}: averaged "
        f"over the futures, its chance within {years(comparison.horizon_years)} is {percent(first.mean)}, against "
        f"{percent(second.mean)} under {labels[other]}, the {'next' if is_baseline else 'baseline'}. "
    )
    if are_few(comparison):
        return (
            f"{text}Futures differ: in the {plural(comparison.convergence.used, 'futures')} used it is "
            f"{between(*ends(first))}; under {labels[other]}, {between(*ends(second))}."
        )
    return f"{text}Futures differ: {_differ(first)}; under {labels[other]}, {_differ(second)}."


def _differ(spread: Spread) -> str:
    return f"in half of them it is {below(spread.median)}, and in one of twenty {above(spread.high)}"


def how_sure(comparison: Comparison, labels: Mapping[str, str]) -> str:
    """Count the futures in which the leader has less, more and as much war as the baseline, and as the next."""
    parts = [
        _against_baseline(comparison),
        _against_next(comparison, labels),
        _regret(comparison),
        _most_often(comparison, labels),
    ]
    return " ".join(part for part in parts if part)


def _against_baseline(comparison: Comparison) -> str:
    if comparison.leader == comparison.baseline:
        return ""
    against = comparison.differences[comparison.leader]["war"]
    if against.lower.value >= 1:
        return (
            f"It has less war than the baseline in all futures, by {distance(against.spread.mean)} points on average."
        )
    told = f"Beside the baseline it has {less_and_more(against)}"
    if against.level.value >= 1:
        return f"{told}."
    return f"{told}; averaged over all, it has {distance(against.spread.mean)} percentage points less."


def _against_next(comparison: Comparison, labels: Mapping[str, str]) -> str:
    rival = comparison.order[1]
    if rival == comparison.baseline and comparison.leader != comparison.baseline:
        return ""
    against = next((each for each in comparison.challenges if (each.measure, each.rival) == ("war", rival)), None)
    if against is None:
        return ""
    lower, higher, level = against.ahead, against.behind, against.level
    if lower.value >= 1:
        return f"Beside {labels[rival]}, the next, it has less war in all futures."
    tied = f", and in {bare(level)} the two cannot be told apart" if level.value else ""
    return f"Beside {labels[rival]}, the next, it has less war in {said(lower)} and more in {bare(higher)}{tied}."


def _most_often(comparison: Comparison, labels: Mapping[str, str]) -> str:
    standings = comparison.rankings["war"].standings
    most = max(comparison.order, key=lambda name: standings[name].first.value)
    if standings[most].first.value <= standings[comparison.leader].first.value:
        return ""
    return (
        f"The one with the least war on average is not the one that is best most often: that is {labels[most]}, alone "
        f"at the top in {said(standings[most].first)}."
    )


def _regret(comparison: Comparison) -> str:
    """Say how far it falls behind the best in all but the worst futures; of few futures nothing: one would decide."""
    if len(comparison.order) < 3 or are_few(comparison):
        return ""
    regret = comparison.regrets["war"].each[comparison.leader]
    return f"In 95 of 100 futures it has at most {distance(regret.high)} points more war than the best one there."


def below_that(comparison: Comparison, labels: Mapping[str, str]) -> str:
    """Say who loses the least territory short of war, and who does best by the protected state's own reckoning."""
    least = comparison.rankings["lost"].leader
    lost = {name: percent(comparison.spreads[name]["lost"].mean) for name in comparison.order}
    others = [name for name in dict.fromkeys((comparison.leader, comparison.baseline)) if name != least]
    compared = " and ".join(f"{lost[name]} under {labels[name]}" for name in others)
    reckoning = comparison.rankings["value_P"]
    first = reckoning.standings[reckoning.leader].first
    if {lost[name] for name in (least, *others)} == {lost[least]}:
        text = f"Territory lost to seizures that are not major war is {lost[least]} of the whole on average under all."
    else:
        text = (
            f"Territory lost to seizures that are not major war is least under {labels[least]}: {lost[least]} of the "
            f"whole on average{', against ' if compared else ''}{compared}."
        )
    return (
        f"{text} By the protected state's own reckoning, which weighs war, losses and time together, "
        f"{labels[reckoning.leader]} does best on average, and alone in {said(first)}."
    )
