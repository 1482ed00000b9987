import math

import numpy as np
import pytest
from SALib.analyze import rbd_fast

from foedus.futures.ensemble import Sample
from foedus.insight.assumptions.attribution import attribution_of, saltelli_shares
from foedus.insight.assumptions.sensitivity import Sensitivity, sensitivity_of
from foedus.values.arrays import FloatArray

A, B = 7.0, 0.1
NAMES = ("x1", "x2", "x3")
VARIANCE = A**2 / 8 + B * math.pi**4 / 5 + B**2 * math.pi**8 / 18 + 0.5
FIRST = {"x1": 0.5 * (1 + B * math.pi**4 / 5) ** 2 / VARIANCE, "x2": A**2 / 8 / VARIANCE, "x3": 0.0}
THIRTEEN = B**2 * math.pi**8 * (1 / 18 - 1 / 50) / VARIANCE
TOTAL = {"x1": FIRST["x1"] + THIRTEEN, "x2": FIRST["x2"], "x3": THIRTEEN}
"""Ishigami and Homma (1990): closed form of the indices of ``sin x1 + A sin^2 x2 + B x3^4 sin x1`` on [-pi, pi]^3."""


def ishigami(shares: FloatArray) -> FloatArray:
    x = math.pi * (2 * shares - 1)
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def linear(weights: tuple[float, ...], *, futures: int, seed: int, noise: int = 0) -> tuple[FloatArray, Sample]:
    values = np.random.default_rng(seed).random((futures, len(weights) + noise))
    names = tuple(f"p{k}" for k in range(values.shape[1]))
    return values[:, : len(weights)] @ np.array(weights), Sample(names, values, seed=seed)


def ask(values: FloatArray, sample: Sample, *, is_all_told: bool = False) -> Sensitivity:
    return sensitivity_of(values, output="war", arrangement="a", sample=sample, seed=1, is_all_told=is_all_told)


def test_a_sum_has_the_shares_of_its_variance() -> None:
    """For independent uniform parameters, ``y = 3 p0 + 2 p1 + p2`` has indices 9/14, 4/14 and 1/14."""
    found = ask(*linear((3.0, 2.0, 1.0), futures=400, seed=2))
    indices = {each.parameter: each.first_order.value for each in found.influences}
    assert indices == pytest.approx({"p0": 9 / 14, "p1": 4 / 14, "p2": 1 / 14}, abs=0.05)
    assert found.together == pytest.approx(1, abs=0.06)


def test_intervals_hold_the_closed_form() -> None:
    """Over 30 samples the interval of the strongest holds 9/14 in all but a few."""
    held = 0
    for seed in range(30):
        values, sample = linear((3.0, 2.0, 1.0), futures=150, seed=seed)
        estimate = next(each.first_order for each in ask(values, sample).influences if each.parameter == "p0")
        assert estimate.low is not None
        assert estimate.high is not None
        held += estimate.low <= 9 / 14 <= estimate.high
    assert held >= 25  # chance of fewer, if each has probability 0.95: 0.1 %


def test_it_agrees_with_another_method() -> None:
    """On a smooth function RBD-FAST of SALib gives the same first-order indices."""
    shares: FloatArray = np.random.default_rng(4).random((1000, 3))
    values: FloatArray = np.exp(shares[:, 0]) + shares[:, 1] ** 2 + shares[:, 0] * shares[:, 2]
    problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[0, 1]] * 3}
    other = rbd_fast.analyze(problem, shares, values, num_resamples=10, seed=1)["S1"]
    found = ask(values, Sample(NAMES, shares, seed=1), is_all_told=True)
    assert {each.parameter: each.first_order.value for each in found.influences} == pytest.approx(
        dict(zip(NAMES, other, strict=True)), abs=0.04
    )


def test_the_strong_do_not_hide_the_weak() -> None:
    """A parameter with 2 % of the variance is found beside one with the rest, among forty that do nothing."""
    values, sample = linear((7.0, 1.0), futures=150, seed=3, noise=40)
    found = ask(values, sample)
    assert [each.parameter for each in found.influences[:2]] == ["p0", "p1"]
    assert [each.is_beyond_chance for each in found.influences[:2]] == [True, True]


def test_where_nothing_matters_nothing_is_said_to_matter() -> None:
    """Of 30 such searches few name a parameter: one in twenty is meant to."""
    alarms = 0
    for seed in range(30):
        generator = np.random.default_rng(seed)
        sample = Sample(tuple(f"p{k}" for k in range(15)), generator.random((100, 15)), seed=seed)
        alarms += bool(ask(generator.normal(size=100), sample).influences)
    assert alarms <= 5  # chance of more, if each has probability 1/20: 0.3 %


def test_a_constant_is_moved_by_nothing() -> None:
    """An outcome that is the same everywhere, but for rounding, has no influences."""
    sample = Sample(("p",), np.random.default_rng(1).random((50, 1)), seed=1)
    assert ask(np.array([0.1, 0.1 + 1e-16] * 25), sample).influences == ()


def test_the_sign_says_which_way() -> None:
    """More of p0, less of the outcome."""
    values, sample = linear((-1.0,), futures=60, seed=1)
    assert ask(values, sample).influences[0].direction == pytest.approx(-1)


def test_sobol_indices_are_those_of_ishigami() -> None:
    """First order and total of each parameter, from Saltelli's design, lie at their closed form."""
    factors = {name: (name,) for name in NAMES}
    shares = saltelli_shares(factors, base=2048, seed=1)
    values = ishigami(np.column_stack([shares[name] for name in NAMES]))
    found = attribution_of(values, np.ones(len(values), bool), factors=factors, seed=1)
    assert {index.factor: index.first.value for index in found.indices} == pytest.approx(FIRST, abs=0.05)
    assert {index.factor: index.total.value for index in found.indices} == pytest.approx(TOTAL, abs=0.05)
    assert found.variance == pytest.approx(VARIANCE, rel=0.03)
    assert found.interactions == pytest.approx(THIRTEEN, abs=0.07)


def test_a_group_takes_what_its_members_take_together() -> None:
    """The group of x1 and x3 holds their interaction, so its first order and its total are the same: 1 - S2."""
    factors = {"x2": ("x2",), "others": ("x1", "x3")}
    shares = saltelli_shares(factors, base=1024, seed=1)
    values = ishigami(np.column_stack([shares[name] for name in NAMES]))
    found = {
        index.factor: index
        for index in attribution_of(values, np.ones(len(values), bool), factors=factors, seed=1).indices
    }
    assert found["others"].first.value == pytest.approx(1 - FIRST["x2"], abs=0.05)
    assert found["others"].total.value == pytest.approx(1 - FIRST["x2"], abs=0.05)
    assert found["others"].members == ("x1", "x3")


def test_a_run_that_did_not_converge_is_left_out() -> None:
    """Poison in the run of x2 at one base point takes that point from x2 alone; in the base point itself, from all."""
    factors = {name: (name,) for name in NAMES}
    shares = saltelli_shares(factors, base=64, seed=1)
    values = ishigami(np.column_stack([shares[name] for name in NAMES]))
    for row, lost in ((5 * 7 + 2, {"x1": 0, "x2": 1, "x3": 0}), (5 * 7, dict.fromkeys(NAMES, 1))):
        converged = np.ones(len(values), bool)
        converged[row] = False
        found = attribution_of(np.where(converged, values, 1e9), converged, factors=factors, seed=1)
        assert {index.factor: 64 - index.used for index in found.indices} == lost
        assert max(abs(index.total.value) for index in found.indices) < 2


def test_a_base_that_is_no_power_of_two_is_refused() -> None:
    """Sobol' points lose their balance, so it is said instead of done."""
    with pytest.raises(ValueError, match="no power of two"):
        saltelli_shares({"x": ("x",)}, base=50, seed=1)


def test_too_little_that_converged_is_refused() -> None:
    """Seven base points carry no index."""
    factors = {"x": ("x",)}
    values = saltelli_shares(factors, base=8, seed=1)["x"]
    converged = np.ones(len(values), bool)
    converged[0] = False
    with pytest.raises(ValueError, match="only 7 of 8 base points"):
        attribution_of(values, converged, factors=factors, seed=1)
