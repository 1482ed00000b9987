# mypy: disable-error-code="no-untyped-call, unused-ignore, attr-defined"
"""Reading a row of numbers at a place that differs from number to number: the one irregular access of the game.

A value at a belief that follows is a register permute where the machine has one that spans 16 numbers, a gather from
memory elsewhere. Both give the same bits.
"""

from typing import Any

from llvmlite import ir
from numba.core import config
from numba.core.codegen import get_host_cpu_features

from foedus.game.kernel.machine.rows import DOUBLE, INDEX, WIDTH, instruction, pointer_to
from foedus.game.kernel.machine.vectors import VECTOR_OF, call, load_from, singles


def _has_wide_permute() -> bool:
    """Tell whether one instruction picks from 16 float64: AVX-512, here or on the machine that Numba was told."""
    if config.CPU_FEATURES is not None:
        return "+avx512f" in config.CPU_FEATURES
    return config.CPU_NAME in (None, "host") and "+avx512f" in get_host_cpu_features()


def _gather(builder: Any, pointer: Any, index: Any, kind: Any) -> Any:
    result = ir.Constant(kind.vector, ir.Undefined)
    for i in range(WIDTH):
        place = ir.Constant(INDEX, i)
        value = builder.load(builder.gep(pointer, [builder.extract_element(index, place)]))
        result = builder.insert_element(result, value, place)
    return result


def _permute(builder: Any, pointer: Any, index: Any, kind: Any) -> Any:
    """Pick from 16 numbers in registers."""
    if kind is singles:
        row = load_from(builder, pointer, kind.vector)
        return call(builder, "llvm.x86.avx512.permvar.sf.512", kind.vector, [row, index])
    half = WIDTH // 2
    halves = ir.VectorType(DOUBLE, half)
    low, high = (load_from(builder, pointer, halves, at) for at in (0, half))
    parts = []
    for at in (0, half):
        order = ir.Constant(ir.VectorType(INDEX, half), list(range(at, at + half)))
        some = builder.shuffle_vector(index, index, order)
        parts.append(call(builder, "llvm.x86.avx512.vpermi2var.pd.512", halves, [low, some, high]))
    return builder.shuffle_vector(*parts, ir.Constant(ir.VectorType(INDEX, WIDTH), list(range(WIDTH))))


def _permute_wide(builder: Any, pointer: Any, index: Any, kind: Any) -> Any:
    """Pick from 48 float32 in three registers."""
    first, second, third = (load_from(builder, pointer, kind.vector, at) for at in (0, WIDTH, 2 * WIDTH))
    low = call(builder, "llvm.x86.avx512.vpermi2var.ps.512", kind.vector, [first, index, second])
    high = call(builder, "llvm.x86.avx512.permvar.sf.512", kind.vector, [third, index])
    limit = ir.Constant(index.type, [2 * WIDTH] * WIDTH)
    return builder.select(builder.icmp_signed("<", index, limit), low, high)


@instruction
def look_up(typingctx: Any, array: Any, indices: Any, index: Any) -> Any:
    """Read, in each place, entry ``index`` (0 to 15) of the row of 16 at ``indices``."""
    kind = VECTOR_OF[array.dtype]

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = pointer_to(context, builder, sig.args[0], args[0], args[1])
        return (_permute if _has_wide_permute() else _gather)(builder, pointer, args[2], kind)

    return kind(array, indices, index), emit


@instruction
def look_up_wide(typingctx: Any, array: Any, indices: Any, index: Any) -> Any:
    """Read, in each place, entry ``index`` (0 to 47) of the row of at least 48 at ``indices``."""
    kind = VECTOR_OF[array.dtype]
    is_permuted = _has_wide_permute() and kind is singles

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = pointer_to(context, builder, sig.args[0], args[0], args[1])
        return (_permute_wide if is_permuted else _gather)(builder, pointer, args[2], kind)

    return kind(array, indices, index), emit


@instruction
def gather(typingctx: Any, array: Any, indices: Any, index: Any) -> Any:
    """Read, in each place, entry ``index`` of the row of any length at ``indices``."""
    kind = VECTOR_OF[array.dtype]

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return _gather(builder, pointer_to(context, builder, sig.args[0], args[0], args[1]), args[2], kind)

    return kind(array, indices, index), emit
