"""Arrays by name as one file: NPZ, which NumPy reads and writes by itself."""

import io
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Arrays: TypeAlias = Mapping[str, NDArray[Any]]

_DAMAGE = (
    *(EOFError, KeyError, OSError, OverflowError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(struct.error, tokenize.TokenError, zipfile.BadZipFile, zlib.error),
)
"""All that a reader of archives, and one of the arrays in it, may stumble over."""


class NotArrays(ValueError):
    """Bytes that are no such file, or a damaged one."""


def arrays_file(arrays: Arrays) -> bytes:
    """Return a file that holds these arrays; the same arrays give the same bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # its own options have names that no array has
    return buffer.getvalue()


def read_arrays(content: bytes) -> Arrays:
    """Return the arrays of a file; raise `NotArrays`. Nothing in the file is run."""
    try:
        if damaged := zipfile.ZipFile(io.BytesIO(content)).testzip():
            raise NotArrays(f"{damaged} is damaged")
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            read = {name: file[name] for name in file.files}
    except _DAMAGE as error:
        raise NotArrays(str(error) or type(error).__name__) from error
    if others := [name for name, content in read.items() if not isinstance(content, np.ndarray)]:
        raise NotArrays(f"{', '.join(others)}: no array")
    return read
