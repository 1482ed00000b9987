"""Find the maximum of a log-likelihood, and say whether it is one.

Newton's method inside a trust region (scipy's trust-exact, with the exact Hessian), or BFGS with the exact gradient;
then plain Newton steps until the log-likelihood has nothing more to give. Each coefficient is scaled by the size of
its regressor, so that units do not matter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from scipy.optimize import minimize

from foedus.errors import FoedusError
from foedus.evidence.structural.likelihood.objective import Evaluation, Objective, finite_or_worst
from foedus.values.arrays import FloatArray

DECREMENT = 1e-10
"""At the maximum a Newton step would raise the log-likelihood by less than half of this."""
FLAT = 1e-11
"""A direction in which the log-likelihood curves less than this, beside the most curved one, is not identified."""
_UNCERTAIN = 1.0
"""A standard error of more than this, for a regressor of typical size, in units of a utility's error."""
_NO_COST = 0.01
"""A log-likelihood that falls by less has not fallen."""
_FAR = 8.0
"""What one regressor adds to a utility when its coefficient has no end, in units of the utility's error."""
_ITERATIONS = 500
_POLISH = 12


class Method(StrEnum):
    """How the maximum is sought."""

    NEWTON = "newton"
    BFGS = "bfgs"


class NotIdentified(FoedusError):
    """The data cannot tell some coefficients apart; the message names them and advises."""


@dataclass(frozen=True)
class Maximum:
    """Where the search ended."""

    beta: FloatArray
    at: Evaluation
    iterations: int
    is_converged: bool
    """The Newton decrement is below ``DECREMENT`` and the Hessian is negative definite."""
    decrement: float
    """g' (-H)^-1 g: twice what one more Newton step would gain."""


def maximise(objective: Objective, *, start: FloatArray, method: Method = Method.NEWTON) -> Maximum:
    """Maximise a log-likelihood from ``start``."""
    scale = sizes(objective)
    evaluate = finite_or_worst(_scaled(objective.evaluate, scale))
    remembered = _Last(evaluate)
    options: dict[str, float] = {"maxiter": _ITERATIONS, "gtol": 1e-4}
    solver, curvature = "BFGS", None
    if method is Method.NEWTON:
        solver, curvature = "trust-exact", remembered.hessian
        options |= {"initial_trust_radius": 1.0 + 0.5 * float(np.linalg.norm(start * scale)), "max_trust_radius": 1e4}
    search: Any = minimize  # its stubs want literal names and lists
    found = search(
        remembered.value, start * scale, jac=remembered.gradient, hess=curvature, method=solver, options=options
    )
    gamma, at, steps = _polish(evaluate, np.asarray(found.x, dtype=np.float64))
    decrement = newton_decrement(at)
    plain = Evaluation(at.value, at.gradient * scale, at.hessian * np.outer(scale, scale))
    return Maximum(gamma / scale, plain, int(found.nit) + steps, decrement < DECREMENT, decrement)


def newton_decrement(at: Evaluation) -> float:
    """Return g' (-H)^-1 g; infinite where the Hessian is not negative definite."""
    return _newton(at)[1]


def refuse_unidentified(
    maximum: Maximum, *, names: tuple[str, ...], objective: Objective, hint: Callable[[], str]
) -> None:
    """Raise NotIdentified, naming coefficients, where the log-likelihood is flat or rises without end.

    ``hint`` says what else could be the cause.
    """
    scale = sizes(objective)
    curvature = -maximum.at.hessian / np.outer(scale, scale)
    lengths, directions = np.linalg.eigh(curvature)
    flat = directions[:, lengths < FLAT * max(float(lengths[-1]), 1e-300)]
    if not flat.shape[1]:
        if endless := _endless(maximum, scale=scale, names=names, objective=objective):
            raise NotIdentified(
                f"the data do not identify {', '.join(endless)}: the likelihood does not fall however large they "
                "become, for a regressor predicts what happens without error in some rows. Leave it out; no numbers "
                f"are given, because there is no largest.{hint()}"
            )
        return
    moved = [name for name, weight in zip(names, np.abs(flat).max(axis=1), strict=True) if weight > 0.1]
    raise NotIdentified(
        f"the data do not identify {', '.join(moved)}: they can change together without changing the likelihood. "
        "Leave out one of two regressors that say the same; take a regressor, a constant included, out of at least "
        "one utility of each player; or leave out a regressor that predicts what happens without error." + hint()
    )


def furthest(maximum: Maximum, *, names: tuple[str, ...], objective: Objective) -> str:
    """Name the coefficients that a search without end has driven furthest, by what they add to a utility."""
    reach = np.abs(maximum.beta) * np.concatenate([np.abs(matrix).max(axis=0) for matrix in objective.matrices])
    far = [name for name, size in zip(names, reach, strict=True) if size >= max(_FAR, 0.5 * float(reach.max()))]
    return f"; it went furthest with {', '.join(far)}" if far else ""


def _endless(maximum: Maximum, *, scale: FloatArray, names: tuple[str, ...], objective: Objective) -> list[str]:
    """Find coefficients that can go one standard error further at no cost, where a maximum would cost half a unit.

    The others follow as their covariance says. Only coefficients that are uncertain by more than the errors of a whole
    utility are tried.
    """
    if not maximum.is_converged:
        return []
    covariance = np.linalg.inv(-maximum.at.hessian)
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    evaluate, found = finite_or_worst(objective.evaluate), []
    for place in np.flatnonzero(errors * scale > _UNCERTAIN):
        step = covariance[place] / errors[place]
        heights = [evaluate(maximum.beta + side * step).value for side in (1.0, -1.0)]
        if max(heights) > maximum.at.value - _NO_COST:
            found.append(names[place])
    return found


def sizes(objective: Objective) -> FloatArray:
    """Return (p,): the root mean square of each regressor."""
    return np.concatenate([np.maximum(np.sqrt((matrix**2).mean(axis=0)), 1e-12) for matrix in objective.matrices])


def _scaled(evaluate: Callable[[FloatArray], Evaluation], scale: FloatArray) -> Callable[[FloatArray], Evaluation]:
    def scaled(gamma: FloatArray) -> Evaluation:
        at = evaluate(gamma / scale)
        return Evaluation(at.value, at.gradient / scale, at.hessian / np.outer(scale, scale))

    return scaled


def _polish(evaluate: Callable[[FloatArray], Evaluation], gamma: FloatArray) -> tuple[FloatArray, Evaluation, int]:
    """Take Newton steps as long as they lead nearer to the maximum."""
    at = evaluate(gamma)
    step, decrement = _newton(at)
    for taken in range(_POLISH):
        if not 1e-24 < decrement < 1.0:
            return gamma, at, taken
        there = evaluate(gamma + step)
        next_step, after = _newton(there)
        if after >= decrement:
            return gamma, at, taken
        gamma, at, step, decrement = gamma + step, there, next_step, after
    return gamma, at, _POLISH


def _newton(at: Evaluation) -> tuple[FloatArray, float]:
    """Return Newton's step and its decrement; nothing and infinity where the Hessian is not negative definite."""
    try:
        factor = np.linalg.cholesky(-at.hessian)
        half = np.linalg.solve(factor, at.gradient)
        return np.linalg.solve(factor.T, half), float(half @ half)
    except np.linalg.LinAlgError:
        return np.zeros_like(at.gradient), float("inf")


class _Last:
    """Minus the log-likelihood for scipy, which asks for value, gradient and Hessian of one point one by one."""

    def __init__(self, evaluate: Callable[[FloatArray], Evaluation]) -> None:
        self._evaluate = evaluate
        self._point: FloatArray | None = None
        self._at = Evaluation(0.0, np.zeros(0), np.zeros((0, 0)))

    def value(self, point: FloatArray) -> float:
        return -self._evaluated(point).value

    def gradient(self, point: FloatArray) -> FloatArray:
        return -self._evaluated(point).gradient

    def hessian(self, point: FloatArray) -> FloatArray:
        return -self._evaluated(point).hessian

    def _evaluated(self, point: FloatArray) -> Evaluation:
        if self._point is None or not np.array_equal(point, self._point):
            self._point, self._at = point.copy(), self._evaluate(point)
        return self._at
