"""The difference of two arrangements, clause by clause, in the words of the files.

Commitments are matched by id, other clauses by what names them in life (a deployment by whose it is, a mission by its
name). The order of a list is no difference.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from enum import StrEnum
from typing import Any

from foedus.arrangement.clauses import Commitment, Deployment, Exclusion, Limit, StandingSupport
from foedus.arrangement.dump import to_plain, write_inline
from foedus.arrangement.language.keys import Record, keys_of
from foedus.arrangement.process import Capability, Monitoring
from foedus.arrangement.record import Arrangement, Source, StatedInterest, Tie
from foedus.values.quantity import Forces

HEAD = "head"
"""Where the keys of the arrangement itself are told, such as its date and its status."""


class ClauseChange(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class KeyDifference:
    """One key of a clause, before and after."""

    key: str
    """Name within the clause, such as ``tier`` or ``proof.defend``."""
    old: tuple[str, ...]
    """The words before; more than one for a list, empty where there was nothing."""
    new: tuple[str, ...]
    """The words after."""

    @property
    def gone(self) -> tuple[str, ...]:
        """Words that are no longer there."""
        return tuple(word for word in self.old if word not in self.new)

    @property
    def come(self) -> tuple[str, ...]:
        """Words that were not there before."""
        return tuple(word for word in self.new if word not in self.old)


@dataclass(frozen=True)
class ClauseDifference:
    """A clause that was added, removed or changed, with every key that differs."""

    clause: str
    """Its place, such as ``trigger`` or ``commitments[assistance]``."""
    change: ClauseChange
    keys: tuple[KeyDifference, ...]


_NAMED_BY: dict[Record, Callable[[Any], str]] = {
    Commitment: lambda clause: str(clause.id),
    Deployment: lambda clause: ", ".join(clause.by),
    StandingSupport: lambda clause: ", ".join(clause.by),
    Exclusion: lambda clause: str(clause.what),
    Monitoring: lambda clause: str(clause.name),
    Source: lambda clause: str(clause.title),
    Tie: lambda clause: f"{clause.party} to {clause.to}",
    Capability: lambda clause: str(clause.tier),
    StatedInterest: lambda clause: ", ".join(clause.by),
    Limit: lambda clause: clause.on.unit if isinstance(clause.on, Forces) else str(clause.on),
}
_IDENTIFIED: frozenset[Record] = frozenset({Commitment})
"""Records whose name identifies them: another name is another clause."""


def find_differences(*, old: Arrangement, new: Arrangement) -> tuple[ClauseDifference, ...]:
    """List what differs between two arrangements, in the order of the file; nothing where they say the same."""
    return tuple(_in_record(Arrangement, old=old, new=new, clause=""))


def _in_record(record: Record, *, old: Any, new: Any, clause: str) -> Iterator[ClauseDifference]:
    """Compare two records: their plain keys make one clause, each list of records makes a clause per entry."""
    own: list[KeyDifference] = []
    inner: list[ClauseDifference] = []
    for key in keys_of(record):
        before, after = getattr(old, key.name), getattr(new, key.name)
        place = f"{clause}.{key.name}".removeprefix(".")
        if key.record is None:
            own += _in_key(key.name, before, after)
        elif key.is_list:
            inner += _in_list(key.record, old=before, new=after, place=place)
        elif before is None or after is None:
            inner += _one_sided(key.record, old=before, new=after, clause=place)
        elif not clause:
            inner += _in_record(key.record, old=before, new=after, clause=place)
        else:
            own += _prefixed(key.name, _flat(key.record, before), _flat(key.record, after))
    if own:
        yield ClauseDifference(clause or HEAD, ClauseChange.CHANGED, tuple(own))
    yield from inner


def _in_list(record: Record, *, old: Any, new: Any, place: str) -> Iterator[ClauseDifference]:
    for name, before, after in _pairs(old, new, record=record):
        clause = f"{place}[{name}]"
        if before is None or after is None:
            yield from _one_sided(record, old=before, new=after, clause=clause)
        else:
            yield from _in_record(record, old=before, new=after, clause=clause)


def _pairs(old: tuple[Any, ...], new: tuple[Any, ...], *, record: Record) -> list[tuple[str, Any, Any]]:
    """Pair the entries of two lists: first those that are equal, then those of one name, then a last odd one."""
    name_of = _NAMED_BY[record]
    before, after = list(old), list(new)
    pairs: list[tuple[str, Any, Any]] = []
    for is_same in (lambda a, b: a == b, lambda a, b: name_of(a) == name_of(b)):
        for entry in tuple(before):
            twin = next((other for other in after if is_same(entry, other)), None)
            if twin is not None:
                before.remove(entry)
                after.remove(twin)
                pairs.append((name_of(twin), entry, twin))
    if record not in _IDENTIFIED and len(before) == len(after) == 1:
        return [*pairs, (name_of(after[0]), before[0], after[0])]
    gone = [(name_of(entry), entry, None) for entry in before]
    return [*pairs, *gone, *((name_of(entry), None, entry) for entry in after)]


def _one_sided(record: Record, *, old: Any, new: Any, clause: str) -> Iterator[ClauseDifference]:
    """Tell a clause that stands on one side only, with all that it says."""
    if old is None and new is None:
        return
    change = ClauseChange.ADDED if old is None else ClauseChange.REMOVED
    said, says = (_flat(record, side, is_whole=False) for side in (old, new))
    yield ClauseDifference(clause, change, tuple(_prefixed("", said, says)))


def _prefixed(name: str, old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> Iterator[KeyDifference]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key, ()), new.get(key, ())
        if sorted(before) != sorted(after):
            yield KeyDifference(f"{name}.{key}".removeprefix("."), before, after)


def _in_key(name: str, old: Any, new: Any) -> Iterator[KeyDifference]:
    yield from _prefixed("", {name: _words(old)}, {name: _words(new)})


def _flat(record: Record, value: Any, *, is_whole: bool = True) -> dict[str, tuple[str, ...]]:
    """Write what a record says under its keys, or only what is not at its default; keys of inner records get a dot."""
    if value is None:
        return {}
    flat: dict[str, tuple[str, ...]] = {}
    for key in keys_of(record):
        entry = getattr(value, key.name)
        if key.record is not None and is_dataclass(entry):
            flat |= {f"{key.name}.{inner}": words for inner, words in _flat(key.record, entry).items()}
        elif is_whole or entry != key.default:
            flat[key.name] = _words(entry)
    return flat


def _words(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        return tuple(f"{key}: {entry}" for key, entry in value.items())
    entries = value if isinstance(value, tuple) else (value,)
    return tuple(plain if isinstance(plain := to_plain(entry), str) else write_inline(plain) for entry in entries)
