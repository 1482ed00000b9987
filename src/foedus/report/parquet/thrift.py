"""Thrift's compact protocol, as far as the heads of a Parquet file and of its pages take it.

The protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

Value: TypeAlias = Union[int, "Long", str, Sequence["Value"], Mapping[int, "Value"]]
"""A whole number of 32 bits, one of 64, a text, a list of one kind, or a struct: [number of field] value."""
_WHOLE, _LONG, _TEXT, _LIST, _STRUCT = 5, 6, 8, 9, 12
_LONGEST = 15
"""Length from which a list's length stands behind its head."""


class Long(int):
    """A whole number that is written as one of 64 bits: readers pass over a field of another width."""


def struct(fields: Mapping[int, Value]) -> bytes:
    """Write a struct; each field's number is told as what it adds to the one before."""
    written, last = bytearray(), 0
    for number, value in sorted(fields.items()):
        written.append((number - last) << 4 | _kind(value))
        written += _content(value)
        last = number
    return bytes(written) + b"\0"


def unsigned(number: int) -> bytes:
    """Write a number in sevens of bits, the lowest first; the eighth bit says that more follow."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(written) + bytes([number])


def _kind(value: Value) -> int:
    if isinstance(value, Long):
        return _LONG
    if isinstance(value, int):
        return _WHOLE
    if isinstance(value, str):
        return _TEXT
    return _STRUCT if isinstance(value, Mapping) else _LIST


def _content(value: Value) -> bytes:
    if isinstance(value, int):
        return unsigned(value << 1 if value >= 0 else -value * 2 - 1)
    if isinstance(value, str):
        text = value.encode()
        return unsigned(len(text)) + text
    if isinstance(value, Mapping):
        return struct(value)
    (kind,) = {_kind(each) for each in value} or {_STRUCT}
    length = len(value)
    head = bytes([min(length, _LONGEST) << 4 | kind]) + (unsigned(length) if length >= _LONGEST else b"")
    return head + b"".join(map(_content, value))
