# mypy: disable-error-code="no-untyped-call, unused-ignore, attr-defined"
"""Sixteen numbers that move together: the belief axis of the game as a machine vector.

A `lanes` value holds 16 float64 (two registers with AVX-512, four with AVX2, eight on other machines: the compiler
splits it), a `short_lanes` value 16 float32, half as many registers. What is loaded from an array has the array's
precision, and so has all that is computed from it; a single number takes the precision of the vector that it meets.
Compiled code writes `load`, `store`, `+ - * /`, `pick` and so on, and reads like code for one belief.
The one irregular access of the game, a value at a posterior belief, is `look_up`: a register permute where the
machine has one that spans 16 numbers, a gather from memory elsewhere. Both give the same bits.
"""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.core.codegen import get_host_cpu_features
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, overload, register_model

from foedus.game.kernel.jit import INLINED, compiled, inlined
from foedus.values.arrays import FloatArray

LANES = 16
"""Belief points in one vector; a grid with more uses several."""

_DOUBLE, _SINGLE, _WORD, _INDEX = ir.DoubleType(), ir.FloatType(), ir.IntType(64), ir.IntType(32)
_FAST = ("contract", "nsz", "arcp")


class _Lanes(types.Type):  # type: ignore[misc]
    def __init__(self, name: str, number: Any) -> None:
        self.number, self.vector = number, ir.VectorType(number, LANES)
        super().__init__(name=name)


lanes, short_lanes = _Lanes("lanes", _DOUBLE), _Lanes("short_lanes", _SINGLE)
steps, short_steps = _Lanes("steps", _WORD), _Lanes("short_steps", _INDEX)
mask = _Lanes("mask", ir.IntType(1))
_LANES_OF = {types.float64: lanes, types.float32: short_lanes}
_STEPS_OF = {lanes: steps, short_lanes: short_steps}


@register_model(_Lanes)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: _Lanes) -> None:
        super().__init__(dmm, fe_type, fe_type.vector)


def _spread(builder: Any, value: Any, number: Any) -> Any:
    """Return a scalar in every lane, in the precision of ``number``; a vector as it is."""
    if isinstance(value.type, ir.VectorType):
        return value
    if value.type != number:
        value = (builder.fptrunc if number == _SINGLE else builder.fpext)(value, number)
    vector = ir.VectorType(number, LANES)
    single = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(_INDEX, 0))
    zeros = ir.Constant(ir.VectorType(_INDEX, LANES), [0] * LANES)
    return builder.shuffle_vector(single, ir.Constant(vector, ir.Undefined), zeros)


def _define(op: Any, emit: Any, *, gives_mask: bool = False) -> None:
    signatures = [
        signature(mask if gives_mask else kind, *pair)
        for kind in (lanes, short_lanes)
        for other in (types.float64, types.float32)
        for pair in ((kind, kind), (kind, other), (other, kind))
    ]

    class _Template(ConcreteTemplate):  # type: ignore[misc]
        cases = list(dict.fromkeys(signatures))  # noqa: RUF012

    infer_global(op)(_Template)
    for each in _Template.cases:

        def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            number = next(kind.number for kind in sig.args if isinstance(kind, _Lanes))
            return emit(builder, *(_spread(builder, value, number) for value in args))

        lower_builtin(op, *each.args)(lower)


_define(operator.add, lambda b, x, y: b.fadd(x, y, flags=_FAST))
_define(operator.iadd, lambda b, x, y: b.fadd(x, y, flags=_FAST))
_define(operator.sub, lambda b, x, y: b.fsub(x, y, flags=_FAST))
_define(operator.mul, lambda b, x, y: b.fmul(x, y, flags=_FAST))
_define(operator.truediv, lambda b, x, y: b.fdiv(x, y, flags=_FAST))
_define(operator.lt, lambda b, x, y: b.fcmp_ordered("<", x, y), gives_mask=True)
_define(operator.ge, lambda b, x, y: b.fcmp_ordered(">=", x, y), gives_mask=True)


class _Rows(types.Type):  # type: ignore[misc]
    def __init__(self, inner: tuple[int, ...], dtype: Any) -> None:
        self.inner, self.dtype, self.ndim = inner, dtype, len(inner) + 1
        super().__init__(name=f"rows{inner}({dtype})")


@register_model(_Rows)
class _RowsModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: _Rows) -> None:
        number = _DOUBLE if fe_type.dtype == types.float64 else _SINGLE
        super().__init__(dmm, fe_type, number.as_pointer())


def _instruction(define: Callable[..., Any]) -> Any:
    """Make an instruction of compiled code from what types and emits it."""
    return intrinsic(define)


def rows_of(*inner: int) -> Any:
    """Return what looks at an array without owning it, all axes but the first being as long as said.

    Counting owners in the inner loops costs more than the work there, and so does finding an address from lengths that
    are not known when the code is compiled.
    """

    @_instruction
    def rows(typingctx: Any, array: Any) -> Any:
        kind = _Rows(inner, array.dtype)

        def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            return context.make_array(sig.args[0])(context, builder, args[0]).data

        return kind(array), emit

    return rows


def _pointer(context: Any, builder: Any, kind: Any, array: Any, indices: Any) -> Any:
    """Return the address of the entry at ``indices``; missing last indices are 0."""
    places = list(cgutils.unpack_tuple(builder, indices))
    places += [ir.Constant(_WORD, 0)] * (kind.ndim - len(places))
    if not isinstance(kind, _Rows):
        view = context.make_array(kind)(context, builder, array)
        return cgutils.get_item_pointer(context, builder, kind, view, places)
    offset, stride = ir.Constant(_WORD, 0), 1
    for place, length in zip(reversed(places), (*reversed(kind.inner), 0), strict=True):
        offset = builder.add(offset, builder.mul(place, ir.Constant(_WORD, stride), flags=("nsw",)), flags=("nsw",))
        stride *= length
    return builder.gep(array, [offset])


@_instruction
def entry(typingctx: Any, array: Any, indices: Any) -> Any:
    """Read one number."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load(_pointer(context, builder, sig.args[0], *args))

    return array.dtype(array, indices), emit


@_instruction
def load(typingctx: Any, array: Any, indices: Any) -> Any:
    """Load the 16 numbers of the last axis at ``indices`` (a tuple for all axes but the last)."""
    kind = _LANES_OF[array.dtype]

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, sig.args[0], *args)
        return _load(builder, pointer, kind.vector)

    return kind(array, indices), emit


def _load(builder: Any, pointer: Any, vector: Any, at: int = 0) -> Any:
    """Read a vector ``at`` so many numbers after the pointer."""
    start = builder.gep(pointer, [ir.Constant(_WORD, at)]) if at else pointer
    return builder.load(builder.bitcast(start, vector.as_pointer()), align=8 if vector.element == _DOUBLE else 4)


@_instruction
def store(typingctx: Any, array: Any, indices: Any, value: Any) -> Any:
    """Store 16 numbers along the last axis at ``indices``."""
    kind = _LANES_OF[array.dtype]

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, sig.args[0], args[0], args[1])
        align = 8 if kind is lanes else 4
        builder.store(args[2], builder.bitcast(pointer, kind.vector.as_pointer()), align=align)
        return context.get_dummy_value()

    return types.none(array, indices, kind), emit


@_instruction
def spread(typingctx: Any, value: Any) -> Any:
    """Put one number in every lane, as float64."""
    return lanes(types.float64), lambda context, builder, sig, args: _spread(builder, args[0], _DOUBLE)


@_instruction
def like(typingctx: Any, vector: Any, value: Any) -> Any:
    """Put one number in every lane, in the precision of ``vector``."""
    return (
        vector(vector, types.float64),
        lambda context, builder, sig, args: _spread(builder, args[1], sig.args[0].number),
    )


@_instruction
def pick(typingctx: Any, where: Any, yes: Any, no: Any) -> Any:
    """Take ``yes`` in the lanes where the mask holds and ``no`` in the others."""
    return yes(mask, yes, yes), lambda context, builder, sig, args: builder.select(*args)


def _call(builder: Any, name: str, result: Any, args: Any) -> Any:
    kind = ir.FunctionType(result, [a.type for a in args])
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), args)


def _named(name: str, kind: Any) -> str:
    return f"llvm.{name}.v{LANES}f{64 if kind.number == _DOUBLE else 32}"


@_instruction
def floor(typingctx: Any, value: Any) -> Any:
    """Round down."""
    return value(value), lambda context, builder, sig, args: _call(builder, _named("floor", value), value.vector, args)


@_instruction
def absolute(typingctx: Any, value: Any) -> Any:
    """Drop the sign."""
    return value(value), lambda context, builder, sig, args: _call(builder, _named("fabs", value), value.vector, args)


@_instruction
def whole(typingctx: Any, value: Any) -> Any:
    """Convert whole numbers to steps, usable as indices."""
    kind = _STEPS_OF[value]
    return kind(value), lambda context, builder, sig, args: builder.fptosi(args[0], kind.vector)


def _fold(builder: Any, vector: Any, join: Any) -> Any:
    """Combine the 16 numbers in halves, always in the same order."""
    order = ir.VectorType(ir.IntType(32), LANES)
    width = LANES
    while width > 1:
        width //= 2
        upper = [(i + width) if i < width else i for i in range(LANES)]
        vector = join(vector, builder.shuffle_vector(vector, vector, ir.Constant(order, upper)))
    return builder.extract_element(vector, ir.Constant(ir.IntType(32), 0))


@_instruction
def largest(typingctx: Any, value: Any) -> Any:
    """Return the largest of the 16 numbers."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        found = _fold(builder, args[0], lambda x, y: builder.select(builder.fcmp_ordered("<", x, y), y, x))
        return found if value is lanes else builder.fpext(found, _DOUBLE)

    return types.float64(value), emit


@_instruction
def total(typingctx: Any, value: Any) -> Any:
    """Return the sum of the 16 numbers."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        found = _fold(builder, args[0], lambda x, y: builder.fadd(x, y))
        return found if value is lanes else builder.fpext(found, _DOUBLE)

    return types.float64(value), emit


@_instruction
def next_lane(typingctx: Any, value: Any, after: Any) -> Any:
    """Move every number one lane down; the first number of ``after`` fills the last lane."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        order = ir.Constant(ir.VectorType(ir.IntType(32), LANES), list(range(1, LANES + 1)))
        return builder.shuffle_vector(args[0], args[1], order)

    return value(value, value), emit


def _bits(kind: Any) -> tuple[Any, int, int]:
    """Return the whole numbers of a precision's size, the bits of its mantissa, the bias of its exponent."""
    double = kind.number == _DOUBLE
    return ir.VectorType(_WORD if double else _INDEX, LANES), 52 if double else 23, 1023 if double else 127


@_instruction
def power_of_two(typingctx: Any, value: Any) -> Any:
    """Return 2 to a whole number given as float, by writing the exponent's bits."""
    words, width, bias = _bits(value)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        biased = builder.add(builder.fptosi(args[0], words), ir.Constant(words, [bias] * LANES))
        return builder.bitcast(builder.shl(biased, ir.Constant(words, [width] * LANES)), value.vector)

    return value(value), emit


@_instruction
def exponent(typingctx: Any, value: Any) -> Any:
    """Return the binary exponent of positive numbers, as float."""
    words, width, bias = _bits(value)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        bits = builder.lshr(builder.bitcast(args[0], words), ir.Constant(words, [width] * LANES))
        return builder.sitofp(builder.sub(bits, ir.Constant(words, [bias] * LANES)), value.vector)

    return value(value), emit


@_instruction
def mantissa(typingctx: Any, value: Any) -> Any:
    """Return the mantissa in [1, 2) of positive numbers."""
    words, width, bias = _bits(value)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        bits = builder.and_(builder.bitcast(args[0], words), ir.Constant(words, [(1 << width) - 1] * LANES))
        return builder.bitcast(builder.or_(bits, ir.Constant(words, [bias << width] * LANES)), value.vector)

    return value(value), emit


def _has_wide_permute() -> bool:
    """Tell whether one instruction picks from 16 float64: AVX-512, unless Numba was told to use an older machine."""
    features = config.CPU_FEATURES if config.CPU_FEATURES is not None else get_host_cpu_features()
    return "+avx512f" in features and config.CPU_NAME in (None, "host")


def _gather(builder: Any, pointer: Any, index: Any, kind: Any) -> Any:
    result = ir.Constant(kind.vector, ir.Undefined)
    for i in range(LANES):
        lane = ir.Constant(_INDEX, i)
        value = builder.load(builder.gep(pointer, [builder.extract_element(index, lane)]))
        result = builder.insert_element(result, value, lane)
    return result


def _permute(builder: Any, pointer: Any, index: Any, kind: Any) -> Any:
    """Pick from 16 numbers in registers."""
    if kind is short_lanes:
        row = _load(builder, pointer, kind.vector)
        return _call(builder, "llvm.x86.avx512.permvar.sf.512", kind.vector, [row, index])
    half = LANES // 2
    doubles = ir.VectorType(_DOUBLE, half)
    low, high = (_load(builder, pointer, doubles, at) for at in (0, half))
    parts = []
    for at in (0, half):
        order = ir.Constant(ir.VectorType(_INDEX, half), list(range(at, at + half)))
        some = builder.shuffle_vector(index, index, order)
        parts.append(_call(builder, "llvm.x86.avx512.vpermi2var.pd.512", doubles, [low, some, high]))
    return builder.shuffle_vector(*parts, ir.Constant(ir.VectorType(_INDEX, LANES), list(range(LANES))))


def _permute_wide(builder: Any, pointer: Any, index: Any, kind: Any) -> Any:
    """Pick from 48 float32 in three registers."""
    first, second, third = (_load(builder, pointer, kind.vector, at) for at in (0, LANES, 2 * LANES))
    low = _call(builder, "llvm.x86.avx512.vpermi2var.ps.512", kind.vector, [first, index, second])
    high = _call(builder, "llvm.x86.avx512.permvar.sf.512", kind.vector, [third, index])
    limit = ir.Constant(index.type, [2 * LANES] * LANES)
    return builder.select(builder.icmp_signed("<", index, limit), low, high)


@_instruction
def look_up(typingctx: Any, array: Any, indices: Any, index: Any) -> Any:
    """Read, in each lane, entry ``index`` (0 to 15) of the row of 16 at ``indices``."""
    kind = _LANES_OF[array.dtype]

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, sig.args[0], args[0], args[1])
        return (_permute if _has_wide_permute() else _gather)(builder, pointer, args[2], kind)

    return kind(array, indices, index), emit


@_instruction
def look_up_wide(typingctx: Any, array: Any, indices: Any, index: Any) -> Any:
    """Read, in each lane, entry ``index`` (0 to 47) of the row of at least 48 at ``indices``."""
    kind = _LANES_OF[array.dtype]
    is_permuted = _has_wide_permute() and kind is short_lanes

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, sig.args[0], args[0], args[1])
        return (_permute_wide if is_permuted else _gather)(builder, pointer, args[2], kind)

    return kind(array, indices, index), emit


@_instruction
def gather(typingctx: Any, array: Any, indices: Any, index: Any) -> Any:
    """Read, in each lane, entry ``index`` of the row of any length at ``indices``."""
    kind = _LANES_OF[array.dtype]

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return _gather(builder, _pointer(context, builder, sig.args[0], args[0], args[1]), args[2], kind)

    return kind(array, indices, index), emit


@inlined
def lower_of(x: Any, y: Any) -> Any:
    """Return the lower of two, lane by lane."""
    return pick(x < y, x, y)


@inlined
def higher_of(x: Any, y: Any) -> Any:
    """Return the higher of two, lane by lane."""
    return pick(x < y, y, x)


LN2_HIGH, LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10
SHORT_LN2_HIGH, SHORT_LN2_LOW = 0.693359375, -2.12194440e-4


@inlined
def _exp(x: Any) -> Any:
    x = higher_of(lower_of(x, like(x, 700.0)), like(x, -700.0))
    n = floor(x * 1.4426950408889634 + 0.5)
    r = (x - n * LN2_HIGH) - n * LN2_LOW
    p = r * (1.0 / 6227020800.0) + 1.0 / 479001600.0
    p = p * r + 1.0 / 39916800.0
    p = p * r + 1.0 / 3628800.0
    p = p * r + 1.0 / 362880.0
    p = p * r + 1.0 / 40320.0
    p = p * r + 1.0 / 5040.0
    p = p * r + 1.0 / 720.0
    p = p * r + 1.0 / 120.0
    p = p * r + 1.0 / 24.0
    p = p * r + 1.0 / 6.0
    p = p * r + 0.5
    p = p * r + 1.0
    p = p * r + 1.0
    return p * power_of_two(n)


@inlined
def _short_exp(x: Any) -> Any:
    x = higher_of(lower_of(x, like(x, 87.0)), like(x, -87.0))
    n = floor(x * 1.4426950408889634 + 0.5)
    r = (x - n * SHORT_LN2_HIGH) - n * SHORT_LN2_LOW
    p = r * (1.0 / 720.0) + 1.0 / 120.0
    p = p * r + 1.0 / 24.0
    p = p * r + 1.0 / 6.0
    p = p * r + 0.5
    p = p * r + 1.0
    p = p * r + 1.0
    return p * power_of_two(n)


def exp(x: Any) -> Any:
    """Return e to the x, to about 1e-15 relative (1e-7 in float32); beyond 700 (87) as at 700 (87)."""


@overload(exp, jit_options=INLINED)
def _choose_exp(x: Any) -> Any:
    made = _exp if x == lanes else _short_exp

    def exp_of(x: Any) -> Any:
        return made(x)

    return exp_of


@inlined
def _log(x: Any) -> Any:
    e, m = exponent(x), mantissa(x)
    big = like(x, 1.4142135623730951) < m
    m = pick(big, m * 0.5, m)
    e = pick(big, e + 1.0, e)
    t = (m - 1.0) / (m + 1.0)
    u = t * t
    p = u * (2.0 / 19.0) + 2.0 / 17.0
    p = p * u + 2.0 / 15.0
    p = p * u + 2.0 / 13.0
    p = p * u + 2.0 / 11.0
    p = p * u + 2.0 / 9.0
    p = p * u + 2.0 / 7.0
    p = p * u + 2.0 / 5.0
    p = p * u + 2.0 / 3.0
    p = p * u + 2.0
    return e * LN2_HIGH + (t * p + e * LN2_LOW)


@inlined
def _short_log(x: Any) -> Any:
    e, m = exponent(x), mantissa(x)
    big = like(x, 1.4142135623730951) < m
    m = pick(big, m * 0.5, m)
    e = pick(big, e + 1.0, e)
    t = (m - 1.0) / (m + 1.0)
    u = t * t
    p = u * (2.0 / 9.0) + 2.0 / 7.0
    p = p * u + 2.0 / 5.0
    p = p * u + 2.0 / 3.0
    p = p * u + 2.0
    return e * SHORT_LN2_HIGH + (t * p + e * SHORT_LN2_LOW)


def log(x: Any) -> Any:
    """Return the natural logarithm of positive numbers, to about 1e-15 (1e-7) absolute near 1."""


@overload(log, jit_options=INLINED)
def _choose_log(x: Any) -> Any:
    made = _log if x == lanes else _short_log

    def log_of(x: Any) -> Any:
        return made(x)

    return log_of


@inlined
def logistic(x: Any) -> Any:
    """Return 1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(0.0 - x))


@compiled
def aligned(number: int) -> FloatArray:
    """Return zeros that begin where a cache line does; vectors that lie across two are read and written more slowly."""
    wide = np.zeros(number + 7)
    first = -(wide.ctypes.data // 8) % 8
    return wide[first : first + number]


@compiled
def vectors(number: int, each: int) -> FloatArray:
    """Return (number, each, lane) zeros, aligned."""
    return aligned(number * each * LANES).reshape((number, each, LANES))
