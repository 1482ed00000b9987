"""What the model learns from other dyads."""

from dataclasses import replace

import numpy as np
from scipy.special import expit

from foedus.evidence.dyads.cells import CELLS, Cell, Shelter
from foedus.evidence.dyads.learning import Learner, Shares, facts, readiness, shares_of
from foedus.evidence.dyads.record import Dyad, Pact
from foedus.evidence.dyads.solve import CellCourses
from foedus.values.arrays import FloatArray

RNG = np.random.default_rng(7)
N, FUTURES = 1200, 12
PARTS = np.arange(N) % 4
READY = np.linspace(-1.5, 1.5, FUTURES)
DYAD = Dyad("1", 1950, 0.0, True, Pact.NONE, 0.0, 0.0, 0, attacked=False, war=False, joined=None)


def _learner(shares: Shares, x: FloatArray) -> Learner:
    return Learner({1.0: shares}, np.full(FUTURES, 1 / FUTURES), READY, x)


def _shares(odds: FloatArray) -> Shares:
    """Attacks in some futures are carried through more often than in others, in every dyad by its own odds."""
    return Shares(expit(odds[:, None] + 1.5 * READY[None, :]), np.ones((N, FUTURES)))


def _brier(said: FloatArray, came: FloatArray) -> float:
    return float(((said - came) ** 2).mean())


def test_what_made_the_cases_is_found_again() -> None:
    """Cases drawn from the model itself give back its tilt, level and slope."""
    x = RNG.normal(size=(N, 1)) ** 2
    learner = _learner(_shares(RNG.normal(size=N)), x)
    everyone = np.ones(N, dtype=bool)
    true = replace(learner.learn(everyone, np.zeros(N)), tilt=np.array([0.8]), level=-0.3, slope=1.2)
    came = (RNG.random(N) < learner.forecast(everyone, true)).astype(float)
    found = learner.learn(everyone, came)
    np.testing.assert_allclose([*found.tilt, found.level, found.slope], [0.8, -0.3, 1.2], atol=0.35)


def test_nobody_sees_the_part_that_is_forecast() -> None:
    """Turning what happened in one part round leaves its own forecasts as they were and moves those of the others."""
    learner = _learner(_shares(RNG.normal(size=N)), RNG.normal(size=(N, 1)))
    came = (RNG.random(N) < 0.4).astype(float)
    own = PARTS == 0
    before, after = (learner.out_of_sample(each, parts=PARTS)[0] for each in (came, np.where(own, 1 - came, came)))
    np.testing.assert_allclose(before[own], after[own])
    assert np.abs(before[~own] - after[~own]).max() > 1e-3


def test_a_model_that_is_the_wrong_way_round_is_not_turned() -> None:
    """Neither the slope nor a tilt goes below 0: then the forecast is the base rate of the others."""
    odds, x = RNG.normal(size=N), RNG.normal(size=(N, 1))
    came = (RNG.random(N) < expit(-2 * odds - 2 * x[:, 0])).astype(float)
    said, learnt = _learner(_shares(odds), x).out_of_sample(came, parts=PARTS)
    rate = np.array([came[part != PARTS].mean() for part in PARTS])
    np.testing.assert_allclose(said, rate, atol=5e-3)
    assert all(each.slope >= 0 for each in learnt)
    assert all((each.tilt >= 0).all() for each in learnt)


def test_of_given_reaches_the_likelier_one_is_taken() -> None:
    """Where the balance tells nothing, the reach that leaves it out wins."""
    odds, noise = RNG.normal(size=N), 2 * RNG.normal(size=N)
    came = (RNG.random(N) < expit(odds)).astype(float)
    learner = Learner(
        {0.0: _shares(odds), 1.0: _shares(odds + noise)}, np.full(FUTURES, 1 / FUTURES), READY, np.zeros((N, 0))
    )
    said, learnt = learner.out_of_sample(came, parts=PARTS)
    assert {each.reach for each in learnt} == {0.0}
    assert _brier(said, came) < came.var() - 0.02


def _courses() -> CellCourses:
    mounted = np.full((3, len(CELLS)), 0.4)
    mounted[2] = np.nan
    share = np.array([[0.1], [0.6], [0.5]])
    return CellCourses(mounted, mounted * share, mounted * share, mounted * share**2)


def test_games_that_were_not_solved_count_for_nothing() -> None:
    """Readiness rises with the attacks carried through; a future without a solution has none and no say."""
    courses = _courses()
    ready = readiness(courses)
    assert ready[1] > 0 > ready[0]
    assert ready[2] == 0
    assert CELLS.index(Cell(Shelter.NONE, 0.0)) >= 0
    shares = shares_of([DYAD], courses.carried, courses.mounted, reach=1.0)
    np.testing.assert_allclose(shares.forecast(np.ones(3)), [0.35])


def test_facts_are_what_was_before_and_who_is_near() -> None:
    """Nothing before and far away is nothing."""
    dyads = [replace(DYAD, is_near=False), replace(DYAD, disputes=3)]
    np.testing.assert_allclose(facts(dyads), [[0.0, 0.0], [np.log(4), 1.0]])
