"""The page of claims as plain data: a table to argue with, and every claim in full."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from foedus.insight.claims.answer import ClaimAnswer, ClaimAnswers, ClaimRuling
from foedus.insight.claims.record import ORIGINS, ArgumentOrigin
from foedus.report.claims.in_full import claim_section
from foedus.report.claims.words import effect_cell, rule_sentences, summary_sentence
from foedus.report.page.inline import CodeSpan
from foedus.report.page.page import Emphasis, Entry, Page, Paragraph, Section, listing
from foedus.report.page.provenance import Provenance
from foedus.report.page.references import BREIMAN, MCKELVEY_PALFREY, WILSON, cited
from foedus.report.page.table import Column, Table
from foedus.report.parameters.assumptions import Basis
from foedus.report.parameters.tables import difference_table
from foedus.report.words.numbers import count_of_100, plural, years

_REFERENCES = (cited(MCKELVEY_PALFREY), cited(WILSON), cited(BREIMAN))


_CAUTION = (
    "A claim that the model refutes may be true of the world, and the other way round; what the model leaves out "
    "stands with each claim."
)


def claims_page(
    answers: ClaimAnswers, *, words: Mapping[str, str], units: Mapping[str, str], basis: Basis, provenance: Provenance
) -> Page:
    """Lay out answers; ``words`` say what a parameter means and ``units`` what it is counted in.

    ``basis`` says in what the parameters depart from the default.
    """
    settings = answers.settings
    return Page(
        title="Claims, tried against the futures",
        subtitle=f"{plural(len(answers.answers), 'claims')} in {plural(settings.futures, 'futures')}, "
        f"{years(settings.horizon_periods / 2)} ahead",
        kind="Arguments as tests",
        sections=(
            Section("The answers", (*claim_tables(answers), _summary(answers)), name="answer"),
            listing("By the rule", entries=tuple(map(Entry, rule_sentences())), name="rule"),
            replace(listing("How to read them", paragraphs=_how_to_read(answers), name="reading"), is_brief=False),
            Section(
                "The claims in full",
                name="claims",
                sections=tuple(claim_section(answer, words=words, units=units) for answer in _in_order(answers)),
                is_brief=False,
            ),
            *_changed(basis),
        ),
        references=_REFERENCES,
        provenance=provenance,
        caution=_CAUTION,
    )


def _changed(basis: Basis) -> Iterator[Section]:
    table = difference_table(basis.changes)
    if table is not None:
        yield Section("Assumptions that were changed", (table,), name="assumptions", is_brief=False)


def made_by(page: Page, *, command: str, took: str) -> Page:
    """Say at the head of a page by which command it was made and how long that took."""
    words = ("Made by ", CodeSpan(command), f"; no figure on this page is written by hand. {took}")
    return replace(page, head=(*page.head, Paragraph(words, Emphasis.SMALL)))


def _summary(answers: ClaimAnswers) -> Paragraph:
    return Paragraph(summary_sentence(answers), Emphasis.STRONG)


def claim_tables(answers: ClaimAnswers) -> tuple[Table, ...]:
    """Tabulate claims, one table for each place where arguments were found."""
    return tuple(
        _table(origin, [answer for answer in answers.answers if answer.claim.origin is origin])
        for origin in ArgumentOrigin
        if any(answer.claim.origin is origin for answer in answers.answers)
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
        Column("Ahead by", unit="mean", is_number=False, is_detail=True),
        Column("By the rule", is_number=False),
        Column("For, against", unit="references", is_detail=True),
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
