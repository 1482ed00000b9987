"""How the worth of a whole divides among its parts: Shapley's value, exact or by sampled orders, and interactions.

A coalition of n parts is a bit mask: bit i says that part i stands. A worth is an array (future), so that every
statement holds in each future before anything is averaged.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np

from foedus.values.arrays import FloatArray

Worth: TypeAlias = Mapping[int, FloatArray]
"""[coalition] worth (future)."""
Order: TypeAlias = tuple[int, ...]
"""Parts in the order in which they are added to nothing."""
REFERENCES = (
    "Shapley (1953), A value for n-person games, in Contributions to the Theory of Games II: 307–317.",
    "Castro, Gómez and Tejada (2009), Polynomial calculation of the Shapley value based on sampling, Computers & "
    "Operations Research 36: 1726–1730.",
    "Grabisch and Roubens (1999), An axiomatic approach to the concept of interaction among players in cooperative "
    "games, International Journal of Game Theory 28: 547–565.",
)
"""The works that the division rests on."""


@dataclass(frozen=True, eq=False)
class ShapleyValues:
    """A worth, divided."""

    shares: FloatArray
    """(part, future) what each part carries; over parts they sum to the whole less nothing, in every future."""
    error: FloatArray
    """(part) standard error, from the sampling of orders, of the mean over futures; 0 where every order counts."""


def divide(worth: Worth, *, parts: int) -> ShapleyValues:
    """Return Shapley's value of each part, from the worth of every coalition.

    ``phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S))`` (Shapley 1953).
    Raises ``KeyError`` for a coalition without a worth.
    """
    everything = np.stack([worth[mask] for mask in range(1 << parts)])
    sizes = np.array([mask.bit_count() for mask in range(1 << parts)])
    weights = np.array([_weight(size, parts=parts) for size in range(parts)])
    shares = np.zeros((parts, everything.shape[1]))
    for part in range(parts):
        without = np.flatnonzero((np.arange(1 << parts) >> part & 1) == 0)
        gains = everything[without | 1 << part] - everything[without]
        shares[part] = weights[sizes[without]] @ gains
    return ShapleyValues(shares=shares, error=np.zeros(parts))


def divide_by_orders(worth: Worth, *, orders: Sequence[Order]) -> ShapleyValues:
    """Return the mean over orders of what each part adds to those before it (Castro, Gomez and Tejada 2009).

    Orders come in pairs, each followed by its reverse, as `draw_orders` gives them; the standard error is that of the
    means of the pairs, which are independent of each other. With one pair it cannot be told and is infinite.
    Raises ``KeyError`` for a coalition without a worth, ``ValueError`` where the orders are not in pairs.
    """
    if not orders or any(second != first[::-1] for first, second in zip(orders[::2], orders[1::2], strict=True)):
        raise ValueError("orders must come in pairs, each followed by its reverse")
    gains = np.stack([_gains(worth, order) for order in orders])
    pairs = (gains[::2] + gains[1::2]) / 2
    of_mean = pairs.mean(axis=2)
    count = len(pairs)
    error = of_mean.std(axis=0, ddof=1) / math.sqrt(count) if count > 1 else np.full(pairs.shape[1], np.inf)
    return ShapleyValues(shares=pairs.mean(axis=0), error=error)


def draw_orders(parts: int, *, pairs: int, generator: np.random.Generator) -> tuple[Order, ...]:
    """Draw orders at random, each followed by its reverse, which takes out much of the noise."""
    orders: list[Order] = []
    for _ in range(pairs):
        drawn = tuple(int(part) for part in generator.permutation(parts))
        orders += [drawn, drawn[::-1]]
    return tuple(orders)


def coalitions_of(orders: Sequence[Order]) -> frozenset[int]:
    """Return every coalition that arises while parts are added in these orders, nothing and the whole included."""
    return frozenset(mask for order in orders for mask in _growing(order))


def neighbours_of_the_whole(parts: int) -> frozenset[int]:
    """Return the coalitions that alone-in, leave-one-out and leave-two-out look at."""
    whole = (1 << parts) - 1
    alone = {1 << part for part in range(parts)}
    one_out = {whole ^ mask for mask in alone}
    two_out = {whole ^ 1 << a ^ 1 << b for a, b in combinations(range(parts), 2)}
    return frozenset({0, whole} | alone | one_out | two_out)


def left_out(worth: Worth, *, parts: int) -> FloatArray:
    """Return (part, future) the whole less the whole without the part."""
    whole = (1 << parts) - 1
    return np.stack([worth[whole] - worth[whole ^ 1 << part] for part in range(parts)])


def alone(worth: Worth, *, parts: int) -> FloatArray:
    """Return (part, future) the part alone less nothing."""
    return np.stack([worth[1 << part] - worth[0] for part in range(parts)])


def interaction(worth: Worth, *, parts: int, pair: tuple[int, int]) -> FloatArray:
    """Return (future) how much more the whole owes to a pair than the sum of what leaving out either alone costs.

    ``v(N) - v(N - i) - v(N - j) + v(N - i - j)``. Of the sign of the parts' own effect: they need each other. Of the
    other sign: they stand in for each other, so that leaving out one of them shows less than both carry.
    """
    whole, (first, second) = (1 << parts) - 1, pair
    without_first, without_second = whole ^ 1 << first, whole ^ 1 << second
    both: FloatArray = worth[whole] - worth[without_first] - worth[without_second] + worth[without_first ^ 1 << second]
    return both


def _weight(size: int, *, parts: int) -> float:
    return math.factorial(size) * math.factorial(parts - size - 1) / math.factorial(parts)


def _growing(order: Order) -> list[int]:
    masks = [0]
    for part in order:
        masks.append(masks[-1] | 1 << part)
    return masks


def _gains(worth: Worth, order: Order) -> FloatArray:
    masks = _growing(order)
    gains = np.zeros((len(order), len(worth[0])))
    for part, before, after in zip(order, masks[:-1], masks[1:], strict=True):
        gains[part] = worth[after] - worth[before]
    return gains
