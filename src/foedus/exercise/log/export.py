"""A log as JSON Lines: what is handed to others. Each line is canonical JSON, so a log has one export, bit for bit.

The first line is the header, ``{"format":…,"key":…}``. Then come events, ``{"entry":{…},"leaf":"<hex>"}`` with
``"personal":{"salt":"<hex>","text":{…}}`` where there is one, and checkpoints, ``{"checkpoint":"<signed note>"}``,
each where it came about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from foedus.exercise.log.canonical import LONGEST_BYTES, NotCanonical, Value, decode, encode
from foedus.exercise.log.event import Personal, StoredEvent
from foedus.exercise.log.store import Damaged, Header, Item, StoredCheckpoint
from foedus.exercise.log.tables import read_header

_LONGEST_LINE = 4 * LONGEST_BYTES
_HASH = re.compile(r"[0-9a-f]{64}")


def write_lines(header: Header, items: Iterable[Item]) -> Iterator[bytes]:
    """Write a log, one line after the other."""
    yield encode({"format": header.format, "key": str(header.key)}) + b"\n"
    for item in items:
        yield write_line(item)


def write_line(item: Item) -> bytes:
    """Write one event or checkpoint."""
    if isinstance(item, StoredCheckpoint):
        return encode({"checkpoint": item.note}) + b"\n"
    personal = b""
    if item.personal:
        personal = b',"personal":{"salt":"%s","text":%s}' % (item.personal.salt.hex().encode(), item.personal.text)
    return b'{"entry":%s,"leaf":"%s"%s}\n' % (item.entry, item.leaf.hex().encode(), personal)


class ExportFile:
    """An export to read."""

    has_lines = True

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def reading(self) -> Iterator[tuple[Header, Iterator[Item]]]:
        """Read the file from its beginning."""
        with self.path.open("rb") as file:
            yield _read(file)

    def complaint(self) -> str:
        """Say nothing: reading every line was all that there is to check."""
        return ""


class ExportBytes:
    """An export to read that somebody sent."""

    has_lines = True

    def __init__(self, content: bytes) -> None:
        self.content = content

    @contextmanager
    def reading(self) -> Iterator[tuple[Header, Iterator[Item]]]:
        """Read it from its beginning."""
        yield _read(BytesIO(self.content))

    def complaint(self) -> str:
        """Say nothing, as for a file."""
        return ""


def _read(file: IO[bytes]) -> tuple[Header, Iterator[Item]]:
    lines = _lines(file)
    first = next(lines, None)
    if first is None:
        raise Damaged("the file is empty")
    record = _record(first)
    if set(record) != {"format", "key"}:
        raise Damaged("the first line of an export has format and key, nothing else")
    return read_header(record["format"], record["key"]), map(_item, lines)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise Damaged("a line is not ended by a line break: the file was cut off, or the line is too long")
        yield line[:-1]


def _record(line: bytes) -> Mapping[str, Value]:
    try:
        record = decode(line)
    except NotCanonical as error:
        raise Damaged(f"the line is not canonical JSON: {error}") from error
    if not isinstance(record, Mapping):
        raise Damaged("the line is not a JSON map")
    return record


def _item(line: bytes) -> Item:
    record = _record(line)
    if set(record) == {"checkpoint"}:
        return _checkpoint(record["checkpoint"])
    if set(record) - {"personal"} != {"entry", "leaf"}:
        raise Damaged("a line has entry, leaf and perhaps personal, or checkpoint, nothing else")
    personal = _personal(record["personal"]) if "personal" in record else None
    entry = encode(record["entry"])
    # The number is read again with the entry; here it only has to be there.
    seq = record["entry"].get("seq") if isinstance(record["entry"], Mapping) else None
    if isinstance(seq, bool) or not isinstance(seq, int):
        raise Damaged("the entry has no number seq")
    return StoredEvent(seq=seq, entry=entry, leaf=_bytes_of(record["leaf"]), personal=personal)


def _checkpoint(note: Value) -> StoredCheckpoint:
    lines = note.split("\n") if isinstance(note, str) else []
    if len(lines) < 2 or not re.fullmatch(r"[0-9]{1,18}", lines[1]):
        raise Damaged("a checkpoint has the number of events in its second line")
    return StoredCheckpoint(size=int(lines[1]), note="\n".join(lines))


def _personal(record: Value) -> Personal:
    if not isinstance(record, Mapping) or set(record) != {"salt", "text"}:
        raise Damaged("a personal part has salt and text, nothing else")
    return Personal(salt=_bytes_of(record["salt"]), text=encode(record["text"]))


def _bytes_of(text: Value) -> bytes:
    if not isinstance(text, str) or not _HASH.fullmatch(text):
        raise Damaged("a hash or salt is written as 64 hex digits")
    return bytes.fromhex(text)
