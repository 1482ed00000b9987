"""The keys of the language, read from the record types: what a key holds, its default, an example.

Messages, the JSON Schema, the skeleton and the reference page all speak from here, so that they cannot disagree.
"""

import types
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from foedus.arrangement.fields.marks import About, Holds
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Unspecified
from foedus.text.source import Path
from foedus.values.word import Word

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Record: TypeAlias = type[DataclassInstance]
else:
    Record: TypeAlias = type
"""The type of a record of the language."""


@dataclass(frozen=True)
class Key:
    """One key of one record."""

    name: str
    about: str
    """What it holds, in words."""
    example: Any = field(hash=False)
    default: Any = field(hash=False)
    """The value where the key is left out; ``MISSING`` where it must be written."""
    kind: str
    """The kind of value: a record's name, ``one word``, ``text``, ``a duration`` and the like."""
    record: Record | None
    """The record that it holds, or holds a list of."""
    words: type[Word] | None
    """The words of which it holds one, or a list."""
    is_list: bool
    may_be_unknown: bool
    """Whether the words none and unknown may stand in place of a value."""

    @property
    def is_required(self) -> bool:
        """Whether the key must be written."""
        return self.default is MISSING


@cache
def keys_of(record: Record) -> tuple[Key, ...]:
    """List the keys of a record, in the order of the file."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_key(entry, hints[entry.name]) for entry in fields(record))


def key_at(path: Path) -> Key | None:
    """Find the key that a path leads to; what lies inside a list or a mapping of names belongs to its key."""
    record: Record | None = Arrangement
    key: Key | None = None
    for step in (step for step in path if isinstance(step, str)):
        if record is None:
            return key
        key = next((key for key in keys_of(record) if key.name == step), None)
        record = key.record if key else None
    return key


def record_at(path: Path) -> Record | None:
    """Find the record that stands at a path; None where no record stands there."""
    record: Record | None = Arrangement
    for step in path:
        if isinstance(step, str) and record is not None:
            record = next((key.record for key in keys_of(record) if key.name == step), None)
    return record


@cache
def all_records() -> tuple[Record, ...]:
    """List every record of the language, the whole arrangement first, then in the order of their first mention."""
    found: dict[Record, None] = {Arrangement: None}
    waiting: list[Record] = [Arrangement]
    while waiting:
        inner = [key.record for key in keys_of(waiting.pop(0)) if key.record is not None and key.record not in found]
        found.update(dict.fromkeys(inner))
        waiting += inner
    return tuple(found)


@cache
def all_words() -> tuple[type[Word], ...]:
    """List every vocabulary that some key draws on, in the order of their first mention."""
    return tuple(
        dict.fromkeys(key.words for record in all_records() for key in keys_of(record) if key.words is not None)
    )


def _key(entry: Any, hint: Any) -> Key:
    info = next(extra for extra in _extras(hint) if isinstance(extra, About))
    parts = list(_parts(hint))
    record = next((part for part in parts if is_dataclass(part)), None)
    words = next((part for part in parts if isinstance(part, type) and issubclass(part, Word)), None)
    kinds = [part.what for part in parts if isinstance(part, Holds)]
    literal = next((get_args(part)[0] for part in parts if get_origin(part) is Literal), None)
    return Key(
        name=entry.name,
        about=info.description,
        example=info.example,
        default=entry.default_factory() if entry.default_factory is not MISSING else entry.default,
        kind=[
            *kinds,
            record.__name__ if isinstance(record, type) else "one word" if words else f"the number {literal}",
        ][0],
        record=record if isinstance(record, type) else None,
        words=words,
        is_list=any(get_origin(part) is tuple for part in parts),
        may_be_unknown=Unspecified in _all_types(hint),
    )


def _extras(hint: Any) -> tuple[Any, ...]:
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


def _parts(hint: Any) -> Iterator[Any]:
    """Yield what a hint is made of; where a field type says what it holds, what it is made of does not matter."""
    yield hint
    says = [extra for extra in _extras(hint) if isinstance(extra, Holds)]
    yield from says
    if says:
        yield from ([get_args(hint)[0]] if get_origin(get_args(hint)[0]) is tuple else [])
    elif get_origin(hint) is Annotated:
        yield from _parts(get_args(hint)[0])
    elif get_origin(hint) in (tuple, Union, types.UnionType):
        for part in get_args(hint):
            yield from _parts(part)


def _all_types(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _all_types(part)
