"""Weighing futures by observations, and what is told of it."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.evidence.calibration.calibrate import Calibration, calibrate, weigh
from foedus.evidence.calibration.expected_course import ExpectedCourses
from foedus.evidence.calibration.observation import Demand, Statistic
from foedus.evidence.calibration.statistics import count
from foedus.futures.ensemble import Sample
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw
from foedus.values.arrays import FloatArray
from tests.evidence.calibration.made_up import courses, demand

FUTURES = 200


@pytest.fixture(scope="module")
def drawn() -> Sample:
    """Give a sample of all parameters."""
    return draw(default_parameters(), futures=FUTURES, seed=3)


def _calibrate(demands: list[Demand], made: ExpectedCourses, drawn: Sample) -> Calibration:
    return calibrate(
        demands,
        sample=drawn,
        courses=made,
        parameters=default_parameters(),
        read=default_parameters(),
        drawn=FUTURES,
        dearest=5.0,
        limit=1.645,
        deals=1999,
    )


def _led_by(values: FloatArray) -> ExpectedCourses:
    """Make courses in which war in the first half-year has the chance given by a parameter's rank."""
    made = courses(FUTURES)
    war = np.zeros_like(made.war)
    war[:, 0, 0] = np.argsort(np.argsort(values)) / FUTURES
    return replace(made, war=war)


def test_a_ratio_is_brought_into_its_interval(drawn: Sample) -> None:
    """The weighted ratio of sums lies at the nearest end of an interval that equal weights miss."""
    made = courses(FUTURES)
    asked = demand(Statistic.KEPT, low=0.6, high=0.7)
    counted = count(asked, made, drawn)
    answer = weigh([asked], [counted], dearest=5.0)
    assert counted.average(np.full(FUTURES, 1 / FUTURES)) < 0.58
    assert counted.average(answer.weights) == pytest.approx(0.6, abs=1e-6)


def test_history_speaks_about_what_the_target_depends_on(drawn: Sample) -> None:
    """Where war hangs on one parameter alone, a target for war moves it and little else."""
    leader = drawn.values[:, drawn.names.index("stake_A")]
    found = _calibrate([demand(Statistic.WAR, low=0.1, high=0.3)], _led_by(leader), drawn)
    spoke = [said.name for said in found.shifts if said.is_informed]
    assert "stake_A" in spoke
    assert len(spoke) <= 4
    assert found.findings[0].binds
    assert found.findings[0].after == pytest.approx(0.3, abs=1e-4)


def test_targets_that_contradict_each_other_are_named(drawn: Sample) -> None:
    """Two demands on the same number that cannot both be met: one is given up, and each would push the other out."""
    leader = drawn.values[:, drawn.names.index("stake_A")]
    demands = [
        demand(Statistic.WAR, low=0.05, high=0.2, name="little_war"),
        demand(Statistic.WAR, low=0.8, high=0.9, name="much_war"),
    ]
    low, high = _calibrate(demands, _led_by(leader), drawn).findings
    assert low.is_given_up or high.is_given_up
    assert low.pushes_out == ("much_war",)
    assert high.pushes_out == ("little_war",)


def test_the_same_draws_give_the_same_weights(drawn: Sample) -> None:
    """Nothing in weighing or listening is left to chance that is not seeded."""
    made, asked = courses(FUTURES), [demand(Statistic.KEPT, low=0.6, high=0.7)]
    first, second = (_calibrate(asked, made, drawn) for _ in range(2))
    assert (first.weights == second.weights).all()
    assert first.shifts == second.shifts
