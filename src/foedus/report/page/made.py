"""The last section of every page with computed figures: how they were made, what they are not, what they rest on."""

from collections.abc import Iterator, Mapping
from typing import Any

from foedus.report.page.inline import CodeSpan, Words, parts_of
from foedus.report.page.page import Block, Entry, Facts, LabelledFact, Page, PageLayout, Paragraph, Points, Section
from foedus.report.page.provenance import Provenance

MADE = "made"
"""Where a link to that section arrives."""
COUNTS_ARE_SHARES: Words = (
    "A count such as 83 of 100 futures is a share of the assumptions tried; it would be a probability only if the "
    "ranges of the parameters were beliefs that you share (",
    CodeSpan("foedus params"),
    " lists them with their sources).",
)
"""The caution of a page of counts of futures."""


def sections_of(page: Page) -> tuple[Section, ...]:
    """Return the sections of a page with, where it holds computed figures, the one on how they were made.

    A brief says that in a section of its own.
    """
    if page.provenance is None or page.layout is PageLayout.BRIEF:
        return page.sections
    return (*page.sections, _made(page, page.provenance))


def generator(page: Page) -> str:
    """Name the program that made a page, with its version where that is known."""
    return f"foedus {page.provenance.versions['foedus']}" if page.provenance else "foedus"


def _made(page: Page, provenance: Provenance) -> Section:
    blocks: list[Block] = [
        Paragraph(("This is a model for structured argument, not an oracle. ", *parts_of(page.caution))),
        *(Paragraph(words) for words in provenance.basis),
        Facts(tuple(_facts(provenance))),
    ]
    if provenance.outcomes_digest:
        blocks.append(Paragraph("The same files, settings, seed and version give the same two digests."))
    return Section(
        "How this was made, and what it is not",
        tuple(blocks),
        name=MADE,
        sections=(Section("References of the methods", (Points(tuple(map(Entry, page.references))),)),)
        if page.references
        else (),
        is_brief=False,
    )


def _facts(provenance: Provenance) -> Iterator[LabelledFact]:
    stated: dict[str, Words] = {
        "Command": (CodeSpan(provenance.command),) if provenance.command else "",
        "Inputs": (CodeSpan(provenance.inputs_digest),),
        "Outcomes": (CodeSpan(provenance.outcomes_digest),) if provenance.outcomes_digest else "",
        "Parameters": (CodeSpan(provenance.parameters_digest),),
        "Settings": _told(provenance.settings),
        "Versions": _told(provenance.versions),
    }
    yield from (LabelledFact(label, (Paragraph(words),)) for label, words in stated.items() if words)


def _told(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in values.items())
