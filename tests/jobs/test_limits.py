"""What may be asked for has a limit on each side, told before any work."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import WrongRequest
from foedus.futures.parameters.load import default_parameters
from foedus.game.grid import Grid
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.assumptions.sensitivity import SensitivityRequest, find_sensitivity
from foedus.jobs.explain import compile_text
from foedus.jobs.solve import SolveRequest, example_future, solve_game

SMALL = Grid(5, 5, 2)
ARRAYS: dict[str, Any] = compile_text("ukraine/no_guarantee", parameters=default_parameters()).to_data()


@pytest.mark.parametrize("tolerance", [math.nan, math.inf, -math.inf, 0.0, 1e300])
def test_a_tolerance_that_judges_nothing_is_refused(tolerance: float) -> None:
    """Under such a tolerance every arrangement would count as solved, or none."""
    with pytest.raises(WrongRequest, match="finite number above 0"):
        RunSettings(futures=2, tolerance=tolerance)
    with pytest.raises(WrongRequest, match="finite number above 0"):
        solve_game(SolveRequest(ARRAYS, example_future(), grid=SMALL, tolerance=tolerance))


@pytest.mark.parametrize(
    "beyond", [{"futures": 10**12}, {"workers": 10**6}, {"grid": Grid(10**6, 5, 2)}, {"max_sweeps": 10**12}]
)
def test_more_than_a_machine_holds_is_refused(beyond: dict[str, Any]) -> None:
    """Memory that is not there is not asked for."""
    with pytest.raises(WrongRequest, match="at most"):
        RunSettings(**({"futures": 2} | beyond))


@pytest.mark.parametrize(
    ("arrays", "numbers", "expected"),
    [
        ({"calm": math.nan}, {}, "calm must be finite"),
        ({"aid": -1.0}, {}, "aid must lie in"),
        ({"self_defence": -0.1}, {}, "self_defence must lie in"),
        ({"demilitarised": 1e9}, {}, "demilitarised must lie in"),
        ({"deployed_force": 1e300}, {}, "deployed_force must lie in"),
        ({}, {"stake_A": -1.0}, "stake_A is -1, and may be 0.05 to 5"),
        ({}, {"spill": 40.0}, "spill is 40, and may be 0 to 1"),
        ({}, {"tier_cost": [0.0, 0.01, 0.02, 99.0]}, "tier_cost.defend is 99"),
        ({}, {"slice": 0.45}, "more than the whole stake"),
    ],
)
def test_numbers_that_are_none_or_mean_nothing_are_refused(
    arrays: dict[str, Any], numbers: dict[str, Any], expected: str
) -> None:
    """The array or the parameter is named, and nothing is solved."""
    with pytest.raises(WrongRequest, match=expected):
        solve_game(SolveRequest(ARRAYS | arrays, example_future() | numbers, grid=Grid(5, 5, 5)))


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("stake_A", "1", "stake_A holds a number, not '1'"),
        ("stake_A", True, "stake_A holds a number, not True"),
        ("penalty", [0, None, 1], "penalty holds numbers, not None"),
        ("delta_A", [0.5, 0.5], "delta_A holds a number, not [0.5, 0.5]"),
        ("penalty", 0.5, "penalty needs a list"),
        ("war_cost_A", 1e300, "war_cost_A must lie in [-1000, 1000]"),
        ("counter_force", [0.0, -900.0, 0.0, 0.0], "decisiveness times the balance with all forces"),
    ],
)
def test_nothing_in_a_future_is_taken_for_something_else(name: str, wrong: Any, told: str) -> None:
    """Neither text nor true nor what is beyond reckoning is believed."""
    with pytest.raises(WrongRequest, match=re.escape(told)):
        solve_game(SolveRequest(ARRAYS, example_future() | {name: wrong}, grid=SMALL))


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """Which of its values counts would depend on the reader."""
    file = tmp_path / "arrays.json"
    file.write_text(json.dumps(ARRAYS)[:-1] + ', "calm": 0.9}')
    with pytest.raises(WrongRequest, match="calm stands there twice"):
        solve_game(SolveRequest(file, example_future(), grid=SMALL))


@pytest.mark.parametrize("written", ["[" * 100_000 + "]" * 100_000, "[1, 2]", "null", '{"weight": [', "{}"])
def test_json_of_any_depth_and_shape_is_answered_in_words(written: str, tmp_path: Path) -> None:
    """Deeper than a parser goes, no object, no JSON at all."""
    file = tmp_path / "arrays.json"
    file.write_text(written)
    with pytest.raises(WrongRequest, match=r"arrays\.json"):
        solve_game(SolveRequest(file, example_future(), grid=SMALL))


@pytest.mark.parametrize("varying", ["", "interest.none_known"])
def test_where_nothing_that_is_read_varies_nothing_is_asked_what_moves_the_outcome(
    varying: str, tmp_path: Path
) -> None:
    """One sentence, before anything is solved."""
    fixed = {entry.name: {"fixed": entry.central} for entry in default_parameters().entries if entry.name != varying}
    said = {name: {**value, "status": "assumed", "source": "mine"} for name, value in fixed.items()}
    overlay = tmp_path / "fixed.yaml"
    overlay.write_text(json.dumps(said, indent=1))
    run = RunSettings(futures=40, grid=SMALL, overlays=(overlay,))
    with pytest.raises(WrongRequest, match="nothing that is read here is drawn"):
        find_sensitivity(SensitivityRequest(("ukraine/no_guarantee",), run, base=8, most=2))
