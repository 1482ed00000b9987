"""The compiler's settings, in one place."""

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite.binding
import numba

Function = TypeVar("Function", bound=Callable[..., Any])

BELOW = ("machine", "stage", "consultation", "search", "forward")
"""The kernel's folders: code of each calls only that of itself and of those before it."""
FREEDOMS = {"contract", "nsz", "arcp"}
"""Liberties with floating point: fused multiply-add, no signed zero, reciprocals; NaN and infinity stay."""


INLINED: Any = {"nogil": True, "fastmath": FREEDOMS, "error_model": "numpy", "forceinline": True}
"""Settings of what is compiled as part of its callers."""

UNROLLED = 2000
"""Instructions up to which LLVM writes a loop out in full. Determinations, tiers and parties are few: a sweep whose
loops over them are written out takes little more than half the time."""
llvmlite.binding.set_option("foedus", f"--unroll-threshold={UNROLLED}")


def compiled(function: Function) -> Function:
    """Compile with Numba, without the interpreter's lock, and keep the machine code on disk.

    Numba drops kept code when the function's own file changes, but not when a file that it calls does; here a change in
    any file of the same folder, or of one below it, drops it, and a new date alone does not.
    """
    made: Any = numba.njit(cache=True, nogil=True, fastmath=FREEDOMS, error_model="numpy")(function)
    kept = getattr(made._cache, "_cache_file", None)
    if kept is not None:
        kept._source_stamp = _stamp(Path(function.__code__.co_filename).parent)
    return cast(Function, made)


def called(function: Function) -> Function:
    """Compile by itself what is rarely used, so that its callers stay short."""
    made: Any = numba.njit(nogil=True, fastmath=FREEDOMS, error_model="numpy")(function)
    return cast(Function, made)


def inlined(function: Function) -> Function:
    """Compile as part of the callers, where a call would cost more than the work."""
    made: Any = numba.njit(**INLINED)(function)
    return cast(Function, made)


def spliced(function: Function) -> Function:
    """Write into the one caller before typing: compiled once, not once alone and once more in the caller."""
    made: Any = numba.njit(nogil=True, fastmath=FREEDOMS, error_model="numpy", inline="always")(function)
    return cast(Function, made)


@cache
def _stamp(folder: Path) -> str:
    """Return a digest of every file of the kernel that functions of a folder may call."""
    digest = blake2b()
    for name in BELOW[: BELOW.index(folder.name) + 1]:
        for file in sorted((folder.parent / name).glob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
