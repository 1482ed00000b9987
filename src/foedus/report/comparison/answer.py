"""The answer in words: plain sentences made from a comparison, each with what it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foedus.game.outcomes import OUTCOMES
from foedus.insight.assumptions.overturning import Challenge, ParameterEffect
from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Share, Spread
from foedus.report.comparison.reasons.failing_words import enough_words, failure_words
from foedus.report.comparison.reasons.information_words import information_words
from foedus.report.words.numbers import amount, count, counted, distance, percent, percent_range, plain, plural, years
from foedus.report.words.small_sample import are_few, ends, ends_in_words

_FEW = 100


@dataclass(frozen=True)
class Statement:
    """One thing to know."""

    lead: str
    """What it is about, in two or three words."""
    text: str


def answer(
    comparison: Comparison,
    *,
    labels: Mapping[str, str],
    words: Mapping[str, str],
    units: Mapping[str, str] | None = None,
) -> tuple[Statement, ...]:
    """Say what a decision maker has to know, most important first; ``words`` say what a parameter means."""
    return (
        Statement("Least war", _least_war(comparison, labels)),
        Statement("How sure", _how_sure(comparison, labels)),
        Statement("Below that threshold", _below(comparison, labels)),
        Statement("The price", _price(comparison, labels)),
        Statement("Who would sign", _signing(comparison, labels)),
        *(Statement("Good enough", text) for text in enough_words(comparison, labels=labels)[:1]),
        *(Statement(lead, text) for lead, text in _overturning(comparison, labels, words)),
        *(
            Statement("Where it fails", text)
            for text in failure_words(comparison, labels=labels, words=words, units=units)[:1]
        ),
        Statement("What to find out first", information_words(comparison, labels=labels, words=words)[0]),
        Statement("What this rests on", _basis(comparison)),
    )


def _least_war(comparison: Comparison, labels: Mapping[str, str]) -> str:
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
            f"{text}Futures differ: it lies at {percent_range(*ends(first))} in the "
            f"{plural(comparison.convergence.used, 'futures')} used; under {labels[other]}, at "
            f"{percent_range(*ends(second))}."
        )
    return (
        f"{text}Futures differ: half of them put it below {percent(first.median)}, one in twenty above "
        f"{percent(first.high)}; under {labels[other]}, below {percent(second.median)} and above "
        f"{percent(second.high)}."
    )


def _cell(spread: Spread) -> str:
    return f"{percent(spread.mean)} ({percent_range(*ends(spread))})"


def _how_sure(comparison: Comparison, labels: Mapping[str, str]) -> str:
    leader, standings = comparison.leader, comparison.rankings["war"].standings
    others = [name for name in comparison.order if name != leader]
    rival = max(others, key=lambda name: standings[name].first.value)
    first, other = standings[leader].first, standings[rival].first
    drawn = (
        ""
        if are_few(comparison)
        else f" ({count(first.low, of=first.of)} to {count(first.high, of=first.of)} had other futures been drawn)"
    )
    parts = [
        _against_baseline(comparison),
        f"Of the {len(comparison.order)} it comes first in {counted(first.value, of=first.of)}{drawn}, {labels[rival]} "
        f"in {counted(other.value, of=other.of)}.",
        "So the one with the least war on average is not the one that is best most often."
        if other.value > first.value
        else "",
        _worst_regret(comparison),
    ]
    return " ".join(part for part in parts if part)


def _worst_regret(comparison: Comparison) -> str:
    regret = comparison.regrets["war"].each[comparison.leader]
    if are_few(comparison):
        return f"In no future has it more than {distance(regret.largest)} points more war than the best one there."
    return f"In 95 of 100 futures it has at most {distance(regret.high)} points more war than the best one there."


def _against_baseline(comparison: Comparison) -> str:
    if comparison.leader == comparison.baseline:
        return ""
    against = comparison.differences[comparison.leader]["war"]
    if against.lower.value >= 1:
        return (
            f"It has less war than the baseline in all futures, by {distance(against.spread.mean)} points on average."
        )
    return (
        f"It has less war than the baseline in {_share(against.lower)}, more in {_count(against.higher)}, and in "
        f"{_count(against.level)} the two cannot be told apart; averaged over all, it has "
        f"{distance(against.spread.mean)} percentage points less."
    )


def _share(share: Share) -> str:
    return counted(share.value, of=share.of)


def _count(share: Share) -> str:
    return count(share.value, of=share.of)


def _below(comparison: Comparison, labels: Mapping[str, str]) -> str:
    least = comparison.rankings["lost"].leader
    lost = {name: percent(comparison.spreads[name]["lost"].mean) for name in comparison.order}
    others = [name for name in dict.fromkeys((comparison.leader, comparison.baseline)) if name != least]
    compared = " and ".join(f"{lost[name]} under {labels[name]}" for name in others)
    reckoning = comparison.rankings["value_P"]
    first = reckoning.standings[reckoning.leader].first
    return (
        f"Territory lost to seizures that are not major war is least under {labels[least]}: {lost[least]} of the stake "
        f"on average{', against ' if compared else ''}{compared}. By the protected state's own reckoning, "
        f"which weighs war, losses and time together, {labels[reckoning.leader]} does best, and is first in "
        f"{_share(first)}."
    )


def _price(comparison: Comparison, labels: Mapping[str, str]) -> str:
    leader, baseline = comparison.leader, comparison.baseline
    spreads, base = comparison.spreads[leader], comparison.spreads[baseline]
    against = "" if leader == baseline else f", against {amount(base['cost'].mean)} under the baseline"
    text = (
        f"Averages over futures ({ends_in_words(comparison)} of them in brackets): under {labels[leader]} the chance "
        f"that guarantors are at war with the adversary is {_cell(spreads['defend'])}; that a provocation by the "
        f"protected state draws them in, {_cell(spreads['entrap'])}. It costs the guarantors together "
        f"{amount(spreads['cost'].mean)} of the "
        f"stake{against}."
    )
    return f"{text}{_cheapest(comparison, labels)}{_most_entrapping(comparison, labels)}"


def _cheapest(comparison: Comparison, labels: Mapping[str, str]) -> str:
    name = min(comparison.order, key=lambda each: comparison.spreads[each]["cost"].mean)
    if name in (comparison.leader, comparison.baseline):
        return ""
    return f" Cheapest is {labels[name]} ({amount(comparison.spreads[name]['cost'].mean)})."


def _most_entrapping(comparison: Comparison, labels: Mapping[str, str]) -> str:
    name = max(comparison.order, key=lambda each: comparison.spreads[each]["entrap"].mean)
    chance = comparison.spreads[name]["entrap"].mean
    if name == comparison.leader or chance <= comparison.margin:
        return ""
    return f" Entrapment is most likely under {labels[name]} ({percent(chance)})."


def _signing(comparison: Comparison, labels: Mapping[str, str]) -> str:
    leader = comparison.leader
    each = comparison.acceptance[leader]
    best = max(comparison.order, key=lambda name: comparison.acceptance[name].everyone.value)
    text = (
        f"Under {labels[leader]} the adversary would rather sign than fight on in {_share(each.adversary)}, the "
        f"protected state in {_share(each.protected_state)}, the guarantors in {_share(each.guarantors)}; all three at "
        f"once in {_share(each.everyone)}{_untold(each.everyone_level)}."
    )
    if best == leader:
        return f"{text} No other would be signed by all three more often."
    return (
        f"{text} All three would sign most often under {labels[best]}: in "
        f"{_share(comparison.acceptance[best].everyone)}."
    )


def _untold(level: Share) -> str:
    return f", and in {_count(level)} more it cannot be told" if level.value > 0 else ""


def _overturning(
    comparison: Comparison, labels: Mapping[str, str], words: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    on_war = [challenge for challenge in comparison.challenges if challenge.measure == "war"]
    for number, challenge in enumerate(on_war):
        is_settled = challenge.rival == comparison.baseline and challenge.ahead.value >= 1
        if number == 0 or not is_settled:
            lead = "Against the baseline" if number else "What would overturn it"
            yield lead, challenge_words(challenge, labels=labels, words=words, most=1)


def challenge_words(challenge: Challenge, *, labels: Mapping[str, str], words: Mapping[str, str], most: int) -> str:
    """Say how often a leader is ahead of a rival, and which assumptions, ``most`` of them, move that most."""
    text = (
        f"On {OUTCOMES[challenge.measure].in_sentence}, {labels[challenge.leader]} is ahead of "
        f"{labels[challenge.rival]} in {_share(challenge.ahead)}."
    )
    if challenge.ahead.value >= 1:
        return f"{text} Nothing within the ranges of the assumptions overturns that."
    levers = challenge.beyond_chance[:most]
    if not levers:
        return f"{text} No single assumption moves that by more than chance might; it would take several together."
    starts = ["That depends most on", *["then on"] * most]
    said = "; ".join(f"{start} {_lever(lever, words=words)}" for start, lever in zip(starts, levers, strict=False))
    turns = any(lever.turns for lever in challenge.beyond_chance)
    end = "" if turns or challenge.ahead.value <= 0.5 else " In no third of any of them does the order turn over."
    return f"{text} {said}.{end}"


def _lever(lever: ParameterEffect, *, words: Mapping[str, str]) -> str:
    best = max(lever.thirds, key=lambda third: third.ahead)
    worst = min(lever.thirds, key=lambda third: third.ahead)
    turns = ", so there the order turns over" if lever.turns else ""
    meaning = words.get(lever.parameter, lever.parameter)
    often, seldom = (counted(third.ahead, of=third.futures) for third in (best, worst))
    return (
        f"“{meaning}” ({lever.parameter}): it is ahead in {often} where that lies in its {best.which} third "
        f"({plain(best.low)} to {plain(best.high)}), and in {seldom} where it lies in its {worst.which} third "
        f"({plain(worst.low)} to {plain(worst.high)}){turns}"
    )


def _basis(comparison: Comparison) -> str:
    convergence = comparison.convergence
    used, left_out = convergence.used, len(convergence.left_out)
    are = "is" if left_out == 1 else "are"
    why = f"; {left_out} {are} left out because at least one arrangement did not converge in them" if left_out else ""
    few = (
        f" {plural(used, 'futures')} {'is' if used == 1 else 'are'} few: read counts as rough, and draw more before "
        "you quote them."
    )
    return (
        f"On {used} of {plural(convergence.futures, 'futures')}, drawn from the assumptions listed below{why}."
        f"{few if used < _FEW else ''} A count of futures says how often something holds among the assumptions tried. "
        "It is not the probability that it will happen."
    )
