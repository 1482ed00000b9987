"""From a comparison to what a page says: the answer, figures, tables and what they rest on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foedus.arrangement.record import Arrangement
from foedus.errors import Finding
from foedus.futures.parameters.record import Parameter
from foedus.insight.assumptions.overturning import Challenge
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.answer import Statement, answer, challenge_words
from foedus.report.comparison.charts import (
    Figure,
    acceptance_figure,
    difference_figure,
    harm_figure,
    lever_figure,
    price_figure,
    rank_figure,
    time_figure,
)
from foedus.report.comparison.clause_matrix import clause_tables
from foedus.report.comparison.failing_charts import flip_figure
from foedus.report.comparison.failing_words import flip_words
from foedus.report.comparison.holes import HolesOf, holes_of, holes_table
from foedus.report.comparison.reasons import Part, reason_parts
from foedus.report.comparison.tables import (
    convergence_table,
    member_cost_table,
    overview_table,
    row_label,
    turnover_table,
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
from foedus.report.page.tables import Table
from foedus.report.parameters.assumptions import (
    Basis,
    assumption_tables,
    basis_words,
    difference_table,
    parameter_words,
    status_line,
)
from foedus.report.words.grid_words import grid_words
from foedus.report.words.labels import arrangement_labels, listed, party_label
from foedus.report.words.numbers import count_of_100, plural, years

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


@dataclass(frozen=True)
class Compared:
    """One arrangement as the page introduces it."""

    label: str
    name: str
    facts: str
    summary: str
    sources: tuple[tuple[str, str | None, str], ...]
    """Title, address, and how far it was checked."""
    unread: str
    """What the text states and the game does not read; empty where nobody looked."""


@dataclass(frozen=True)
class ComparisonPage:
    """Everything that the page of a comparison says, as text."""

    title: str
    subtitle: str
    answer: tuple[Statement, ...]
    overview: Table
    figures: tuple[Figure, ...]
    member_costs: Table
    turnover: Table
    levers: tuple[Figure, ...]
    lever_words: tuple[str, ...]
    parts: tuple[Part, ...]
    """Sureness, regret, thresholds, information, failing."""
    unread_words: str
    compared: tuple[Compared, ...]
    clauses: tuple[Table, ...]
    holes: tuple[HolesOf, ...]
    """Holes of the texts that have some; see ``holes_count`` for whether anybody looked."""
    holes_count: Table | None
    """How many holes each text has; None where the checks were not run."""
    status_line: str
    basis: tuple[str, ...]
    """In what the assumptions depart from the default; empty where they do not."""
    changed: Table | None
    assumptions: tuple[Table, ...]
    convergence: Table
    convergence_words: tuple[str, ...]
    references: tuple[str, ...]
    """The works whose methods it rests on."""
    provenance: Provenance
    margin: str


def page_of(
    comparison: Comparison,
    *,
    arrangements: Mapping[str, Arrangement],
    parameters: Sequence[Parameter],
    provenance: Provenance,
    party_names: Mapping[str, str],
    findings: Mapping[str, Sequence[Finding]] | None = None,
    basis: Basis = Basis(),  # noqa: B008  a frozen value, safe to share
) -> ComparisonPage:
    """Put a comparison into words and pictures; holes are shown where findings are given."""
    labels = arrangement_labels(arrangements)
    words = parameter_words(parameters)
    units = {parameter.name: parameter.unit for parameter in parameters}
    figures = (harm_figure, difference_figure, time_figure, rank_figure, acceptance_figure, price_figure)
    return ComparisonPage(
        title=_title(arrangements),
        subtitle=_subtitle(comparison, labels=labels),
        answer=answer(comparison, labels=labels, words=words, units=units),
        overview=overview_table(comparison, labels=labels),
        figures=tuple(figure(comparison, labels) for figure in figures),
        member_costs=member_cost_table(comparison, labels=labels, party_names=party_names),
        turnover=turnover_table(comparison, labels=labels),
        levers=tuple(_lever_figures(comparison, labels=labels, words=words)),
        lever_words=tuple(
            " ".join(
                (
                    challenge_words(challenge, labels=labels, words=words, most=3),
                    *flip_words(challenge, labels=labels, words=words, units=units),
                )
            )
            for challenge in comparison.challenges
        ),
        parts=reason_parts(comparison, labels=labels, words=words, units=units),
        unread_words=_unread_words(comparison),
        compared=tuple(
            _compared(
                arrangements[name],
                label=row_label(name, comparison=comparison, labels=labels),
                unread=comparison.unread_entries.get(name),
            )
            for name in comparison.order
        ),
        clauses=clause_tables(arrangements, order=comparison.order, labels=labels, party_names=party_names),
        holes=holes_of(findings or {}, order=comparison.order, labels=labels),
        holes_count=None if findings is None else holes_table(findings, order=comparison.order, labels=labels),
        status_line=status_line(parameters),
        basis=basis_words(basis),
        changed=difference_table(basis),
        assumptions=assumption_tables(parameters, history=basis.history),
        convergence=convergence_table(comparison, labels=labels),
        convergence_words=(
            *_convergence_words(comparison, words=words),
            _BRANCH_WORDS,
            grid_words(comparison.settings),
        ),
        references=_REFERENCES,
        provenance=provenance,
        margin=f"{comparison.margin:g}",
    )


def _title(arrangements: Mapping[str, Arrangement]) -> str:
    theatres = dict.fromkeys(party_label(each.theatre) for each in arrangements.values())
    return f"{listed(list(theatres))}: {len(arrangements)} arrangements compared"


def _subtitle(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    used = plural(comparison.convergence.used, "futures")
    return (
        f"War, losses and cost over {years(comparison.horizon_years)} in {used}, measured against "
        f"{labels[comparison.baseline]}"
    )


def _lever_figures(comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]) -> Iterator[Figure]:
    for number, challenge in enumerate(comparison.challenges):
        figure = lever_figure(challenge, labels=labels, words=words, number=number)
        if figure is not None and _is_drawn(challenge, comparison):
            yield figure
        flips = flip_figure(challenge, labels=labels, words=words, number=number)
        if flips is not None:
            yield flips


def _unread_words(comparison: Comparison) -> str:
    if not comparison.unread:
        return ""
    number = len(comparison.unread)
    return (
        f"{number} of the yardsticks below {'is' if number == 1 else 'are'} read by none of the texts compared; such "
        "can change nothing here and are left out of every search for what matters."
    )


def _is_drawn(challenge: Challenge, comparison: Comparison) -> bool:
    """Draw the contest for the least war, and others where an assumption moves the lead by more than chance."""
    return challenge.ahead.value < 1 and (challenge is comparison.challenges[0] or bool(challenge.beyond_chance))


def _compared(arrangement: Arrangement, *, label: str, unread: Sequence[str] | None) -> Compared:
    date = "" if arrangement.date == "unknown" else f", {arrangement.date}"
    return Compared(
        label=label,
        name=arrangement.name,
        facts=f"{arrangement.id}; {arrangement.status.value.replace('_', ' ')}{date}",
        summary=arrangement.summary or "",
        sources=tuple(
            (source.title, source.url, source.evidence.value.replace("_", " ")) for source in arrangement.sources
        ),
        unread="" if unread is None else f"Not read by the game: {', '.join(unread) or 'nothing that it states'}.",
    )


_BRANCH_WORDS = (
    "Some games have several equilibria. The one that is sought is the one reached from nearly random play, as choices "
    "are made ever less noisy; in a few games in a hundred it may be another (docs/decisions/006-convergence.md)."
)


def _convergence_words(comparison: Comparison, *, words: Mapping[str, str]) -> Iterator[str]:
    convergence = comparison.convergence
    if not convergence.left_out:
        every = "the one future" if convergence.futures == 1 else f"all {convergence.futures} futures"
        yield f"Every arrangement converged in {every}; none is left out."
        return
    yield (
        f"A future is used only if every arrangement converged in it: {convergence.used} of {convergence.futures} are "
        f"used, {len(convergence.left_out)} are left out, for all arrangements alike. Futures left out, counted from "
        f"0: {', '.join(str(number) for number in convergence.left_out)}."
    )
    if not convergence.leans:
        yield "No assumption lies noticeably higher or lower in the futures left out than in those used."
    for lean in convergence.leans:
        side = "higher" if lean.higher > 0.5 else "lower"
        meaning = words.get(lean.parameter, lean.parameter)
        yield (
            f"The futures left out have a {side} {lean.parameter} ({meaning}): one of them lies above one that is used "
            f"in {count_of_100(lean.higher)} of 100 pairs. What is said here holds less for such futures."
        )
