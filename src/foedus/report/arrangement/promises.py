"""What is promised, one paragraph a promise."""

from foedus.arrangement.clauses import Commitment, StandingSupport
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Content, Finds, Kind, Measure, TierWord, Unspecified
from foedus.report.page.page import Entry
from foedus.report.words.party_names import PartyNames, is_plural
from foedus.report.words.plain_words import (
    condition_in_words,
    forces_in_words,
    meaning,
    paragraph,
    span_in_words,
    sum_in_words,
    word,
)
from foedus.values.names import listed, sentence
from foedus.values.word import Word

_REACH = {
    TierWord.SUPPORT: "short of sending forces",
    TierWord.DEPLOY: "up to sending forces in",
    TierWord.DEFEND: "up to the use of force",
}
_FINDINGS = {
    Finds.HYBRID: "grey-zone pressure",
    Finds.INCURSION: "an incursion",
    Finds.INVASION: "an invasion",
    Finds.PROVOKED: "fighting that {protected} brought on",
}
_OTHER_ACTS = {
    Measure.CONSULTATION: "consult",
    Measure.DIPLOMACY: "take diplomatic steps",
    Measure.COUNCIL_ACTION: "take the matter to a council",
    Measure.NON_AGGRESSION: "refrain from the threat or use of force",
    Measure.NO_NUCLEAR_USE: "refrain from using nuclear weapons",
}
"""Acts that are no assistance: where a promise names nothing else, its sentence speaks of them alone."""


def promise(clause: Commitment, *, arrangement: Arrangement, names: PartyNames) -> Entry:
    """Write a commitment as a paragraph in plain English."""
    protected = names.listed(arrangement.parties.protected_state)
    who = _subject(clause.by, names=names) + _each_in_its_own(clause, protected=protected)
    sentences = [
        f"{who} {_modal(clause.bindingness, is_many=is_plural(clause.by))} {_act(clause, protected=protected)}",
        _falls_due(clause, protected=protected, names=names),
        *_what_is_owed(clause),
    ]
    return Entry(label=_label(clause.id, clause.article), text=_paragraph(sentences, clause.text))


def standing_promise(clause: StandingSupport, *, arrangement: Arrangement, names: PartyNames) -> Entry:
    """Write standing support as a paragraph in plain English."""
    protected = names.listed(arrangement.parties.protected_state)
    modal = _modal(clause.bindingness, is_many=is_plural(clause.by))
    act = "consult" if clause.bindingness is Bindingness.WILL_CONSULT else f"support {protected} in peacetime"
    sentences = [
        f"{_subject(clause.by, names=names)} {modal} {act}{_discretion(clause.bindingness, clause.by)}",
        *_named_measures(clause.measures),
        *_unless_none("Money pledged: {}", clause.money, sum_in_words(clause.money)),
        *_unless_none("Money has been voted for: {}", clause.funded_for, span_in_words(clause.funded_for)),
    ]
    return Entry(label=_label("in peacetime", clause.article), text=_paragraph(sentences, clause.text))


def _label(name: str, article: str | None) -> str:
    title = sentence(name.replace("_", " ")).rstrip(".")
    return f"{title} ({article})" if article else title


def _paragraph(sentences: list[str], text: str | None) -> str:
    quoted = [f"As encoded: {text}"] if text else []
    return paragraph([*sentences, *quoted])


def _subject(by: tuple[str, ...], *, names: PartyNames) -> str:
    return "it is not known who" if by == ("unknown",) else names.listed(by)


def _each_in_its_own(clause: Commitment, *, protected: str) -> str:
    if clause.kind is not Kind.BILATERAL:
        return ""
    each = "each " if is_plural(clause.by) else ""
    return f", {each}in a text of its own with {protected},"


def _modal(bindingness: Bindingness, *, is_many: bool) -> str:
    match bindingness:
        case Bindingness.MAY:
            return "may"
        case Bindingness.UNKNOWN:
            return (
                "have undertaken, how firmly is not known, to"
                if is_many
                else ("has undertaken, how firmly is not known, to")
            )
        case Bindingness.INTENDS:
            return "intend to" if is_many else "intends to"
        case _:
            return "shall"


def _act(clause: Commitment, *, protected: str) -> str:
    further = "" if clause.tier is TierWord.SUPPORT else f" (what follows may go {_REACH[clause.tier]})"
    if clause.bindingness is Bindingness.WILL_CONSULT:
        return f"consult; no more is owed{further}"
    if _is_other_act(clause.measures):
        return listed([_OTHER_ACTS[measure] for measure in clause.measures]) + further
    return f"assist {protected}, {_REACH[clause.tier]}{_discretion(clause.bindingness, clause.by)}"


def _is_other_act(measures: tuple[Measure, ...]) -> bool:
    return bool(measures) and all(measure in _OTHER_ACTS for measure in measures)


def _discretion(bindingness: Bindingness, by: tuple[str, ...]) -> str:
    who = "each" if is_plural(by) else "it"
    return f", as {who} deems necessary" if bindingness is Bindingness.SHALL_DISCRETIONARY else ""


def _falls_due(clause: Commitment, *, protected: str, names: PartyNames) -> str:
    findings = [_FINDINGS[each].format(protected=protected) for each in clause.answers]
    parts = [f"it falls due on a finding of {_either(findings)}"] if findings else []
    if clause.when is not None:
        parts.append(
            f"{'but only' if parts else 'it falls due only'} if {condition_in_words(clause.when, names=names)}"
        )
    if clause.unless is not None:
        parts.append(
            f"{'and not' if parts else 'it does not fall due'} if {condition_in_words(clause.unless, names=names)}"
        )
    return ", ".join(parts)


def _either(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} or {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _what_is_owed(clause: Commitment) -> list[str]:
    is_told = _is_other_act(clause.measures)
    is_free = clause.content is Content.DEBTOR_CHOOSES and clause.bindingness is not Bindingness.SHALL_SPECIFIED
    return [
        *([] if is_told else _named_measures(clause.measures)),
        *([] if is_told or is_free else [meaning(clause.content)]),
        *([f"its form: {meaning(clause.legal_form)}"] if clause.legal_form else []),
        *(["the protected state owes the same in return"] if clause.mutual else []),
        *_unless_none("Money pledged: {}", clause.money, sum_in_words(clause.money)),
        *_unless_none("Forces pledged: {}", clause.forces, forces_in_words(clause.forces)),
        *_unless_none("To be done within: {}", clause.within, span_in_words(clause.within)),
    ]


def _named_measures(measures: tuple[Measure, ...]) -> list[str]:
    return [f"The text names {listed([word(measure) for measure in measures])}"] if measures else []


def _unless_none(pattern: str, value: object, in_words: str) -> list[str]:
    return [] if isinstance(value, Word) and value == Unspecified.NONE else [pattern.format(in_words)]
