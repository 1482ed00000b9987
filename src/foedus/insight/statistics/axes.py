"""The assumptions that can tell futures apart: those that vary, each once, by rank."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Axes:
    """Parameters that vary, as ranks, so that scale and single precision move nothing."""

    names: tuple[str, ...]
    together: tuple[tuple[str, ...], ...]
    """[axis] other parameters whose ranks are the same."""
    codes: IntArray
    """(future, axis) place of the value among the different values of the axis."""
    levels: tuple[FloatArray, ...]
    """[axis] its different values, rising."""

    @cached_property
    def orders(self) -> IntArray:
        """(axis, future) the futures by rank on each axis."""
        return np.argsort(self.codes, axis=0, kind="stable").T.copy()

    def of(self, chosen: BoolArray | IntArray) -> "Axes":
        """Return the same axes in some of the futures."""
        return replace(self, codes=self.codes[chosen])


def axes_of(values: FloatArray, names: Sequence[str]) -> Axes:
    """Rank values (future, parameter), leave out what does not vary, and gather parameters whose ranks are the same."""
    groups: dict[bytes, list[int]] = {}
    ranked = [np.unique(column, return_inverse=True) for column in values.T]
    for p, (levels, codes) in enumerate(ranked):
        if len(levels) > 1:
            groups.setdefault(codes.tobytes(), []).append(p)
    kept = [group[0] for group in groups.values()]
    empty = np.empty((len(values), 0), dtype=np.int64)
    return Axes(
        names=tuple(names[p] for p in kept),
        together=tuple(tuple(names[p] for p in group[1:]) for group in groups.values()),
        codes=np.stack([ranked[p][1] for p in kept], axis=1).astype(np.int64) if kept else empty,
        levels=tuple(ranked[p][0] for p in kept),
    )
