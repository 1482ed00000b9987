"""Tables that come from spreadsheets and go back to them: CSV and XLSX, read with limits, written without formulas."""

import csv
import io
import unicodedata
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook, load_workbook

from foedus.errors import WrongRequest

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 2_000_000, 40_000_000, 200
MOST_ROWS, MOST_COLUMNS = 2_100, 60
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_table(content: bytes, *, name: str) -> list[list[str]]:
    """Read a table by its name's ending; raise `WrongRequest` where it is none, or more than is read."""
    if len(content) > MOST_BYTES:
        raise WrongRequest(f"{name}: a table has at most {MOST_BYTES // 1_000_000} MB")
    if name.lower().endswith(".xlsx"):
        return _read_xlsx(content, name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongRequest(f"{name}: save the table as CSV in UTF-8, or as XLSX") from error
    return _read_csv(text, name)


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """Write a table as CSV; what a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe_cell(each) for each in row] for row in rows)
    return out.getvalue()


def xlsx_of(rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    """Write a table as a sheet of texts."""
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = title[:31]
    for row in rows:
        sheet.append([safe_cell(each) for each in row])
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _unmarked(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _read_csv(text: str, name: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    parted_by = max(",;\t", key=first.count)
    try:
        rows = [
            [_unmarked(each) for each in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True)
        ]
    except csv.Error as error:
        raise WrongRequest(f"{name}: this is no CSV ({error})") from error
    return _limited(rows, name)


def _read_xlsx(content: bytes, name: str) -> list[list[str]]:
    _refuse_bomb(content, name)
    try:
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = [
                [_text(each) for each in row]
                for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
            ]
            book.close()
    except Exception as error:  # unpackers and readers of XML raise what they like at a damaged file
        raise WrongRequest(f"{name}: this is no XLSX that can be read; save it anew, or as CSV") from error
    return _limited(rows, name)


def _refuse_bomb(content: bytes, name: str) -> None:
    """Refuse a file that unpacks to more than any table needs, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            told = parts.infolist()
    except zipfile.BadZipFile as error:
        raise WrongRequest(f"{name}: this is no XLSX") from error
    if len(told) > MOST_PARTS or sum(each.file_size for each in told) > MOST_UNPACKED:
        raise WrongRequest(f"{name}: it unpacks to more than a table has")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return _unmarked(str(value))


def _limited(rows: list[list[str]], name: str) -> list[list[str]]:
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        raise WrongRequest(f"{name}: a table has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns")
    headings = [each.strip() for each in rows[0] if each.strip()] if rows else []
    if twice := sorted(each for each, count in Counter(headings).items() if count > 1):
        raise WrongRequest(f"{name}: the heading {twice[0]!r} is there twice; give each column a name of its own")
    for line, row in enumerate(rows, start=1):
        if any(unicodedata.category(sign) == "Cc" and sign not in "\n\r\t" for each in row for sign in each):
            raise WrongRequest(f"{name}: line {line} holds a control character; take it out")
    return rows
