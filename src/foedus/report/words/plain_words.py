"""Values of the language in plain English: words, dates, durations, money, forces, conditions."""

from collections.abc import Iterable

from foedus.arrangement.conditions import FACTS, LEVEL_MEANINGS, Acts, And, Condition, Fact, Level, Not, Or
from foedus.arrangement.vocabulary import Unspecified
from foedus.report.words.party_names import PartyNames
from foedus.values.duration import Duration
from foedus.values.names import sentence
from foedus.values.quantity import Forces, Money
from foedus.values.word import Word

NOT_KNOWN = "not known"

NEGATIONS: dict[str, str] = {
    "provoked": "the protected state did not use force first",
    "requested": "the protected state did not ask for help",
    "consulted": "the guarantors have not met",
    "council_decides": "the council named in the text has not taken the decision",
    "adversary_agrees": "the adversary does not agree",
    "parliament_approves": "the guarantor's parliament has not approved",
    "funds_appropriated": "the money has not been voted",
    "ceasefire_in_force": "no ceasefire is in force",
    "settlement_in_force": "the settlement is not in force",
    "nuclear_weapons_used": "no nuclear weapons are used in the aggression or its threat",
    "external": "the attack does not come from outside",
    "persists": "the breach does not go on after the first response",
    "flagrant": "the breach is not flagrant",
    "significant": "the attack is not significant",
    "deliberate": "the attack is not deliberate",
    "sustained": "the attack is not sustained",
    "named_scenario": "the act is none of the scenarios that the text names",
    "in_scope": "the act falls outside the territory that the text covers",
    "constitution_overthrown": "the constitutional order of the protected state stands",
}
"""Each fact of the condition grammar, denied."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_RELATIONS = {"<": "below", "<=": "at most", "==": "just", "!=": "anything but", ">=": "at least", ">": "above"}
_LEVELLED = {"threat": "what the adversary does is", "attribution": "the attribution is"}


def word(value: Word) -> str:
    """Write a word of the vocabulary with blanks."""
    return NOT_KNOWN if value == Unspecified.UNKNOWN else value.replace("_", " ")


def meaning(value: Word) -> str:
    """Say what a word of the vocabulary means."""
    return NOT_KNOWN if value == Unspecified.UNKNOWN else value.meaning


def named_meaning(value: Word) -> str:
    """Write a word of the vocabulary and what it means."""
    return meaning(value) if value in set(Unspecified) else f"{word(value)}: {value.meaning}"


def date_in_words(date: str) -> str:
    """Write ``1994-12-05`` as "5 December 1994", ``2022-05`` as "May 2022"."""
    if date == Unspecified.UNKNOWN:
        return NOT_KNOWN
    if date == Unspecified.NONE:
        return "none"
    year, month, day = [*date.split("-"), "", ""][:3]
    words = [day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year]
    return " ".join(part for part in words if part)


def span_in_words(span: Duration | Unspecified, *, none: str = "none") -> str:
    """Write a duration, such as "72 hours"; ``none`` is what to say where the text provides nothing."""
    if not isinstance(span, Duration):
        return none if span == Unspecified.NONE else NOT_KNOWN
    return span.in_words


def sum_in_words(money: Money | Unspecified) -> str:
    """Write an amount of money."""
    return NOT_KNOWN if money == Unspecified.UNKNOWN else str(money)


def forces_in_words(forces: Forces | Unspecified) -> str:
    """Write forces, such as "10,000 to 15,000 troops"."""
    if not isinstance(forces, Forces):
        return NOT_KNOWN if forces == Unspecified.UNKNOWN else "none"
    count = f"{forces.low:,}" if forces.low == forces.high else f"{forces.low:,} to {forces.high:,}"
    return f"{count} {forces.unit.replace('_', ' ')}"


def condition_in_words(condition: Condition, *, names: PartyNames) -> str:
    """Write a condition as a clause of a sentence."""
    match condition:
        case Fact(name):
            return FACTS[name]
        case Not(Fact(name)):
            return NEGATIONS[name]
        case Acts(party):
            return f"{names.within(party)} acts"
        case Not(Acts(party)):
            return f"{names.within(party)} does not act"
        case Level(name, relation, level):
            return f"{_LEVELLED[name]} {_RELATIONS[relation]} {level!r} ({LEVEL_MEANINGS[name][level]})"
        case Not(part):
            return f"it is not so that {_bracketed(part, names=names)}"
        case And(parts):
            return " and ".join(_bracketed(part, names=names) for part in parts)
        case Or(parts):
            return " or ".join(_bracketed(part, names=names) for part in parts)


def paragraph(parts: Iterable[str]) -> str:
    """Join sentences; each begins with a capital and ends with a full stop."""
    return " ".join(sentence(part) for part in parts if part)


def _bracketed(part: Condition, *, names: PartyNames) -> str:
    text = condition_in_words(part, names=names)
    return f"({text})" if isinstance(part, And | Or) else text
