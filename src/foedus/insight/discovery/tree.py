"""A classification tree over ranks: each node is cut where Gini's impurity falls most (Breiman et al. 1984, CART).

Equal cuts of several axes are told apart by chance, so that no axis is preferred for its place. A test holds every tree
against scikit-learn's, whose own takes longer to load than a comparison takes to discover.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from foedus.insight.statistics.axes import Axes
from foedus.values.arrays import BoolArray, IntArray


@dataclass(frozen=True)
class Cut:
    """One side of a threshold on an axis."""

    axis: int
    above: bool
    rank: int
    """The last code below the threshold."""


@dataclass(frozen=True, eq=False)
class Tree:
    """How a tree is grown, and for what."""

    axes: Axes
    holds: BoolArray
    """(future)"""
    deepest: int
    """Cuts on the way to a node, at most."""
    fewest: int
    """Futures on each side of a cut, at least."""

    def nodes(self, *, generator: np.random.Generator) -> Iterator[tuple[Cut, ...]]:
        """Give the cuts on the way to each node, the first of all left out; a node comes before those below it."""
        everything = np.ones(len(self.holds), dtype=np.bool_)
        return self._below(everything, path={}, left=self.deepest, generator=generator)

    def _below(
        self, inside: BoolArray, *, path: dict[tuple[int, bool], int], left: int, generator: np.random.Generator
    ) -> Iterator[tuple[Cut, ...]]:
        found = self._best(inside, generator=generator) if left else None
        if found is None:
            return
        axis, rank = found
        beyond = self.axes.codes[:, axis] > rank
        for above in (False, True):
            # A later cut on the same side of the same axis lies inside the earlier one and takes its place.
            longer = path | {(axis, above): rank}
            yield tuple(Cut(axis=a, above=up, rank=r) for (a, up), r in longer.items())
            yield from self._below(inside & (beyond == above), path=longer, left=left - 1, generator=generator)

    def _best(self, inside: BoolArray, *, generator: np.random.Generator) -> tuple[int, int] | None:
        """Return axis and rank of the best cut; None where there is nothing to part, or no cut that may be made."""
        size, hits = int(inside.sum()), int(self.holds[inside].sum())
        if size < 2 * self.fewest or hits in (0, size):
            return None
        order = self.axes.orders
        rows = order[inside[order]].reshape(len(order), size)
        codes = np.take_along_axis(self.axes.codes.T, rows, axis=1)
        purity = _purity(self.holds[rows].cumsum(axis=1)[:, :-1], all_hits=hits, size=size)
        below = np.arange(1, size)
        allowed = (np.diff(codes, axis=1) > 0) & (below >= self.fewest) & (size - below >= self.fewest)
        purity[~allowed] = -np.inf
        places = purity.argmax(axis=1)
        best = np.take_along_axis(purity, places[:, None], axis=1)[:, 0]
        shuffled = generator.permutation(len(order))
        axis = int(shuffled[best[shuffled].argmax()])
        if best[axis] == -np.inf:
            return None
        place = int(places[axis])
        return axis, int(codes[axis, place] + codes[axis, place + 1]) // 2


def _purity(hits: IntArray, *, all_hits: int, size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return (axis, cut) the sum over both sides of squared counts by size, which rises as Gini's impurity falls."""
    below = np.arange(1, size, dtype=np.float64)
    beyond, above = size - below, all_hits - hits
    lower = (hits.astype(np.float64) ** 2 + (below - hits) ** 2) / below
    upper = (above.astype(np.float64) ** 2 + (beyond - above) ** 2) / beyond
    return lower + upper
