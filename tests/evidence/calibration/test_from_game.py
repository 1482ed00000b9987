"""What a course counts, by the plain oracle."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.evidence.calibration.expected_course import CRISIS, HORIZON_PERIODS, ExpectedCourse
from foedus.evidence.calibration.observe import observe
from foedus.game.plain import Board, Play, iterate, outcome_of
from foedus.game.plain.forward import forward
from foedus.game.plain.rates import Rates, rates_of
from foedus.values.arrays import FloatArray
from tests.game import specimens

TIGHT = 1e-6


@pytest.fixture(scope="module")
def solved() -> tuple[ExpectedCourse, Board, Play, Rates]:
    """Give one game, followed by the kernel and solved by the plain oracle."""
    compiled, future = specimens.compiled(seed=3), specimens.future(seed=3)
    course = observe(compiled, future, grid=specimens.SMALL, tolerance=TIGHT, max_sweeps=20_000)
    board = Board.lay_out(compiled=compiled, future=future, grid=specimens.SMALL)
    play = iterate(board, tolerance=TIGHT, max_sweeps=20_000).play
    return course, board, play, rates_of(play, board=board)


def _first_passage(left: FloatArray, play: Play, board: Board, rates: Rates) -> FloatArray:
    """Chance by period of whatever ``left`` (type, n, e, b, k, s) leaves out."""
    presence = forward(
        replace(rates, quiet=left, capture=np.zeros_like(left)), play=play, board=board, horizon=HORIZON_PERIODS
    ).presence
    gone = 1.0 - left.sum(axis=(1, 2))
    return np.asarray(np.einsum("htbks,tbks->h", presence, gone))


def test_war_and_counts_are_those_of_the_oracle(solved: tuple[ExpectedCourse, Board, Play, Rates]) -> None:
    """A course counts war, defence and obligations as the game's outcome does."""
    course, board, play, _ = solved
    outcome = outcome_of(play, board=board, horizon=HORIZON_PERIODS)
    assert course.war == pytest.approx(np.array(outcome.war_by_t), abs=1e-5)
    assert (course.defended, course.honoured, course.breached) == pytest.approx(
        (outcome.defend, outcome.honoured, outcome.breached), abs=1e-4
    )


def test_a_clash_is_the_first_seizure_or_war_that_is_carried_through(
    solved: tuple[ExpectedCourse, Board, Play, Rates],
) -> None:
    """Everything but hold, coerce and withdrawals ends the wait."""
    course, board, play, rates = solved
    carried = rates.event * play.persist
    left = rates.event.sum(axis=(1, 2)) - carried[:, :, 2:].sum(axis=(1, 2))
    assert course.clash == pytest.approx(_first_passage(left, play, board, rates), abs=1e-5)


def test_a_violation_is_the_first_time_the_adversary_does_not_hold(
    solved: tuple[ExpectedCourse, Board, Play, Rates],
) -> None:
    """Coercion and attacks that are called off end the wait too."""
    course, board, play, rates = solved
    left = rates.event[:, :, 0].sum(axis=1)
    assert course.violation == pytest.approx(_first_passage(left, play, board, rates), abs=1e-5)


def test_milder_things_come_no_later(solved: tuple[ExpectedCourse, Board, Play, Rates]) -> None:
    """A war is a clash, and a clash a violation."""
    course = solved[0]
    war, clash, violation = (np.cumsum(each) for each in (course.war, course.clash, course.violation))
    assert (war <= clash + 1e-9).all()
    assert (clash <= violation + 1e-9).all()


def test_a_crisis_ends_in_withdrawal_defence_or_neither(solved: tuple[ExpectedCourse, Board, Play, Rates]) -> None:
    """Parts of a crisis, by summing the oracle's courses at the belief points beside the prior."""
    course, board, play, rates = solved
    carried = rates.event * play.persist
    prior = board.future.prior
    place = np.interp(np.log(prior / (1 - prior)), board.grid.log_odds, np.arange(board.grid.beliefs))
    low = int(place)
    weight = {low: low + 1 - place, low + 1: place - low}
    expected = np.zeros((board.grid.balances, 3))
    for b, share in weight.items():
        high = 1 / (1 + np.exp(-board.grid.log_odds[b]))
        for th, chance in ((0, 1 - high), (1, high)):
            event, stays = (each[th, :, 2:, 1:, 2:, b, :, 0] for each in (rates.event, carried))
            fought, stood_by = stays[:, :, :, 1].sum(axis=(0, 1, 2)), stays[:, :, :, 0].sum(axis=(0, 1, 2))
            withdrawn = event.sum(axis=(0, 1, 2, 3)) - fought - stood_by
            expected += share * chance * np.column_stack((withdrawn, fought, stood_by))
    assert CRISIS == ("withdrawn", "fought", "stood_by")
    assert course.crisis == pytest.approx(expected, abs=1e-5)


def test_support_is_joined_by_a_share_of_the_others(solved: tuple[ExpectedCourse, Board, Play, Rates]) -> None:
    """The times support was executed are those of the oracle, and no more members join than there are."""
    course, board, play, rates = solved
    visits = forward(rates, play=play, board=board, horizon=HORIZON_PERIODS).presence.sum(axis=0)
    executed = float(np.einsum("tbks,tglnbks->", visits, rates.event[:, :, :, :, 1]))
    assert course.supported == pytest.approx(executed, abs=1e-3)
    assert 0 <= course.joined <= course.supported
