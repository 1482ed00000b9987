"""The way in: statuses and refusals."""

from typing import Any

import pytest

from foedus.game import SolverStatus, solve
from foedus.game.solve import Method
from tests.game.specimens import SMALL, compiled, future


@pytest.mark.parametrize("method", ["plain", "kernel"])
def test_too_few_sweeps_are_reported_not_hidden(method: Method) -> None:
    """A game that was not solved to tolerance says so, and by how much it misses."""
    short = solve(compiled(1), future(1), grid=SMALL, max_sweeps=3, method=method)
    assert short.status is SolverStatus.NOT_CONVERGED
    assert short.sweeps == 3
    assert short.residual >= short.tolerance
    assert "Not converged" in short.advice
    full = solve(compiled(1), future(1), grid=SMALL, method=method)
    assert full.status is SolverStatus.CONVERGED
    assert full.residual < 1e-4
    assert full.sweeps > 3


@pytest.mark.parametrize(
    "wrong", [{"horizon": 0}, {"tolerance": 0.0}, {"tolerance": float("nan")}, {"max_sweeps": 0}, {"method": "guess"}]
)
def test_impossible_requests_are_refused(wrong: dict[str, Any]) -> None:
    """Nothing is solved over no periods, to no tolerance, in no sweeps or by no method."""
    with pytest.raises(ValueError, match="solve: "):
        solve(compiled(1), future(1), grid=SMALL, **wrong)


def test_tighter_tolerance_moves_outcomes_little() -> None:
    """The tolerance that is used by default is small against what the outcomes are used for."""
    loose = solve(compiled(4), future(4), grid=SMALL).outcome
    tight = solve(compiled(4), future(4), grid=SMALL, tolerance=1e-8).outcome
    assert loose.war == pytest.approx(tight.war, abs=2e-3)
    assert loose.seizures == pytest.approx(tight.seizures, abs=2e-2)
