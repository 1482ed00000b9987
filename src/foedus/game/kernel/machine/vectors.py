# mypy: disable-error-code="no-untyped-call, unused-ignore, attr-defined"
"""Sixteen numbers that move together: the belief axis of the game as a machine vector.

A `doubles` value holds 16 float64 (two registers with AVX-512, four with AVX2, eight on other machines: the compiler
splits it), a `singles` value 16 float32, half as many registers. What is loaded from an array has the array's
precision, and so has all that is computed from it; a single number takes the precision of the vector that it meets.
Compiled code writes `load`, `store`, `+ - * /`, `pick` and so on, and reads like code for one belief.
What is not a number is below nothing: ``higher_of(low, x)`` is then ``low``, ``higher_of(x, low)`` stays no number.
"""

import operator
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import lower_builtin, models, register_model

from foedus.game.kernel.machine.jit import inlined
from foedus.game.kernel.machine.rows import DOUBLE, INDEX, SINGLE, WIDTH, WORD, instruction, pointer_to

_FAST = ("contract", "nsz", "arcp")


class Vector(types.Type):  # type: ignore[misc]
    """Numba's type of a vector of numbers of one kind."""

    def __init__(self, name: str, number: Any) -> None:
        self.number, self.vector = number, ir.VectorType(number, WIDTH)
        super().__init__(name=name)


doubles, singles = Vector("doubles", DOUBLE), Vector("singles", SINGLE)
int64s, int32s = Vector("int64s", WORD), Vector("int32s", INDEX)
mask = Vector("mask", ir.IntType(1))
VECTOR_OF = {types.float64: doubles, types.float32: singles}
_INTEGERS_OF = {doubles: int64s, singles: int32s}


@register_model(Vector)
class _VectorModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: Vector) -> None:
        super().__init__(dmm, fe_type, fe_type.vector)


def _spread(builder: Any, value: Any, number: Any) -> Any:
    """Return a scalar in every place, in the precision of ``number``; a vector as it is."""
    if isinstance(value.type, ir.VectorType):
        return value
    if value.type != number:
        value = (builder.fptrunc if number == SINGLE else builder.fpext)(value, number)
    vector = ir.VectorType(number, WIDTH)
    single = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(INDEX, 0))
    zeros = ir.Constant(ir.VectorType(INDEX, WIDTH), [0] * WIDTH)
    return builder.shuffle_vector(single, ir.Constant(vector, ir.Undefined), zeros)


def _define(op: Any, emit: Any, *, gives_mask: bool = False) -> None:
    signatures = [
        signature(mask if gives_mask else kind, *pair)
        for kind in (doubles, singles)
        for other in (types.float64, types.float32)
        for pair in ((kind, kind), (kind, other), (other, kind))
    ]

    class _Template(ConcreteTemplate):  # type: ignore[misc]
        cases = list(dict.fromkeys(signatures))  # noqa: RUF012

    infer_global(op)(_Template)
    for each in _Template.cases:

        def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            number = next(kind.number for kind in sig.args if isinstance(kind, Vector))
            return emit(builder, *(_spread(builder, value, number) for value in args))

        lower_builtin(op, *each.args)(lower)


_define(operator.add, lambda b, x, y: b.fadd(x, y, flags=_FAST))
_define(operator.iadd, lambda b, x, y: b.fadd(x, y, flags=_FAST))
_define(operator.sub, lambda b, x, y: b.fsub(x, y, flags=_FAST))
_define(operator.mul, lambda b, x, y: b.fmul(x, y, flags=_FAST))
_define(operator.truediv, lambda b, x, y: b.fdiv(x, y, flags=_FAST))
_define(operator.lt, lambda b, x, y: b.fcmp_ordered("<", x, y), gives_mask=True)
_define(operator.ge, lambda b, x, y: b.fcmp_ordered(">=", x, y), gives_mask=True)


@instruction
def load(typingctx: Any, array: Any, indices: Any) -> Any:
    """Load the 16 numbers of the last axis at ``indices`` (a tuple for all axes but the last)."""
    kind = VECTOR_OF[array.dtype]

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = pointer_to(context, builder, sig.args[0], *args)
        return load_from(builder, pointer, kind.vector)

    return kind(array, indices), emit


def load_from(builder: Any, pointer: Any, vector: Any, at: int = 0) -> Any:
    """Read a vector ``at`` so many numbers after the pointer."""
    start = builder.gep(pointer, [ir.Constant(WORD, at)]) if at else pointer
    return builder.load(builder.bitcast(start, vector.as_pointer()), align=8 if vector.element == DOUBLE else 4)


@instruction
def store(typingctx: Any, array: Any, indices: Any, value: Any) -> Any:
    """Store 16 numbers along the last axis at ``indices``."""
    kind = VECTOR_OF[array.dtype]

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = pointer_to(context, builder, sig.args[0], args[0], args[1])
        align = 8 if kind is doubles else 4
        builder.store(args[2], builder.bitcast(pointer, kind.vector.as_pointer()), align=align)
        return context.get_dummy_value()

    return types.none(array, indices, kind), emit


@instruction
def spread(typingctx: Any, value: Any) -> Any:
    """Put one number in every place, as float64."""
    return doubles(types.float64), lambda context, builder, sig, args: _spread(builder, args[0], DOUBLE)


@instruction
def like(typingctx: Any, vector: Any, value: Any) -> Any:
    """Put one number in every place, in the precision of ``vector``."""
    return (
        vector(vector, types.float64),
        lambda context, builder, sig, args: _spread(builder, args[1], sig.args[0].number),
    )


@instruction
def pick(typingctx: Any, where: Any, yes: Any, no: Any) -> Any:
    """Take ``yes`` where the mask holds and ``no`` elsewhere."""
    return yes(mask, yes, yes), lambda context, builder, sig, args: builder.select(*args)


def call(builder: Any, name: str, result: Any, args: Any) -> Any:
    """Call a function that LLVM knows by name."""
    kind = ir.FunctionType(result, [a.type for a in args])
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), args)


def _named(name: str, kind: Any) -> str:
    return f"llvm.{name}.v{WIDTH}f{64 if kind.number == DOUBLE else 32}"


@instruction
def floor(typingctx: Any, value: Any) -> Any:
    """Round down."""
    return value(value), lambda context, builder, sig, args: call(builder, _named("floor", value), value.vector, args)


@instruction
def absolute(typingctx: Any, value: Any) -> Any:
    """Drop the sign."""
    return value(value), lambda context, builder, sig, args: call(builder, _named("fabs", value), value.vector, args)


@instruction
def whole(typingctx: Any, value: Any) -> Any:
    """Convert whole numbers to integers, usable as indices."""
    kind = _INTEGERS_OF[value]
    return kind(value), lambda context, builder, sig, args: builder.fptosi(args[0], kind.vector)


def _fold(builder: Any, vector: Any, join: Any) -> Any:
    """Combine the 16 numbers in halves, always in the same order."""
    order = ir.VectorType(ir.IntType(32), WIDTH)
    width = WIDTH
    while width > 1:
        width //= 2
        upper = [(i + width) if i < width else i for i in range(WIDTH)]
        vector = join(vector, builder.shuffle_vector(vector, vector, ir.Constant(order, upper)))
    return builder.extract_element(vector, ir.Constant(ir.IntType(32), 0))


@instruction
def largest(typingctx: Any, value: Any) -> Any:
    """Return the largest of the 16 numbers."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        found = _fold(builder, args[0], lambda x, y: builder.select(builder.fcmp_ordered("<", x, y), y, x))
        return found if value is doubles else builder.fpext(found, DOUBLE)

    return types.float64(value), emit


@instruction
def total(typingctx: Any, value: Any) -> Any:
    """Return the sum of the 16 numbers."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        found = _fold(builder, args[0], lambda x, y: builder.fadd(x, y))
        return found if value is doubles else builder.fpext(found, DOUBLE)

    return types.float64(value), emit


@instruction
def shift_down(typingctx: Any, value: Any, after: Any) -> Any:
    """Move every number one place down; the first number of ``after`` fills the last place."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        order = ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), list(range(1, WIDTH + 1)))
        return builder.shuffle_vector(args[0], args[1], order)

    return value(value, value), emit


@inlined
def lower_of(x: Any, y: Any) -> Any:
    """Return the lower of two, place by place."""
    return pick(x < y, x, y)


@inlined
def higher_of(x: Any, y: Any) -> Any:
    """Return the higher of two, place by place."""
    return pick(x < y, y, x)


@instruction
def extract(typingctx: Any, value: Any, at: Any) -> Any:
    """Take one of the 16 numbers."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        found = builder.extract_element(args[0], args[1])
        return found if value is doubles else builder.fpext(found, DOUBLE)

    return types.float64(value, at), emit
