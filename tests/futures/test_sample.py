"""Draws: every range is covered evenly, the same seed gives the same futures, ordered scales keep their order."""

import itertools
import math

import numpy as np
import pytest

from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import GAME_PARAMETERS, draw, future_of

PARAMETERS = default_parameters()


def _values(row: int, *, futures: int = 16, seed: int = 3) -> dict[str, float]:
    sample = draw(PARAMETERS, futures=futures, seed=seed)
    return dict(zip(sample.names, sample.values[row].tolist(), strict=True))


def test_each_range_is_covered_evenly() -> None:
    """A Latin hypercube of N futures puts exactly one draw in each N-th of every range."""
    sample = draw(PARAMETERS, futures=20, seed=1)
    for j, name in enumerate(sample.names):
        parameter = PARAMETERS[name]
        if parameter.low < parameter.high:
            edges = parameter.at(np.linspace(0, 1, 21))
            counts = np.histogram(sample.values[:, j], bins=edges)[0]
            assert (counts == 1).all(), name


def test_the_seed_decides_the_futures() -> None:
    """The same seed gives the same draws, another seed others."""
    one, again, other = (draw(PARAMETERS, futures=8, seed=seed).values for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


def test_every_parameter_of_the_game_is_in_the_default_file() -> None:
    """Nothing that the game reads is missing, so every draw is a valid future."""
    assert set(GAME_PARAMETERS) <= set(PARAMETERS)
    for row in range(16):
        future_of(_values(row))


def test_ordered_scales_keep_their_order_in_every_draw() -> None:
    """A higher tier never costs the adversary less, and a stricter standard of proof never shifts less."""
    sample = draw(PARAMETERS, futures=64, seed=5)
    column = {name: sample.values[:, j] for j, name in enumerate(sample.names)}
    for scale in (
        ["penalty.none", "penalty.support", "penalty.deploy", "penalty.defend"],
        ["tier_cost.none", "tier_cost.support", "tier_cost.deploy", "tier_cost.defend"],
        ["bindingness.may", "bindingness.intends", "bindingness.shall_discretionary", "bindingness.shall_specified"],
        ["proof.suspicion", "proof.preponderance", "proof.clear_and_convincing", "proof.beyond_reasonable_doubt"],
        ["content.debtor_chooses", "content.floor", "content.fixed"],
    ):
        for low, high in itertools.pairwise(scale):
            assert (column[low] <= column[high]).all(), (low, high)


def test_the_cost_of_war_follows_from_the_edge() -> None:
    """War against support on the first day is worth just the edge, unless the cost would fall below its floor."""
    for row in range(16):
        values = _values(row)
        future = future_of(values)
        aided = future.tier_force[1] - future.counter_force[1]
        wins = 1 / (1 + math.exp(-future.decisiveness * (future.balance_0 - aided)))
        if future.war_cost_A > 0.02:
            assert future.stake_A * wins - future.war_cost_A == pytest.approx(values["war_edge_A"])


def test_no_future_is_no_sample() -> None:
    """At least one future is needed."""
    with pytest.raises(ValueError, match="at least one future"):
        draw(PARAMETERS, futures=0, seed=1)
