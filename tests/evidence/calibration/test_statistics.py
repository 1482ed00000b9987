"""The model's side of an observation, and the selection in it."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.evidence.calibration.expected_course import HORIZON_PERIODS
from foedus.evidence.calibration.observation import Statistic
from foedus.evidence.calibration.statistics import count, crisis_at
from tests.evidence.calibration.made_up import TEXT, courses, demand, sample

FUTURES = 6
NOTHING = sample(np.zeros((FUTURES, 0)))


def test_the_record_of_tested_promises_is_a_ratio_of_expectations() -> None:
    """A world is drawn, then its wars, then who fights: the statistic is the share among wars, not the mean share.

    In this world the futures with many wars are those in which nobody fights: what is tested is what looked weak.
    """
    rng = np.random.default_rng(0)
    war, fights = np.array([0.02, 0.05, 0.1, 0.3, 0.5, 0.7]), np.array([0.9, 0.8, 0.6, 0.3, 0.2, 0.1])
    made = courses(FUTURES)
    by_period = np.repeat(war[:, None, None] / HORIZON_PERIODS, HORIZON_PERIODS, axis=2)
    made = replace(made, war=by_period, defended=(war * fights)[:, None])
    world = rng.integers(0, FUTURES, 400_000)
    came = rng.random(len(world)) < war[world]
    fought = rng.random(len(world)) < fights[world]
    counted = count(demand(Statistic.DEFENDED), made, NOTHING)
    said = counted.average(np.full(FUTURES, 1 / FUTURES))
    assert said == pytest.approx(fought[came].mean(), abs=0.004)
    assert said < fights.mean() - 0.2


def test_obligations_that_fall_due_often_count_often() -> None:
    """Kept promises are counted by obligation, over the futures as they are weighted."""
    made = replace(courses(2), honoured=np.array([[9.0], [0.0]]), breached=np.array([[0.0], [1.0]]))
    counted = count(demand(Statistic.KEPT), made, NOTHING)
    assert counted.average(np.array([0.5, 0.5])) == pytest.approx(0.9)
    assert counted.average(np.array([0.1, 0.9])) == pytest.approx(0.5)


def test_years_are_counted_in_half_years() -> None:
    """War within five years is the sum over ten periods."""
    made = courses(FUTURES)
    counted = count(demand(Statistic.WAR, years=5.0), made, NOTHING)
    assert counted.hits == pytest.approx(made.war[:, 0, :10].sum(axis=1))
    assert counted.per == pytest.approx(np.ones(FUTURES))


def test_a_text_that_was_not_solved_adds_nothing() -> None:
    """Where the residual is above the tolerance, neither sum grows."""
    made = courses(3)
    made = replace(made, residual=np.array([[0.0], [1.0], [0.0]])).solved(tolerance=1e-3)
    for statistic in (Statistic.WAR, Statistic.CLASH, Statistic.DEFENDED, Statistic.KEPT, Statistic.DETERRED):
        counted = count(demand(statistic), made, NOTHING)
        assert counted.hits[1] == 0
        assert counted.per[1] == 0
        assert counted.per[0] > 0


def test_a_ratio_needs_both_of_its_sides() -> None:
    """War under a pact per war without one: futures in which one of the two was not solved are left out of both."""
    made = courses(3, texts=(TEXT, "history/korea_1953"))
    made = replace(made, residual=np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 0.0]])).solved(tolerance=1e-3)
    asked = replace(demand(Statistic.WAR_RATIO), texts=("history/korea_1953",), versus=(TEXT,))
    counted = count(asked, made, NOTHING)
    kept = [0, 2]
    assert counted.hits[1] == counted.per[1] == 0
    assert counted.hits[kept] == pytest.approx(made.war[kept, 1, :20].sum(axis=1))
    assert counted.per[kept] == pytest.approx(made.war[kept, 0, :20].sum(axis=1))


def test_a_crisis_between_two_balances_is_between_their_crises() -> None:
    """Linear between the points of the grid, level beyond its ends."""
    made = courses(FUTURES)
    middle = crisis_at(made, 0.25)
    assert middle == pytest.approx(0.75 * made.crisis[:, :, 1] + 0.25 * made.crisis[:, :, 2])
    assert crisis_at(made, 9.0) == pytest.approx(made.crisis[:, :, 2])


def test_withdrawals_and_resistance_are_shares_of_crises() -> None:
    """Deterred per crisis; fought per crisis in which the adversary persisted."""
    made = courses(FUTURES)
    withdrawn, fought, stood_by = made.crisis[:, 0, 1].T
    deterred = count(demand(Statistic.DETERRED), made, NOTHING)
    resisted = count(demand(Statistic.FOUGHT), made, NOTHING)
    assert deterred.hits / deterred.per == pytest.approx(withdrawn / (withdrawn + fought + stood_by))
    assert resisted.hits / resisted.per == pytest.approx(fought / (fought + stood_by))


def test_help_within_days_is_that_of_drawing_a_future_and_then_a_case() -> None:
    """The chance that help has come by a day, spread within futures included, as a simulation of cases has it."""
    rng = np.random.default_rng(1)
    names = ("days.determine.silent", "days.decide.silent", "days.mobilise.deploy", "days.spread")
    values = np.column_stack(
        [rng.uniform(3, 40, 500), rng.uniform(3, 40, 500), rng.uniform(14, 120, 500), rng.uniform(1, 1.8, 500)]
    )
    equal = np.full(500, 1 / 500)
    said = count(demand(Statistic.RESPONSE_WITHIN, days=30.0), courses(500), sample(values, *names)).average(equal)
    drawn = rng.integers(0, 500, 400_000)
    cases = values[drawn, :3].sum(axis=1) * np.exp(values[drawn, 3] * rng.normal(size=len(drawn)))
    assert said == pytest.approx((cases <= 30).mean(), abs=0.003)
