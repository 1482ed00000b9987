"""Who comes first, and how often the order turns over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.insight.statistics.spread import MeanOverFutures, Share, Spread, mean_of, share_of, spread_of
from foedus.values.arrays import FloatArray


@dataclass(frozen=True)
class Standing:
    """Where one arrangement stands among those compared."""

    first: Share
    """Futures in which it alone is the best, by more than the margin."""
    regret: Spread
    """How much worse it is than the best one of that future (0 where it is the best); Savage 1951, JASA 46: 55-67."""


@dataclass(frozen=True)
class Ranking:
    """The order of arrangements on one measure."""

    order: tuple[str, ...]
    """Ids from the best mean to the worst; equal means by the median, then as given."""
    standings: Mapping[str, Standing]
    """[arrangement]"""
    ahead: Mapping[str, Mapping[str, float]]
    """[arrangement][other] share of futures in which it is better than the other by more than the margin."""
    shared: Share
    """Futures in which several are the best and cannot be told apart; with the first places they add up to 1."""
    behind: Mapping[str, MeanOverFutures]
    """[arrangement but the leader] how much worse than the leader it is on average, with the paired interval."""

    @property
    def leader(self) -> str:
        """Id with the best mean."""
        return self.order[0]

    @property
    def runner_up(self) -> str:
        """Id with the second best mean."""
        return self.order[1]


def rank(loss: FloatArray, *, names: Sequence[str], margin: float) -> Ranking:
    """Rank arrangements by loss (future, arrangement), less being better.

    An arrangement is first in a future where no other lies within the margin of its loss or below; where several lie
    within the margin of the least, the first place is shared and counts for none of them.
    """
    behind = loss - loss.min(axis=1, keepdims=True)
    firsts = behind <= margin
    is_shared = firsts.sum(axis=1) > 1
    alone = firsts & ~is_shared[:, None]
    order = order_of(loss, names=names)
    lead = loss[:, names.index(order[0])]
    return Ranking(
        order=order,
        shared=share_of(is_shared.astype(np.float64)),
        behind={name: mean_of(loss[:, a] - lead) for a, name in enumerate(names) if name != order[0]},
        standings={
            name: Standing(first=share_of(alone[:, a].astype(np.float64)), regret=spread_of(behind[:, a]))
            for a, name in enumerate(names)
        },
        ahead={
            name: {
                other: float((lead_of(loss[:, a], loss[:, b], margin=margin) == 1).mean())
                for b, other in enumerate(names)
                if b != a
            }
            for a, name in enumerate(names)
        },
    )


def order_of(loss: FloatArray, *, names: Sequence[str]) -> tuple[str, ...]:
    """Return names by mean loss (future, arrangement), then median, then as given.

    Not by the median first: where most futures hold hardly any war and some hold much, medians lie together near
    nothing, and their order says little about the futures that matter.
    """
    keys = list(zip(loss.mean(axis=0), np.median(loss, axis=0), range(len(names)), strict=True))
    return tuple(names[a] for a in sorted(range(len(names)), key=keys.__getitem__))


def lead_of(loss: FloatArray, other: FloatArray, *, margin: float) -> FloatArray:
    """Return for each future 1 where loss is less than the other's by more than the margin, 0 where more, 1/2 else."""
    apart = other - loss
    return np.where(apart > margin, 1.0, np.where(apart < -margin, 0.0, 0.5))
