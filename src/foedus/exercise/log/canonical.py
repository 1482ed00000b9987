"""Canonical JSON: one value, one sequence of bytes, so that a hash of it means something.

The bytes are those of RFC 8785 for the values allowed here: texts, whole numbers, true and false, lists and maps. There
are no floats (write them as text, and the same number is the same bytes in every language) and no null (leave the key
out). Keys are sorted by their UTF-16 code units, there is no space between tokens, texts keep every character that JSON
does not force to be escaped, and nothing is normalised.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"

LARGEST_INTEGER = 2**53 - 1
"""Beyond it, readers that hold numbers as floats would lose digits (RFC 8785, RFC 7493)."""
DEEPEST = 32
"""Levels of lists and maps within each other, in what a writer hands over."""
LONGEST_BYTES = 2**20
"""Bytes of what a writer hands over: a mebibyte."""
_WRITE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_DEEPEST_OF_LINES = DEEPEST + 4
_LONGEST_OF_LINES = 4 * LONGEST_BYTES
"""Room for what the log puts around it."""


class NotCanonical(ValueError):
    """A value that has no canonical form, or bytes that are not the canonical form of what they say."""


def encode(value: Value) -> bytes:
    """Return the canonical bytes of a value; raise ``NotCanonical`` where it has none."""
    return _encode(value, deepest=_DEEPEST_OF_LINES, longest=_LONGEST_OF_LINES)


def decode(text: bytes) -> Value:
    """Read canonical bytes; raise ``NotCanonical`` unless writing what they say gives the same bytes again."""
    if len(text) > _LONGEST_OF_LINES:
        raise NotCanonical(f"{len(text):,} bytes are more than the {_LONGEST_OF_LINES:,} that are allowed")
    try:
        value: Value = json.loads(text.decode(), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error) or "not JSON") from error
    again = encode(value)
    if again != text:
        place = next((i for i, (a, b) in enumerate(zip(again, text, strict=False)) if a != b), len(again))
        raise NotCanonical(f"JSON, but not in its canonical form from byte {place} on")
    return value


def freeze(value: Value) -> Value:
    """Return a copy that cannot be changed; raise ``NotCanonical`` where the value has no canonical form."""
    _encode(value, deepest=DEEPEST, longest=LONGEST_BYTES)
    return _frozen(value)


def _encode(value: Value, *, deepest: int, longest: int) -> bytes:
    try:
        is_plain = _is_plain(value, left=deepest)
        text = (_WRITE(value) if is_plain else "".join(_pieces(value, left=deepest))).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("half of a surrogate pair is no character") from error
    if len(text) > longest:
        raise NotCanonical(f"{len(text):,} bytes are more than the {longest:,} that are allowed")
    return text


def _is_plain(value: object, *, left: int) -> bool:
    """Tell whether Python's own writer gives the canonical form: allowed values of its own types, keys in ASCII."""
    if type(value) is str or type(value) is bool:
        return True
    if type(value) is int:
        return -LARGEST_INTEGER <= value <= LARGEST_INTEGER
    if left <= 0:
        return False
    if type(value) is dict:
        return all(type(key) is str and key.isascii() and _is_plain(each, left=left - 1) for key, each in value.items())
    return type(value) is list and all(_is_plain(each, left=left - 1) for each in value)


def _pieces(value: object, *, left: int) -> Iterable[str]:
    if left < 0:
        raise NotCanonical(f"lists and maps lie more than {DEEPEST} deep in each other")
    if isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, int):
        yield _integer(value)
    elif isinstance(value, Mapping):
        yield from _map_pieces(value, left=left)
    elif isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        yield "["
        for place, each in enumerate(value):
            yield "," if place else ""
            yield from _pieces(each, left=left - 1)
        yield "]"
    else:
        raise NotCanonical(f"{type(value).__name__} has no canonical form: write it as text, or leave the key out")


def _map_pieces(value: Mapping[object, object], *, left: int) -> Iterable[str]:
    yield "{"
    for place, key in enumerate(sorted(value, key=_order)):
        yield "," if place else ""
        yield from _pieces(key, left=left - 1)
        yield ":"
        yield from _pieces(value[key], left=left - 1)
    yield "}"


def _order(key: object) -> bytes:
    """Sort by UTF-16 code units, as RFC 8785 asks: not the same as by code points beyond U+FFFF."""
    if not isinstance(key, str):
        raise NotCanonical(f"a key of a map is text, not {type(key).__name__}")
    return key.encode("utf-16-be")


def _integer(value: int) -> str:
    if abs(value) > LARGEST_INTEGER:
        raise NotCanonical(f"{value} is beyond 2^53 - 1: write it as text")
    return str(int(value))


def _refuse(text: str) -> object:
    raise NotCanonical(f"{text} is not a whole number: write it as text")


def _frozen(value: Value) -> Value:
    if isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return MappingProxyType({key: _frozen(each) for key, each in value.items()})
    return tuple(_frozen(each) for each in value)
