"""The ensemble: the same futures for every arrangement, the same numbers for any number of workers."""

import dataclasses

import numpy as np
import pytest

from foedus.arrangement.record import Arrangement
from foedus.futures.ensemble import Ensemble, Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import Glimpse, run_ensemble
from foedus.game.outcomes import OUTCOMES
from tests.mechanism.specimens import changed, compact

SETTINGS = Settings(
    futures=4,
    seed=11,
    horizon_periods=6,
    beliefs=5,
    balances=5,
    slices=2,
    tolerance=1e-3,
    max_sweeps=600,
    method="kernel",
)


def _run(*arrangements: Arrangement, workers: int = 1, **changes: object) -> Ensemble:
    settings = dataclasses.replace(SETTINGS, **changes)  # type: ignore[arg-type]
    return run_ensemble(arrangements, default_parameters(), settings=settings, workers=workers)


def test_the_number_of_workers_changes_nothing() -> None:
    """One worker and two give the same bits."""
    one, two = _run(compact(), workers=1), _run(compact(), workers=2)
    np.testing.assert_array_equal(one.outcomes, two.outcomes)
    np.testing.assert_array_equal(one.residual, two.residual)


def test_an_arrangement_does_not_depend_on_its_company() -> None:
    """Solved alone or beside another, first or last, an arrangement has the same outcomes."""
    other = changed("shall_discretionary", "intends")
    alone, first, last = _run(compact()), _run(compact(), other), _run(other, compact())
    np.testing.assert_array_equal(alone.outcomes[:, 0], first.outcomes[:, 0])
    np.testing.assert_array_equal(alone.outcomes[:, 0], last.outcomes[:, 1])


def test_the_axes_are_what_they_say() -> None:
    """Futures by arrangements by outcomes, and a cost for every member."""
    ensemble = _run(compact())
    assert ensemble.outcomes.shape == (4, 1, len(OUTCOMES))
    assert ensemble.war_by_period.shape == (4, 1, 6)
    assert ensemble.cost_by_member[0].shape == (4, len(ensemble.members[0])) == (4, 3)
    column = list(OUTCOMES).index
    used = ensemble.converged[:, 0]
    np.testing.assert_allclose(
        ensemble.outcomes[used, 0, column("war")], ensemble.war_by_period[used, 0].sum(axis=1), atol=1e-12
    )
    np.testing.assert_allclose(
        ensemble.outcomes[used, 0, column("cost")], ensemble.cost_by_member[0][used].sum(axis=1), atol=1e-12
    )


def test_progress_is_told_future_by_future() -> None:
    """The caller hears of each future that is done, up to all of them."""
    heard: list[tuple[int, int]] = []
    run_ensemble(
        [compact()], default_parameters(), settings=SETTINGS, workers=2, progress=lambda a, b: heard.append((a, b))
    )
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_what_is_looked_at_first_is_solved_first_and_is_the_same() -> None:
    """A glimpse shows the first texts in the first futures before the others are solved, and changes no figure."""
    other, done = changed("shall_discretionary", "intends"), [0]
    seen: list[tuple[int, Ensemble]] = []
    whole = run_ensemble(
        [compact(), other],
        default_parameters(),
        settings=SETTINGS,
        workers=1,
        progress=lambda count, _: done.append(count),
        glimpse=Glimpse(2, 1, lambda ensemble: seen.append((done[-1], ensemble))),
    )
    ((done_then, first),) = seen
    assert done_then == 0
    np.testing.assert_array_equal(first.outcomes, whole.outcomes[:2, :1])
    np.testing.assert_array_equal(whole.outcomes, _run(compact(), other).outcomes)
    assert done[-1] == 4


def test_too_few_sweeps_are_counted_not_hidden() -> None:
    """Where the residual stays above the tolerance the pair is marked, with its residual."""
    ensemble = _run(compact(), max_sweeps=1, tolerance=1e-9)
    assert not ensemble.converged.any()
    assert (ensemble.residual > 1e-9).all()


def test_an_empty_comparison_is_refused() -> None:
    """Without an arrangement there is nothing to compare."""
    with pytest.raises(ValueError, match="at least one arrangement"):
        run_ensemble([], default_parameters(), settings=SETTINGS)
