# mypy: disable-error-code="no-untyped-call, misc"
"""Machine code on disk: read from folders that are complete, written by those alone who make one (`ready`).

Numba's own way, where every process writes what it misses, mixes code of several processes that compile at once. Which
functions a compiler finds ready decides how it compiles the next, so the mixture decides the last bits of results.
"""

import pickle
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

_read: list[Path] = []
_written: list[Path] = []


def read_from(folder: Path) -> None:
    """Take from now on what is in a folder instead of compiling it."""
    if folder not in _read:
        _read.append(folder)


def write_to(folder: Path) -> None:
    """Put from now on into a folder what this process compiles."""
    _written[:] = [folder]


def is_writing() -> bool:
    """Tell whether this process is one that makes code."""
    return bool(_written)


class KeptCode(_Cache):
    """The machine code of one function, a file for each combination of types."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._name = f"{function.__module__}.{function.__qualname__}"

    @property
    def cache_path(self) -> str:
        """Return where code was read from."""
        return ", ".join(map(str, _read))

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the code for some types, or nothing."""
        target_context.refresh()
        for folder in _read:
            file = folder / self._file_of(sig)
            if file.exists():
                return CompileResult._rebuild(target_context, *pickle.loads(file.read_bytes()))  # noqa: S301
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the code for some types, if this process is one that makes it."""
        for folder in _written:
            (folder / self._file_of(sig)).write_bytes(dumps(data._reduce()))

    def _file_of(self, sig: Any) -> str:
        return f"{self._name.rpartition('kernel.')[2]}-{blake2b(str(sig).encode(), digest_size=8).hexdigest()}.code"

    def enable(self) -> None:
        """Do nothing: what is kept is decided for all functions together."""

    def disable(self) -> None:
        """Do nothing."""

    def flush(self) -> None:
        """Do nothing."""
