from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.insight.ranking.order import lead_of, rank
from foedus.values.arrays import FloatArray

NAMES = ("a", "b", "c")
LOSSES = arrays(np.float64, (7, 3), elements=st.floats(0, 1))


def test_a_shared_first_place_is_nobodys() -> None:
    """In one future a wins, in the other a and b cannot be told apart: a is alone at the top in half, b never."""
    ranking = rank(np.array([[0.1, 0.5, 0.9], [0.3, 0.3004, 0.9]]), names=NAMES, margin=0.001)
    assert [ranking.standings[name].first.value for name in NAMES] == [0.5, 0, 0]
    assert ranking.shared.value == 0.5


def test_who_is_behind_by_the_margin_and_no_more_shares_the_first_place() -> None:
    """The margin itself cannot be told from nothing; a step beyond it can."""
    ranking = rank(np.array([[0.0, 0.25, 1.0]]), names=NAMES, margin=0.25)
    assert ranking.shared.value == 1
    assert rank(np.array([[0.0, 0.25, 1.0]]), names=NAMES, margin=0.24).standings["a"].first.value == 1


@given(LOSSES)
def test_first_and_shared_places_add_up_to_the_number_of_futures(loss: FloatArray) -> None:
    """Every future has one first place, held by one or shared."""
    ranking = rank(loss, names=NAMES, margin=0.05)
    alone = sum(standing.first.value for standing in ranking.standings.values())
    assert alone + ranking.shared.value == pytest.approx(1)


@given(LOSSES)
def test_first_places_agree_with_a_count_by_hand(loss: FloatArray) -> None:
    """A loop over futures that asks for each winner gives the same shares."""
    alone = dict.fromkeys(NAMES, 0.0)
    for row in loss:
        best = [name for name, x in zip(NAMES, row, strict=True) if x - min(row) <= 0.05]
        if len(best) == 1:
            alone[best[0]] += 1 / len(loss)
    ranking = rank(loss, names=NAMES, margin=0.05)
    assert {name: ranking.standings[name].first.value for name in NAMES} == pytest.approx(alone)


@given(LOSSES)
def test_two_are_ahead_behind_or_level(loss: FloatArray) -> None:
    """How often a is ahead of b, b of a, and neither, adds up to one."""
    ahead = rank(loss, names=NAMES, margin=0.01).ahead
    for a, first in enumerate(NAMES):
        for b, second in enumerate(NAMES):
            if a != b:
                level = float(np.mean(np.abs(loss[:, a] - loss[:, b]) <= 0.01))
                assert ahead[first][second] + ahead[second][first] + level == pytest.approx(1)


def test_regret_is_the_distance_to_the_best_of_each_future() -> None:
    """One that is best in half of the futures and 0.4 behind in the others has regret 0 to 0.4, 0.2 on average."""
    ranking = rank(np.array([[0.1, 0.5, 0.5], [0.5, 0.1, 0.5]]), names=NAMES, margin=0.001)
    assert ranking.standings["a"].regret.mean == pytest.approx(0.2)
    assert ranking.standings["c"].regret.median == pytest.approx(0.4)


def test_order_is_by_the_mean_and_not_by_the_median() -> None:
    """Where six futures of ten are peaceful under both, the one with less war in the other four leads."""
    calm = np.repeat([0.001, 0.9], [6, 4])
    better = np.repeat([0.002, 0.2], [6, 4])
    ranking = rank(np.column_stack([calm, better, np.ones(10)]), names=NAMES, margin=0.0001)
    assert ranking.order == ("b", "a", "c")
    assert (ranking.leader, ranking.runner_up) == ("b", "a")


def test_equal_means_are_ordered_by_the_median() -> None:
    """With the same average, the one that is lower in most futures comes first."""
    loss = np.array([[0.2, 0.0, 1.0], [0.2, 0.0, 1.0], [0.2, 0.6, 1.0]])
    assert rank(loss, names=NAMES, margin=0.001).order == ("b", "a", "c")


def test_a_lead_has_three_values() -> None:
    """Ahead, level and behind count one, a half and nothing; a hair's breadth is level."""
    lead = lead_of(np.array([0.1, 0.5, 0.9]), np.full(3, 0.5), margin=0.001)
    assert list(lead) == [1, 0.5, 0]
    assert all(a > b for a, b in pairwise(lead))
