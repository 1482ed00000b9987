"""What stands in a column of a Parquet file: one page for each group of rows, plain values behind their levels.

The format: https://parquet.apache.org/docs/file-format/. A row without a value, and where a list begins, is told by
levels: how much of the way from row to number there is, and at which depth a number repeats.
"""

import gzip
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from foedus.report.parquet.thrift import struct, unsigned
from foedus.values.arrays import BoolArray, IntArray

GZIP = 2
_EFFORT = 6
_DATA_PAGE, _PLAIN, _RUNS = 0, 0, 3


class PhysicalType(IntEnum):
    """How a value is written, under the numbers of the format."""

    TRUTH = 0
    WHOLE = 2
    REAL = 5
    TEXT = 6


@dataclass(frozen=True, eq=False)
class ParquetColumn:
    """A column of a table, with a value in each row unless it says otherwise."""

    name: str
    values: NDArray[np.generic]
    """(row,), or (row, item) where each row holds a list; truths, whole numbers, reals or texts."""
    is_absent: BoolArray | None = None
    """(row,) where there is no value. None: a row of lists has one each, and elsewhere no row can be without."""

    @property
    def kind(self) -> PhysicalType:
        """How its values are written."""
        return {"b": PhysicalType.TRUTH, "i": PhysicalType.WHOLE, "f": PhysicalType.REAL, "U": PhysicalType.TEXT}[
            self.values.dtype.kind
        ]

    @property
    def is_list(self) -> bool:
        """Whether a row holds several values."""
        return self.values.ndim > 1

    def rows(self, first: int, stop: int) -> "ParquetColumn":
        """Return some consecutive rows."""
        absent = None if self.is_absent is None else self.is_absent[first:stop]
        return ParquetColumn(self.name, self.values[first:stop], absent)


@dataclass(frozen=True)
class WrittenPage:
    """A page as it is written, with what is told of it elsewhere."""

    content: bytes
    """Its head and what it holds."""
    values: int
    """How many there are, rows without one counted."""
    size: int
    """In bytes, before anything was made smaller."""


def page_of(column: ParquetColumn) -> WrittenPage:
    """Write all rows of a column as one page."""
    levels, count = _levels(column)
    present = column.values if column.is_absent is None else column.values[~column.is_absent]
    plain = levels + _plain(present.ravel(), column.kind)
    small = gzip.compress(plain, compresslevel=_EFFORT, mtime=0)
    told = {1: count, 2: _PLAIN, 3: _RUNS, 4: _RUNS}
    head = struct({1: _DATA_PAGE, 2: len(plain), 3: len(small), 5: told})
    return WrittenPage(head + small, count, len(head) + len(plain))


def _levels(column: ParquetColumn) -> tuple[bytes, int]:
    """Return the levels of all values, and how many values there are, those that are absent counted."""
    rows = len(column.values)
    if not column.is_list:
        return b"" if column.is_absent is None else _in_runs((~column.is_absent).astype(np.int64)), rows
    is_absent = np.zeros(rows, dtype=np.bool_) if column.is_absent is None else column.is_absent
    lengths = np.where(is_absent, 1, column.values.shape[1])
    begins = np.zeros(int(lengths.sum()), dtype=np.bool_)
    begins[np.cumsum(lengths) - lengths] = True
    # an absent list ends before it begins; in one that is there, a number is two steps from the row
    there = np.repeat(np.where(is_absent, 0, 2), lengths)
    return _in_runs((~begins).astype(np.int64)) + _in_runs(there), len(begins)


def _in_runs(levels: IntArray) -> bytes:
    """Write levels as runs of the same, each its length and its level, behind the number of bytes."""
    begins = np.flatnonzero(np.diff(levels, prepend=-1))
    lengths = np.diff(begins, append=len(levels))
    runs = b"".join(
        unsigned(length << 1) + bytes([level])
        for length, level in zip(lengths.tolist(), levels[begins].tolist(), strict=True)
    )
    return len(runs).to_bytes(4, "little") + runs


def _plain(values: NDArray[np.generic], kind: PhysicalType) -> bytes:
    if kind is PhysicalType.TRUTH:
        return np.packbits(values.astype(np.bool_), bitorder="little").tobytes()
    if kind is PhysicalType.TEXT:
        written = {text: _text(text) for text in np.unique(values).tolist()}
        return b"".join(written[text] for text in values.tolist())
    return values.astype("<i8" if kind is PhysicalType.WHOLE else "<f8").tobytes()


def _text(text: str) -> bytes:
    content = text.encode()
    return len(content).to_bytes(4, "little") + content
