# mypy: disable-error-code="no-untyped-call, unused-ignore, attr-defined"
"""Exponential, logarithm and logistic function of 16 numbers at once, by polynomials, in either precision."""

from typing import Any

from llvmlite import ir
from numba.extending import overload

from foedus.game.kernel.machine.jit import INLINED, inlined
from foedus.game.kernel.machine.rows import DOUBLE, INDEX, WIDTH, WORD, instruction
from foedus.game.kernel.machine.vectors import doubles, floor, higher_of, like, lower_of, pick


def _bits(kind: Any) -> tuple[Any, int, int]:
    """Return the whole numbers of a precision's size, the bits of its mantissa, the bias of its exponent."""
    double = kind.number == DOUBLE
    return ir.VectorType(WORD if double else INDEX, WIDTH), 52 if double else 23, 1023 if double else 127


@instruction
def power_of_two(typingctx: Any, value: Any) -> Any:
    """Return 2 to a whole number given as float, by writing the exponent's bits."""
    words, width, bias = _bits(value)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        biased = builder.add(builder.fptosi(args[0], words), ir.Constant(words, [bias] * WIDTH))
        return builder.bitcast(builder.shl(biased, ir.Constant(words, [width] * WIDTH)), value.vector)

    return value(value), emit


@instruction
def exponent(typingctx: Any, value: Any) -> Any:
    """Return the binary exponent of positive numbers, as float."""
    words, width, bias = _bits(value)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        bits = builder.lshr(builder.bitcast(args[0], words), ir.Constant(words, [width] * WIDTH))
        return builder.sitofp(builder.sub(bits, ir.Constant(words, [bias] * WIDTH)), value.vector)

    return value(value), emit


@instruction
def mantissa(typingctx: Any, value: Any) -> Any:
    """Return the mantissa in [1, 2) of positive numbers."""
    words, width, bias = _bits(value)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        bits = builder.and_(builder.bitcast(args[0], words), ir.Constant(words, [(1 << width) - 1] * WIDTH))
        return builder.bitcast(builder.or_(bits, ir.Constant(words, [bias << width] * WIDTH)), value.vector)

    return value(value), emit


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
    made = _exp if x == doubles else _short_exp

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
    made = _log if x == doubles else _short_log

    def log_of(x: Any) -> Any:
        return made(x)

    return log_of


@inlined
def logistic(x: Any) -> Any:
    """Return 1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(0.0 - x))
