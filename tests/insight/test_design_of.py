"""The whole search on a real text: every design of a small space solved, and the search held against that."""

from collections.abc import Callable

import numpy as np
import pytest

from foedus.arrangement.dump import dump
from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.checks.coverage import coverage_of
from foedus.checks.examine import check
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import run_ensemble
from foedus.game.outcomes import OUTCOMES
from foedus.insight.design import find_designs
from foedus.insight.design.find_designs import aims_of, design, snapped, spread_out
from foedus.insight.design.lever import Lever
from foedus.insight.design.levers import levers_of, text_of
from foedus.insight.design.record import Aim, Front, Signers
from foedus.insight.design.search import Archive, non_dominated
from foedus.insight.texts import solve_texts
from foedus.values.arrays import FloatArray
from tests.mechanism.specimens import compact

SMALL = Settings(
    futures=2,
    seed=1,
    horizon_periods=4,
    beliefs=4,
    balances=4,
    slices=1,
    tolerance=1e-4,
    max_sweeps=1000,
    method="kernel",
)
Found = tuple[Front, dict[str, Arrangement]]


def small_space() -> tuple[Lever, ...]:
    """Return three levers with 18 designs: language on an invasion, forces in place, own defence."""
    levers = levers_of(compact(), army=900_000.0, vary=("words_invasion", "deployments", "own_defence"))
    narrowed = [
        Lever(lever.id, lever.clauses, lever.words, lever.options[:count])
        for lever, count in zip(levers, (2, 3, 3), strict=True)
    ]
    return tuple(narrowed)


def run(*, budget: int, **more: object) -> Found:
    """Search the small space."""
    return design(
        compact(),
        small_space(),
        default_parameters(),
        settings=SMALL,
        trial_futures=3,
        budget=budget,
        population=6,
        workers=1,
        most=40,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def complete() -> Found:
    """Every design of the space."""
    return run(budget=64)


@pytest.mark.parametrize("budget", [2, 7, 10])
def test_no_more_games_are_solved_than_the_budget_allows(budget: int) -> None:
    """Neither in the first generation, where the population is larger, nor in the last; none of them is a flaw."""
    front, _ = run(budget=budget)
    assert 1 <= front.games <= budget
    assert not front.is_complete
    assert front.unusable == 0


def test_where_the_budget_allows_every_design_is_solved(complete: Found) -> None:
    """18 designs, all judged; no game more often than once."""
    front, _ = complete
    assert front.is_complete
    assert front.judged == front.designs == 18
    assert front.games <= 18
    assert front.unusable == 0


def test_the_front_is_that_of_a_plain_run_of_every_design(complete: Found) -> None:
    """Another road: all 18 texts put to the comparison's own run, and sorted by hand."""
    levers = small_space()
    designs = list(np.ndindex(*(len(lever.options) for lever in levers)))
    texts = [text_of(compact(), levers=levers, choices=choices) for choices in designs]
    ensemble = run_ensemble(texts, default_parameters(), settings=SMALL, workers=1)
    assert ensemble.converged.all()
    aims = np.array([aims_of(ensemble.outcomes[:, i], signers=Signers.EVERYONE).mean(axis=0) for i in range(18)])
    aims = snapped(aims, margin=10 * SMALL.tolerance)
    true = {tuple(np.round(row, 9)) for row in aims[non_dominated(aims)]}
    found = {tuple(round(value, 9) for value in point.searched.values()) for point in complete[0].points}
    assert found == true
    assert complete[0].left_out == 0


def test_every_design_found_is_a_text_that_can_be_checked(complete: Found) -> None:
    """Written, read back the same, put to the checks: what is reported of holes is what the checks say."""
    front, texts = complete
    assert front.points
    for point in front.points:
        text = texts[point.id]
        assert loads(dump(text)) == text
        faults = [each for each in check(text) if each.is_grave and not each.cannot_tell]
        assert point.holes.faults == len(faults)
        assert set(point.holes.fault_ids) == {each.id for each in faults}
        assert point.holes.coverage == coverage_of(text)


def test_points_are_numbered_by_what_the_protected_state_loses(complete: Found) -> None:
    """Files are named in the order of the table, those unbeaten in the trial first."""
    points = complete[0].points
    assert [point.file for point in points] == [f"compact_design_{n:02}.yaml" for n in range(1, len(points) + 1)]
    for same in (True, False):
        losses = [point.aims[Aim.LOSS].value for point in points if point.is_on_front is same]
        assert losses == sorted(losses)


def test_the_trial_uses_other_futures_and_takes_differences_in_each(complete: Found) -> None:
    """Another seed; the average difference is the difference of the averages, where all futures are used."""
    front, _ = complete
    assert front.trial.seed == front.search.seed + 1
    assert front.trial.futures == 3
    for point in front.points:
        if point.used == front.start_point.used:
            for aim in Aim:
                apart = point.aims[aim].value - front.start_point.aims[aim].value
                assert point.differences[aim].value == pytest.approx(apart, abs=1e-12)


def test_a_smaller_budget_searches_and_keeps_to_it() -> None:
    """Eight games of eighteen designs, rounded up to a round of the search; the volume never falls."""
    front, _ = run(budget=8)
    assert not front.is_complete
    assert 8 <= front.games < 8 + 6
    assert all(later >= earlier for earlier, later in zip(front.volumes, front.volumes[1:], strict=False))


def test_ctrl_c_in_the_trial_keeps_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped while the front is tried again, the figures are those of the search, and it is said."""
    real: Callable[..., object] = solve_texts

    def stop(texts: object, sample: object, *, settings: Settings, **more: object) -> object:
        if settings.futures == 3:
            raise KeyboardInterrupt
        return real(texts, sample, settings=settings, **more)

    monkeypatch.setattr(find_designs, "solve_texts", stop)
    front, texts = run(budget=64)
    assert not front.is_tried
    assert front.trial == front.search
    assert len(texts) == len(front.points) > 0
    for point in front.points:
        assert point.aims[Aim.COST].value == pytest.approx(point.searched[Aim.COST], abs=1e-3)


@pytest.mark.parametrize("budget", [12, 64])
def test_ctrl_c_in_the_first_generation_has_nothing_to_keep(budget: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after the start alone was solved, the wish to stop goes on to whoever asked."""
    solved: list[int] = []

    def stop(texts: object, sample: object, **more: object) -> object:
        if solved:
            raise KeyboardInterrupt
        solved.append(1)
        return real(texts, sample, **more)

    real: Callable[..., object] = solve_texts
    monkeypatch.setattr(find_designs, "solve_texts", stop)
    with pytest.raises(KeyboardInterrupt):
        run(budget=budget)


def test_ctrl_c_in_the_search_keeps_what_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after some rounds, what was found is tried and written."""

    def stopped(options: object, judge: Callable[..., list[FloatArray]], **_: object) -> Archive:
        designs = ((0, 0, 0), (0, 2, 0), (1, 0, 1))
        return Archive(designs, np.array(judge(designs)), (3,), is_stopped=True)

    monkeypatch.setattr(find_designs, "search", stopped)
    front, texts = run(budget=12)
    assert front.is_stopped
    assert front.judged == 3
    assert 1 <= len(texts) <= 3


def test_aims_by_hand() -> None:
    """Loss is less the protected state's value; a signature is refused where any of those asked loses."""
    outcomes = np.zeros((2, len(OUTCOMES)))
    columns = list(OUTCOMES)
    outcomes[:, columns.index("value_P")] = [-0.4, -0.2]
    outcomes[:, columns.index("gain_G")] = [-0.1, 0.1]
    outcomes[:, columns.index("cost")] = 0.3
    assert aims_of(outcomes, signers=Signers.EVERYONE).tolist() == [[0.4, 0, 0.3, 1], [0.2, 0, 0.3, 0]]
    assert aims_of(outcomes, signers=Signers.ADVERSARY)[:, 3].tolist() == [0, 0]


def test_what_the_solver_cannot_tell_apart_beats_nothing() -> None:
    """A loss of 0.3001 and one of 0.3002 are one figure where the margin is a thousandth; 0.302 is another."""
    aims = snapped(np.array([[0.3001, 0.5], [0.3002, 0.5], [0.302, 0.4]]), margin=1e-3)
    assert non_dominated(aims).tolist() == [True, True, True]
    assert non_dominated(snapped(np.array([[0.3001, 0.502], [0.3002, 0.5]]), margin=1e-3)).tolist() == [False, True]


def test_designs_shown_lie_far_apart() -> None:
    """Of many on a line, the ends and the middle are taken; the best on each aim is always among them."""
    aims = np.column_stack([np.linspace(0, 1, 21), np.linspace(1, 0, 21)])
    assert spread_out(aims, most=3) == [0, 10, 20]


def test_without_a_lever_there_is_nothing_to_search() -> None:
    """Told at once."""
    with pytest.raises(ValueError, match="no lever"):
        design(compact(), (), default_parameters(), settings=SMALL, trial_futures=2, budget=4, population=4)
