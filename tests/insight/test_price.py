"""What a hole costs: paired differences, turned so that more is worse."""

import numpy as np
import pytest

from foedus.errors import UnknownName
from foedus.insight.price import prices_of
from tests.insight.specimens import tiny

OUTCOMES = {"war": [[0.4, 0.1], [0.2, 0.2], [0.9, 0.0]], "value_P": [[-0.5, -0.2], [-0.3, -0.3], [-0.9, -0.1]]}


def test_a_hole_costs_what_is_saved_without_it() -> None:
    """More war with the hole and a lower value for the protected state are both a cost, and positive."""
    price = prices_of(tiny(OUTCOMES), original="a")["b"]
    assert price.costs["war"].spread.mean == pytest.approx(0.4)
    assert price.costs["value_P"].spread.mean == pytest.approx(1.1 / 3)
    assert price.costs["lost"].spread.mean == 0
    assert price.costs["war"].higher.value == pytest.approx(2 / 3)


def test_only_futures_in_which_both_converged_count() -> None:
    """The third future, in which the mended text did not converge, is left out and counted."""
    converged = np.array([[True, True], [True, True], [True, False]])
    price = prices_of(tiny(OUTCOMES, converged=converged), original="a")["b"]
    assert (price.used, price.futures) == (2, 3)
    assert price.costs["war"].spread.mean == pytest.approx(0.15)


def test_without_a_future_there_is_no_price() -> None:
    """Nothing converged: no figure, rather than one of nothing."""
    price = prices_of(tiny(OUTCOMES, converged=np.zeros((3, 2), dtype=np.bool_)), original="a")["b"]
    assert price.used == 0
    assert price.costs == {}


def test_what_the_game_does_not_read_is_told_apart_from_what_is_cheap() -> None:
    """Equal to the last digit is not the same as close."""
    same = tiny({"war": [[0.4, 0.4], [0.2, 0.2]]})
    near = tiny({"war": [[0.4, 0.4 + 1e-12], [0.2, 0.2]]})
    assert not prices_of(same, original="a")["b"].is_seen
    assert prices_of(near, original="a")["b"].is_seen


def test_the_original_must_be_in_the_ensemble() -> None:
    """A name that is not there is told."""
    with pytest.raises(UnknownName, match="'c' is not in the ensemble"):
        prices_of(tiny(OUTCOMES), original="c")
