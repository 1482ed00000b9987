"""Agreement with games solved by another implementation of the same definition."""

import pytest

from foedus.game.plain import Board, iterate, joining_residual, outcome_of
from foedus.game.solve import Method, solve
from tests.game.golden import GAMES, GRID, HORIZON, TIGHT, WITHIN, Golden

EVERY = pytest.mark.parametrize("game", GAMES, ids=[f"case {game.case}" for game in GAMES])
QUICK = [game for game in GAMES if game.case in (12, 14, 16, 103)]


def test_all_reference_games_are_there() -> None:
    """Twenty-five games with one to eight members, some with wars of defence and entrapment, some with none."""
    assert len(GAMES) == 25
    assert {len(game.compiled.weight) for game in GAMES} == set(range(1, 9))
    assert sum(game.outcome["defend"] > 0.05 for game in GAMES) >= 3
    assert sum(game.outcome["entrap"] > 0.01 for game in GAMES) >= 2
    assert sum(game.outcome["defend"] == 0.0 for game in GAMES) >= 3


def agrees(game: Golden) -> None:
    """Solve by time iteration from nothing and compare every outcome."""
    board = Board.lay_out(compiled=game.compiled, future=game.future, grid=GRID)
    found = iterate(board, tolerance=TIGHT, max_sweeps=20_000)
    assert found.residual < TIGHT
    assert joining_residual(found.play, board=board) < TIGHT
    gaps = game.gaps(outcome_of(found.play, board=board, horizon=HORIZON))
    assert max(gaps.values()) < WITHIN, gaps


@pytest.mark.parametrize("game", QUICK, ids=[f"case {game.case}" for game in QUICK])
def test_agrees_with_some_reference_games(game: Golden) -> None:
    """Two independent implementations of the definition find the same outcomes to 1e-5."""
    agrees(game)


@pytest.mark.slow
@EVERY
def test_agrees_with_every_reference_game(game: Golden) -> None:
    """The same of all of them."""
    agrees(game)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["plain", "kernel"])
@EVERY
def test_the_principal_branch_ends_there_too(game: Golden, method: Method) -> None:
    """Ten steps down from four times every lam end where time iteration from nothing does, and the kernel's way too."""
    found = solve(
        game.compiled, game.future, grid=GRID, horizon=HORIZON, tolerance=TIGHT, max_sweeps=20_000, method=method
    )
    assert found.is_converged, found.advice
    gaps = game.gaps(found.outcome)
    assert max(gaps.values()) < WITHIN, gaps
