# mypy: disable-error-code="no-untyped-call, unused-ignore, attr-defined"
"""Sixteen numbers that move together: the belief axis of the game as a machine vector.

A `lanes` value holds 16 float64 (two registers with AVX-512, four with AVX2, eight on other machines: the compiler
splits it). Compiled code writes `load`, `store`, `+ - * /`, `pick` and so on, and reads like code for one belief.
The one irregular access of the game, a value at a posterior belief, is `look_up`: a register permute where the
machine has one that spans 16 numbers, a gather from memory elsewhere. Both give the same bits.
"""

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.core.codegen import get_host_cpu_features
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model

from foedus.game.kernel.jit import inlined

LANES = 16
"""Belief points in one vector; a grid with more uses several."""

_DOUBLE, _WORD = ir.DoubleType(), ir.IntType(64)
_DOUBLES, _WORDS = ir.VectorType(_DOUBLE, LANES), ir.VectorType(_WORD, LANES)
_FAST = ("contract", "nsz", "arcp")


class _Lanes(types.Type):  # type: ignore[misc]
    def __init__(self, name: str, vector: ir.VectorType) -> None:
        self.vector = vector
        super().__init__(name=name)


lanes = _Lanes("lanes", _DOUBLES)
steps = _Lanes("steps", _WORDS)
mask = _Lanes("mask", ir.VectorType(ir.IntType(1), LANES))


@register_model(_Lanes)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: _Lanes) -> None:
        super().__init__(dmm, fe_type, fe_type.vector)


def _spread(builder: Any, value: Any) -> Any:
    """Return a scalar in every lane; a vector as it is."""
    if isinstance(value.type, ir.VectorType):
        return value
    vector = ir.VectorType(value.type, LANES)
    single = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
    return builder.shuffle_vector(single, ir.Constant(vector, ir.Undefined), zeros)


def _define(op: Any, emit: Any, result: _Lanes) -> None:
    kinds = ((lanes, lanes), (lanes, types.float64), (types.float64, lanes))

    class _Template(ConcreteTemplate):  # type: ignore[misc]
        cases = [signature(result, *kind) for kind in kinds]  # noqa: RUF012

    infer_global(op)(_Template)
    for kind in kinds:

        def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            return emit(builder, _spread(builder, args[0]), _spread(builder, args[1]))

        lower_builtin(op, *kind)(lower)


_define(operator.add, lambda b, x, y: b.fadd(x, y, flags=_FAST), lanes)
_define(operator.iadd, lambda b, x, y: b.fadd(x, y, flags=_FAST), lanes)
_define(operator.sub, lambda b, x, y: b.fsub(x, y, flags=_FAST), lanes)
_define(operator.mul, lambda b, x, y: b.fmul(x, y, flags=_FAST), lanes)
_define(operator.truediv, lambda b, x, y: b.fdiv(x, y, flags=_FAST), lanes)
_define(operator.lt, lambda b, x, y: b.fcmp_ordered("<", x, y), mask)
_define(operator.ge, lambda b, x, y: b.fcmp_ordered(">=", x, y), mask)


class _Rows(types.Type):  # type: ignore[misc]
    def __init__(self, ndim: int) -> None:
        self.ndim = ndim
        super().__init__(name=f"rows{ndim}")


@register_model(_Rows)
class _RowsModel(models.StructModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: _Rows) -> None:
        strides = [(f"stride_{axis}", types.intp) for axis in range(fe_type.ndim)]
        super().__init__(dmm, fe_type, [("data", types.CPointer(types.float64)), *strides])


def _instruction(define: Callable[..., Any]) -> Any:
    """Make an instruction of compiled code from what types and emits it."""
    return intrinsic(define)


@_instruction
def rows(typingctx: Any, array: Any) -> Any:
    """Look at an array without owning it: counting owners in the inner loops costs more than the work there."""
    kind = _Rows(array.ndim)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        view = context.make_array(sig.args[0])(context, builder, args[0])
        made = cgutils.create_struct_proxy(kind)(context, builder)
        made.data = view.data
        for axis, stride in enumerate(cgutils.unpack_tuple(builder, view.strides, kind.ndim)):
            setattr(made, f"stride_{axis}", stride)
        return made._getvalue()

    return kind(array), emit


def _pointer(context: Any, builder: Any, kind: Any, array: Any, indices: Any) -> Any:
    """Return the address of the entry at ``indices``; missing last indices are 0."""
    if not isinstance(kind, _Rows):
        view = context.make_array(kind)(context, builder, array)
        places = list(cgutils.unpack_tuple(builder, indices))
        places += [ir.Constant(_WORD, 0)] * (kind.ndim - len(places))
        return cgutils.get_item_pointer(context, builder, kind, view, places)
    view = cgutils.create_struct_proxy(kind)(context, builder, array)
    offset = ir.Constant(_WORD, 0)
    for axis, index in enumerate(cgutils.unpack_tuple(builder, indices)):
        offset = builder.add(
            offset, builder.mul(index, getattr(view, f"stride_{axis}"), flags=("nsw",)), flags=("nsw",)
        )
    return cgutils.pointer_add(builder, view.data, offset)


@_instruction
def entry(typingctx: Any, array: Any, indices: Any) -> Any:
    """Read one number."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load(_pointer(context, builder, sig.args[0], *args))

    return types.float64(array, indices), emit


@_instruction
def load(typingctx: Any, array: Any, indices: Any) -> Any:
    """Load the 16 numbers of the last axis at ``indices`` (a tuple for all axes but the last)."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, sig.args[0], *args)
        return builder.load(builder.bitcast(pointer, _DOUBLES.as_pointer()), align=8)

    return lanes(array, indices), emit


@_instruction
def store(typingctx: Any, array: Any, indices: Any, value: Any) -> Any:
    """Store 16 numbers along the last axis at ``indices``."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, sig.args[0], args[0], args[1])
        builder.store(args[2], builder.bitcast(pointer, _DOUBLES.as_pointer()), align=8)
        return context.get_dummy_value()

    return types.none(array, indices, lanes), emit


@_instruction
def spread(typingctx: Any, value: Any) -> Any:
    """Put one number in every lane."""
    return lanes(types.float64), lambda context, builder, sig, args: _spread(builder, args[0])


@_instruction
def pick(typingctx: Any, where: Any, yes: Any, no: Any) -> Any:
    """Take ``yes`` in the lanes where the mask holds and ``no`` in the others."""
    return lanes(mask, lanes, lanes), lambda context, builder, sig, args: builder.select(*args)


def _call(builder: Any, name: str, result: Any, args: Any) -> Any:
    kind = ir.FunctionType(result, [a.type for a in args])
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), args)


@_instruction
def floor(typingctx: Any, value: Any) -> Any:
    """Round down."""
    return lanes(lanes), lambda context, builder, sig, args: _call(builder, "llvm.floor.v16f64", _DOUBLES, args)


@_instruction
def absolute(typingctx: Any, value: Any) -> Any:
    """Drop the sign."""
    return lanes(lanes), lambda context, builder, sig, args: _call(builder, "llvm.fabs.v16f64", _DOUBLES, args)


@_instruction
def whole(typingctx: Any, value: Any) -> Any:
    """Convert whole numbers to steps, usable as indices."""
    return steps(lanes), lambda context, builder, sig, args: builder.fptosi(args[0], _WORDS)


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
        return _fold(builder, args[0], lambda x, y: builder.select(builder.fcmp_ordered("<", x, y), y, x))

    return types.float64(lanes), emit


@_instruction
def total(typingctx: Any, value: Any) -> Any:
    """Return the sum of the 16 numbers."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return _fold(builder, args[0], lambda x, y: builder.fadd(x, y))

    return types.float64(lanes), emit


@_instruction
def next_lane(typingctx: Any, value: Any, after: Any) -> Any:
    """Move every number one lane down; the first number of ``after`` fills the last lane."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        order = ir.Constant(ir.VectorType(ir.IntType(32), LANES), list(range(1, LANES + 1)))
        return builder.shuffle_vector(args[0], args[1], order)

    return lanes(lanes, lanes), emit


@_instruction
def power_of_two(typingctx: Any, value: Any) -> Any:
    """Return 2 to a whole number given as float, by writing the exponent's bits."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        words = builder.fptosi(args[0], _WORDS)
        biased = builder.add(words, ir.Constant(_WORDS, [1023] * LANES))
        return builder.bitcast(builder.shl(biased, ir.Constant(_WORDS, [52] * LANES)), _DOUBLES)

    return lanes(lanes), emit


@_instruction
def exponent(typingctx: Any, value: Any) -> Any:
    """Return the binary exponent of positive numbers, as float."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        bits = builder.lshr(builder.bitcast(args[0], _WORDS), ir.Constant(_WORDS, [52] * LANES))
        return builder.sitofp(builder.sub(bits, ir.Constant(_WORDS, [1023] * LANES)), _DOUBLES)

    return lanes(lanes), emit


@_instruction
def mantissa(typingctx: Any, value: Any) -> Any:
    """Return the mantissa in [1, 2) of positive numbers."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        bits = builder.and_(builder.bitcast(args[0], _WORDS), ir.Constant(_WORDS, [(1 << 52) - 1] * LANES))
        return builder.bitcast(builder.or_(bits, ir.Constant(_WORDS, [1023 << 52] * LANES)), _DOUBLES)

    return lanes(lanes), emit


def _has_wide_permute() -> bool:
    """Tell whether one instruction picks from 16 float64: AVX-512, unless Numba was told to use an older machine."""
    features = config.CPU_FEATURES if config.CPU_FEATURES is not None else get_host_cpu_features()
    return "+avx512f" in features and config.CPU_NAME in (None, "host")


def _gather(builder: Any, pointer: Any, index: Any) -> Any:
    result = ir.Constant(_DOUBLES, ir.Undefined)
    for i in range(LANES):
        lane = ir.Constant(ir.IntType(32), i)
        value = builder.load(builder.gep(pointer, [builder.extract_element(index, lane)]))
        result = builder.insert_element(result, value, lane)
    return result


def _permute(builder: Any, pointer: Any, index: Any) -> Any:
    half, lane32 = LANES // 2, ir.IntType(32)
    doubles, words = ir.VectorType(_DOUBLE, half), ir.VectorType(_WORD, half)

    def half_of(at: int) -> Any:
        start = builder.gep(pointer, [ir.Constant(_WORD, at)])
        return builder.load(builder.bitcast(start, doubles.as_pointer()), align=8)

    low, high = half_of(0), half_of(half)
    parts = []
    for at in (0, half):
        order = ir.Constant(ir.VectorType(lane32, half), list(range(at, at + half)))
        some = builder.shuffle_vector(index, index, order)
        name = "llvm.x86.avx512.vpermi2var.pd.512"
        kind = ir.FunctionType(doubles, [doubles, words, doubles])
        parts.append(builder.call(cgutils.get_or_insert_function(builder.module, kind, name), [low, some, high]))
    return builder.shuffle_vector(*parts, ir.Constant(ir.VectorType(lane32, LANES), list(range(LANES))))


@_instruction
def look_up(typingctx: Any, array: Any, indices: Any, index: Any) -> Any:
    """Read, in each lane, entry ``index`` (0 to 15) of the row of 16 at ``indices``."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, sig.args[0], args[0], args[1])
        return (_permute if _has_wide_permute() else _gather)(builder, pointer, args[2])

    return lanes(array, indices, steps), emit


@_instruction
def gather(typingctx: Any, array: Any, indices: Any, index: Any) -> Any:
    """Read, in each lane, entry ``index`` of the row of any length at ``indices``."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return _gather(builder, _pointer(context, builder, sig.args[0], args[0], args[1]), args[2])

    return lanes(array, indices, steps), emit


@inlined
def lower_of(x: Any, y: Any) -> Any:
    """Return the lower of two, lane by lane."""
    return pick(x < y, x, y)


@inlined
def higher_of(x: Any, y: Any) -> Any:
    """Return the higher of two, lane by lane."""
    return pick(x < y, y, x)


LN2_HIGH, LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10


@inlined
def exp(x: Any) -> Any:
    """Return e to the x, to about 1e-15 relative; below -700 as at -700, above 700 as at 700."""
    x = higher_of(lower_of(x, spread(700.0)), spread(-700.0))
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
def log(x: Any) -> Any:
    """Return the natural logarithm of positive numbers, to about 1e-15 absolute near 1."""
    e, m = exponent(x), mantissa(x)
    big = spread(1.4142135623730951) < m
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
def logistic(x: Any) -> Any:
    """Return 1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(0.0 - x))
