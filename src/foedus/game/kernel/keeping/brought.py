# mypy: disable-error-code="no-untyped-call, attr-defined"
"""Machine code that came with the package: made beforehand for kinds of processors, taken where this is of one.

A wheel for one platform may hold it (`python -m bench.packaging.with_code`). It serves only the Python, Numba, LLVM and
sources that it was made with; where anything differs the game is compiled here, as it is without.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import llvmlite
import numba
from llvmlite import binding
from numba.core import config
from numba.core.registry import cpu_target

from foedus.game.kernel.keeping.place import KERNEL, digest_of_code, is_complete

FOLDER = "brought"
"""Inside the kernel's folder."""
_THIRD = ("avx2", "bmi", "bmi2", "f16c", "fma", "lzcnt", "movbe", "xsave")
_FOURTH = (*_THIRD, "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl")


@dataclass(frozen=True)
class ProcessorKind:
    """A kind of processor, of which there are many."""

    name: str
    """As LLVM knows it."""
    needs: tuple[str, ...]
    """What a processor must be able to do to be of this kind."""
    tuned: str = ""
    """What is said of it besides: that the kernel may use what it has, and LLVM its whole width."""

    @property
    def settings(self) -> Mapping[str, str]:
        """Variables with which Numba compiles for this kind, whatever the processor that compiles is."""
        return {"NUMBA_CPU_NAME": self.name, "NUMBA_CPU_FEATURES": self.tuned}

    @property
    def code(self) -> str:
        """Name of the code that is made for it here."""
        triple, *_ = cpu_target.target_context.codegen().magic_tuple()
        python = (sys.implementation.cache_tag, getattr(sys, "abiflags", ""))
        return digest_of_code((*python, numba.__version__, llvmlite.__version__, triple, self.name, self.tuned))


KINDS = (ProcessorKind("x86-64-v4", _FOURTH, "+avx512f,-prefer-256-bit"), ProcessorKind("x86-64-v3", _THIRD))
"""For which code is made beforehand, the best first; both compute the same."""


def find_brought(work: str) -> Path | None:
    """Return the folder with code for some work that runs here; none where somebody has chosen a processor himself."""
    if config.CPU_NAME is not None or config.CPU_FEATURES is not None:
        return None
    folders = (KERNEL / FOLDER / f"{kind.code}-{work}" for kind in _kinds_of_this())
    return next(filter(is_complete, folders), None)


def _kinds_of_this() -> Iterator[ProcessorKind]:
    """Name the kinds that this processor is of."""
    can = binding.get_host_cpu_features()
    return (kind for kind in KINDS if all(can.get(each, False) for each in kind.needs))
