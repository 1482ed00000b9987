"""Regret: how much worse an arrangement does than the best one of each future, and who keeps its worst smallest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.insight.statistics.spread import MeanOverFutures, mean_of
from foedus.values.arrays import FloatArray


@dataclass(frozen=True)
class Regret:
    """Regret of one arrangement over the futures."""

    expected: MeanOverFutures
    """Average over futures."""
    high: float
    """95 % of futures lie at or below it."""
    largest: float
    """The largest of any future drawn; with more futures it can only grow."""
    where: int
    """Place, among the futures used, of the one in which it is largest."""


@dataclass(frozen=True)
class Regrets:
    """The regret of all arrangements on one measure; Savage 1951, JASA 46: 55-67."""

    each: Mapping[str, Regret]
    """[arrangement]"""
    minimax: tuple[str, ...]
    """Ids whose largest regret is the smallest, to within the margin; the first in order leads."""
    least_high: tuple[str, ...]
    """Ids whose 95 % point of regret is the smallest, to within the margin."""


def regrets_of(loss: FloatArray, *, names: Sequence[str], margin: float) -> Regrets:
    """Return regret ``r[future, a] = loss[future, a] - min_b loss[future, b]``, less loss being better.

    The arrangement with the least expected regret is the one with the least mean loss; its expected regret is also the
    expected value of perfect information.
    """
    behind = loss - loss.min(axis=1, keepdims=True)
    each = {name: _regret(behind[:, a]) for a, name in enumerate(names)}
    return Regrets(
        each=each,
        minimax=_least({name: regret.largest for name, regret in each.items()}, margin=margin),
        least_high=_least({name: regret.high for name, regret in each.items()}, margin=margin),
    )


def _regret(behind: FloatArray) -> Regret:
    return Regret(
        expected=mean_of(behind),
        high=float(np.quantile(behind, 0.95)),
        largest=float(behind.max()),
        where=int(behind.argmax()),
    )


def _least(figures: Mapping[str, float], *, margin: float) -> tuple[str, ...]:
    least = min(figures.values())
    near = [name for name, figure in figures.items() if figure <= least + margin]
    return tuple(sorted(near, key=figures.__getitem__))
