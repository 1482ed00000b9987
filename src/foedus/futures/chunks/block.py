"""Outcomes of all arrangements in some consecutive futures: what is computed, kept and joined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray, IntArray
from foedus.values.digest import digest_of, digest_of_bytes


@dataclass(frozen=True, eq=False)
class Block:
    """Exact outcomes; the axes are those of `Ensemble`."""

    outcomes: FloatArray
    """(future, arrangement, outcome)"""
    war_by_period: FloatArray
    """(future, arrangement, period)"""
    cost_by_member: tuple[FloatArray, ...]
    """One array (future, member) for each arrangement."""
    converged: BoolArray
    """(future, arrangement)"""
    residual: FloatArray
    """(future, arrangement)"""
    sweeps: IntArray
    """(future, arrangement)"""

    @property
    def digest(self) -> str:
        """Digest of every array, to the last bit."""
        return digest_of([[list(array.shape), digest_of_bytes(array.tobytes())] for array in self._arrays()])

    def _arrays(self) -> Iterator[FloatArray | BoolArray | IntArray]:
        yield from (self.outcomes, self.war_by_period, self.converged, self.residual, self.sweeps)
        yield from self.cost_by_member


def joined(blocks: Sequence[Block]) -> Block:
    """Put blocks one after the other, in the order given."""
    return Block(
        outcomes=np.concatenate([block.outcomes for block in blocks]),
        war_by_period=np.concatenate([block.war_by_period for block in blocks]),
        cost_by_member=tuple(
            np.concatenate(costs) for costs in zip(*(block.cost_by_member for block in blocks), strict=True)
        ),
        converged=np.concatenate([block.converged for block in blocks]),
        residual=np.concatenate([block.residual for block in blocks]),
        sweeps=np.concatenate([block.sweeps for block in blocks]),
    )
