"""The log-likelihood of coefficients, where rows depend on them only through the utilities.

With utilities u_k = X_k b_k the derivatives by b follow from those by u (K of them, row by row):
    dl/db_k       = sum over rows of dl/du_k x_k
    d2l/db_k db_m = sum over rows of d2l/du_k du_m x_k x_m'
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from foedus.evidence.structural.likelihood.jets import Jet
from foedus.values.arrays import FloatArray, IntArray

BLOCK = 4096
"""Rows worked on at a time, so that derivatives stay in the cache."""


class RowLikelihood(Protocol):
    """The log-likelihood of rows, as jets of their utilities."""

    def __call__(self, utilities: FloatArray, rows: slice) -> Jet:
        """Return the jet of some rows; ``utilities`` is (K, rows)."""


@dataclass(frozen=True)
class Evaluation:
    """A log-likelihood with its derivatives."""

    value: float
    gradient: FloatArray
    """(p,)"""
    hessian: FloatArray
    """(p, p)"""


@dataclass(frozen=True, eq=False)
class Objective:
    """A log-likelihood to be maximised over coefficients."""

    matrices: Sequence[FloatArray]
    """One (n, p_k) for each utility that has regressors."""
    rows: RowLikelihood

    @cached_property
    def places(self) -> tuple[slice, ...]:
        """Where the coefficients of each utility stand."""
        ends = np.cumsum([matrix.shape[1] for matrix in self.matrices])
        return tuple(slice(end - matrix.shape[1], end) for end, matrix in zip(ends, self.matrices, strict=True))

    @cached_property
    def size(self) -> int:
        """The number of coefficients."""
        return int(self.places[-1].stop)

    def utilities(self, beta: FloatArray, rows: slice = slice(None)) -> FloatArray:
        """Return (K, n): the utilities of each row."""
        return np.array([matrix[rows] @ beta[place] for matrix, place in zip(self.matrices, self.places, strict=True)])

    def evaluate(self, beta: FloatArray) -> Evaluation:
        """Return the log-likelihood with its gradient and Hessian."""
        value, gradient, hessian = 0.0, np.zeros(self.size), np.zeros((self.size, self.size))
        for rows, jet in self._blocks(beta):
            parts = [matrix[rows] for matrix in self.matrices]
            value += float(jet.value.sum())
            for k, (x, place) in enumerate(zip(parts, self.places, strict=True)):
                gradient[place] += jet.gradient[k] @ x
                weighted = x.T[None] * jet.hessian[k, : k + 1, None]
                for m in range(k + 1):
                    hessian[place, self.places[m]] += weighted[m] @ parts[m]
        return Evaluation(value, gradient, np.tril(hessian) + np.tril(hessian, -1).T)

    def scores(self, beta: FloatArray) -> FloatArray:
        """Return (n, p): the gradient of each row."""
        return np.concatenate(
            [
                np.hstack([x[rows] * jet.gradient[k][:, None] for k, x in enumerate(self.matrices)])
                for rows, jet in self._blocks(beta)
            ]
        )

    def row_values(self, beta: FloatArray) -> FloatArray:
        """Return (n,): the log-likelihood of each row."""
        return np.concatenate([jet.value for _, jet in self._blocks(beta)])

    def _blocks(self, beta: FloatArray) -> Iterator[tuple[slice, Jet]]:
        count = len(self.matrices[0])
        for start in range(0, count, BLOCK):
            rows = slice(start, min(start + BLOCK, count))
            yield rows, self.rows(self.utilities(beta, rows), rows)


def finite_or_worst(evaluate: Callable[[FloatArray], Evaluation]) -> Callable[[FloatArray], Evaluation]:
    """Let a step to where the log-likelihood cannot be computed count as the worst there is."""

    def guarded(beta: FloatArray) -> Evaluation:
        with np.errstate(all="ignore"):
            found = evaluate(beta)
        if np.isfinite(found.value) and np.isfinite(found.gradient).all() and np.isfinite(found.hessian).all():
            return found
        return Evaluation(-np.inf, np.zeros_like(found.gradient), -np.eye(len(found.gradient)))

    return guarded


def cluster_sums(scores: FloatArray, groups: IntArray) -> FloatArray:
    """Return (group, p): the scores of each group added up."""
    sums = np.zeros((int(groups.max()) + 1, scores.shape[1]))
    np.add.at(sums, groups, scores)
    return sums
