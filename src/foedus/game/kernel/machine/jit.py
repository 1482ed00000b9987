# mypy: disable-error-code="no-untyped-call, attr-defined"
"""The compiler's settings, in one place, and what it leaves out.

A function that Python calls is compiled whole, with all that it calls in it, and kept on disk. All others are only ever
parts of such functions: for them Numba would write machine code too, and two functions by which Python could call them,
at every level of nesting. They are typed and written down once, and neither optimised nor finished by themselves. That
takes two fifths off the time that compiling takes (docs/decisions/036-the-first-answer.md). How loops are dealt with,
and how records are handed over (`records`), takes off two fifths more (docs/decisions/066-parts-by-address.md).
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import llvmlite.binding
import numba
from numba.core import config
from numba.core.codegen import JITCodeLibrary, JITCPUCodegen
from numba.core.compiler import Compiler
from numba.core.registry import CPUDispatcher

from foedus.game.kernel.keeping.kept import KeptCode

Function = TypeVar("Function", bound=Callable[..., Any])

FREEDOMS = {"contract", "nsz", "arcp"}
"""Liberties with floating point: fused multiply-add, no signed zero, reciprocals; NaN and infinity stay."""

UNROLLED = 2000
"""Instructions up to which LLVM writes a loop out in full, where it may (`written_out`). Determinations, tiers and
parties are few: a sweep whose loops over them are written out takes little more than half the time."""
llvmlite.binding.set_option("foedus", f"--unroll-threshold={UNROLLED}")


class _NotRun:
    """A code generator for what is never run by itself, so that it needs no surroundings."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def set_env(self, name: str, env: Any) -> None:
        """Do nothing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)


class WholeCode(JITCodeLibrary):
    """Code that Python calls."""

    has_long_loops = True
    """Whether loops stay loops; else those over determinations, tiers and parties are written out."""

    def _optimize_functions(self, ll_module: Any) -> None:
        """Simplify each function by itself, its loops left as they are.

        What a loop calls is not there yet: a short loop of calls written out now becomes many copies of all they do.
        """
        ll_module.data_layout = self._codegen._data_layout
        builder = self._tuned(unrolls=False)
        passes = builder.getFunctionPassManager()
        passes.add_refprune_pass()
        for function in ll_module.functions:
            if not function.is_declaration:
                passes.run(function, builder)

    def _optimize_final_module(self) -> None:
        """Put parts into their places, then optimise what has come about."""
        self._run(self._codegen._module_pass_manager(loop_vectorize=False, opt=0, cost="cheap"))
        builder = self._tuned(unrolls=not self.has_long_loops)
        passes = builder.getModulePassManager()
        passes.add_refprune_pass()
        self._run((passes, builder))

    def _run(self, manager: tuple[Any, Any]) -> None:
        passes, builder = manager
        passes.run(self._final_module, builder)

    def _tuned(self, *, unrolls: bool) -> Any:
        """Return what builds passes; vectors are written by hand, so none are looked for."""
        tuning = llvmlite.binding.create_pipeline_tuning_options(speed_level=int(config.OPT))
        tuning.loop_unrolling, tuning.loop_vectorization, tuning.slp_vectorization = unrolls, False, False
        return llvmlite.binding.create_pass_builder(self._codegen._tm, tuning)


class _WrittenOut(WholeCode):
    has_long_loops = False


class LinkedCode(WholeCode):
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
    library: type[WholeCode] = WholeCode

    def compile_extra(self, func: Callable[..., Any]) -> Any:
        self.state.library = self.library(self.state.targetctx.codegen(), func.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(func)


class _CompilerOfTheSearch(_CompilerOfWholes):
    library = _WrittenOut


class _CompilerOfParts(Compiler):
    def compile_extra(self, func: Callable[..., Any]) -> Any:
        self.state.library = LinkedCode(self.state.targetctx.codegen(), func.__qualname__)
        return super().compile_extra(func)


class _LinkedFunction(CPUDispatcher):
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
    return _whole(function, WHOLES)


def written_out(function: Function) -> Function:
    """Compile what Python calls, short loops written out: for where games spend their time, since it takes long."""
    return _whole(function, {**WHOLES, "pipeline_class": _CompilerOfTheSearch})


def _whole(function: Function, settings: Any) -> Function:
    made: Any = numba.jit(**settings)(function)
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
    made: Any = _LinkedFunction(function, locals={}, targetoptions=settings, pipeline_class=_CompilerOfParts)
    return cast(Function, made)


def leave_out_parts_of_numba() -> None:
    """Compile from now on Numba's own functions as parts too; for a process that does nothing else.

    What Numba itself runs it must have compiled before, which any function makes it do.
    """
    any_function: Any = numba.njit(lambda: 0)
    any_function()
    JITCPUCodegen._library_class = LinkedCode
