"""Read a data file into the table that the catalogue documents, or say everything that is wrong with it."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pandas as pd
from pandas import DataFrame, Series

from foedus.errors import Finding, InvalidFile
from foedus.evidence.data.cells import clean, convert, find_unreadable
from foedus.evidence.data.folder import VARIABLE, find_file
from foedus.evidence.data.record import DataColumn, DataSet

MAX_SHOWN = 5


def load_table(data_set: DataSet, *, folder: Path) -> DataFrame:
    """Return the documented columns, typed and with their codes checked; raise `InvalidFile` with all findings.

    Column types: text ``string``, whole numbers ``Int64``, numbers ``float64``, flags ``boolean``, dates
    ``datetime64``. Gaps are ``<NA>``, ``NaN`` or ``NaT``. The rows keep the order of the file.
    """
    file = find_file(data_set, folder=folder)
    if file is None:
        raise InvalidFile([_absent(data_set, folder)])
    raw = read_raw(file)
    findings = [*_missing_columns(data_set, raw, file), *_wrong_version(data_set, raw, file)]
    if findings:
        raise InvalidFile(findings)
    findings = [finding for column in data_set.columns for finding in _wrong_cells(column, raw, data_set, file)]
    if findings:
        raise InvalidFile(findings)
    return DataFrame({column.name: convert(column, raw) for column in data_set.columns})


def read_raw(file: Path) -> DataFrame:
    """Read every cell as text; what is not UTF-8 in names of places and people is replaced."""
    if file.suffix == ".dta":
        return pd.read_stata(file, convert_categoricals=False).astype("string").fillna("")
    try:
        return pd.read_csv(file, dtype="string", keep_default_na=False, encoding_errors="replace", low_memory=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InvalidFile(
            [
                _finding(
                    file,
                    code="not-a-table",
                    message=f"the file is no comma-separated table: {error}",
                    mend="save it as CSV with the names of the columns in the first line",
                )
            ]
        ) from error


def _absent(data_set: DataSet, folder: Path) -> Finding:
    return _finding(
        folder / data_set.file,
        code="no-file",
        message=f"{data_set.title}: the file is not there",
        mend=f"get {data_set.version} from {data_set.address} and put it there ({VARIABLE} names the folder)",
    )


def _missing_columns(data_set: DataSet, raw: DataFrame, file: Path) -> Iterator[Finding]:
    there = list(raw.columns)
    for column in data_set.columns:
        for name in filter(None, (column.source, column.near)):
            if name not in there:
                near = get_close_matches(name, there, n=3)
                hint = f"; near it stand {', '.join(near)}" if near else ""
                yield _finding(
                    file,
                    path=name,
                    code="missing-column",
                    message=f"the column {name!r} is missing{hint}",
                    mend=f"foedus reads {data_set.version} from {data_set.address}; `foedus data show {data_set.id}`",
                )


def _wrong_version(data_set: DataSet, raw: DataFrame, file: Path) -> Iterator[Finding]:
    name = data_set.version_column
    if not name or name not in raw:
        return
    stated = sorted({value for value in raw[name] if value} - set(data_set.version_values))
    if stated:
        yield _finding(
            file,
            path=name,
            code="wrong-version",
            message=f"the file is version {', '.join(stated[:MAX_SHOWN])}, foedus reads {data_set.version}",
            mend=f"get {data_set.version} from {data_set.address}",
        )


def _wrong_cells(column: DataColumn, raw: DataFrame, data_set: DataSet, file: Path) -> Iterator[Finding]:
    cells = clean(column, raw[column.source])
    if column.codes:
        unknown = cells[cells.notna() & ~cells.isin(list(column.codes))]
        meant = f"known are {', '.join(column.codes)}"
    else:
        unknown, meant = find_unreadable(column, cells), f"it should be a {column.kind}"
    if len(unknown):
        yield _finding(
            file,
            line=_line_of(unknown),
            path=column.source,
            code="unknown-code",
            message=f"{column.source} holds {_shown(unknown)}; {meant}",
            mend=f"foedus reads {data_set.version}; other versions may be coded differently",
        )


def _line_of(cells: Series) -> int:
    return int(cells.index[0]) + 2


def _shown(cells: Series) -> str:
    values = list(dict.fromkeys(cells))
    more = f" and {len(values) - MAX_SHOWN} other values" if len(values) > MAX_SHOWN else ""
    return ", ".join(repr(str(value)) for value in values[:MAX_SHOWN]) + more


def _finding(file: Path, *, code: str, message: str, mend: str, path: str = "", line: int = 0) -> Finding:
    return Finding(
        file=str(file),
        line=line,
        column=0,
        path=path,
        code=code,
        message=message,
        why="a figure from a misread table would be wrong without anyone noticing",
        mend=mend,
    )
