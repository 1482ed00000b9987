"""The difference of two arrangements as a page."""

from collections.abc import Sequence

from foedus.arrangement.diff import ClauseChange, ClauseDifference, KeyDifference
from foedus.arrangement.record import Arrangement
from foedus.report.page.page import Entry, Page, Section, body, listing

_LAST = ("sources",)
"""Clauses that tell nothing of the arrangement itself; they stand at the end."""
_SHORT = 40


def difference_page(differences: Sequence[ClauseDifference], *, old: Arrangement, new: Arrangement) -> Page:
    """Return what differs as a page, one section a clause."""
    ordered = sorted(differences, key=lambda each: each.clause.startswith(_LAST))
    return Page(
        title=f"From {old.id} to {new.id}",
        head=body(paragraphs=() if differences else ("They say the same.",)),
        sections=tuple(_section(each) for each in ordered),
    )


def _section(difference: ClauseDifference) -> Section:
    entries = [entry for key in difference.keys for entry in _entries(key, change=difference.change)]
    return listing(f"{difference.clause}: {difference.change}", entries=tuple(entries))


def _entries(key: KeyDifference, *, change: ClauseChange) -> list[Entry]:
    if change is not ClauseChange.CHANGED:
        return [Entry("; ".join(key.old or key.new), label=key.key)]
    if len(key.old) <= 1 and len(key.new) <= 1:
        return [Entry(f"{_or_nothing(key.old)} → {_or_nothing(key.new)}", label=key.key)]
    return [*_listed(f"{key.key}, gone", key.gone), *_listed(f"{key.key}, new", key.come)]


def _listed(label: str, words: tuple[str, ...]) -> list[Entry]:
    """Tell short words on one line, and each longer text on a line of its own."""
    if all(len(word) <= _SHORT for word in words):
        return [Entry(", ".join(words), label=label)] if words else []
    return [Entry(word, label=label) for word in words]


def _or_nothing(words: tuple[str, ...]) -> str:
    return words[0] if words else "(nothing)"
