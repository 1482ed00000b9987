import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.insight.ranking.dominance import Order, dominated
from foedus.values.arrays import FloatArray

NAMES = ("a", "b")


def relation(a: list[float], b: list[float], *, margin: float = 1e-9) -> tuple[str, str] | None:
    """Say who is dominated, and in which order; None for nobody."""
    found = dominated(np.column_stack([a, b]), names=NAMES, margin=margin)
    assert len(found) <= 1
    return (found[0].arrangement, found[0].order.value) if found else None


def test_better_in_every_future_is_statewise() -> None:
    """B is at least as good everywhere and better once."""
    assert relation([0.3, 0.5, 0.9], [0.3, 0.4, 0.9]) == ("a", "statewise")


def test_the_same_gamble_in_other_futures_is_first_order() -> None:
    """B loses what a loses, shifted down and dealt to other futures: no future decides it, the distribution does."""
    assert relation([0.2, 0.4, 0.6], [0.5, 0.1, 0.3]) == ("a", "first")


def test_a_sure_loss_beats_its_mean_preserving_spread() -> None:
    """Rothschild and Stiglitz: who shuns risk takes the sure half before nothing or one with equal chances."""
    assert relation([0.0, 1.0, 0.0, 1.0], [0.5, 0.5, 0.5, 0.5]) == ("a", "second")


def test_a_rarer_but_worse_catastrophe_dominates_nothing() -> None:
    """Better on average and worse at worst: neither dominates."""
    assert relation([0.0, 0.0, 0.0, 1.0], [0.4, 0.4, 0.4, 0.4]) is None


def test_what_cannot_be_told_apart_does_not_dominate() -> None:
    """Differences within the margin count for nothing."""
    assert relation([0.3, 0.5], [0.2995, 0.5], margin=0.001) is None


@given(arrays(np.float64, (8, 2), elements=st.integers(0, 4).map(float)))
def test_first_order_means_every_distribution_function_is_higher(loss: FloatArray) -> None:
    """It agrees with comparing the shares of futures below every threshold, and second order with mean shortfalls."""
    found = {(each.arrangement, each.by): each.order for each in dominated(loss, names=NAMES, margin=1e-9)}
    thresholds = np.arange(5.0)
    below = [(loss[:, [k]] <= thresholds).mean(axis=0) for k in (0, 1)]
    excess = [np.maximum(loss[:, [k]] - thresholds, 0).mean(axis=0) for k in (0, 1)]
    is_first = bool(np.all(below[1] >= below[0]) and np.any(below[1] > below[0]))
    shortfalls = [np.append(each, loss[:, k].mean()) for k, each in enumerate(excess)]
    is_second = bool(np.all(shortfalls[1] <= shortfalls[0] + 1e-12) and np.any(shortfalls[1] < shortfalls[0] - 1e-12))
    order = found.get(("a", "b"))
    assert (order in (Order.STATEWISE, Order.FIRST)) == is_first
    assert (order is not None) == is_second


def test_three_by_three() -> None:
    """Each pair is looked at both ways."""
    loss = np.array([[0.1, 0.2, 0.3], [0.2, 0.3, 0.4]])
    pairs = {(each.arrangement, each.by) for each in dominated(loss, names=("x", "y", "z"), margin=1e-9)}
    assert pairs == {("y", "x"), ("z", "x"), ("z", "y")}


@pytest.mark.parametrize("order", list(Order))
def test_every_order_is_reached(order: Order) -> None:
    """None of the three is empty by construction."""
    cases = {
        Order.STATEWISE: ([1.0, 1.0], [0.0, 0.0]),
        Order.FIRST: ([0.1, 0.4], [0.3, 0.0]),
        Order.SECOND: ([0.0, 1.0], [0.5, 0.5]),
    }
    assert relation(*cases[order]) == ("a", order.value)
