# mypy: disable-error-code="no-untyped-call"
"""The compiler's settings, in one place, and what it leaves out.

A function that Python calls is compiled whole, with all that it calls in it, and kept on disk. All others are only ever
parts of such functions: for them Numba would write machine code too, and two functions by which Python could call them,
at every level of nesting. They are typed and written down once, and neither optimised nor finished by themselves. That
takes two fifths off the time that compiling takes (docs/decisions/036-the-first-answer.md).
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import llvmlite.binding
import numba
from numba.core.codegen import JITCodeLibrary, JITCPUCodegen
from numba.core.compiler import Compiler
from numba.core.registry import CPUDispatcher

from foedus.game.kernel.keeping.kept import KeptCode

Function = TypeVar("Function", bound=Callable[..., Any])

FREEDOMS = {"contract", "nsz", "arcp"}
"""Liberties with floating point: fused multiply-add, no signed zero, reciprocals; NaN and infinity stay."""

UNROLLED = 2000
"""Instructions up to which LLVM writes a loop out in full. Determinations, tiers and parties are few: a sweep whose
loops over them are written out takes little more than half the time."""
llvmlite.binding.set_option("foedus", f"--unroll-threshold={UNROLLED}")


class _NotRun:
    """A code generator for what is never run by itself, so that it needs no surroundings."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def set_env(self, name: str, env: Any) -> None:
        """Do nothing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)


class LinkedCode(JITCodeLibrary):
    """Code that is only ever a part of other code."""

    @property
    def codegen(self) -> Any:
        """Return what generates code, and does not prepare to run it."""
        return _NotRun(self._codegen)

    def get_pointer_to_function(self, name: str) -> int:  # noqa: ARG002
        """Return no address: there is no machine code."""
        self._ensure_finalized()
        return 0

    def finalize(self) -> None:
        """Take in what this calls, and leave it at that."""
        self._raise_if_finalized()
        for library in dict.fromkeys(self._linking_libraries):
            self._reload_init.update(library._reload_init)
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        self._finalize_dynamic_globals()
        self._finalized = True


class _CompilerOfWholes(Compiler):
    def compile_extra(self, func: Callable[..., Any]) -> Any:
        self.state.library = JITCodeLibrary(self.state.targetctx.codegen(), func.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(func)


class _CompilerOfParts(Compiler):
    def compile_extra(self, func: Callable[..., Any]) -> Any:
        self.state.library = LinkedCode(self.state.targetctx.codegen(), func.__qualname__)
        return super().compile_extra(func)


class _Part(CPUDispatcher):
    """A function that is compiled as part of others, and is itself where Python calls it."""

    def __call__(self, *arguments: Any) -> Any:
        return self.py_func(*arguments)


SETTINGS: Any = {
    "nopython": True,
    "nogil": True,
    "fastmath": FREEDOMS,
    "error_model": "numpy",
    "no_cfunc_wrapper": True,
}
WHOLES: Any = {**SETTINGS, "pipeline_class": _CompilerOfWholes}
PARTS: Any = {**SETTINGS, "no_cpython_wrapper": True}
INLINED: Any = {**PARTS, "forceinline": True, "pipeline_class": _CompilerOfParts}
"""Settings of what is compiled as part of its callers, where Numba asks for them."""


def compiled(function: Function) -> Function:
    """Compile what Python calls, without the interpreter's lock; machine code is kept on disk (`keeping`)."""
    made: Any = numba.jit(**WHOLES)(function)
    made._cache = KeptCode(function)
    return cast(Function, made)


def called(function: Function) -> Function:
    """Compile as a part of what is compiled, called where the compiler does not find it better to write it out."""
    return _part(function, PARTS)


def inlined(function: Function) -> Function:
    """Compile as part of the callers, where a call would cost more than the work."""
    return _part(function, {**PARTS, "forceinline": True})


def spliced(function: Function) -> Function:
    """Write into the one caller before typing: compiled once, not once alone and once more in the caller."""
    return _part(function, {**PARTS, "inline": "always"})


def _part(function: Function, settings: Any) -> Function:
    made: Any = _Part(function, locals={}, targetoptions=settings, pipeline_class=_CompilerOfParts)
    return cast(Function, made)


def leave_out_parts_of_numba() -> None:
    """Compile from now on Numba's own functions as parts too; for a process that does nothing else.

    What Numba itself runs it must have compiled before, which any function makes it do.
    """
    any_function: Any = numba.njit(lambda: 0)
    any_function()
    JITCPUCodegen._library_class = LinkedCode
