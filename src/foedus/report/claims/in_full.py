"""One claim in full: what was said, what the futures say, and what the literature says beside it."""

from collections.abc import Iterator, Mapping, Sequence

from foedus.insight.claims.answer import ClaimAnswer
from foedus.insight.claims.record import ClaimSide, Reference
from foedus.insight.statistics.spread import Spread
from foedus.report.claims.words import (
    basis_sentence,
    failing_sentences,
    figure_words,
    outcome_words,
    part_words,
    ruling_sentence,
    side_words,
    source_words,
    told_apart_sentence,
)
from foedus.report.page.inline import CodeSpan, Link, Words
from foedus.report.page.page import Emphasis, Facts, LabelledFact, Paragraph, Section


def claim_section(answer: ClaimAnswer, *, words: Mapping[str, str], units: Mapping[str, str]) -> Section:
    """Return everything about a claim."""
    claim = answer.claim
    return Section(
        claim.in_short,
        (
            Paragraph(claim.statement, Emphasis.LEAD),
            Paragraph(ruling_sentence(answer), Emphasis.STRONG),
            Facts(tuple(_facts(answer, words=words, units=units))),
        ),
        name=claim.id,
    )


def _facts(answer: ClaimAnswer, *, words: Mapping[str, str], units: Mapping[str, str]) -> Iterator[LabelledFact]:
    claim = answer.claim
    counted = [sentence for sentence in (told_apart_sentence(answer), basis_sentence(answer)) if sentence]
    parts = [_small(part_words(part, used=answer.used)) for part in answer.parts]
    yield LabelledFact("Found in", (Paragraph((f"{source_words(claim)} ", CodeSpan(claim.id))),))
    yield from _quotes("Argued by", claim.argued_by)
    yield LabelledFact("Counted", tuple(map(Paragraph, counted)))
    yield LabelledFact("Compared", (Paragraph(claim.comparison), *map(_side, claim.sides)))
    yield LabelledFact("Holds if", (Paragraph((CodeSpan(claim.holds_text),)), *parts))
    if answer.figures:
        yield LabelledFact("Figures", tuple(_figure(name, spread) for name, spread in answer.figures.items()))
    where = failing_sentences(answer, words=words, units=units)
    if where:
        yield LabelledFact("Where", tuple(map(Paragraph, where)))
    yield from _quotes("For", claim.pro)
    yield from _quotes("Against", claim.contra)
    if claim.reading:
        yield LabelledFact("Reading", (Paragraph(claim.reading),))
    if claim.limits:
        yield LabelledFact("What the model cannot say", tuple(map(Paragraph, claim.limits)))


def _side(side: ClaimSide) -> Paragraph:
    label = "" if side.label == side.name.replace("_", " ") else f" ({side.label})"
    return _small((CodeSpan(side.name), f"{label}: {side_words(side)}"))


def _figure(name: str, spread: Spread) -> Paragraph:
    what = outcome_words(name.partition(".")[2])
    return Paragraph(
        (CodeSpan(name), f" {figure_words(name, spread)}: {what}; average over futures, 5 to 95 % of them")
    )


def _quotes(label: str, references: Sequence[Reference]) -> Iterator[LabelledFact]:
    if references:
        yield LabelledFact(label, tuple(_quote(each) for each in references))


def _quote(reference: Reference) -> Paragraph:
    if reference.case:
        return Paragraph((f"{reference.says} Case of the library: ", CodeSpan(reference.case), "."))
    evidence = reference.evidence.value.replace("_", " ")
    return Paragraph((f"{reference.says} ", Link(reference.citation, reference.url), f" ({evidence})."))


def _small(words: Words) -> Paragraph:
    return Paragraph(words, Emphasis.SMALL)
