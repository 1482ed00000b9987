"""The chain rule, carried to second order."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from foedus.evidence.structural.likelihood.jets import (
    Jet,
    exp,
    solved_for_last,
    square_root,
    through_two,
    variables,
    with_last_solved,
)
from foedus.evidence.structural.likelihood.links import LinkFunction, probability, weighted_log

POINT = np.array([[0.3, -1.2, 2.0], [1.1, 0.4, 0.7]])
STEP = 1e-5
CALCULATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "product": lambda a, b: a * b * a + 2.0,
    "quotient": lambda a, b: (a - b) / (b * b + 1.0),
    "reciprocal": lambda a, b: 3.0 / (b + 2.0) - a,
    "root": lambda a, b: square_root(a * a + b * b),
    "normal": lambda a, b: probability(a * b, link=LinkFunction.PROBIT),
    "logistic": lambda a, b: probability(a - 2.0 * b, link=LinkFunction.LOGIT),
}


@pytest.mark.parametrize("name", CALCULATIONS)
def test_derivatives_are_those_of_small_steps(name: str) -> None:
    """Gradient and Hessian of a calculation equal differences of its values and gradients."""
    calculate = CALCULATIONS[name]
    agrees_with_steps(lambda values: calculate(*variables(values)))


@pytest.mark.parametrize("link", LinkFunction)
def test_log_chances_keep_their_derivatives_far_in_the_tail(link: LinkFunction) -> None:
    """The log-likelihood of moves that are all but impossible is exact, and so are its slopes."""
    agrees_with_steps(
        lambda values: weighted_log(variables(values)[0] * 12.0 - 20.0, right=2.0, left=0.5, link=link), scale=1e4
    )


def test_exponential_and_functions_of_two() -> None:
    """exp(a) and a function of two jets, given its partials, obey the chain rule."""

    def both(values: np.ndarray) -> Jet:
        a, b = variables(values)
        x, y = exp(a * 0.3), a * b
        s = np.sin(x.value * y.value)
        c = np.cos(x.value * y.value)
        return through_two(
            x,
            y,
            f=s,
            first=(y.value * c, x.value * c),
            second=(-(y.value**2) * s, c - x.value * y.value * s, -(x.value**2) * s),
        )

    agrees_with_steps(both)


def test_a_fixed_point_moves_as_the_implicit_function_theorem_says() -> None:
    """Where r = (a + b r^2) / 10, both derivatives of r, and of what depends on it, follow those of the solution."""

    def solution(values: np.ndarray) -> np.ndarray:
        a, b = values
        root: np.ndarray = (5.0 - np.sqrt(25.0 - a * b)) / b
        return root

    def through_solution(values: np.ndarray) -> Jet:
        a, b, r = variables(np.vstack([values, solution(values)]))
        first, second = solved_for_last((a + b * r * r) * 0.1)
        return with_last_solved(exp(r * a), first=first, second=second)

    def directly(values: np.ndarray) -> Jet:
        a, b = variables(values)
        root: Any = square_root(25.0 - a * b)
        return exp((5.0 - root) / b * a)

    found, wanted = through_solution(POINT), directly(POINT)
    assert np.allclose(found.value, wanted.value, rtol=1e-12)
    assert np.allclose(found.gradient, wanted.gradient, rtol=1e-10)
    assert np.allclose(found.hessian, wanted.hessian, rtol=1e-10)


def agrees_with_steps(function: Callable[[np.ndarray], Jet], *, scale: float = 1.0) -> None:
    """Compare a jet with central differences."""
    jet = function(POINT)
    for k in range(2):
        step = np.zeros_like(POINT)
        step[k] = STEP
        up, down = function(POINT + step), function(POINT - step)
        assert np.allclose(jet.gradient[k], (up.value - down.value) / (2 * STEP), rtol=1e-7, atol=1e-8 * scale)
        assert np.allclose(jet.hessian[k], (up.gradient - down.gradient) / (2 * STEP), rtol=1e-7, atol=1e-8 * scale)
