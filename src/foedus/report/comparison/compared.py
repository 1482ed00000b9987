"""What was compared: the texts clause by clause, and where they come from."""

from collections.abc import Mapping, Sequence

from foedus.arrangement.record import Arrangement
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.clause_matrix import clause_tables
from foedus.report.comparison.sides import balance_words, sides_words
from foedus.report.comparison.tables.cells import row_label
from foedus.report.page.inline import Inline, Link
from foedus.report.page.page import Emphasis, Facts, FactsLayout, LabelledFact, Paragraph, Section


def compared_section(
    comparison: Comparison,
    *,
    arrangements: Mapping[str, Arrangement],
    labels: Mapping[str, str],
    party_names: Mapping[str, str],
) -> Section:
    """Show the texts side by side, and introduce each with its sources."""
    introduced = tuple(
        _introduced(
            arrangements[name],
            label=row_label(name, comparison=comparison, labels=labels),
            unread=comparison.unread_entries.get(name),
        )
        for name in comparison.order
    )
    return Section(
        "What was compared, clause by clause",
        (
            *map(Paragraph, sides_words(arrangements, labels=labels)),
            *map(Paragraph, balance_words(arrangements, labels=labels)),
            *clause_tables(arrangements, order=comparison.order, labels=labels, party_names=party_names),
        ),
        name="compared",
        sections=(Section("The arrangements and their sources", (Facts(introduced, FactsLayout.STACKED),)),),
        starts_sheet=True,
    )


def _introduced(arrangement: Arrangement, *, label: str, unread: Sequence[str] | None) -> LabelledFact:
    date = "" if arrangement.date == "unknown" else f", {arrangement.date}"
    status = arrangement.status.value.replace("_", " ")
    summary = (Paragraph(arrangement.summary),) if arrangement.summary else ()
    return LabelledFact(
        label,
        (
            Paragraph(arrangement.name),
            Paragraph(f"{arrangement.id}; {status}{date}", Emphasis.SMALL),
            *summary,
            *(() if unread is None else (Paragraph(_unread(unread), Emphasis.SMALL),)),
            Paragraph(_sources(arrangement), Emphasis.SMALL),
        ),
    )


def _unread(places: Sequence[str]) -> str:
    return f"Not read by the game: {', '.join(places) or 'nothing that it states'}."


def _sources(arrangement: Arrangement) -> tuple[Inline, ...]:
    """Name each source with its address, and how far it was checked."""
    words: list[Inline] = []
    for source in arrangement.sources:
        words += ["; "] if words else []
        words += [Link(source.title, source.url or ""), f" ({source.evidence.value.replace('_', ' ')})"]
    return tuple(words)
