"""What is not known in an arrangement, key by key."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from foedus.arrangement.language.keys import Record, keys_of
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Unspecified


@dataclass(frozen=True)
class UnknownKey:
    """A key whose value could not be confirmed."""

    path: str
    """Its place, such as ``trigger.invoked_by`` or ``commitments[0].money``."""
    about: str
    """What the key would hold."""


def find_unknown_keys(arrangement: Arrangement) -> tuple[UnknownKey, ...]:
    """List every key that stands at unknown, written or left out, in the order of the file."""
    return tuple(_in_record(Arrangement, arrangement, place=""))


def _in_record(record: Record, value: Any, *, place: str) -> Iterator[UnknownKey]:
    for key in keys_of(record):
        path = f"{place}.{key.name}".removeprefix(".")
        entry = getattr(value, key.name)
        if key.record is None:
            if Unspecified.UNKNOWN in (entry if isinstance(entry, tuple) else (entry,)):
                yield UnknownKey(path, key.about)
        elif key.is_list:
            for index, inner in enumerate(entry):
                yield from _in_record(key.record, inner, place=f"{path}[{index}]")
        elif entry is not None:
            yield from _in_record(key.record, entry, place=path)
