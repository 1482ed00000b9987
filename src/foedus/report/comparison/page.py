"""From a comparison to its page: the answer, figures, reasons, texts, holes and what they rest on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from foedus.arrangement.record import Arrangement
from foedus.checks.coverage import Coverage
from foedus.errors import Finding
from foedus.futures.parameters.record import Parameter
from foedus.insight.assumptions.overturning import Challenge
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.answer import Statement, answer, challenge_words
from foedus.report.comparison.answers.told import Told, told_of
from foedus.report.comparison.charts.failing import flip_chart
from foedus.report.comparison.charts.levers import lever_chart
from foedus.report.comparison.charts.outcomes import difference_chart, harm_chart, price_chart, time_chart
from foedus.report.comparison.charts.shares import acceptance_chart, rank_chart
from foedus.report.comparison.compared import compared_section
from foedus.report.comparison.convergence import convergence_section
from foedus.report.comparison.history import history_section
from foedus.report.comparison.holes import holes_in_full, holes_section
from foedus.report.comparison.reasons.failing_words import flip_words
from foedus.report.comparison.reasons.sections import reason_sections
from foedus.report.comparison.sides import sides_words
from foedus.report.comparison.tables.outcomes import member_cost_table, other_outcomes_tables, overview_table
from foedus.report.comparison.tables.own_clauses import own_clauses_table
from foedus.report.comparison.tables.standing import turnover_table
from foedus.report.page.inline import parts_of
from foedus.report.page.made import COUNTS_ARE_SHARES
from foedus.report.page.page import (
    Chart,
    Facts,
    FactsLayout,
    Folded,
    LabelledFact,
    Page,
    Paragraph,
    Section,
    on_paper_without_table,
)
from foedus.report.page.provenance import Provenance
from foedus.report.page.references import (
    BREIMAN,
    BRYANT,
    HADAR,
    IMAN,
    MCKAY,
    MCKELVEY_PALFREY,
    PLISCHKE,
    RAIFFA,
    SAVAGE,
    SIGNORINO,
    SOBOL,
    STRONG,
    STUDENT,
    WILSON,
    cited,
)
from foedus.report.parameters.assumptions import Basis, assumptions_section, parameter_words
from foedus.report.words.labels import arrangement_labels
from foedus.report.words.numbers import plural, years
from foedus.values.names import listed, party_name

_REFERENCES = (
    cited(MCKELVEY_PALFREY),
    cited(SIGNORINO),
    cited(MCKAY),
    cited(IMAN),
    cited(BREIMAN, BRYANT),
    cited(RAIFFA, STRONG),
    cited(SOBOL, PLISCHKE),
    cited(HADAR),
    cited(STUDENT),
    cited(SAVAGE),
    cited(WILSON),
)
_WHAT_A_FUTURE_IS = (
    "A future is one draw of everything uncertain. In each future every arrangement is solved, and its outcomes are "
    "exact; averages, medians and ranges below are over futures, each counting the same."
)
_WHAT_OVERTURNS = (
    "A ranking holds for the assumptions tried. Below, the futures are cut into thirds by one assumption at a time: "
    "where the leader's share falls below half, the order turns over."
)


def comparison_page(
    comparison: Comparison,
    *,
    arrangements: Mapping[str, Arrangement],
    parameters: Sequence[Parameter],
    provenance: Provenance,
    party_names: Mapping[str, str],
    findings: Mapping[str, Sequence[Finding]] | None = None,
    coverage: Mapping[str, Coverage] = MappingProxyType({}),
    basis: Basis = Basis(),  # noqa: B008  a frozen value, safe to share
    with_annex: bool = False,
) -> Page:
    """Put a comparison into words and pictures; coverage and holes are shown where findings are given.

    Paper carries the answer and what a reader needs to judge it; all else is an annex, folded on the screen and left
    out on paper unless ``with_annex``.
    """
    labels = arrangement_labels(arrangements)
    words = parameter_words(parameters)
    units = {parameter.name: parameter.unit for parameter in parameters}
    told = told_of(
        comparison, arrangements=arrangements, findings=findings, coverage=coverage, is_weighted=bool(basis.draws)
    )
    order, has_holes = comparison.order, findings is not None
    annex = (
        _more_figures(comparison, labels=labels, party_names=party_names),
        *reason_sections(comparison, labels=labels, words=words, units=units),
        _more_overturning(comparison, labels=labels, words=words, units=units),
        compared_section(comparison, arrangements=arrangements, labels=labels, party_names=party_names),
        *((holes_in_full(findings, order=order, labels=labels),) if findings is not None else ()),
        assumptions_section(parameters, basis=basis, unread=comparison.unread),
        convergence_section(comparison, labels=labels, words=words),
    )
    return Page(
        title=_title(arrangements),
        subtitle=_subtitle(comparison, labels=labels),
        kind="Comparison of security guarantees",
        sections=(
            _answer(
                answer(comparison, labels=labels, words=words, told=told), arrangements=arrangements, labels=labels
            ),
            _in_figures(comparison, labels=labels, told=told),
            _overturning(comparison, labels=labels, words=words),
            history_section(told.records),
            *((holes_section(findings or {}, coverage=coverage, order=order, labels=labels),) if has_holes else ()),
            *(each if with_annex else replace(each, is_annex=True, starts_sheet=False) for each in annex),
        ),
        provenance=provenance,
        caution=(
            "Each arrangement is read as a text, turned into the rules of a game between the protected state, the "
            "adversary and the guarantors, and solved in every future. ",
            *parts_of(COUNTS_ARE_SHARES),
            f" Figures of one future that lie no further apart than {comparison.margin:g} count as equal.",
        ),
        references=_REFERENCES,
    )


def _title(arrangements: Mapping[str, Arrangement]) -> str:
    theatres = dict.fromkeys(party_name(each.theatre) for each in arrangements.values())
    return f"{listed(list(theatres))}: {len(arrangements)} arrangements compared"


def _subtitle(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    used = plural(comparison.convergence.used, "futures")
    return (
        f"War, losses and cost over {years(comparison.horizon_years)} in {used}, measured against "
        f"{labels[comparison.baseline]}"
    )


def _answer(
    statements: Sequence[Statement], *, arrangements: Mapping[str, Arrangement], labels: Mapping[str, str]
) -> Section:
    facts = tuple(LabelledFact(each.lead, (Paragraph(each.text),)) for each in statements)
    apart = tuple(map(Paragraph, sides_words(arrangements, labels=labels)))
    return Section("The answer in words", (*apart, Facts(facts, FactsLayout.ANSWERS)), name="answer")


def _in_figures(comparison: Comparison, *, labels: Mapping[str, str], told: Told) -> Section:
    clauses = own_clauses_table(comparison, labels=labels, soldiers=told.soldiers)
    return Section(
        "The answer in figures",
        (
            Paragraph(_WHAT_A_FUTURE_IS),
            overview_table(comparison, labels=labels, records=told.records),
            *((clauses,) if clauses else ()),
            on_paper_without_table(harm_chart(comparison, labels)),
        ),
        name="figures",
    )


def _more_figures(comparison: Comparison, *, labels: Mapping[str, str], party_names: Mapping[str, str]) -> Section:
    charts = (difference_chart, time_chart, rank_chart, acceptance_chart, price_chart)
    costs = member_cost_table(comparison, labels=labels, party_names=party_names)
    return Section(
        "More figures",
        (
            *(chart(comparison, labels) for chart in charts),
            Folded("All other outcomes", other_outcomes_tables(comparison, labels=labels)),
            Folded("Cost to each guarantor", (costs,)),
        ),
        name="more-figures",
    )


def _overturning(comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]) -> Section:
    """Tell of the contest for the least war; the others stand in the annex."""
    told = (
        challenge_words(challenge, labels=labels, words=words, most=3)
        for challenge in comparison.challenges
        if challenge.measure == "war"
    )
    drawn = next(_lever_charts(comparison, labels=labels, words=words), None)
    chart = (on_paper_without_table(drawn),) if drawn else ()
    return Section(
        "What would overturn the ranking", (Paragraph(_WHAT_OVERTURNS), *map(Paragraph, told), *chart), name="overturns"
    )


def _more_overturning(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str], units: Mapping[str, str]
) -> Section:
    told = [
        " ".join(
            (
                challenge_words(challenge, labels=labels, words=words, most=3),
                *flip_words(challenge, labels=labels, words=words, units=units),
            )
        )
        for challenge in comparison.challenges
    ]
    charts = [*_lever_charts(comparison, labels=labels, words=words)][1:]
    return Section(
        "What would overturn the other rankings",
        (
            *map(Paragraph, told),
            *charts,
            Folded("How often each has less war than each other", (turnover_table(comparison, labels=labels),)),
        ),
        name="more-overturns",
    )


def _lever_charts(comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]) -> Iterator[Chart]:
    for number, challenge in enumerate(comparison.challenges):
        levers = lever_chart(challenge, labels=labels, words=words, number=number)
        if levers is not None and _is_drawn(challenge, comparison):
            yield levers
        flips = flip_chart(challenge, labels=labels, words=words, number=number)
        if flips is not None:
            yield flips


def _is_drawn(challenge: Challenge, comparison: Comparison) -> bool:
    """Draw the contest for the least war, and others where an assumption moves the lead by more than chance."""
    return challenge.behind.value > 0 and (challenge is comparison.challenges[0] or bool(challenge.beyond_chance))
