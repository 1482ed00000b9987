"""Weighted draws that a file brings, such as a posterior: rows are taken in proportion to their weight."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.values.arrays import FloatArray, IntArray
from foedus.values.digest import digest_of, digest_of_bytes


@dataclass(frozen=True, eq=False)
class GivenDraws:
    """Joint draws of some parameters, each with a weight."""

    names: tuple[str, ...]
    values: FloatArray
    """(row, parameter) in the order of ``names``."""
    weights: FloatArray
    """(row) above 0; only their ratios count."""
    file: str

    def without(self, names: Collection[str]) -> "GivenDraws | None":
        """Return the draws of the other parameters; None where no parameter is left."""
        kept = [j for j, name in enumerate(self.names) if name not in names]
        if not kept:
            return None
        return GivenDraws(tuple(self.names[j] for j in kept), self.values[:, kept], self.weights, self.file)

    def rows(self, futures: int, *, generator: np.random.Generator) -> IntArray:
        """Return (future) rows by systematic resampling, shuffled; each future then counts the same.

        Row r of weight w_r is taken floor(n w_r / W) or ceil(n w_r / W) times, with expectation n w_r / W, where W is
        the sum of the weights and n the number of futures (Douc, Cappé and Moulines 2005, Comparison of resampling
        schemes for particle filtering).
        """
        ends = np.cumsum(self.weights / self.weights.sum())
        points = (np.arange(futures) + generator.random()) / futures
        taken = np.minimum(np.searchsorted(ends, points, side="right"), len(ends) - 1)
        return generator.permutation(taken).astype(np.int64)

    @cached_property
    def medians(self) -> dict[str, float]:
        """Weighted median of each parameter: the smallest value with half of the weight at or below it."""
        order = np.argsort(self.values, axis=0, kind="stable")
        sums = np.cumsum(self.weights[order], axis=0)
        first = np.argmax(sums >= self.weights.sum() / 2 * (1 - 1e-12), axis=0)
        columns = np.arange(len(self.names))
        return dict(zip(self.names, self.values[order[first, columns], columns].tolist(), strict=True))

    @property
    def effective_rows(self) -> float:
        """Kish's effective number of rows, (sum w)^2 / sum w^2."""
        return float(self.weights.sum() ** 2 / (self.weights**2).sum())

    @cached_property
    def digest(self) -> str:
        """Digest of names, values and weights to the last bit; the file's name and compression do not enter."""
        numbers = np.column_stack((self.weights, self.values)).astype("<f8")
        return digest_of({"names": list(self.names), "numbers": digest_of_bytes(numbers.tobytes())})
