"""One parameter set, and everything else as it was drawn."""

import numpy as np
import pytest

from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw, future_of
from foedus.futures.set_parameter import set_parameter

SAMPLE = draw(default_parameters(), futures=10, seed=5)


@pytest.mark.parametrize("value", [-0.5, 0.4])
def test_the_cost_of_war_stays_where_the_balance_is_moved(value: float) -> None:
    """Success changes who would win, not what a war costs."""
    moved = set_parameter(SAMPLE, name="balance.moved", value=value)
    for before, after in zip(SAMPLE.values, moved.values, strict=True):
        old, new = (future_of(dict(zip(SAMPLE.names, row.tolist(), strict=True))) for row in (before, after))
        assert new.balance_0 == pytest.approx(old.balance_0 + value, abs=1e-12)
        assert new.war_cost_A == pytest.approx(old.war_cost_A, abs=1e-12)


def test_every_other_number_is_left_alone() -> None:
    """To the last digit."""
    for name in ("prior", "war_cost_A.quantile"):
        moved = set_parameter(SAMPLE, name=name, value=0.25)
        place = SAMPLE.names.index(name)
        assert set(moved.values[:, place]) == {0.25}
        np.testing.assert_array_equal(np.delete(moved.values, place, axis=1), np.delete(SAMPLE.values, place, axis=1))


def test_the_draws_themselves_are_left_as_they_are() -> None:
    """A sample is a value: setting a parameter gives another one."""
    before = SAMPLE.values.copy()
    set_parameter(SAMPLE, name="stake_A", value=0.9)
    np.testing.assert_array_equal(SAMPLE.values, before)
