"""Lists of events: what is written is read back, whatever the columns are called; what is wrong is told by line."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import WrongRequest
from foedus.exercise.room.injects.inject import Inject, PlannedInject
from foedus.exercise.room.injects.msel import COLUMNS, read_msel, write_msel
from foedus.jobs.room.tables import csv_of, read_table, xlsx_of
from tests.exercise.room.rooms import exercise

_SIGNS = st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"])
_WORDS = st.text(_SIGNS, min_size=1, max_size=40).map(str.strip).filter(bool)
_NAMES = st.lists(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), max_size=3).map(tuple)
_INJECTS = st.builds(
    Inject,
    id=st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True),
    storyline=_WORDS,
    event=_WORDS,
    words=_WORDS,
    at=st.none()
    | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(
        lambda each: each.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    channel=_WORDS,
    source=_WORDS,
    to=_NAMES,
    expected=_WORDS,
    objectives=_NAMES,
    note=_WORDS,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(_INJECTS, min_size=1, max_size=4, unique_by=lambda each: each.id))
def test_what_is_written_is_read_back(injects: list[Inject]) -> None:
    """As CSV and as XLSX, formulas and quotes in the cells included."""
    rows = write_msel(PlannedInject(each) for each in injects)
    for content, name in ((csv_of(rows).encode(), "a.csv"), (xlsx_of(rows, title="MSEL"), "a.xlsx")):
        reading = read_msel(read_table(content, name=name))
        assert reading.errors == ()
        assert list(reading.injects) == injects


def test_a_table_of_somebody_else_is_mapped() -> None:
    """Headings as other programs call them are found by name, and any can be said by hand."""
    rows = [
        ["MSEL #", "Event Time", "Inject Description", "Recipient Player", "Colour"],
        ["7", "04.03.2027 05:20", "x", "Poland", "red"],
    ]
    reading = read_msel(rows)
    assert reading.unread == ("Colour",)
    assert reading.injects[0].at == datetime(2027, 3, 4, 5, 20, tzinfo=UTC)
    assert reading.injects[0].to == ("poland",)
    by_hand = read_msel(rows, mapping={"inject": "Colour"})
    assert by_hand.injects[0].words == "red"


def test_each_wrong_cell_is_told_with_its_line_and_nothing_is_planned() -> None:
    """A dry run names every row that cannot be read."""
    rows = [["id", "time", "inject"], ["a", "tomorrow", "x"], ["b", "", ""], ["a", "2027-03-04 05:20", "y"]]
    reading = read_msel(rows)
    assert reading.injects == ()
    assert {(each.line, each.column) for each in reading.errors} == {(2, "time"), (3, "inject"), (0, "id")}
    assert read_msel([["colour"]]).errors[0].column == "inject"


def test_no_cell_is_a_formula_in_a_spreadsheet() -> None:
    """What begins like a formula is written as text."""
    inject = Inject("a", "s", "e", '=HYPERLINK("http://elsewhere")')
    lines = csv_of(write_msel([PlannedInject(inject)]))
    assert "'=HYPERLINK" in lines
    assert ",=HYPERLINK" not in lines


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\xff\xfe\x00", "a.csv"), (b"no sheet", "a.xlsx"), (_bomb(), "a.xlsx"), (b"x" * 3_000_000, "a.csv")],
    ids=["not text", "not a sheet", "a bomb", "too long"],
)
def test_a_hostile_file_is_refused_in_words(content: bytes, name: str) -> None:
    """Nothing is unpacked that is larger than a table."""
    with pytest.raises(WrongRequest, match=name):
        read_table(content, name=name)


def test_the_list_of_a_scenario_keeps_every_inject() -> None:
    """Nothing that has a column is lost on the way through a spreadsheet."""
    told = exercise().injects
    reading = read_msel(read_table(csv_of(write_msel(PlannedInject(each) for each in told)).encode(), name="a.csv"))
    assert [each.id for each in reading.injects] == [each.id for each in told]
    assert [each.words for each in reading.injects] == [each.words for each in told]
    assert set(COLUMNS) >= {"id", "time", "inject", "from", "to", "expected", "objectives"}
