"""What the tables of a log hold, whichever database keeps them, and the order in which it came about."""

from collections.abc import Iterator, Sequence

from foedus.exercise.log.event import Personal, StoredEvent
from foedus.exercise.log.note import NotANote, Verifier
from foedus.exercise.log.store import FORMAT, Damaged, Header, Item, StoredCheckpoint


def read_header(form: object, key: object) -> Header:
    """Make a header of what is written; raise ``Damaged`` where it is of another format or names no key."""
    if form != FORMAT:
        raise Damaged(f"the format is {form!r}, not {FORMAT!r}")
    try:
        return Header(key=Verifier.parse(str(key)))
    except NotANote as error:
        raise Damaged(f"the key of the log cannot be read: {error}") from error


def in_order(rows: Iterator[Sequence[object]], notes: Iterator[Sequence[object]]) -> Iterator[Item]:
    """Merge rows (seq, entry, leaf, salt, text) and notes (size, note) into the order in which they came about."""
    note = next(notes, None)
    for count, row in enumerate(rows):
        while note is not None and _size(note) <= count:
            yield _checkpoint(note)
            note = next(notes, None)
        yield _row(row)
    while note is not None:
        yield _checkpoint(note)
        note = next(notes, None)


def _row(values: Sequence[object]) -> StoredEvent:
    seq, entry, leaf, salt, text = values
    if not (isinstance(seq, int) and isinstance(entry, bytes) and isinstance(leaf, bytes)):
        raise Damaged("a row of the table event is not made of a number, a text and bytes")
    if salt is None and text is None:
        return StoredEvent(seq=seq, entry=entry, leaf=leaf)
    if not (isinstance(salt, bytes) and isinstance(text, bytes)):
        raise Damaged("a row of the table personal is not made of bytes and a text")
    return StoredEvent(seq=seq, entry=entry, leaf=leaf, personal=Personal(salt=salt, text=text))


def _checkpoint(values: Sequence[object]) -> StoredCheckpoint:
    size, note = values
    if not isinstance(size, int) or not isinstance(note, bytes):
        raise Damaged("a row of the table checkpoint is not made of a number and a text")
    try:
        return StoredCheckpoint(size=size, note=note.decode())
    except UnicodeDecodeError as error:
        raise Damaged(f"the checkpoint of {size} events is not UTF-8") from error


def _size(values: Sequence[object]) -> int:
    return values[0] if isinstance(values[0], int) else 0
