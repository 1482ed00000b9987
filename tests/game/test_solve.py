"""The way in: statuses and refusals."""

import dataclasses
import math
import re
from typing import Any

import numpy as np
import pytest

from foedus.game import Grid, SolverStatus, solve
from foedus.game.plain import Board
from foedus.game.plain.descent import WAY_DOWN
from foedus.game.plain.iterate import change, first_position
from foedus.mechanism.compiled import CompiledArrangement
from tests.game.specimens import SMALL, compiled, future


def test_too_few_sweeps_are_reported_not_hidden() -> None:
    """A game that was not solved to tolerance says so, and by how much it misses."""
    short = solve(compiled(1), future(1), grid=SMALL, max_sweeps=1, method="plain")
    assert short.status is SolverStatus.NOT_CONVERGED
    assert short.sweeps == len(WAY_DOWN)
    assert short.residual >= short.tolerance
    assert "Not converged" in short.advice
    full = solve(compiled(1), future(1), grid=SMALL, method="plain")
    assert full.status is SolverStatus.CONVERGED
    assert full.residual < 1e-4
    assert full.joining < 1e-8


@pytest.mark.parametrize(
    ("residual", "joining"), [(1e-3, 0.0), (0.0, 1e-3), (math.nan, 0.0), (0.0, math.nan), (math.inf, 0.0)]
)
def test_both_residuals_must_be_small(residual: float, joining: float) -> None:
    """A game is solved only if play and consultation both stand still; what is not a number never counts as solved."""
    assert SolverStatus.of(residual=residual, joining=joining, tolerance=1e-4) is SolverStatus.NOT_CONVERGED
    assert SolverStatus.of(residual=0.0, joining=0.0, tolerance=1e-4) is SolverStatus.CONVERGED


def test_advice_tells_which_residual_is_too_large() -> None:
    """Where only consultation did not settle, the sentence speaks of consultation."""
    solved = solve(compiled(1), future(1), grid=SMALL, method="plain")
    unsettled = dataclasses.replace(solved, joining=0.2, status=SolverStatus.NOT_CONVERGED)
    assert "consultation did not settle" in unsettled.advice
    assert "Converged" in solved.advice


def test_no_number_is_a_change() -> None:
    """A sweep that brings something that is no number is no small change, whichever policy or value it is in."""
    position = first_position(Board.lay_out(compiled=compiled(1), future=future(1), grid=SMALL))
    for field in dataclasses.fields(position):
        broken = np.full_like(getattr(position, field.name), np.nan)
        assert math.isnan(change(position, dataclasses.replace(position, **{field.name: broken})))


@pytest.mark.parametrize(
    "wrong", [{"horizon": 0}, {"tolerance": 0.0}, {"tolerance": float("nan")}, {"max_sweeps": 0}, {"method": "guess"}]
)
def test_impossible_requests_are_refused(wrong: dict[str, Any]) -> None:
    """Nothing is solved over no periods, to no tolerance, in no sweeps or by no method."""
    with pytest.raises(ValueError, match="solve: "):
        solve(compiled(1), future(1), grid=SMALL, **wrong)


def test_nobody_loses_more_than_there_is() -> None:
    """Slices that add up to more than the whole stake are refused, and the message says how many there can be."""
    with pytest.raises(ValueError, match=r"more than the whole stake.*take slices <= 3"):
        solve(compiled(1), future(1, slice=0.4), grid=Grid(beliefs=5, balances=5, slices=4), method="plain")
    Grid(slices=3).refuse_slices_beyond(0.5)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"friction": 1.2}, "friction must lie in"),
        ({"entangle": -0.1}, "entangle must lie in"),
        ({"resent_A": -0.01}, "resent_A must not be negative"),
        ({"yield_cost": math.inf}, "yield_cost is not a finite number"),
        ({"solidarity": math.nan}, "solidarity is not a finite number"),
        ({"penalty": [0.1, 0.1, 0.1]}, "penalty of tier none must be 0"),
        ({"tier_aid": [0.0, 0.1]}, "tier_aid needs 3 numbers"),
        ({"tier_force": [0.0, 0.1, 0.2]}, "tier_force needs 4 numbers"),
    ],
)
def test_impossible_futures_are_refused(wrong: dict[str, Any], message: str) -> None:
    """A future out of range says which parameter is wrong, and how."""
    with pytest.raises(ValueError, match=message):
        future(1, **wrong)


def test_a_fourth_number_is_ignored_where_three_tiers_count() -> None:
    """Penalties, lasting aid and the chance of a seizure end with tier deploy."""
    assert future(1, penalty=[0.0, 0.1, 0.2, 9.0]).penalty == (0.0, 0.1, 0.2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"confusion": np.full((2, 4, 5), 0.2)}, "confusion has shape"),
        ({"governs": np.array([[2, 2, 2, 3, 4], [3, 3, 3, 3, 4]])}, "govern their own wars"),
        ({"governs": np.array([[2, 7, 2, 3, 4], [3, 3, 2, 3, 4]])}, "governs must hold findings"),
        ({"calm": 1.5}, "calm must lie in"),
        ({"exposure": -0.5}, "exposure must lie in"),
        ({"calm": math.nan}, "calm must be finite"),
        ({"oblige": np.ones((3, 5, 4))}, "oblige must be 0 on no_breach"),
        ({"standing_cost": np.array([-1.0, 0.0, 0.0])}, "standing_cost must lie in"),
        ({"interest": np.array([1.0, math.inf, 1.0])}, "interest must be finite"),
        ({"x_grid": np.array([0.0, 1e300])}, "x_grid must lie in"),
    ],
)
def test_impossible_arrangements_are_refused(wrong: dict[str, Any], message: str) -> None:
    """Arrays of a wrong shape or out of range are named."""
    with pytest.raises(ValueError, match=message):
        compiled(1, **wrong)


def test_arrangement_survives_being_written_down() -> None:
    """Lists and numbers read back give the same arrays; a standing cost that is left out is none."""
    arrays = compiled(1).to_mapping()
    assert CompiledArrangement.from_mapping(arrays).to_mapping() == arrays
    del arrays["standing_cost"]
    np.testing.assert_array_equal(CompiledArrangement.from_mapping(arrays).standing_cost, np.zeros(3))


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("weight", [1.7, 1, 1], "weight holds whole numbers, not 1.7"),
        ("weight", 3, "weight has shape ()"),
        ("weight", [[1, 1], 1], "weight holds lists of different lengths"),
        ("weight", ["1", 1, 1], "weight holds whole numbers, not '1'"),
        ("governs", [[2, 2, 2.5, 3, 4], [3, 3, 2, 3, 4]], "governs holds whole numbers, not 2.5"),
        ("must", [True, "no", False], "must holds true and false, not 'no'"),
        ("must", [True, 0, False], "must holds true and false, not 0"),
        ("blocked", [False, math.nan, False, False], "blocked holds true and false, not nan"),
        ("proposer", 0.9, "proposer holds a whole number, not 0.9"),
        ("proposer", False, "proposer holds a whole number, not False"),
        ("calm", True, "calm holds a number, not True"),
        ("aid", None, "aid holds a number, not None"),
        ("timeliness", {"support": 1}, "timeliness holds numbers, not"),
        ("quorum", [0, 2**63, 1, 1], "quorum holds whole numbers, not 9223372036854775808"),
    ],
)
def test_nothing_in_an_array_is_taken_for_something_else(name: str, wrong: Any, told: str) -> None:
    """Text is no number, nothing is rounded, and only true is true."""
    with pytest.raises(ValueError, match=re.escape(told)):
        CompiledArrangement.from_mapping(compiled(1).to_mapping() | {name: wrong})


def test_tighter_tolerance_moves_outcomes_little() -> None:
    """The tolerance that is used by default is small against what the outcomes are used for."""
    loose = solve(compiled(4), future(4), grid=SMALL, method="plain").outcome
    tight = solve(compiled(4), future(4), grid=SMALL, tolerance=1e-8, method="plain").outcome
    assert loose.war == pytest.approx(tight.war, abs=2e-3)
    assert loose.seizures == pytest.approx(tight.seizures, abs=2e-2)
