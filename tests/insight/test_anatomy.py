"""Shapley's value: its axioms, closed forms, and the sampled value against the exact one."""

import math
from itertools import permutations

import numpy as np
import pytest

from foedus.insight.anatomy.shapley import (
    Worth,
    alone,
    coalitions_of,
    divide,
    divide_by_orders,
    draw_orders,
    interaction,
    left_out,
    neighbours_of_the_whole,
)
from foedus.values.arrays import FloatArray


def any_worth(*, parts: int, futures: int = 4, seed: int = 3) -> dict[int, FloatArray]:
    """Return a worth without any structure."""
    generator = np.random.default_rng(seed)
    return {mask: generator.normal(size=futures) for mask in range(1 << parts)}


def by_definition(worth: Worth, *, parts: int) -> FloatArray:
    """Return Shapley's value as the mean over every order of what each part adds: another road to the same figure."""
    total = np.zeros((parts, len(worth[0])))
    for order in permutations(range(parts)):
        mask = 0
        for part in order:
            total[part] += worth[mask | 1 << part] - worth[mask]
            mask |= 1 << part
    return total / math.factorial(parts)


def test_the_sum_over_coalitions_is_the_mean_over_orders() -> None:
    """Two formulas of the same value, on a game of five parts without structure."""
    worth = any_worth(parts=5)
    np.testing.assert_allclose(divide(worth, parts=5).shares, by_definition(worth, parts=5), atol=1e-12)


def test_parts_sum_to_the_whole_less_nothing_in_every_future() -> None:
    """Efficiency: nothing of the difference is lost or counted twice."""
    worth = any_worth(parts=6)
    np.testing.assert_allclose(divide(worth, parts=6).shares.sum(axis=0), worth[63] - worth[0], atol=1e-12)


def test_a_part_that_adds_nothing_carries_nothing() -> None:
    """Dummy: bit 1 changes no worth, and its share is nought in every future."""
    worth = any_worth(parts=4)
    blind = {mask: worth[mask & ~0b10] for mask in worth}
    division = divide(blind, parts=4)
    np.testing.assert_allclose(division.shares[1], 0, atol=1e-12)
    assert np.abs(division.shares[[0, 2, 3]]).max() > 0.1


def test_parts_that_do_the_same_carry_the_same() -> None:
    """Symmetry: where bits 0 and 2 can change places in every coalition, their shares are equal."""
    worth = any_worth(parts=4)

    def swapped(mask: int) -> int:
        return mask & 0b1010 | (mask >> 2 & 1) | (mask & 1) << 2

    even = {mask: worth[mask] + worth[swapped(mask)] for mask in worth}
    shares = divide(even, parts=4).shares
    np.testing.assert_allclose(shares[0], shares[2], atol=1e-12)
    assert np.abs(shares[0] - shares[1]).max() > 0.01


def test_value_is_linear() -> None:
    """The value of a sum is the sum of the values, so that means over futures can be taken before or after."""
    one, other = any_worth(parts=4, seed=1), any_worth(parts=4, seed=2)
    both = {mask: one[mask] + 3 * other[mask] for mask in one}
    np.testing.assert_allclose(
        divide(both, parts=4).shares, divide(one, parts=4).shares + 3 * divide(other, parts=4).shares, atol=1e-12
    )


def test_glove_game_has_its_known_value() -> None:
    """One left glove and two right ones: a pair is worth 1. Shapley: 2/3, 1/6, 1/6."""
    worth = {mask: np.array([1.0 if mask & 1 and mask & 0b110 else 0.0]) for mask in range(8)}
    np.testing.assert_allclose(divide(worth, parts=3).shares[:, 0], [2 / 3, 1 / 6, 1 / 6])


def test_sampled_orders_agree_with_all_of_them_within_their_error() -> None:
    """Of 20 games with 400 pairs of orders, the error exceeds three standard errors about as seldom as it should."""
    beyond = 0
    for seed in range(20):
        worth = any_worth(parts=5, seed=seed)
        orders = draw_orders(5, pairs=400, generator=np.random.default_rng(seed))
        sampled, exact = divide_by_orders(worth, orders=orders), divide(worth, parts=5)
        distance = np.abs(sampled.shares.mean(axis=1) - exact.shares.mean(axis=1))
        assert distance.max() < 0.15
        beyond += int((distance > 3 * sampled.error).sum())
    assert beyond <= 3


def test_sampled_shares_sum_to_the_whole_too() -> None:
    """Every order hands out the whole difference, so any mean of them does."""
    worth = any_worth(parts=6)
    orders = draw_orders(6, pairs=3, generator=np.random.default_rng(0))
    np.testing.assert_allclose(divide_by_orders(worth, orders=orders).shares.sum(axis=0), worth[63] - worth[0])


def test_an_additive_game_is_divided_without_error() -> None:
    """Where parts only add up, one pair of orders is enough, and more show no error at all."""
    worth = {mask: np.array([float(mask & 1) + 2 * (mask >> 1 & 1)]) for mask in range(4)}
    orders = draw_orders(2, pairs=5, generator=np.random.default_rng(0))
    division = divide_by_orders(worth, orders=orders)
    np.testing.assert_allclose(division.shares[:, 0], [1, 2])
    np.testing.assert_allclose(division.error, 0, atol=1e-15)


def test_one_pair_of_orders_tells_no_error() -> None:
    """What cannot be told is infinite rather than nought."""
    worth = any_worth(parts=3)
    orders = draw_orders(3, pairs=1, generator=np.random.default_rng(0))
    assert np.isinf(divide_by_orders(worth, orders=orders).error).all()
    with pytest.raises(ValueError, match="in pairs"):
        divide_by_orders(worth, orders=[(0, 1, 2), (0, 2, 1)])


def test_leaving_out_and_interaction_by_hand() -> None:
    """Two guards of one door: either alone does all, so leaving out one shows nothing and both together everything."""
    worth = {mask: np.array([0.0 if mask == 0 else -1.0]) for mask in range(4)}
    assert left_out(worth, parts=2).ravel().tolist() == [0, 0]
    assert alone(worth, parts=2).ravel().tolist() == [-1, -1]
    assert interaction(worth, parts=2, pair=(0, 1)).tolist() == [1]
    np.testing.assert_allclose(divide(worth, parts=2).shares[:, 0], [-0.5, -0.5])


def test_what_is_looked_at_is_enough() -> None:
    """Orders and neighbours of the whole name every coalition that the statistics ask for, and no more than exist."""
    orders = draw_orders(7, pairs=4, generator=np.random.default_rng(1))
    masks = coalitions_of(orders) | neighbours_of_the_whole(7)
    worth = {mask: np.zeros(1) for mask in masks}
    divide_by_orders(worth, orders=orders)
    left_out(worth, parts=7)
    alone(worth, parts=7)
    for first in range(7):
        for second in range(first):
            interaction(worth, parts=7, pair=(first, second))
    assert len(masks) <= 8 * 6 + 2 + 7 + 7 + 21
