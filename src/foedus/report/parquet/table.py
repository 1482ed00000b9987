"""A table as a Parquet file: groups of rows, a page for each column in each, and at the end what says where all is."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from foedus.report.parquet.page import GZIP, ParquetColumn, PhysicalType, WrittenPage, page_of
from foedus.report.parquet.thrift import Long, Value, struct

GROUP_ROWS = 1 << 17
"""Rows in a group: a page of numbers is then one megabyte, as readers like them."""
_MARK = b"PAR1"
_VERSION = 1
_PLAIN, _RUNS = 0, 3
_REQUIRED, _OPTIONAL, _REPEATED = 0, 1, 2
_IS_TEXT, _IS_LIST = 0, 3


def parquet_file(columns: Sequence[ParquetColumn], *, notes: Mapping[str, str]) -> bytes:
    """Return a file with these columns, which have the same number of rows; ``notes`` stand in its head.

    The same columns give the same bytes.
    """
    rows = len(columns[0].values)
    written, groups = bytearray(_MARK), []
    for first in range(0, rows, GROUP_ROWS):
        part = [column.rows(first, first + GROUP_ROWS) for column in columns]
        pages = [page_of(column) for column in part]
        begins = np.cumsum([len(written), *(len(page.content) for page in pages)]).tolist()
        groups.append(_group(part, pages, begins))
        written += b"".join(page.content for page in pages)
    head = struct(
        {
            1: _VERSION,
            2: [{4: "schema", 5: len(columns)}, *chain.from_iterable(map(_fields, columns))],
            3: Long(rows),
            4: groups,
            5: [{1: key, 2: note} for key, note in notes.items()],
            6: "foedus",
        }
    )
    return bytes(written) + head + len(head).to_bytes(4, "little") + _MARK


def _fields(column: ParquetColumn) -> Iterator[Value]:
    """Say what a column holds; a list is a field in a field in a field."""
    if column.is_list:
        yield {3: _OPTIONAL, 4: column.name, 5: 1, 6: _IS_LIST}
        yield {3: _REPEATED, 4: "list", 5: 1}
        yield {1: column.kind, 3: _REQUIRED, 4: "element"}
    else:
        presence = _REQUIRED if column.is_absent is None else _OPTIONAL
        kind: dict[int, Value] = {1: column.kind, 3: presence, 4: column.name}
        yield kind | ({6: _IS_TEXT} if column.kind is PhysicalType.TEXT else {})


def _group(columns: Sequence[ParquetColumn], pages: Sequence[WrittenPage], begins: Sequence[int]) -> Value:
    chunks: list[Value] = [
        {2: Long(begin), 3: _chunk(column, page, begin)}
        for column, page, begin in zip(columns, pages, begins[:-1], strict=True)
    ]
    return {1: chunks, 2: Long(sum(page.size for page in pages)), 3: Long(len(columns[0].values))}


def _chunk(column: ParquetColumn, page: WrittenPage, begin: int) -> Value:
    return {
        1: column.kind,
        2: [_PLAIN, _RUNS],
        3: [column.name, "list", "element"] if column.is_list else [column.name],
        4: GZIP,
        5: Long(page.values),
        6: Long(page.size),
        7: Long(len(page.content)),
        9: Long(begin),
    }
