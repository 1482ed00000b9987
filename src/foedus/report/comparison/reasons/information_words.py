"""What to find out first, and what moves the answer: sentences and tables."""

from collections.abc import Mapping

from foedus.game.outcomes import OUTCOMES
from foedus.insight.assumptions.information import Information, Worth
from foedus.insight.assumptions.sensitivity import Influence, Sensitivity
from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import FEW, distance, percent, percent_range, plain
from foedus.values.names import listed

_SHOWN = 8


def information_words(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]
) -> tuple[str, ...]:
    """Say for each loss what knowing everything is worth, and which assumption is worth the most."""
    if comparison.convergence.used < FEW:
        return ("Too few futures to say what is worth finding out; draw more.",)
    return tuple(_information(each, labels=labels, words=words) for each in comparison.information)


def worth_tables(comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]) -> tuple[Table, ...]:
    """Tabulate the assumptions most worth knowing, one table for each loss for which there are some."""
    return tuple(
        _worth_table(each, labels=labels, words=words) for each in comparison.information if each.beyond_chance
    )


def sensitivity_words(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]
) -> tuple[str, ...]:
    """Say which assumption explains most of the leader's war, and what all of them explain."""
    return tuple(_sensitivity(each, labels=labels, words=words) for each in comparison.sensitivities[:1])


def sensitivity_tables(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]
) -> tuple[Table, ...]:
    """Tabulate how much of the variance each assumption explains alone; nothing where none is beyond chance."""
    looked_at = comparison.sensitivities
    found = [{each.parameter: each for each in sensitivity.influences} for sensitivity in looked_at]
    rows = sorted(
        {name for influences in found for name in influences},
        key=lambda name: -max(each[name].first_order.value for each in found if name in each),
    )
    if not rows:
        return ()
    columns = [
        Column("Difference in war" if each.less else f"War, {labels[each.arrangement]}", unit="per cent; direction")
        for each in looked_at
    ]
    return (
        Table(
            caption="How much of the variance over futures an assumption explains alone (first-order Sobol’ index)",
            columns=(Column("Assumption", is_number=False), *columns),
            rows=tuple((_meaning(name, words), *(_influence(each.get(name)) for each in found)) for name in rows),
            note="With 95 % interval. +: more of it goes with more of the outcome; −: with less. A dash: no more than "
            "chance might show. What is left is smaller effects and what assumptions do together; the command "
            "foedus sensitivity tells these apart.",
        ),
    )


def _influence(influence: Influence | None) -> str:
    if influence is None:
        return "–"
    index = influence.first_order
    sign = "+" if influence.direction > 0 else "−"
    if index.low is None or index.high is None:
        return f"{percent(index.value)} {sign}"
    return f"{percent(index.value)} {sign}\n{percent_range(index.low, index.high)}"


def _information(information: Information, *, labels: Mapping[str, str], words: Mapping[str, str]) -> str:
    on = f"Where what counts is {OUTCOMES[information.measure].in_sentence}"
    without = f" and {labels[information.without]} is not to be had" if information.without else ""
    unit = _unit(information)
    perfect = f"{distance(information.perfect.value)} {unit}{_interval(information.perfect)}"
    start = (
        f"{on}{without}, one chooses {labels[information.choice]}; to know everything before choosing would spare "
        f"{perfect} on average."
    )
    told = information.beyond_chance
    if not told:
        return f"{start} No single assumption is worth finding out by more than chance might show."
    best = told[0]
    return (
        f"{start} Most worth finding out is {_meaning(best.parameter, words)}: to know it spares "
        f"{distance(best.value.value)} {unit}{_interval(best.value)}. {_choices(best, labels=labels)}."
    )


def _unit(information: Information) -> str:
    return "percentage points" if OUTCOMES[information.measure].is_share else "hundredths of the stake"


def _choices(worth: Worth, *, labels: Mapping[str, str]) -> str:
    parts = [
        f"{labels[stretch.choice]} where it lies between {plain(stretch.low)} and {plain(stretch.high)}"
        for stretch in worth.choices
    ]
    return f"One would take {listed(parts)}"


def _worth_table(information: Information, *, labels: Mapping[str, str], words: Mapping[str, str]) -> Table:
    without = f", without {labels[information.without]}" if information.without else ""
    measure = OUTCOMES[information.measure].in_sentence
    return Table(
        caption=f"What it is worth to know an assumption before choosing: {measure}{without}",
        columns=(
            Column("Assumption", is_number=False),
            Column("Spared on average", unit=_unit(information)),
            Column("One would take", is_number=False),
        ),
        rows=tuple(
            (
                _meaning(worth.parameter, words),
                f"{distance(worth.value.value)}\n{_range(worth.value)}",
                "; ".join(
                    f"{plain(stretch.low)} to {plain(stretch.high)}: {labels[stretch.choice]}"
                    for stretch in worth.choices
                ),
            )
            for worth in information.beyond_chance[:_SHOWN]
        ),
        note="Only what is worth more than chance alone would show for the best of all assumptions.",
    )


def _sensitivity(sensitivity: Sensitivity, *, labels: Mapping[str, str], words: Mapping[str, str]) -> str:
    what = f"the chance of war under {labels[sensitivity.arrangement]}"
    if sensitivity.less:
        what = f"the difference in war between {labels[sensitivity.arrangement]} and {labels[sensitivity.less]}"
    if not sensitivity.influences:
        return f"No single assumption is seen to move {what} by more than chance might."
    first, number = sensitivity.influences[0], len(sensitivity.influences)
    others = (
        f"; the {number} that can be told from chance, {percent(min(1.0, sensitivity.together))} together"
        if number > 1
        else ""
    )
    return (
        f"Of the variance over futures in {what}, {_meaning(first.parameter, words)} alone explains "
        f"{percent(first.first_order.value)}{others}."
    )


def _meaning(parameter: str, words: Mapping[str, str]) -> str:
    return f"“{words[parameter]}” ({parameter})" if parameter in words else parameter


def _interval(estimate: MeanOverFutures) -> str:
    return f" ({_range(estimate)})" if estimate.low is not None else ""


def _range(estimate: MeanOverFutures) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{distance(max(0.0, estimate.low))} to {distance(max(0.0, estimate.high))}"
