"""One parameter set, and everything else as it was drawn."""

import numpy as np
import pytest

from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw, future_of
from foedus.futures.set_parameter import set_parameter

SAMPLE = draw(default_parameters(), futures=10, seed=5)


@pytest.mark.parametrize(
    ("name", "value"),
    [("balance_0", -0.5), ("balance_0", 0.4), ("stake_A", 1.3), ("decisiveness", 1.5), ("tier_force.support", 0.2)],
)
def test_the_cost_of_war_stays_as_it_was_drawn(name: str, value: float) -> None:
    """Success changes who would win, not what a war costs: the adversary's edge moves in its place."""
    moved = set_parameter(SAMPLE, name=name, value=value)
    for before, after in zip(SAMPLE.values, moved.values, strict=True):
        old, new = (dict(zip(SAMPLE.names, row.tolist(), strict=True)) for row in (before, after))
        assert new[name] == value
        assert future_of(new).war_cost_A == pytest.approx(future_of(old).war_cost_A, abs=1e-12)
    untouched = [i for i, each in enumerate(SAMPLE.names) if each not in (name, "war_edge_A")]
    np.testing.assert_array_equal(moved.values[:, untouched], SAMPLE.values[:, untouched])


def test_what_has_nothing_to_do_with_it_leaves_every_other_number_alone() -> None:
    """To the last digit; and the edge itself can be set."""
    for name in ("prior", "war_edge_A"):
        moved = set_parameter(SAMPLE, name=name, value=0.25)
        place = SAMPLE.names.index(name)
        assert set(moved.values[:, place]) == {0.25}
        np.testing.assert_array_equal(np.delete(moved.values, place, axis=1), np.delete(SAMPLE.values, place, axis=1))


def test_the_draws_themselves_are_left_as_they_are() -> None:
    """A sample is a value: setting a parameter gives another one."""
    before = SAMPLE.values.copy()
    set_parameter(SAMPLE, name="balance_0", value=0.0)
    np.testing.assert_array_equal(SAMPLE.values, before)
