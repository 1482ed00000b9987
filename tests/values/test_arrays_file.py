"""Arrays by name come back to the last bit, or it is said that they do not."""

import io
import zipfile

import numpy as np
import pytest

from foedus.values.arrays_file import NotArrays, arrays_file, read_arrays

ARRAYS = {"a": np.array([1.5, np.nan, -0.0]), "b.c": np.arange(6).reshape(2, 3), "d": np.array([True, False])}


def test_arrays_come_back_as_they_were_and_in_their_order() -> None:
    """Shape, kind and bits; the same arrays give the same file."""
    content = arrays_file(ARRAYS)
    read = read_arrays(content)
    assert list(read) == list(ARRAYS)
    assert all(
        (read[name].dtype, read[name].tobytes()) == (ARRAYS[name].dtype, ARRAYS[name].tobytes()) for name in read
    )
    assert content == arrays_file(ARRAYS)


def test_a_damaged_file_is_never_read_as_another() -> None:
    """Cut short, or with any bytes changed: refused in words, or the arrays are the same; nothing else is raised."""
    content, generator = arrays_file(ARRAYS), np.random.default_rng(5)
    damaged = [content[:length] for length in range(0, len(content), 7)]
    for _ in range(600):
        changed = bytearray(content)
        for place in generator.integers(len(content), size=generator.integers(1, 4)):
            changed[place] = generator.integers(256)
        damaged.append(bytes(changed))
    refused = 0
    for each in damaged:
        try:
            read = read_arrays(each)
        except NotArrays:
            refused += 1
        else:
            assert {array.tobytes() for array in read.values()} <= {array.tobytes() for array in ARRAYS.values()}
    assert refused > len(damaged) / 2


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"PK\x03\x04", b"no archive at all"])
def test_other_bytes_are_refused(content: bytes) -> None:
    """Whatever is not an archive of arrays."""
    with pytest.raises(NotArrays):
        read_arrays(content)


def test_what_would_have_to_be_run_is_refused() -> None:
    """An array of Python's objects is a program; it is not even opened."""
    buffer = io.BytesIO()
    np.savez(buffer, a=np.array([{}], dtype=object))
    with pytest.raises(NotArrays):
        read_arrays(buffer.getvalue())
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "words")
    with pytest.raises(NotArrays):
        read_arrays(buffer.getvalue())
