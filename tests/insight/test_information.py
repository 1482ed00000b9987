import math

import numpy as np
import pytest
from scipy.stats import norm

from foedus.futures.ensemble import Sample
from foedus.insight.assumptions.information import Information, information_of
from foedus.values.arrays import FloatArray

BETA = (1.0, 0.5)
MEAN = 0.2


def unit_loss(mean: float, spread: float) -> float:
    """Return E[max(0, -D)] for D normal: what knowing D spares a choice whose difference in loss is D."""
    z = mean / spread
    return spread * float(norm.pdf(z)) - mean * float(norm.cdf(-z))


def gaussian(*, futures: int, noise: int = 0, seed: int = 1) -> tuple[FloatArray, Sample]:
    """Two options whose losses differ by ``MEAN + BETA . x`` with x standard normal, and parameters without effect."""
    generator = np.random.default_rng(seed)
    x = generator.normal(size=(futures, 2 + noise))
    common = generator.normal(size=futures)
    loss = np.column_stack([common, common + MEAN + x[:, :2] @ np.array(BETA)])
    names = ("strong", "weak", *(f"noise{k}" for k in range(noise)))
    return loss, Sample(names=names, values=x, seed=seed)


def ask(loss: FloatArray, sample: Sample) -> Information:
    return information_of(loss, names=("a", "b"), sample=sample, measure="war", seed=1)


def test_values_of_information_have_their_closed_form() -> None:
    """Two linear-Gaussian options: all three values follow from the unit normal loss (Raiffa and Schlaifer 1961)."""
    found = ask(*gaussian(futures=4000))
    assert found.choice == "a"
    closed = {"strong": unit_loss(MEAN, BETA[0]), "weak": unit_loss(MEAN, BETA[1])}
    values = {worth.parameter: worth.value for worth in found.worths}
    assert found.perfect.value == pytest.approx(unit_loss(MEAN, math.hypot(*BETA)), rel=0.05)
    assert values["strong"].value == pytest.approx(closed["strong"], rel=0.07)
    assert values["weak"].value == pytest.approx(closed["weak"], rel=0.12)


def test_intervals_hold_the_closed_form() -> None:
    """Over 60 samples of 400 futures, intervals for the stronger parameter hold the truth in at least 85 of 100."""
    truth = unit_loss(MEAN, BETA[0])
    held = 0
    for seed in range(60):
        loss, sample = gaussian(futures=400, seed=seed)
        best = next(worth for worth in ask(loss, sample).worths if worth.parameter == "strong")
        assert best.value.low is not None
        assert best.value.high is not None
        held += best.value.low <= truth <= best.value.high
    assert held >= 51


def test_no_parameter_is_worth_more_than_knowing_all() -> None:
    """In the sample itself, perfect information spares at least as much as any rule could."""
    found = ask(*gaussian(futures=200, noise=10))
    assert all(worth.value.value <= found.perfect.value for worth in found.worths)


def test_noise_is_worth_nothing() -> None:
    """Where no parameter bears on the choice, few of 40 searches find one beyond chance, and no value is inflated."""
    alarms, values = 0, []
    for seed in range(40):
        generator = np.random.default_rng(seed)
        sample = Sample(tuple(f"p{k}" for k in range(15)), generator.random((120, 15)), seed=seed)
        found = ask(generator.normal(size=(120, 2)), sample)
        alarms += bool(found.beyond_chance)
        values += [worth.value.value for worth in found.worths[5:]]
    assert alarms <= 6  # chance of more, if each has probability 1/20: 0.3 %
    assert np.mean(values) <= 0.0


def test_it_says_what_one_would_choose() -> None:
    """B is better where x is high, a where it is low: two stretches, and they meet near the crossing."""
    x = np.linspace(-1, 1, 200)
    sample = Sample(("x",), x[:, None], seed=1)
    (worth,) = ask(np.column_stack([x - 0.2, np.zeros(200)]), sample).worths
    assert [stretch.choice for stretch in worth.choices] == ["a", "b"]
    assert worth.choices[0].high == pytest.approx(0.2, abs=0.05)
    assert (worth.choices[0].low, worth.choices[-1].high) == (-1, 1)


def test_an_option_beaten_everywhere_changes_nothing() -> None:
    """Who adds an option that is worse in every future learns the same."""
    loss, sample = gaussian(futures=200)
    wider = np.column_stack([loss, loss[:, 0] + 0.1])
    three = information_of(wider, names=("a", "b", "c"), sample=sample, measure="war", seed=1)
    assert three.worths == ask(loss, sample).worths


def test_few_futures_carry_no_value() -> None:
    """Below twenty futures only the value of knowing everything is told."""
    found = ask(*gaussian(futures=12))
    assert found.worths == ()
    assert found.perfect.value >= 0
