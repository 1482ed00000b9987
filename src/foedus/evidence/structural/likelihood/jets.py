"""Exact first and second derivatives, carried along a calculation by the chain rule.

A jet is a value with its gradient and Hessian with respect to K variables, for n rows at once. Every rule here is the
product or chain rule to second order: no step size, no truncation.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from foedus.values.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Jet:
    """A quantity of n rows and how it moves with K variables."""

    value: FloatArray
    """(n,)"""
    gradient: FloatArray
    """(K, n): first derivatives."""
    hessian: FloatArray
    """(K, K, n): second derivatives, symmetric in the first two axes."""

    __array_ufunc__ = None  # so that `array * jet` asks the jet

    def __add__(self, other: "Jet | FloatArray | float") -> "Jet":
        if isinstance(other, Jet):
            return Jet(self.value + other.value, self.gradient + other.gradient, self.hessian + other.hessian)
        return Jet(self.value + other, self.gradient, self.hessian)

    __radd__ = __add__

    def __neg__(self) -> "Jet":
        return Jet(-self.value, -self.gradient, -self.hessian)

    def __sub__(self, other: "Jet | FloatArray | float") -> "Jet":
        return self + (-other)

    def __rsub__(self, other: FloatArray | float) -> "Jet":
        return -self + other

    def __mul__(self, other: "Jet | FloatArray | float") -> "Jet":
        if not isinstance(other, Jet):
            return Jet(self.value * other, self.gradient * other, self.hessian * other)
        return Jet(
            self.value * other.value,
            self.gradient * other.value + self.value * other.gradient,
            self.hessian * other.value + self.value * other.hessian + _crossed(self.gradient, other.gradient),
        )

    __rmul__ = __mul__

    def __truediv__(self, other: "Jet | FloatArray | float") -> "Jet":
        return self * (1.0 / other)

    def __rtruediv__(self, other: FloatArray | float) -> "Jet":
        inverse = 1.0 / self.value
        return self.through(inverse, -(inverse**2), 2.0 * inverse**3) * other

    def through(self, f: FloatArray, f1: FloatArray, f2: FloatArray) -> "Jet":
        """Return f(self) from the value and the first two derivatives of f at ``self.value``, each (n,)."""
        outer = self.gradient[:, None] * self.gradient[None, :]
        return Jet(f, f1 * self.gradient, f1 * self.hessian + f2 * outer)


Index: TypeAlias = Jet | FloatArray | float
"""A quantity that may or may not depend on what is estimated."""


def variables(values: FloatArray) -> tuple[Jet, ...]:
    """Return the K variables themselves as jets; ``values`` is (K, n)."""
    count, rows = values.shape
    none = np.zeros((count, count, rows))
    return tuple(Jet(values[k], _unit(k, count=count, rows=rows), none) for k in range(count))


def through_two(
    a: Jet, b: Jet, *, f: FloatArray, first: tuple[FloatArray, FloatArray], second: tuple[FloatArray, ...]
) -> Jet:
    """Return f(a, b) from its value, its partials (f_a, f_b) and (f_aa, f_ab, f_bb), each (n,)."""
    (f_a, f_b), (f_aa, f_ab, f_bb) = first, second
    hessian = f_a * a.hessian + f_b * b.hessian
    hessian += f_aa * (a.gradient[:, None] * a.gradient[None, :]) + f_bb * (b.gradient[:, None] * b.gradient[None, :])
    hessian += f_ab * _crossed(a.gradient, b.gradient)
    return Jet(f, f_a * a.gradient + f_b * b.gradient, hessian)


def exp(a: Jet) -> Jet:
    """Return e to the power of a jet."""
    value = np.exp(a.value)
    return a.through(value, value, value)


def square_root(a: Index) -> Index:
    """Return the square root of a jet or of plain numbers."""
    if not isinstance(a, Jet):
        return np.sqrt(a)
    root = np.sqrt(a.value)
    return a.through(root, 0.5 / root, -0.25 / root**3)


def solved_for_last(equation: Jet) -> tuple[FloatArray, FloatArray]:
    """Return how r moves with the other variables where r = T(others, r), from the jet of T with r its last variable.

    By the implicit function theorem r' = T_x / (1 - T_r) and
    r'' = (T_xx + T_xr r' + r' T_rx + T_rr r' r') / (1 - T_r). Gives (K - 1, n) and (K - 1, K - 1, n).
    """
    slack = 1.0 - equation.gradient[-1]
    first = equation.gradient[:-1] / slack
    crossed = _crossed(equation.hessian[:-1, -1], first)
    second = equation.hessian[:-1, :-1] + crossed + equation.hessian[-1, -1] * (first[:, None] * first[None, :])
    return first, second / slack


def with_last_solved(jet: Jet, *, first: FloatArray, second: FloatArray) -> Jet:
    """Return ``jet`` as a function of the other variables only, its last one following ``solved_for_last``."""
    by_last = jet.gradient[-1]
    gradient = jet.gradient[:-1] + by_last * first
    hessian = jet.hessian[:-1, :-1] + _crossed(jet.hessian[:-1, -1], first) + by_last * second
    hessian += jet.hessian[-1, -1] * (first[:, None] * first[None, :])
    return Jet(jet.value, gradient, hessian)


def _unit(k: int, *, count: int, rows: int) -> FloatArray:
    gradient = np.zeros((count, rows))
    gradient[k] = 1.0
    return gradient


def _crossed(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return a b' + b a' for gradients (K, n)."""
    outer = a[:, None] * b[None, :]
    crossed: FloatArray = outer + outer.swapaxes(0, 1)
    return crossed
