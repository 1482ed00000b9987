"""The answer in words: plain sentences made from a comparison, each with what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.game.outcomes import OUTCOMES
from foedus.insight.assumptions.overturning import Challenge, ParameterEffect
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.answers.counts import ahead_and_behind
from foedus.report.comparison.answers.history import history_words
from foedus.report.comparison.answers.least_war import below_that, how_sure, least_war
from foedus.report.comparison.answers.own_clauses import own_clauses_words, same_game_sentences
from foedus.report.comparison.answers.price import price_words
from foedus.report.comparison.answers.signing import signing_words
from foedus.report.comparison.answers.told import Told
from foedus.report.comparison.reasons.failing_words import enough_words
from foedus.report.words.numbers import counted, plain, plural
from foedus.values.names import listed

_FEW = 100
_NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Statement:
    """One thing to know."""

    lead: str
    """What it is about, in two or three words."""
    text: str


def answer(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str], told: Told = _NOTHING_TOLD
) -> tuple[Statement, ...]:
    """Say what a decision maker has to know, most important first; ``words`` say what a parameter means."""
    said = (
        Statement("Least war", least_war(comparison, labels)),
        Statement("Against history", history_words(told.records) if told.records else ""),
        Statement("How sure", how_sure(comparison, labels)),
        Statement("What its clauses do", own_clauses_words(comparison, labels)),
        *(Statement("One game", text) for text in same_game_sentences(comparison, labels=labels, apart=told.apart)),
        Statement("Below that threshold", below_that(comparison, labels)),
        Statement("The price", price_words(comparison, labels, soldiers=told.soldiers, why_cheap=told.why_cheap)),
        Statement("Who would sign", signing_words(comparison, labels, words)),
        *(Statement("Good enough", text) for text in enough_words(comparison, labels=labels)[:1]),
        Statement("What would overturn it", _overturning(comparison, labels, words)),
        Statement("What this rests on", _basis(comparison)),
    )
    return tuple(each for each in said if each.text)


def _overturning(comparison: Comparison, labels: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Say what decides the contest for the least war; the counts stand in how sure it is."""
    on_war = [each for each in comparison.challenges if each.measure == "war"]
    open_ones = [each for each in on_war if each.behind.value > 0]
    if not open_ones:
        rivals = listed([labels[each.rival] for each in on_war])
        return (
            f"Nothing within the ranges of the assumptions puts {rivals} ahead of {labels[comparison.leader]} on war."
        )
    return " ".join(
        f"Beside {labels[each.rival]}: {_levers(each, words=words, most=1, has_symbols=False)}" for each in open_ones
    )


def challenge_words(challenge: Challenge, *, labels: Mapping[str, str], words: Mapping[str, str], most: int) -> str:
    """Say how often a leader is ahead of a rival, and which assumptions, ``most`` of them, move that most."""
    counts = ahead_and_behind(ahead=challenge.ahead, behind=challenge.behind, level=challenge.level)
    text = (
        f"On {OUTCOMES[challenge.measure].in_sentence}, beside {labels[challenge.rival]} {labels[challenge.leader]} is "
        f"{counts}."
    )
    if challenge.behind.value == 0:
        return f"{text} Nothing within the ranges of the assumptions overturns that."
    said = _levers(challenge, words=words, most=most, has_symbols=True)
    return f"{text} {said[:1].upper()}{said[1:]}"


def _levers(challenge: Challenge, *, words: Mapping[str, str], most: int, has_symbols: bool) -> str:
    levers = challenge.beyond_chance[:most]
    if not levers:
        return "no single assumption moves who is ahead by more than chance might; it would take several together."
    starts = ["who is ahead depends most on", *["then on"] * most]
    said = "; ".join(
        f"{start} {_lever(lever, words=words, has_symbol=has_symbols)}"
        for start, lever in zip(starts, levers, strict=False)
    )
    turns = any(lever.turns for lever in challenge.beyond_chance)
    end = "" if turns or challenge.credit <= 0.5 else " In no third of any of them does the order turn over."
    return f"{said}.{end}"


def _lever(lever: ParameterEffect, *, words: Mapping[str, str], has_symbol: bool) -> str:
    best = max(lever.thirds, key=lambda third: third.credit)
    worst = min(lever.thirds, key=lambda third: third.credit)
    turns = ", so there the order turns over" if lever.turns else ""
    meaning = f"“{words.get(lever.parameter, lever.parameter)}”"
    named = f"{meaning} ({lever.parameter})" if has_symbol else meaning
    often, seldom = (counted(third.ahead, of=third.futures) for third in (best, worst))
    return (
        f"{named}: it is ahead in {often} where that lies in its {best.which} third "
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
