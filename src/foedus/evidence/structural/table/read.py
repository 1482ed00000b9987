"""Read a table of comma-separated values, strictly: what is often guessed in silence is told with its line.

The lines of the file label the rows, so that whatever is said later of a row names its line.
"""

import csv
import io
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import numpy as np
import pandas as pd

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.table.columns import LINE
from foedus.values.arrays import IntArray

LARGEST_FILE = 512 * 1024**2
"""Bytes."""
MISSING = ("", "NA", "NaN", "nan")
"""What stands for a missing value; any other word among numbers is told."""
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_TOLD = 10
_OTHER_FILES: Mapping[bytes, str] = MappingProxyType(
    {
        b"\xff\xfe": "UTF-16",
        b"\xfe\xff": "UTF-16",
        b"PK\x03\x04": "a spreadsheet or an archive",
        b"\x1f\x8b": "compressed",
        b"PAR1": "a Parquet file",
        b"RDX": "data of R",
    }
)
"""How files begin that are often given for a table."""


@dataclass(frozen=True)
class _Lines:
    """A text taken apart into lines of cells."""

    heading: tuple[str, ...]
    rows: IntArray
    """(n,): the line of each row below the heading."""


def read_table(file: Path) -> pd.DataFrame:
    """Return the table, its index the lines of the file.

    UTF-8, with or without a byte-order mark; commas between cells; the first line names the columns. A cell that is
    empty or NA is missing. Raises InvalidFile for a file that is anything else, OSError where it cannot be read.
    """
    text = _text(file)
    lines = _lines(text, file)
    if not len(lines.rows):
        _refuse(file, 1, "no-rows", "the table has no rows", mend="write rows below the heading")
    table = pd.read_csv(
        io.StringIO(text, newline=""), index_col=False, keep_default_na=False, na_values=list(MISSING), low_memory=False
    )
    if len(table) != len(lines.rows):
        _refuse(file, 0, "blank-lines", "it has lines of nothing but blanks", mend="take them out")
    table.columns = pd.Index(lines.heading)
    table.index = pd.Index(lines.rows, name=LINE)
    return table


def _text(file: Path) -> str:
    if file.stat().st_size > LARGEST_FILE:
        told = f"it has {file.stat().st_size:,} bytes"
        _refuse(file, 0, "too-large", told, mend=f"at most {LARGEST_FILE:,} are read; keep the columns that are needed")
    content = file.read_bytes()
    for begins, what in _OTHER_FILES.items():
        if content.startswith(begins):
            _refuse(file, 1, "not-a-table", f"it is {what}", mend="save it as comma-separated values in UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        told = f"byte {content[error.start]:#04x} in line {line} is not UTF-8"
        _refuse(file, line, "not-utf-8", told, mend="save the table in UTF-8")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        _refuse(
            file, line, "not-a-table", f"line {line} holds a NUL", mend="save it as comma-separated values in UTF-8"
        )
    return text


def _lines(text: str, file: Path) -> _Lines:
    """Check that every line has the cells that the heading names, and note where each row stands."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, wrong = array("q"), []
    heading: list[str] = []
    try:
        for cells in reader:
            if cells and not heading:
                heading = cells
                _refuse_other_separators(heading, file, line=reader.line_num)
            elif cells:
                rows.append(reader.line_num)
                if len(cells) != len(heading):
                    wrong.append((reader.line_num, len(cells)))
                    if len(wrong) > _TOLD:
                        break
    except csv.Error as error:
        line = reader.line_num
        told = f"in line {line}: {error}"
        _refuse(file, line, "not-a-table", told, mend="close every quotation mark; double those inside a cell")
    if not heading:
        _refuse(file, 0, "not-a-table", "it is empty", mend="write the names of the columns, then the rows")
    if wrong:
        mend = "write one cell for each name of the heading; quote cells with commas, and write 1.25, not 1,25"
        raise InvalidFile(
            [
                _finding(
                    file, line, "ragged-row", f"line {line} has {count} cells, the heading {len(heading)}", mend=mend
                )
                for line, count in wrong[:_TOLD]
            ]
        )
    return _Lines(tuple(heading), np.array(rows, dtype=np.int64))


def _refuse_other_separators(heading: list[str], file: Path, *, line: int) -> None:
    for sign, name in _OTHER_SEPARATORS.items():
        if len(heading) == 1 and sign in heading[0]:
            mend = "save it with commas between cells and points in numbers"
            _refuse(file, line, "other-separator", f"its cells are parted by {name}", mend=mend)


def _refuse(file: Path, line: int, code: str, message: str, *, mend: str) -> NoReturn:
    raise InvalidFile([_finding(file, line, code, message, mend=mend)])


def _finding(file: Path, line: int, code: str, message: str, *, mend: str) -> Finding:
    told = message if code == "no-rows" else f"{file.name} is not a table of comma-separated values: {message}"
    why = (
        "there is nothing to fit" if code == "no-rows" else "a cell that is taken for another's changes every estimate"
    )
    return Finding(str(file), line, 0, "", code, told, why, mend)
