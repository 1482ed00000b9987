"""Tables that come from spreadsheets: read, or refused in words, whatever happened to the file."""

import io
import zipfile
from contextlib import suppress
from random import Random

import pytest

from foedus.errors import WrongRequest
from foedus.jobs.room.tables import read_table, xlsx_of

ROWS = [["id", "inject", "to"], ["one", "A report comes in.", "france"], ["two", "=1+1", ""]]
BOOK = xlsx_of(ROWS, title="events")


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book:
        return {each.filename: book.read(each) for each in book.infolist()}


def _assert_answered(content: bytes) -> None:
    with suppress(WrongRequest):
        assert all(isinstance(cell, str) for row in read_table(content, name="events.xlsx") for cell in row)


def test_a_whole_sheet_is_read_as_it_was_written() -> None:
    """What would be a formula was marked as text, and the mark is taken off again."""
    read = read_table(BOOK, name="events.xlsx")
    assert [row[:3] for row in read] == ROWS
    assert not any(cell for row in read for cell in row[3:])


@pytest.mark.parametrize("seed", range(20))
def test_a_sheet_with_turned_bits_is_read_or_refused(seed: int) -> None:
    """Neither the unpacker nor the reader of XML ends the program."""
    draw, content = Random(seed), bytearray(BOOK)  # noqa: S311  seeded damage
    for _ in range(draw.choice([1, 2, 5])):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    _assert_answered(bytes(content))


@pytest.mark.parametrize("part", sorted(_parts()))
def test_a_sheet_with_a_spoilt_part_is_read_or_refused(part: str) -> None:
    """A part that is missing, empty, cut, no XML, or declares entities."""
    whole = _parts()
    lol = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]><a>&c;&c;&c;</a>'
    for content in (b"", whole[part][: len(whole[part]) // 2], b"\xff\xfe", whole[part] + b"<x/>", lol):
        _assert_answered(_packed(whole | {part: content}))
    _assert_answered(_packed({name: content for name, content in whole.items() if name != part}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('inject\n"open\n', "no CSV"),
        ("inject,inject\na,b\n", "the heading 'inject' is there twice"),
        ("inject\n\0\n", "line 2 holds a control character"),
        ("inject\n\x1b[31mred\n", "line 2 holds a control character"),
        ("\xe9\n", "UTF-8"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text: str, told: str) -> None:
    """An open quotation mark, a heading twice, signs that no spreadsheet shows."""
    with pytest.raises(WrongRequest, match=told):
        read_table(text.encode("latin-1"), name="events.csv")
