"""Draws: every range is covered evenly, the same seed gives the same futures, ordered scales keep their order."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from foedus.facts.balance import Balance
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
        ["penalty.none", "penalty.support", "penalty.deploy"],
        ["tier_cost.none", "tier_cost.support", "tier_cost.deploy", "tier_cost.defend"],
        ["bindingness.may", "bindingness.intends", "bindingness.shall_discretionary", "bindingness.shall_specified"],
        ["proof.suspicion", "proof.preponderance", "proof.clear_and_convincing", "proof.beyond_reasonable_doubt"],
        ["interest.none_known", "interest.limited", "interest.important", "interest.vital"],
        ["content.debtor_chooses", "content.floor", "content.fixed"],
    ):
        for low, high in itertools.pairwise(scale):
            assert (column[low] <= column[high]).all(), (low, high)


NEIGHBOURS = Balance(value=None, log_ratio=1.2, give_or_take=0.5, rests_on=(), missing=(), because="made for the tests")


def test_the_balance_follows_from_the_strengths_of_the_two_sides() -> None:
    """A stronger adversary has the better balance in every draw; where strengths are not known a wide range stands."""
    weaker = replace(NEIGHBOURS, log_ratio=-1.2)
    for row in range(16):
        values = _values(row)
        ratio = 1.2 + 0.5 * values["balance.within"]
        expected = values["balance.exponent"] * ratio + values["balance.shift"] + values["balance.moved"]
        assert future_of(values, balance=NEIGHBOURS).balance_0 == pytest.approx(expected)
        assert future_of(values, balance=weaker).balance_0 < future_of(values, balance=NEIGHBOURS).balance_0
        assert future_of(values).balance_0 == values["balance.not_known"] + values["balance.moved"]


def test_success_in_the_field_makes_war_neither_dearer_nor_cheaper() -> None:
    """What moves the balance afterwards leaves the cost of war as it was drawn."""
    values = _values(0)
    before, after = (future_of(values | {"balance.moved": moved}, balance=NEIGHBOURS) for moved in (0.0, 0.4))
    assert after == replace(before, balance_0=before.balance_0 + 0.4)


def test_no_future_is_no_sample() -> None:
    """At least one future is needed."""
    with pytest.raises(ValueError, match="at least one future"):
        draw(PARAMETERS, futures=0, seed=1)
