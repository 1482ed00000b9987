"""From a comparison to a brief: question, answer, one chart, assumptions, history, holes, sources."""

from collections.abc import Iterator, Mapping, Sequence

from foedus.arrangement.record import Arrangement
from foedus.checks.coverage import Coverage
from foedus.errors import Finding, FindingKind, Severity
from foedus.futures.parameters.record import Parameter
from foedus.insight.comparison.record import Comparison
from foedus.report.brief.assumptions import assumptions_that_matter, contest_words
from foedus.report.comparison.answers.history import Records, history_sentences, history_words
from foedus.report.comparison.answers.least_war import how_sure, least_war
from foedus.report.comparison.answers.own_clauses import own_clauses_words, same_game_sentences
from foedus.report.comparison.answers.price import price_words
from foedus.report.comparison.answers.signing import signing_words
from foedus.report.comparison.answers.told import Told
from foedus.report.comparison.charts.outcomes import harm_chart
from foedus.report.comparison.sides import sides_words
from foedus.report.comparison.tables.outcomes import overview_table
from foedus.report.page.inline import CodeSpan, Inline, Link, readable
from foedus.report.page.page import (
    Block,
    Emphasis,
    Entry,
    Facts,
    LabelledFact,
    Page,
    PageLayout,
    Paragraph,
    Points,
    Section,
    on_paper_without_table,
)
from foedus.report.page.provenance import Provenance
from foedus.report.parameters.assumptions import parameter_words
from foedus.report.words.labels import arrangement_labels
from foedus.report.words.numbers import plural, years
from foedus.values.names import listed, party_name

_SHORT = 12
"""Letters of a digest that are printed: enough to find the run again."""

_SCORES = (
    "Brier score: the mean squared error of the chances that were forecast; 0 is perfect, 0.25 what saying one half "
    "always gets. Base rate: how often it happened in the other cases. Logit: a regression on facts known beforehand."
)


def brief_page(
    comparison: Comparison,
    *,
    arrangements: Mapping[str, Arrangement],
    parameters: Sequence[Parameter],
    provenance: Provenance,
    findings: Mapping[str, Sequence[Finding]],
    coverage: Mapping[str, Coverage],
    told: Told,
    question: str = "",
) -> Page:
    """Put a comparison onto two sheets; ``question`` stands in the place of the one that the texts suggest."""
    labels = arrangement_labels(arrangements)
    words = parameter_words(parameters)
    assumptions = assumptions_that_matter(comparison, labels=labels, words=words, parameters=parameters)
    return Page(
        title=_title(arrangements),
        subtitle=question or _question(comparison, labels=labels),
        kind="Brief",
        layout=PageLayout.BRIEF,
        provenance=provenance,
        sections=(
            _answer(
                comparison, arrangements=arrangements, labels=labels, words=words, told=told, basis=provenance.basis
            ),
            _figures(comparison, labels=labels, told=told, provenance=provenance),
            Section(
                "Three assumptions that matter",
                (Paragraph(contest_words(comparison, labels=labels)), *((Points(assumptions),) if assumptions else ())),
                name="assumptions",
            ),
            _history(told.records),
            _holes(findings, coverage=coverage, order=comparison.order, labels=labels),
            _sources(comparison, arrangements=arrangements, labels=labels, provenance=provenance),
        ),
    )


def _title(arrangements: Mapping[str, Arrangement]) -> str:
    theatres = dict.fromkeys(party_name(each.theatre) for each in arrangements.values())
    return f"{listed(list(theatres))}: which guarantee?"


def _question(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    named = listed([labels[name] for name in comparison.arrangements], last="or")
    return (
        f"Which of {named} leaves the least chance of renewed major war within {years(comparison.horizon_years)}, at "
        "what price, and who would sign it?"
    )


def _answer(
    comparison: Comparison,
    *,
    arrangements: Mapping[str, Arrangement],
    labels: Mapping[str, str],
    words: Mapping[str, str],
    told: Told,
    basis: Sequence[str],
) -> Section:
    said = {
        "Ranges": f"Not those that ship with foedus. {' '.join(basis)}" if basis else "",
        "How sure": how_sure(comparison, labels),
        "Its clauses": own_clauses_words(comparison, labels),
        "Price": price_words(comparison, labels, soldiers=told.soldiers, why_cheap=told.why_cheap),
        "Signing": signing_words(comparison, labels, words),
        "One game": " ".join(same_game_sentences(comparison, labels=labels, apart=told.apart)),
        "Theatres": " ".join(sides_words(arrangements, labels=labels)),
    }
    facts = tuple(LabelledFact(lead, (Paragraph(text),)) for lead, text in said.items() if text)
    return Section("The answer", (Paragraph(least_war(comparison, labels), Emphasis.LEAD), Facts(facts)), name="answer")


def _figures(comparison: Comparison, *, labels: Mapping[str, str], told: Told, provenance: Provenance) -> Section:
    made = (
        "Every figure above and below is of one run: ",
        CodeSpan(readable(provenance.command)),
        f"; outcomes {provenance.outcomes_digest[:_SHORT]}.",
    )
    blocks: tuple[Block, ...] = (
        on_paper_without_table(harm_chart(comparison, labels, has_png=True)),
        overview_table(comparison, labels=labels, records=told.records),
        Paragraph(made, Emphasis.SMALL),
    )
    return Section("In figures", blocks, name="figures")


def _history(records: Records) -> Section:
    entries = tuple(map(Entry, history_sentences(records)))
    points = (Points(entries), Paragraph(_SCORES, Emphasis.SMALL)) if entries else ()
    return Section("Against history", (Paragraph(history_words(records)), *points), name="history")


def _holes(
    findings: Mapping[str, Sequence[Finding]],
    *,
    coverage: Mapping[str, Coverage],
    order: Sequence[str],
    labels: Mapping[str, str],
) -> Section:
    entries = tuple(Entry(_hole(findings.get(name, ()), coverage.get(name)), label=labels[name]) for name in order)
    return Section("Holes in the texts, and what would mend them", (Points(entries),), name="holes")


def _hole(findings: Sequence[Finding], coverage: Coverage | None) -> str:
    """Tell the gravest fault with its mending, and how many more there are; or what the text leaves undone."""
    grave = [each for each in findings if each.kind is FindingKind.FAULT and each.severity is Severity.ERROR]
    rest = plural(len(findings) - 1, "more findings") if len(findings) > 1 else ""
    if grave:
        more = f" (foedus check lists {rest}.)" if rest else ""
        return f"{grave[0].message} Mend: {grave[0].mend}.{more}"
    if coverage is not None and coverage.share == 0:
        return "No grave fault, but under it nobody must do anything."
    return f"No grave fault; {plural(len(findings), 'lesser findings')}, which foedus check lists."


def _sources(
    comparison: Comparison,
    *,
    arrangements: Mapping[str, Arrangement],
    labels: Mapping[str, str],
    provenance: Provenance,
) -> Section:
    used = comparison.convergence
    settings, versions = provenance.settings, provenance.versions
    made = (
        f"Made with foedus {versions['foedus']}, seed {settings['seed']}: {used.used} of "
        f"{plural(used.futures, 'futures')} drawn from assumptions with ranges, each arrangement solved as a game in "
        f"each. Inputs {provenance.inputs_digest[:_SHORT]}, parameters {provenance.parameters_digest[:_SHORT]}, "
        f"outcomes {provenance.outcomes_digest[:_SHORT]}. A count of futures is a "
        "share of the assumptions tried, not the probability that it will happen. foedus compare writes the whole "
        "report."
    )
    return Section(
        "Sources, and how this was made",
        (Paragraph(tuple(_texts(arrangements, labels=labels)), Emphasis.SMALL), Paragraph(made, Emphasis.SMALL)),
        name="sources",
    )


def _texts(arrangements: Mapping[str, Arrangement], *, labels: Mapping[str, str]) -> Iterator[Inline]:
    """Name the first source of each text, and how many more it has."""
    for number, (name, arrangement) in enumerate(arrangements.items()):
        yield f"{'; ' if number else ''}{labels[name]}: "
        first, *others = arrangement.sources
        yield Link(first.title, first.url or "")
        if others:
            yield f" and {plural(len(others), 'more')}".removesuffix("s")
    yield ". The sources of each assumption are listed by foedus params, those of GDP and forces in docs/facts.md."
