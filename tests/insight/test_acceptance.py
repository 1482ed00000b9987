import numpy as np
import pytest

from foedus.insight.ranking.acceptance import Acceptance, acceptance_of


def signing(adversary: list[float], protected_state: list[float], guarantors: list[float]) -> Acceptance:
    gains = (np.array(each) for each in (adversary, protected_state, guarantors))
    return acceptance_of(**dict(zip(("adversary", "protected_state", "guarantors"), gains, strict=True)), margin=0.01)


def test_all_three_must_gain_in_the_same_future() -> None:
    """Each of three parties gains in three of four futures, but in one only do all of them: there is one treaty."""
    acceptance = signing([1, -1, 1, 1], [1, 1, -1, 1], [-1, 1, 1, 1])
    assert [acceptance.adversary.value, acceptance.protected_state.value, acceptance.guarantors.value] == [0.75] * 3
    assert acceptance.everyone.value == 0.25


def test_of_who_is_indifferent_it_cannot_be_told() -> None:
    """A gain within the margin is neither signing nor fighting on, whichever side of nothing it lies."""
    acceptance = signing([0.0, 0.01, -0.01, 0.011], [1] * 4, [1] * 4)
    assert (acceptance.adversary.value, acceptance.adversary_level.value) == (0.25, 0.75)
    assert (acceptance.everyone.value, acceptance.everyone_level.value) == (0.25, 0.75)


def test_one_that_refuses_settles_it() -> None:
    """Where one would clearly fight on, it does not matter of whom else it cannot be told."""
    acceptance = signing([-1.0], [0.0], [1.0])
    assert (acceptance.everyone.value, acceptance.everyone_level.value) == (0, 0)


def test_signing_refusing_and_not_knowing_are_all_there_is() -> None:
    """For each party the three shares add up to one."""
    gains = np.random.default_rng(1).normal(0, 0.02, (3, 200)).tolist()
    counted = signing(*gains)
    refusing = np.mean(np.array(gains[0]) < -0.01)
    assert counted.adversary.value + counted.adversary_level.value + refusing == pytest.approx(1)


def test_each_party_has_its_own_share() -> None:
    """Who signs in how many futures, and of whom it cannot be told, is counted for each by itself."""
    counted = signing([1, -1, -1, -1], [1, 1, 0, -1], [1, 1, 1, 0])
    assert (counted.adversary.value, counted.adversary_level.value) == (0.25, 0)
    assert (counted.protected_state.value, counted.protected_state_level.value) == (0.5, 0.25)
    assert (counted.guarantors.value, counted.guarantors_level.value) == (0.75, 0.25)
