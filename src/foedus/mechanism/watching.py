"""A copy of an arrangement that notes which of its entries somebody looks at."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from foedus.arrangement.language.keys import Record, keys_of
from foedus.arrangement.record import Arrangement

PROSE = frozenset({"text", "a date", "party ids, each with a name"})
"""Kinds of values that are for people to read."""
_NAMES = frozenset({"id", "theatre", "foedus", "status", "sources", "outcome"})
"""Entries that name the text and say where it stands in history."""


@dataclass(frozen=True)
class TextEntry:
    """An entry of a text that says something of what is owed, found, decided or done."""

    path: str
    """Its place, such as ``trigger.invoked_by`` or ``commitments[0].money``."""
    about: str
    """What the key holds, in words."""
    is_stated: bool
    """Whether it departs from what stands where the text is silent."""


def watched(arrangement: Arrangement) -> tuple[Arrangement, set[str]]:
    """Return a copy, and the set to which it adds the path of each entry that is looked at."""
    seen: set[str] = set()
    copy: Arrangement = _watch(Arrangement, arrangement, "", seen)
    return copy, seen


def entries_of(arrangement: Arrangement) -> tuple[TextEntry, ...]:
    """Return the entries of a text, prose, names and sources left out, in the order of the file."""
    return tuple(_entries(Arrangement, arrangement, ""))


def _entries(record: Record, value: Any, place: str) -> Iterator[TextEntry]:
    for key in keys_of(record):
        entry, path = getattr(value, key.name), f"{place}.{key.name}".removeprefix(".")
        if key.name in _NAMES or entry is None or (key.kind in PROSE and key.name != "excludes"):
            continue
        if key.record is None:
            yield TextEntry(path, key.about, is_stated=key.is_required or entry != key.default)
        else:
            for inner, inner_path in _inside(entry, path):
                yield from _entries(key.record, inner, inner_path)


def _inside(entry: Any, path: str) -> Iterator[tuple[Any, str]]:
    if isinstance(entry, tuple):
        yield from ((inner, f"{path}[{index}]") for index, inner in enumerate(entry))
    else:
        yield entry, path


def _watch(record: Record, value: Any, place: str, seen: set[str]) -> Any:
    copy = object.__new__(_watching(record))
    kept: dict[str, Any] = {"_seen": seen, "_place": place}
    for key in keys_of(record):
        entry, path = getattr(value, key.name), f"{place}.{key.name}".removeprefix(".")
        if key.record is not None and isinstance(entry, tuple):
            kept[key.name] = tuple(_watch(key.record, inner, at, seen) for inner, at in _inside(entry, path))
        elif key.record is not None and entry is not None:
            kept[key.name] = _watch(key.record, entry, path, seen)
        else:
            kept[key.name] = entry
    copy.__dict__.update(kept)
    return copy


@cache
def _watching(record: Record) -> type[Any]:
    """Return a kind of record that notes what is looked at; a record is of one kind, whoever derives from it."""
    names = frozenset(each.name for each in fields(record))

    def look(self: Any, name: str) -> Any:
        if name in names:
            kept = object.__getattribute__(self, "__dict__")
            if "_seen" in kept:  # a changed copy of a copy is watched no longer
                kept["_seen"].add(f"{kept['_place']}.{name}".removeprefix("."))
        return object.__getattribute__(self, name)

    return type(record.__name__, (record,), {"__getattribute__": look})
