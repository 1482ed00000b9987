"""Agreement with games solved by two other implementations of the same definition."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.game import Future, Grid, solve
from foedus.game.solve import Method
from foedus.mechanism.compiled import CompiledArrangement

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "golden.jsonl"
GAMES: list[dict[str, Any]] = (
    [json.loads(line) for line in REFERENCE.read_text(encoding="utf-8").splitlines()] if REFERENCE.exists() else []
)
HOW_SOLVED = {"residual", "sweeps"}


def test_reference_games_are_there() -> None:
    """The reference games lie beside the repository on development machines; elsewhere this file has nothing to do."""
    if not REFERENCE.exists():
        pytest.skip(f"no reference games at {REFERENCE}")
    assert len(GAMES) == 12


@pytest.mark.slow
@pytest.mark.parametrize("method", ["plain", "kernel"])
@pytest.mark.parametrize("game", GAMES, ids=[f"{g['arrangement']}-{g['seed']}".replace(" ", "-") for g in GAMES])
def test_agrees_with_reference(game: dict[str, Any], method: Method) -> None:
    """Three independent implementations of the definition find the same outcomes to 3e-4."""
    solution = solve(
        CompiledArrangement.from_mapping(game["compiled"]),
        Future.from_mapping(game["future"]),
        grid=Grid(beliefs=11, balances=7, slices=3),
        horizon=20,
        tolerance=1e-7,
        method=method,
    )
    assert solution.is_converged
    ours = solution.outcome.to_mapping()
    for name in set(game["outcome"]) - HOW_SOLVED:
        np.testing.assert_allclose(ours[name], game["outcome"][name], rtol=0, atol=3e-4, err_msg=name)
