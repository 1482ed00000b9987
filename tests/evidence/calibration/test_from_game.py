"""What a course counts, by the plain oracle."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.evidence.calibration.expected_course import CRISIS, HORIZON_PERIODS, ExpectedCourse
from foedus.evidence.calibration.observe import observe
from foedus.futures.compile import DrawnGame
from foedus.game.plain import Board, Play, iterate, outcome_of
from foedus.game.plain.forward import forward
from foedus.game.plain.rates import Rates, rates_of
from foedus.values.arrays import BoolArray, FloatArray, IntArray
from tests.game import specimens

TIGHT = 1e-6


@pytest.fixture(scope="module")
def solved() -> tuple[ExpectedCourse, Board, Play, Rates]:
    """Give one game, followed by the kernel and solved by the plain oracle."""
    compiled, future = specimens.compiled(seed=3), specimens.future(seed=3)
    course = observe(DrawnGame(compiled, future), grid=specimens.SMALL, tolerance=TIGHT, max_sweeps=20_000)
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
    """Everything but hold, coerce and withdrawals ends the wait: wars, and seizures that are yielded to."""
    course, board, play, rates = solved
    carried = rates.event * play.persist
    left = rates.event.sum(axis=(1, 2)) - carried[:, :, 2:].sum(axis=(1, 2))
    assert course.clash == pytest.approx(_first_passage(left, play, board, rates), abs=1e-5)
    assert rates.yielded.sum() > 0


def test_a_violation_is_the_first_time_the_adversary_does_not_hold(
    solved: tuple[ExpectedCourse, Board, Play, Rates],
) -> None:
    """Coercion and attacks that are called off end the wait too."""
    course, board, play, rates = solved
    left = rates.event[:, :, 0].sum(axis=1)
    assert course.violation == pytest.approx(_first_passage(left, play, board, rates), abs=1e-5)


PERIODS, PATHS = 6, 40_000


def _pick(chances: FloatArray, rng: np.random.Generator) -> IntArray:
    """Pick an index along the last axis for every row of chances."""
    sums = chances.cumsum(axis=-1)
    return np.asarray((rng.random((len(sums), 1)) * sums[:, -1:] > sums).sum(axis=1))


def _played(play: Play, board: Board) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Play the oracle's policies out by chance; share of paths with the first war, clash and violation by period."""
    rng, position = np.random.default_rng(5), play.position
    prior, turnover = board.future.prior, board.future.turnover
    th = (rng.random(PATHS) < prior).astype(int)
    b, k, s = np.unravel_index(_pick(np.tile(board.start().ravel(), (PATHS, 1)), rng), board.shape)
    toward = play.landing.weights(nodes=board.grid.beliefs)
    first, fights = np.full((3, PATHS), PERIODS), np.zeros(PATHS, dtype=bool)

    def happens(chance: FloatArray) -> BoolArray:
        return np.asarray(rng.random(PATHS) < chance)

    for t in range(PERIODS):
        provoked = happens(position.conduct[1, b, k, s])
        ground = np.where(provoked, 2, happens(np.full(PATHS, board.accident)))
        act = _pick(position.threat[(ground > 0).astype(int), :, b, k, s], rng)
        n = _pick(board.compiled.confusion[ground, act], rng)
        e = _pick(position.response[th, n, :, b, k, s], rng)
        goes_on = (act >= 2) & happens(play.persist[act, n, e, b, k, s])
        resists = happens(play.resist[n, e, b, k, s])
        for what, now in enumerate((goes_on & ((act == 3) | resists), goes_on, act > 0)):
            first[what] = np.where(now & ~fights & (first[what] == PERIODS), t, first[what])
        fights |= goes_on & ((act == 3) | resists)
        lost = goes_on & (act == 2) & ~resists & happens(board.seize_success[e, s])
        b = _pick(toward[n, e, b, k, s], rng)
        k, s = _pick(board.transition[e, k], rng), np.minimum(s + lost, board.grid.slices - 1)
        th = np.where(happens(np.full(PATHS, turnover)), happens(np.full(PATHS, prior)), th).astype(int)
    war, clash, violation = (np.bincount(each, minlength=PERIODS + 1)[:PERIODS] / PATHS for each in first)
    return war, clash, violation


def test_passages_are_those_of_the_policies_played_out_by_chance(
    solved: tuple[ExpectedCourse, Board, Play, Rates],
) -> None:
    """Forty thousand histories in which all throw the oracle's dice see wars, clashes and breaches begin as often."""
    course, board, play, _ = solved
    for exact, seen in zip((course.war, course.clash, course.violation), _played(play, board), strict=True):
        assert seen == pytest.approx(exact[:PERIODS], abs=4 * np.sqrt(0.25 / PATHS))


def test_milder_things_come_no_later(solved: tuple[ExpectedCourse, Board, Play, Rates]) -> None:
    """A war is a clash, and a clash a violation."""
    course = solved[0]
    war, clash, violation = (np.cumsum(each) for each in (course.war, course.clash, course.violation))
    assert (war <= clash + 1e-9).all()
    assert (clash <= violation + 1e-9).all()


def test_a_crisis_ends_in_withdrawal_defence_or_neither(solved: tuple[ExpectedCourse, Board, Play, Rates]) -> None:
    """Parts of a crisis, by summing the oracle's courses at the belief points beside the prior, types by the prior."""
    course, board, _, rates = solved
    prior = board.future.prior
    place = np.interp(np.log(prior / (1 - prior)), board.grid.log_odds, np.arange(board.grid.beliefs))
    low = int(place)
    weight = {low: low + 1 - place, low + 1: place - low}
    expected = np.zeros((board.grid.balances, 3))
    for b, share in weight.items():
        for th, chance in ((0, 1 - prior), (1, prior)):
            war, chi = rates.war[th, :, :, 1:, 2, b, :, 0], board.defended[th, :, 1:, 2, :, 0]
            fought = (war.sum(axis=0) * chi).sum(axis=(0, 1))
            stood_by = (war.sum(axis=0) * (1 - chi)).sum(axis=(0, 1)) + rates.yielded[th, 1:, 2, b, :, 0].sum(axis=0)
            withdrawn = rates.withdrawal[th, 1:, 2, b, :, 0].sum(axis=0)
            expected += share * chance * np.column_stack((withdrawn, fought, stood_by))
    assert CRISIS == ("withdrawn", "fought", "stood_by")
    assert (expected.max(axis=0) > 1e-4).all()
    assert course.crisis == pytest.approx(expected, abs=1e-5)


def test_support_is_joined_by_a_share_of_the_others(solved: tuple[ExpectedCourse, Board, Play, Rates]) -> None:
    """The times support was executed are those of the oracle, and no more members join than there are."""
    course, board, play, rates = solved
    visits = forward(rates, play=play, board=board, horizon=HORIZON_PERIODS).presence.sum(axis=0)
    executed = float(np.einsum("tbks,tglnbks->", visits, rates.event[:, :, :, :, 1]))
    assert course.supported == pytest.approx(executed, abs=1e-3)
    assert 0 <= course.joined <= course.supported
