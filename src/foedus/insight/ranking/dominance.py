"""Dominance: who is never the better choice, whatever one's attitude to risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from foedus.values.arrays import FloatArray


class Order(StrEnum):
    """How strongly one arrangement is dominated; each implies those below it."""

    STATEWISE = "statewise"
    """The other is at least as good in every future, and better in one: nobody who cares for less can prefer it."""
    FIRST = "first"
    """The other's losses, sorted, are nowhere larger: nobody who cares for less can prefer the gamble."""
    SECOND = "second"
    """The other's worst losses are smaller on average, whatever share of futures one calls worst: nobody who is
    averse to risk can prefer it."""


@dataclass(frozen=True)
class Dominated:
    """One arrangement that another dominates on a measure, among the futures drawn."""

    arrangement: str
    by: str
    order: Order
    """The strongest that holds."""


def dominated(loss: FloatArray, *, names: Sequence[str], margin: float) -> tuple[Dominated, ...]:
    """Return who is dominated by whom on loss (future, arrangement), less being better; in the order of names.

    With losses sorted from the worst, ``L_a(1) >= L_a(2) >= ...``, b dominates a statewise when
    ``loss_b <= loss_a`` in every future, in the first order when ``L_b(k) <= L_a(k)`` for every k, and in the second
    order when ``sum_{j<=k} L_b(j) <= sum_{j<=k} L_a(j)`` for every k; each time with at least one difference above the
    margin (of sums: the margin times k), and none the other way. Second order is by the worst futures because a loss
    is shunned (Hadar and Russell 1969, AER 59: 25-34; Ogryczak and Ruszczynski 2002, SIAM J. Optim. 13: 60-78).
    """
    worst_first = -np.sort(-loss, axis=0)
    averages = np.cumsum(worst_first, axis=0) / np.arange(1, len(loss) + 1)[:, None]
    found = []
    for a, name in enumerate(names):
        for b, other in enumerate(names):
            order = next(
                (
                    order
                    for order, figures in zip(Order, (loss, worst_first, averages), strict=True)
                    if a != b and _is_below(figures[:, b], figures[:, a], margin=margin)
                ),
                None,
            )
            if order is not None:
                found.append(Dominated(arrangement=name, by=other, order=order))
    return tuple(found)


def _is_below(lower: FloatArray, upper: FloatArray, *, margin: float) -> bool:
    """Say whether one is nowhere above the other, and somewhere below it, by more than the margin."""
    apart = upper - lower
    return bool(np.all(apart >= -margin) and np.any(apart > margin))
