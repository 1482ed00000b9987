"""Games that cycled until the search knew another way (docs/decisions/053-what-resists.md), and what rounding moves.

tests/reference/hard2.jsonl holds texts of the library, each in a future that was drawn for a comparison.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from foedus.game import Future, Grid, Outcome, Solution
from foedus.game.kernel import solve_batch
from foedus.game.kernel.stage.layout import PROVOKE, RESPONSE, THREAT, VALUE
from foedus.game.plain import Board, Position, iterate
from foedus.game.plain.iterate import first_position
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from tests.game import golden
from tests.game.specimens import ADVERSARY_PAYOFFS, scaled
from tests.game.test_kernel import settled
from tests.game.test_properties import COUNTS

FILE = Path(__file__).resolve().parents[1] / "reference" / "hard2.jsonl"
READ = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
TOLERANCE = 1e-4


def games(cycled: str) -> tuple[list[CompiledArrangement], list[Future]]:
    """Return the games in which values, or consultation, went round in circles."""
    chosen = [game for game in READ if game["cycled"] == cycled]
    arrangements = [CompiledArrangement.from_mapping(game["compiled"]) for game in chosen]
    return arrangements, [Future.from_mapping(game["future"]) for game in chosen]


def solved(arrangements: list[CompiledArrangement], worlds: list[Future], *, keeps_points: bool) -> list[Solution]:
    return solve_batch(
        arrangements,
        worlds,
        grid=Grid(),
        horizon=20,
        tolerance=TOLERANCE,
        max_sweeps=2000,
        threads=1,
        keeps_points=keeps_points,
    )


def test_games_in_which_values_run_ahead_of_play_are_solved() -> None:
    """Where play cycles as long as values keep up with it, a point is found, and the oracle's own sweep rests there."""
    arrangements, worlds = games("values")
    for solution, compiled, future in zip(
        solved(arrangements, worlds, keeps_points=True), arrangements, worlds, strict=True
    ):
        assert solution.is_converged, solution.advice
        if len(compiled.weight) <= 3:
            board = Board.lay_out(compiled=compiled, future=future, grid=Grid())
            assert solution.point is not None
            start = position_of(solution.point, board=board)
            assert iterate(board, tolerance=TOLERANCE, max_sweeps=1, start=start).residual < 2 * TOLERANCE
            assert iterate(board, tolerance=TOLERANCE, max_sweeps=1).residual > 0.1


def position_of(point: FloatArray, *, board: Board) -> Position:
    """Write the kernel's point, (s k, entry, b), as the oracle's position."""
    beliefs, balances, slices = board.shape
    by_state = np.asarray(point, dtype=np.float64).reshape(slices, balances, -1, 16)[..., :beliefs]
    entries = by_state.transpose(2, 3, 1, 0)
    response = first_position(board).response
    response[:, 1:, 1:] = entries[RESPONSE : RESPONSE + 16].reshape(2, 4, 2, *board.shape)
    response[:, 1:, 0] = 1.0 - response[:, 1:, 1:].sum(axis=2)
    return Position(
        value=entries[VALUE : VALUE + 4],
        conduct=np.stack([1.0 - entries[PROVOKE], entries[PROVOKE]]),
        threat=entries[THREAT : THREAT + 8].reshape(2, 4, *board.shape),
        response=response,
    )


def test_consultation_of_many_alike_settles() -> None:
    """Four members alike, two of whom must join, neither all stay away nor all come: their chances come to rest."""
    arrangements, worlds = games("consultation")
    for solution, compiled, future in zip(
        solved(arrangements, worlds, keeps_points=False), arrangements, worlds, strict=True
    ):
        assert solution.is_converged, solution.advice
        assert solution.joining < 1e-8
        assert settled(compiled, future).miss.max() < 1e-8


@pytest.mark.parametrize("factor", [1.7, 0.6])
def test_rounding_moves_an_outcome_by_less_than_the_tolerance(factor: float) -> None:
    """Counting the adversary's payoffs in another unit leaves a game as it is, but for the last digit of every number.

    The search ends at another point within the tolerance of 1e-4. So outcomes of another machine, or of code that was
    compiled anew, are the same to a few millionths as a rule, and to a few hundred-thousandths at worst; solved to many
    digits they are the same to many.
    """
    arrangements = [game.compiled for game in golden.GAMES]
    here = [game.future for game in golden.GAMES]
    there = [scaled(world, ADVERSARY_PAYOFFS, factor=factor) for world in here]
    gaps = [
        apart(a.outcome, b.outcome)
        for a, b in zip(
            solved(arrangements, here, keeps_points=False), solved(arrangements, there, keeps_points=False), strict=True
        )
        if a.is_converged and b.is_converged
    ]
    assert len(gaps) == len(here)
    assert np.median(gaps) < 5e-6
    assert max(gaps) < TOLERANCE


def apart(a: Outcome, b: Outcome) -> float:
    """Return the largest distance of anything that is not a payoff of the adversary."""
    return max(float(abs(getattr(a, name) - getattr(b, name))) for name in (*COUNTS, "value_P"))
