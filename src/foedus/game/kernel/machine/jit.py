"""The compiler's settings, in one place."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import llvmlite.binding
import numba

from foedus.game.kernel.keeping.kept import KeptCode

Function = TypeVar("Function", bound=Callable[..., Any])

FREEDOMS = {"contract", "nsz", "arcp"}
"""Liberties with floating point: fused multiply-add, no signed zero, reciprocals; NaN and infinity stay."""


INLINED: Any = {"nogil": True, "fastmath": FREEDOMS, "error_model": "numpy", "forceinline": True}
"""Settings of what is compiled as part of its callers."""

UNROLLED = 2000
"""Instructions up to which LLVM writes a loop out in full. Determinations, tiers and parties are few: a sweep whose
loops over them are written out takes little more than half the time."""
llvmlite.binding.set_option("foedus", f"--unroll-threshold={UNROLLED}")


def compiled(function: Function) -> Function:
    """Compile with Numba, without the interpreter's lock; machine code is kept on disk (`kept`)."""
    made: Any = numba.njit(nogil=True, fastmath=FREEDOMS, error_model="numpy")(function)
    made._cache = KeptCode(function)
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
