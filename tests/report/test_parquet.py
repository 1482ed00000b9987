"""Parquet as foedus writes it is Parquet as others read it."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from foedus.report.parquet import table
from foedus.report.parquet.page import ParquetColumn
from foedus.report.parquet.table import parquet_file

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)
KINDS = {name: np.dtype(kind) for name, kind in (("truth", "?"), ("whole", "i8"), ("real", "f8"), ("text", "U5"))}


@st.composite
def tables(draw: st.DrawFn) -> list[ParquetColumn]:
    """Draw tables of any size, with a column of each kind and one of lists; rows may lack a value."""
    rows = draw(st.integers(1, 40))
    columns = []
    for name, kind in KINDS.items():
        values = draw(arrays.arrays(kind, rows, elements=WORDS if name == "text" else None))
        columns.append(ParquetColumn(name, values, draw(st.none() | arrays.arrays(np.bool_, rows))))
    lists = draw(arrays.arrays(np.float64, (rows, draw(st.integers(1, 3)))))
    return [*columns, ParquetColumn("lists", lists, draw(st.none() | arrays.arrays(np.bool_, rows)))]


@given(tables(), st.integers(1, 50))
def test_arrow_reads_what_was_written(columns: list[ParquetColumn], group: int) -> None:
    """Values to the last bit, rows without one, and lists, in however many groups of rows they lie."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "GROUP_ROWS", group)
        content = parquet_file(columns, notes={"said": "it was", "a note": "ü" * 200})
    file = pq.ParquetFile(io.BytesIO(content))
    read = file.read()
    assert file.metadata.num_row_groups == -(-len(columns[0].values) // group)
    assert read.schema.metadata == {b"said": b"it was", b"a note": ("ü" * 200).encode()}
    for column in columns:
        assert _there(read[column.name]) == _rows(column)


def test_a_column_in_which_no_row_can_be_without_says_so() -> None:
    """A reader need not look for what cannot be missing."""
    none, some = ParquetColumn("x", np.ones(2)), ParquetColumn("y", np.ones(2), np.array([False, True]))
    schema = pq.read_schema(io.BytesIO(parquet_file([none, some], notes={})))
    assert [field.nullable for field in schema] == [False, True]


def test_the_same_columns_give_the_same_bytes_and_repetition_costs_little() -> None:
    """What a future says stands beside each of its texts: hardly more than once on the disk."""
    once = np.random.default_rng(1).random(1000)
    single, repeated = (
        [parquet_file([ParquetColumn("x", np.repeat(once, times))], notes={}) for _ in range(2)] for times in (1, 12)
    )
    assert (single[0], repeated[0]) == (single[1], repeated[1])
    assert len(repeated[0]) < 1.6 * len(single[0])


def _there(column: pa.ChunkedArray) -> list[bytes | None]:
    """Return each row as bytes, so that what is no number, and the sign of zero, count."""
    return [None if value is None else np.asarray(value).tobytes() for value in column.to_pylist()]


def _rows(column: ParquetColumn) -> list[bytes | None]:
    def row(value: NDArray[np.generic]) -> bytes:
        return np.asarray(value.tolist()).tobytes()

    absent = np.zeros(len(column.values), dtype=np.bool_) if column.is_absent is None else column.is_absent
    return [None if gone else row(value) for gone, value in zip(absent, column.values, strict=True)]
