"""The reference games of tests/reference, and what it means to agree with them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.game import Future, Grid, Outcome
from foedus.mechanism.compiled import CompiledArrangement

FILE = Path(__file__).resolve().parents[1] / "reference" / "golden2.jsonl"
GRID = Grid(beliefs=11, balances=7, slices=3)
HORIZON = 20
TIGHT = 1e-8
"""Residual to which the reference games were solved."""
WITHIN = 1e-5


@dataclass(frozen=True, eq=False)
class Golden:
    """One reference game."""

    case: int
    compiled: CompiledArrangement
    future: Future
    outcome: dict[str, Any]

    def gaps(self, ours: Outcome) -> dict[str, float]:
        """Return the largest absolute difference in each outcome that the reference states."""
        found = ours.to_mapping()
        return {k: float(np.max(np.abs(np.subtract(found[k], v)))) for k, v in self.outcome.items()}


def _read(line: str) -> Golden:
    game = json.loads(line)
    return Golden(
        case=game["case"],
        compiled=CompiledArrangement.from_mapping(game["compiled"]),
        future=Future.from_mapping(game["future"]),
        outcome=game["outcome"],
    )


GAMES = [_read(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
