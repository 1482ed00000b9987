"""The page of claims as plain data: a table to argue with, and every claim in full."""

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.insight.claims.answer import ClaimAnswer, ClaimAnswers, ClaimRuling
from foedus.insight.claims.record import ORIGINS, ArgumentOrigin, Reference
from foedus.report.claims.words import (
    basis_sentence,
    effect_cell,
    failing_sentences,
    figure_words,
    outcome_words,
    part_words,
    rule_sentences,
    ruling_sentence,
    side_words,
    source_words,
    summary_sentence,
    told_apart_sentence,
)
from foedus.report.page.references import BREIMAN, MCKELVEY_PALFREY, WILSON, cited
from foedus.report.page.sheet import Made
from foedus.report.page.tables import Column, Table
from foedus.report.parameters.assumptions import Basis, difference_table
from foedus.report.words.numbers import count_of_100, plural, years

_REFERENCES = (cited(MCKELVEY_PALFREY), cited(WILSON), cited(BREIMAN))


@dataclass(frozen=True)
class Quoted:
    """A reference as it is shown."""

    says: str
    citation: str
    evidence: str
    """``seen``, ``from memory`` or ``case of the library``."""
    url: str


@dataclass(frozen=True)
class ClaimEntry:
    """One claim in full."""

    id: str
    in_short: str
    statement: str
    source: str
    argued_by: tuple[Quoted, ...]
    ruling: str
    verdict: tuple[str, ...]
    """Sentences, the ruling first."""
    comparison: str
    sides: tuple[tuple[str, str], ...]
    """Name in the inequalities, with its label; and what it is."""
    holds: str
    parts: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    """Name, meaning, average with range."""
    failing: tuple[str, ...]
    pro: tuple[Quoted, ...]
    contra: tuple[Quoted, ...]
    reading: str
    limits: tuple[str, ...]


@dataclass(frozen=True)
class ClaimsPage:
    """Everything that the page shows."""

    title: str
    subtitle: str
    summary: str
    how_to_read: tuple[str, ...]
    rules: tuple[str, ...]
    tables: tuple[Table, ...]
    entries: tuple[ClaimEntry, ...]
    changed: Table | None
    """What differs from the default parameters; None where nothing does."""
    references: tuple[str, ...]
    """The works whose methods it rests on."""
    made: Made


def claims_page(
    answers: ClaimAnswers, *, words: Mapping[str, str], units: Mapping[str, str], basis: Basis, made: Made
) -> ClaimsPage:
    """Lay out answers; ``words`` say what a parameter means and ``units`` what it is counted in.

    ``basis`` says in what the parameters depart from the default.
    """
    settings = answers.settings
    return ClaimsPage(
        title="Claims, tried against the futures",
        subtitle=f"{plural(len(answers.answers), 'claims')} in {plural(settings.futures, 'futures')}, "
        f"{years(settings.horizon_periods / 2)} ahead",
        summary=summary_sentence(answers),
        how_to_read=_how_to_read(answers),
        rules=rule_sentences(),
        tables=claim_tables(answers),
        entries=tuple(_entry(answer, words=words, units=units) for answer in _in_order(answers)),
        changed=difference_table(basis),
        references=_REFERENCES,
        made=made,
    )


def claim_tables(answers: ClaimAnswers) -> tuple[Table, ...]:
    """Tabulate claims, one table for each place where arguments were found."""
    return tuple(
        _table(origin, [answer for answer in answers.answers if answer.claim.origin is origin])
        for origin in ArgumentOrigin
        if any(answer.claim.origin is origin for answer in answers.answers)
    )


def quoted(reference: Reference) -> Quoted:
    """Turn a reference into what is shown of it."""
    if reference.case:
        return Quoted(says=reference.says, citation=reference.case, evidence="case of the library", url="")
    return Quoted(
        says=reference.says,
        citation=reference.citation,
        evidence=reference.evidence.value.replace("_", " "),
        url=reference.url,
    )


def _how_to_read(answers: ClaimAnswers) -> tuple[str, ...]:
    return (
        "Each claim is an inequality between outcomes of named texts, tried in every future; both sides are solved in "
        "the same futures, so that nothing differs but what the claim names. A count of futures says how often "
        "something holds among the assumptions tried. It is not the probability that the claim is true.",
        "Holds, equal, fails: futures of a hundred in which the claimed side is ahead, in which the sides lie within "
        "the solver's margin, and in which the other side is ahead. A claim that asks for no more than a tie holds "
        "where the sides are equal, and its equal futures are counted in both columns. Futures in which a side did not "
        "converge are left out of that claim alone.",
        "The literature beside each claim was collected before any of this was computed and owes it nothing. Seen: the "
        "page was read. From memory: not looked up, so no figure is given. The reading of it is an aid, not a finding.",
        f"{answers.sides} sides of {plural(len(answers.answers), 'claims')} came to {answers.games} games: texts that "
        "compile to the same numbers in every future were solved once.",
    )


def _in_order(answers: ClaimAnswers) -> list[ClaimAnswer]:
    order = list(ArgumentOrigin)
    return sorted(answers.answers, key=lambda answer: order.index(answer.claim.origin))


def _table(origin: ArgumentOrigin, answers: list[ClaimAnswer]) -> Table:
    columns = (
        Column("Claim", is_number=False),
        Column("Holds", unit="of 100"),
        Column("Equal", unit="of 100"),
        Column("Fails", unit="of 100"),
        Column("Ahead by", unit="mean"),
        Column("By the rule", is_number=False),
        Column("For, against", unit="references"),
    )
    return Table(
        caption=f"Arguments of {ORIGINS[origin]}",
        columns=columns,
        rows=tuple(_row(answer) for answer in answers),
        row_links=tuple(f"#{answer.claim.id}" for answer in answers),
        note="Below a count: what other draws of as many futures might have given (95 %). Ahead by: one line for each "
        "inequality of the claim; points are percentage points.",
    )


def _row(answer: ClaimAnswer) -> tuple[str, ...]:
    claim = answer.claim
    references = f"{len(claim.pro)}, {len(claim.contra)}"
    if answer.holds is None or answer.level is None or answer.fails is None:
        return (claim.in_short, "–", "–", "–", "–", answer.ruling.value, references)
    if answer.ruling is ClaimRuling.UNTESTED:
        return (claim.in_short, "–", count_of_100(answer.level.value), "–", "–", answer.ruling.value, references)
    holds = f"{count_of_100(answer.holds.low)} to {count_of_100(answer.holds.high)}"
    return (
        claim.in_short,
        f"{count_of_100(answer.holds.value)}\n{holds}",
        count_of_100(answer.level.value),
        count_of_100(answer.fails.value),
        effect_cell(answer),
        answer.ruling.value,
        references,
    )


def _entry(answer: ClaimAnswer, *, words: Mapping[str, str], units: Mapping[str, str]) -> ClaimEntry:
    claim = answer.claim
    verdict = (ruling_sentence(answer), told_apart_sentence(answer), basis_sentence(answer))
    return ClaimEntry(
        id=claim.id,
        in_short=claim.in_short,
        statement=claim.statement,
        source=source_words(claim),
        argued_by=tuple(quoted(each) for each in claim.argued_by),
        ruling=answer.ruling.value,
        verdict=tuple(sentence for sentence in verdict if sentence),
        comparison=claim.comparison,
        sides=tuple((_side_name(side.name, side.label), side_words(side)) for side in claim.sides),
        holds=claim.holds_text,
        parts=tuple(part_words(part, used=answer.used) for part in answer.parts),
        figures=tuple(
            (name, outcome_words(name.partition(".")[2]), figure_words(name, spread))
            for name, spread in answer.figures.items()
        ),
        failing=failing_sentences(answer, words=words, units=units),
        pro=tuple(quoted(each) for each in claim.pro),
        contra=tuple(quoted(each) for each in claim.contra),
        reading=claim.reading,
        limits=claim.limits,
    )


def _side_name(name: str, label: str) -> str:
    return name if label == name.replace("_", " ") else f"{name} ({label})"
