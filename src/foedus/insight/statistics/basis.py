"""Smooth curves through futures: what an output is expected to be, given one assumption."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import legvander

from foedus.insight.statistics.axes import Axes
from foedus.values.arrays import FloatArray, IntArray

DEGREE = 3
"""Curves are cubic in the rank: a rise, a bend and a turn, with few enough numbers for some hundred futures."""
FEWEST = 20
"""Fewer futures than this carry no curve."""


@dataclass(frozen=True, eq=False)
class CurveBasis:
    """For each axis an orthonormal basis of the curves through the futures."""

    columns: FloatArray
    """(axis, future, term); the first term is the constant, terms that an axis cannot carry are 0."""
    leverage: FloatArray
    """(axis, future) how much the curve at a future owes to that future itself."""

    def of(self, chosen: list[int]) -> "CurveBasis":
        """Return some of the axes."""
        return CurveBasis(columns=self.columns[chosen], leverage=self.leverage[chosen])

    def fitted(self, outputs: FloatArray) -> FloatArray:
        """Return (axis, future, output) least-squares curves through outputs (future, output)."""
        curves: FloatArray = self.columns @ (self.columns.transpose(0, 2, 1) @ outputs)
        return curves

    def fitted_without(self, outputs: FloatArray) -> FloatArray:
        """Return (axis, future, output) what the curve through all other futures says of each future.

        ``(f_i - h_i y_i) / (1 - h_i)`` with f the curve through all, h the leverage: exact for least squares.
        """
        h = self.leverage[:, :, None]
        left_out: FloatArray = (self.fitted(outputs) - h * outputs) / (1 - h)
        return left_out


def curve_basis_of(axes: Axes) -> CurveBasis:
    """Return Legendre polynomials of ranks up to the third degree, made orthonormal over the futures."""
    futures = len(axes.codes)
    columns = np.zeros((len(axes.names), futures, DEGREE + 1))
    for a, levels in enumerate(axes.levels):
        terms = min(DEGREE, len(levels) - 1, futures - 2) + 1
        places = _middle_ranks(axes.codes[:, a])
        columns[a, :, :terms] = np.linalg.qr(legvander(2 * places - 1, terms - 1))[0]
    return CurveBasis(columns=columns, leverage=np.minimum((columns**2).sum(axis=2), 1 - 1e-9))


def _middle_ranks(codes: IntArray) -> FloatArray:
    """Return ranks in (0, 1), the middle of its ranks for a value that several futures share."""
    counts = np.bincount(codes)
    middle = np.cumsum(counts) - counts / 2
    ranks: FloatArray = middle[codes] / len(codes)
    return ranks
