import numpy as np
import pytest

from foedus.futures.ensemble import Sample
from foedus.insight.statistics.convergence import convergence_of

NAMES = ("a", "b")


def test_a_future_is_used_only_when_every_arrangement_converged_in_it() -> None:
    """Future 1 failed for a, future 3 for b: both are left out for both, and both are counted."""
    converged = np.array([[1, 1], [0, 1], [1, 1], [1, 0]], dtype=bool)
    residual = np.array([[1e-5, 1e-5], [2e-3, 1e-5], [1e-5, 1e-5], [1e-5, 7e-2]])
    sample = Sample(names=("prior",), values=np.array([[0.1], [0.2], [0.3], [0.4]]), seed=1)
    convergence, used = convergence_of(names=NAMES, converged=converged, residual=residual, sample=sample)
    assert list(used) == [True, False, True, False]
    assert (convergence.futures, convergence.used, convergence.left_out) == (4, 2, (1, 3))
    assert convergence.converged == {"a": 3, "b": 3}
    assert convergence.worst_residual == pytest.approx({"a": 2e-3, "b": 7e-2})


def test_it_tells_when_the_futures_left_out_are_of_a_kind() -> None:
    """Where the game fails for every low lam_G, that is said; of a parameter without effect nothing is said."""
    generator = np.random.default_rng(5)
    values = generator.random((200, 2))
    converged = np.column_stack([values[:, 0] > 0.2, np.ones(200, dtype=bool)])
    sample = Sample(names=("lam_G", "prior"), values=values, seed=1)
    convergence, used = convergence_of(names=NAMES, converged=converged, residual=np.ones((200, 2)), sample=sample)
    assert [(lean.parameter, lean.higher) for lean in convergence.leans] == [("lam_G", 0.0)]
    assert used.sum() == convergence.used


def test_nothing_left_out_leans_nowhere() -> None:
    """When every future converged there is nothing to compare them with."""
    sample = Sample(names=("prior",), values=np.arange(5.0)[:, None], seed=1)
    ones = np.ones((5, 2))
    convergence, _ = convergence_of(names=NAMES, converged=ones.astype(bool), residual=ones, sample=sample)
    assert convergence.leans == ()
