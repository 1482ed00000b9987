"""A skeleton to start from, written from the language itself, so that it names every key that there is."""

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from foedus.arrangement.dump import dump, write_inline
from foedus.arrangement.language.keys import Key, Record, keys_of
from foedus.arrangement.record import LANGUAGE_VERSION, Arrangement
from foedus.arrangement.vocabulary import Status

USUAL = frozenset(
    {
        "parties.guarantor",
        "commitments",
        "trigger",
        "trigger.type",
        "trigger.invoked_by",
        "trigger.determined_by",
        "decision",
        "decision.rule",
    }
)
"""Keys that may be left out but stand ready for use in the skeleton, as most arrangements need them."""

_WIDTH = 110
_HEADER = f"""\
# An arrangement in the language of foedus, version {LANGUAGE_VERSION}. Replace what stands here by what the text says.
#
# A line with "# " explains. A line with "#" and no blank is a key at rest: take the # away to use it.
# "none": the text provides nothing. "unknown": it could not be confirmed. Put dates in quotes.
# All keys, words, units and conditions: foedus schema --reference. Is it right? foedus show FILE
"""


def write_skeleton() -> str:
    """Write a commented arrangement that loads without findings, whether or not its keys at rest are put to use."""
    return "\n".join([_HEADER.rstrip(), *_record_lines(Arrangement, place="", indent=0, is_used=True)]) + "\n"


def write_copy(arrangement: Arrangement, *, identifier: str) -> str:
    """Write an arrangement as a text of one's own to change: another id, a proposal, and where it was taken from."""
    taken = f"# Taken from {arrangement.id} of the library of foedus; change what you mean otherwise, and its name.\n"
    copy = replace(arrangement, id=identifier, status=Status.HYPOTHETICAL, outcome=None)
    return taken + dump(copy)


def _record_lines(record: Record, *, place: str, indent: int, is_used: bool, is_entry: bool = False) -> Iterator[str]:
    for number, key in enumerate(keys_of(record)):
        path = f"{place}.{key.name}".removeprefix(".")
        used = is_used and (key.is_required or path in USUAL)
        begins_entry = is_entry and number == 0
        yield from _key_lines(key, place=path, indent=indent, is_used=used, begins_entry=begins_entry)


def _key_lines(key: Key, *, place: str, indent: int, is_used: bool, begins_entry: bool) -> Iterator[str]:
    start = indent - 2 if begins_entry else indent
    pad, rest, dash = " " * start, "" if is_used else "#", "- " if begins_entry else ""
    if indent == 0:
        yield ""
    yield from textwrap.wrap(_comment(key), _WIDTH, initial_indent=f"{pad}# ", subsequent_indent=f"{pad}#   ")
    if key.record is None:
        yield f"{pad}{rest}{dash}{key.name}: {write_inline(key.example)}"
        return
    yield f"{pad}{rest}{dash}{key.name}:"
    inner = indent + (4 if key.is_list else 2)
    yield from _record_lines(key.record, place=place, indent=inner, is_used=is_used, is_entry=key.is_list)


def _comment(key: Key) -> str:
    words = f". Words: {', '.join(key.words)}" if key.words else ""
    default = "" if key.is_required else f". Default: {describe_default(key)}"
    return f"{key.about}{words}{default}"


def describe_default(key: Key) -> str:
    """Say what holds where the key is left out."""
    if key.default is None or key.default == () or key.default == {}:
        return "nothing"
    if key.record is not None:
        return "each of its keys at its default"
    return write_inline([str(entry) for entry in key.default]) if key.is_list else write_inline(key.default)
