import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.insight.ranking.regret import regrets_of
from foedus.values.arrays import FloatArray

NAMES = ("a", "b", "c")
LOSSES = arrays(np.float64, (9, 3), elements=st.floats(0, 1))


def test_minimax_regret_is_savages() -> None:
    """A is best by far in one future and worst by far in another; b is never far behind: b minimises the largest."""
    loss = np.array([[0.0, 0.3, 0.6], [0.9, 0.3, 0.2], [0.1, 0.2, 0.4]])
    regrets = regrets_of(loss, names=NAMES, margin=0.001)
    assert [regrets.each[name].largest for name in NAMES] == pytest.approx([0.7, 0.3, 0.6])
    assert [regrets.each[name].where for name in NAMES] == [1, 0, 0]
    assert regrets.minimax == ("b",)


def test_those_that_cannot_be_told_apart_share_the_place() -> None:
    """Two whose largest regrets lie within the margin are both named, the smaller first."""
    loss = np.array([[0.0, 0.2004, 0.9], [0.2, 0.0, 0.9]])
    assert regrets_of(loss, names=NAMES, margin=0.001).minimax == ("a", "b")


@given(LOSSES)
def test_the_least_mean_loss_is_the_least_expected_regret(loss: FloatArray) -> None:
    """Regret takes the same amount off every arrangement in a future, so means keep their distances."""
    regrets = regrets_of(loss, names=NAMES, margin=0.0)
    apart = [regrets.each[name].expected.value - regrets.each["a"].expected.value for name in NAMES]
    assert apart == pytest.approx(list(loss.mean(axis=0) - loss[:, 0].mean()))


@given(LOSSES)
def test_regret_is_what_a_loop_over_futures_gives(loss: FloatArray) -> None:
    """Expected, largest and 95 % point agree with a list built future by future."""
    by_hand = [[row[a] - min(row) for row in loss.tolist()] for a in range(3)]
    regrets = regrets_of(loss, names=NAMES, margin=0.0)
    for a, name in enumerate(NAMES):
        assert regrets.each[name].expected.value == pytest.approx(sum(by_hand[a]) / 9)
        assert regrets.each[name].largest == pytest.approx(max(by_hand[a]))
        assert regrets.each[name].high == pytest.approx(float(np.quantile(by_hand[a], 0.95)))
