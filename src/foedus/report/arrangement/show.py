"""An arrangement as a page that a diplomat can read."""

from collections.abc import Iterable
from dataclasses import replace

from foedus.arrangement.parties import load_party_facts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.unknown import find_unknown_keys
from foedus.report.arrangement.circumstances_section import circumstances_section
from foedus.report.arrangement.clause_sections import (
    ambiguity_section,
    duties_section,
    forces_section,
    history_section,
    monitors_section,
    parties_section,
    sanctions_section,
    sources_section,
    term_section,
)
from foedus.report.arrangement.mechanism_sections import decision_section, trigger_section
from foedus.report.arrangement.promises import promise, standing_promise
from foedus.report.page.page import Entry, Page, Points, Section, body, listing
from foedus.report.words.party_names import PartyNames
from foedus.report.words.plain_words import date_in_words, meaning, named_meaning, word


def arrangement_page(arrangement: Arrangement) -> Page:
    """Return an arrangement as a page: everything that it says, and everything that is not known."""
    names = party_names(arrangement)
    page = Page(
        title=arrangement.name,
        head=body(paragraphs=(arrangement.summary,) if arrangement.summary else (), entries=_head(arrangement)),
        sections=(
            parties_section(arrangement, names=names),
            _promises(arrangement, names=names),
            trigger_section(arrangement, names=names),
            decision_section(arrangement, names=names),
            forces_section(arrangement, names=names),
            monitors_section(arrangement, names=names),
            duties_section(arrangement),
            sanctions_section(arrangement),
            term_section(arrangement, names=names),
            *circumstances_section(arrangement, names=names),
            history_section(arrangement),
            ambiguity_section(arrangement),
            _not_known(arrangement),
            *([_notes(arrangement)] if arrangement.notes else []),
            sources_section(arrangement),
        ),
    )
    return replace(page, sections=tuple(_with_capitals(section) for section in page.sections))


def party_names(arrangement: Arrangement) -> PartyNames:
    """Return what the parties are called: in the arrangement's own words first, then in the party facts."""
    return PartyNames(names_of_parties([arrangement]), guarantors=arrangement.parties.guarantor)


def names_of_parties(arrangements: Iterable[Arrangement]) -> dict[str, str]:
    """Return what the parties of several arrangements are called, each in its own words first."""
    names = {party: facts.name for party, facts in load_party_facts().items()}
    for arrangement in arrangements:
        names |= arrangement.party_names
    return names


def _with_capitals(section: Section) -> Section:
    """Begin every point with a capital."""
    blocks = (
        Points(tuple(map(_with_capital, block.entries))) if isinstance(block, Points) else block
        for block in section.blocks
    )
    return replace(section, blocks=tuple(blocks))


def _with_capital(entry: Entry) -> Entry:
    return replace(entry, text=entry.text[:1].upper() + entry.text[1:]) if isinstance(entry.text, str) else entry


def _head(arrangement: Arrangement) -> tuple[Entry, ...]:
    scope = arrangement.scope
    excludes = [Entry("; ".join(scope.excludes), label="Not covered")] if scope.excludes else []
    called = [Entry(arrangement.short_name, label="In tables")] if arrangement.short_name else []
    return (
        *called,
        *([Entry(arrangement.membership, label="Makes a member of")] if arrangement.membership else []),
        Entry(word(arrangement.status), label="Status"),
        Entry(date_in_words(arrangement.date), label="Date"),
        Entry(named_meaning(arrangement.legal_form), label="Form"),
        Entry(meaning(arrangement.publicity), label="Publicity"),
        *([Entry(arrangement.purpose, label="Purpose")] if arrangement.purpose else []),
        Entry(scope.territory, label="Territory"),
        *([Entry("; ".join(map(meaning, scope.also_covers)), label="Covered too")] if scope.also_covers else []),
        *excludes,
    )


def _promises(arrangement: Arrangement, *, names: PartyNames) -> Section:
    entries = (
        *(promise(each, arrangement=arrangement, names=names) for each in arrangement.commitments),
        *(standing_promise(each, arrangement=arrangement, names=names) for each in arrangement.standing_support),
    )
    return listing("What is promised", paragraphs=() if entries else ("Nothing is promised.",), entries=entries)


def _not_known(arrangement: Arrangement) -> Section:
    keys = [Entry(_plainly(each.about), label=each.path) for each in find_unknown_keys(arrangement)]
    entries = (*(Entry(text) for text in arrangement.unknowns), *keys)
    return listing("Not known", paragraphs=() if entries else ("Nothing is marked as unknown.",), entries=entries)


def _plainly(about: str) -> str:
    """Leave out what a description says about how to write the value."""
    return about.split(";")[0].split(":")[0]


def _notes(arrangement: Arrangement) -> Section:
    return listing("Notes on the encoding", entries=tuple(Entry(note) for note in arrangement.notes))
