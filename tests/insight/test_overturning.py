import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import spearmanr

from foedus.futures.ensemble import Sample
from foedus.insight.assumptions.overturning import Challenge, challenge, rank_correlation
from foedus.values.arrays import FloatArray


def ask(lead: FloatArray, **parameters: FloatArray) -> Challenge:
    sample = Sample(names=tuple(parameters), values=np.column_stack(list(parameters.values())), seed=1)
    return challenge(measure="war", leader="a", rival="b", lead=lead, sample=sample, margin=0.001, seed=1)


def test_the_parameter_that_decides_the_lead_is_found() -> None:
    """Party a leads wherever the prior is above 0.3: in the lowest third it falls behind in nine of ten futures."""
    prior = np.linspace(0, 1, 300)
    found = ask(np.where(prior > 0.3, 0.1, -0.1), prior=prior, lam_G=np.random.default_rng(2).random(300))
    lever = found.levers[0]
    assert lever.parameter == "prior"
    assert [third.ahead for third in lever.thirds] == pytest.approx([0.1, 1, 1])
    assert [third.futures for third in lever.thirds] == [100, 100, 100]
    assert lever.spread == pytest.approx(0.9)
    assert lever.turns
    assert found.beyond_chance == (lever,)
    assert found.ahead.value == pytest.approx(0.7)


def test_where_nothing_matters_nothing_is_said_to_matter() -> None:
    """Of 40 such comparisons with 20 parameters that have no effect, few show a lever: one in twenty is meant to."""
    generator = np.random.default_rng(11)
    false_alarms = 0
    for _ in range(40):
        lead = generator.normal(size=120)
        found = ask(lead, **{f"p{i}": generator.random(120) for i in range(20)})
        false_alarms += bool(found.beyond_chance)
    assert false_alarms <= 6  # chance of more, if each has probability 1/20: 0.3 %


def test_parameters_drawn_in_step_are_one_lever() -> None:
    """Two ends of one scale of words have the same ranks; that one moves the lead cannot be told from the other."""
    share = np.linspace(0, 1, 30)
    found = ask(share - 0.5, intends=0.1 + 0.3 * share, shall=0.8 + 0.2 * share, fixed=np.ones(30))
    assert [(lever.parameter, lever.together) for lever in found.levers] == [("intends", ("shall",))]


def test_equal_values_stay_in_one_third() -> None:
    """A parameter with two values has no middle third, and its ends hold the futures with each value."""
    switch = np.repeat([0.0, 1.0], [20, 40])
    (lever,) = ask(np.where(switch > 0, 0.1, -0.1), switch=switch).levers
    assert [(third.low, third.high, third.futures) for third in lever.thirds] == [(0, 0, 20), (1, 1, 40)]
    assert [third.ahead for third in lever.thirds] == [0, 1]


def test_a_leader_that_is_behind_over_all_is_not_said_to_turn() -> None:
    """The order turns over where it holds elsewhere; who is behind over all has no lead to lose."""
    prior = np.linspace(0, 1, 90)
    (lever,) = ask(np.where(prior > 0.8, 0.1, -0.1), prior=prior).levers
    assert not lever.turns


def test_nothing_varies() -> None:
    """With fixed parameters there is no lever, and chance has nothing to work on."""
    found = ask(np.array([0.1, 0.2, -0.1]), fixed=np.ones(3))
    assert (found.levers, found.chance) == ((), 0)


@given(arrays(np.float64, 12, elements=st.integers(0, 5)), arrays(np.float64, 12, elements=st.integers(0, 5)))
def test_rank_correlation_is_spearmans(a: FloatArray, b: FloatArray) -> None:
    """It equals another implementation's, ties included; for a constant, where that has none, it is 0."""
    constant = np.ptp(a) == 0 or np.ptp(b) == 0
    expected = 0.0 if constant else float(spearmanr(a, b).statistic)
    assert rank_correlation(a, b) == pytest.approx(expected, abs=1e-12)


def test_a_positive_correlation_means_more_lead() -> None:
    """The sign is that of the leader's advantage, whichever way the measure is good."""
    prior = np.linspace(0, 1, 30)
    (lever,) = ask(prior**3 - 0.1, prior=prior).levers
    assert lever.correlation == pytest.approx(1)
