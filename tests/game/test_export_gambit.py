"""Section 11, item 6: Gambit, given one period of the game with nothing to come, finds the same equilibrium."""

import dataclasses
import io
import itertools
from typing import Any

import numpy as np
import pytest

from foedus.game import Future
from foedus.game.gambit import TooLarge, left_out, one_period_efg, periods_efg
from foedus.game.plain import Board, Play
from foedus.game.plain.iterate import change, first_position, relaxed
from foedus.game.plain.stage import sweep
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from tests.game.gambits import Answer, ask, defended, executed
from tests.game.specimens import AS_DONE, CONFUSION, SMALL, compiled, future

gambit = pytest.importorskip("pygambit")
pytestmark = pytest.mark.slow

STATE = (2, 3, 0)
ALL_OPEN = np.zeros(4, dtype=bool)
SLIPPERY = AS_DONE.copy()
SLIPPERY[:, 2] = [0.0, 0.3, 0.7, 0.0, 0.0]
SLIPPERY[1:, 3] = [0.0, 0.0, 0.4, 0.6, 0.0]
"""A mechanism that sometimes takes a seizure for coercion, and an invasion after an incident for a seizure."""
LONE: dict[str, Any] = {
    "members": 1,
    "weight": np.array([1]),
    "quorum": np.array([0, 1, 1, 1]),
    "must": np.array([False]),
}
PAIR = {
    "members": 2,
    "weight": np.array([1, 1]),
    "quorum": np.array([0, 2, 2, 2]),
    "must": np.array([False, False]),
    "proposer": 1,
}
FREE_RIDERS = {
    "members": 3,
    "weight": np.array([1, 1, 1]),
    "quorum": np.array([0, 2, 2, 2]),
    "must": np.array([False, False, False]),
    "proposer": 0,
    "blocked": np.array([False, True, False, False]),
}
CLEAR: dict[str, Any] = {"reading_noise": 0.0, "lam_A": 0.1, "lam_P": 0.1, "lam_G": 0.12}
"""Responses are read without noise, as they are in a tree; noise at which Gambit's way is short."""


def last_period(arrangement: CompiledArrangement, world: Future) -> tuple[Play, Board]:
    """Solve one period with nothing to come, consultation being tabulated at the very gains that arise."""
    board = Board.lay_out(compiled=arrangement, future=world, grid=SMALL)
    for _ in range(12):
        position = first_position(board)
        for _ in range(3000):
            play = sweep(dataclasses.replace(position, value=np.zeros_like(position.value)), board=board)
            new = dataclasses.replace(play.position, value=position.value)
            if change(position, new) < 1e-12:
                break
            position = relaxed(position, new, share=0.5)
        gains = np.unique([*play.gain[(..., *STATE)].ravel(), *board.defence.gain[..., STATE[1], STATE[2]].ravel()])
        moved = np.max(np.min(np.abs(gains[:, None] - board.compiled.x_grid), axis=1))
        if moved < 1e-10:
            return play, board
        points = gains[np.concatenate([[True], np.diff(gains) > 1e-12])]
        exact = dataclasses.replace(arrangement, x_grid=np.concatenate([points, [points[-1] + 1.0]]))
        board = Board.lay_out(compiled=exact, future=world, grid=SMALL)
    raise AssertionError("the gains did not settle")


def same(ours: FloatArray, theirs: FloatArray | float) -> None:
    """Fail if the two differ by more than 1e-6."""
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("shape", "confusion"),
    [(LONE, AS_DONE), (PAIR, AS_DONE), (LONE, CONFUSION), (PAIR, SLIPPERY), (FREE_RIDERS, AS_DONE)],
    ids=["alone", "pair", "alone-unsure", "pair-unsure", "free-riders"],
)
def test_gambit_finds_the_same_equilibrium(shape: dict[str, Any], confusion: FloatArray) -> None:
    """Every choice of one period is Gambit's to 1e-6, resistance and defence included, whatever guarantors can tell."""
    members = shape["members"]
    oblige = np.zeros((members, 5, 4))
    oblige[:, 1:, 1:] = np.linspace(0.2, 0.7, members)[:, None, None]
    settings: dict[str, Any] = {"blocked": np.zeros(4, dtype=bool), "proposer": 0} | shape
    arrangement = compiled(5, confusion=confusion, oblige=oblige, opacity=0.0, **settings)
    play, board = last_period(arrangement, future(5, **CLEAR))
    theirs = ask(one_period_efg(board, state=STATE))
    at, policy = (..., *STATE), play.position
    same(policy.conduct[at], theirs.chances["conduct"])
    for v in range(2):
        same(policy.threat[at][v], theirs.chances[f"threat {v}"])
    for th, n in itertools.product(range(2), range(1, 5)):
        if confusion[:, :, n].sum() > 0:
            tiers = [r for r in range(3) if r == 0 or not arrangement.blocked[r]]
            same(play.proposal[at][th, n, tiers], theirs.chances[f"proposal {th} {n}"])
            same(policy.response[at][th, n], executed(theirs, arrangement, th=th, n=n))
    second = [same_second_decision(label.split(), x, theirs, play, board) for label, x in theirs.chances.items()]
    assert sum(second) > 20


def same_second_decision(words: list[str], chances: FloatArray, theirs: Answer, play: Play, board: Board) -> bool:
    """Compare what is decided once a response is executed; tell whether it was such a decision."""
    what, at = [int(x) for x in words[1:]], (..., *STATE)
    if words[0] == "persist":
        same(play.persist[at][what[1], what[2], what[3]], chances[1])
    elif words[0] == "resist":
        same(play.resist[at][what[1], what[2]], chances[1])
    elif words[0] == "defend":
        th, m, e = what
        ours = board.defence.chance[th, m, e, STATE[1], STATE[2]]
        same(ours, defended(theirs, board.compiled, th=th, m=m, e=e))
    else:
        return False
    return True


def test_export_is_a_file_that_gambit_reads() -> None:
    """The file names every player, and tells information sets of different types apart."""
    board = Board.lay_out(compiled=compiled(1, members=2, blocked=ALL_OPEN), future=future(1), grid=SMALL)
    game = gambit.read_efg(io.StringIO(one_period_efg(board, state=STATE)))
    assert [player.label for player in game.players] == ["P", "A", "G0", "G1", "W0", "W1"]
    assert game.is_perfect_recall
    labels = {infoset.label for player in game.players for infoset in player.infosets}
    assert {
        "conduct",
        "threat 0",
        "threat 1",
        "proposal 0 1",
        "resist 1 0 0",
        "defend 1 2 0",
        "persist 0 2 1 0",
    } <= labels


def test_second_period_has_players_of_its_own() -> None:
    """Nobody forgets anything: who plays again after the state has moved is another player, who never knew more."""
    arrangement = compiled(5, confusion=AS_DONE, blocked=np.array([False, True, False, False]), **LONE)
    board = Board.lay_out(compiled=arrangement, future=future(1, sigma_balance=0.01, drift_A=0.0), grid=SMALL)
    text = periods_efg(board, state=STATE, periods=2)
    game = gambit.read_efg(io.StringIO(text))
    assert [player.label for player in game.players] == ["P", "A", "G0", "W0", "P'", "A'", "G0'", "W0'"]
    assert game.is_perfect_recall
    assert "Nothing follows the last of 2 periods" in text


def test_without_guarantors_only_two_play() -> None:
    """When every response is vetoed the tree has no guarantors, and no type that anybody could learn about."""
    board = Board.lay_out(
        compiled=compiled(1, blocked=np.array([False, True, True, True])), future=future(1), grid=SMALL
    )
    game = gambit.read_efg(io.StringIO(one_period_efg(board, state=STATE)))
    assert [player.label for player in game.players] == ["P", "A"]
    labels = {infoset.label.split()[0] for infoset in game.infosets}
    assert labels == {"conduct", "threat", "persist", "resist"}


def test_what_the_tree_leaves_out_is_said() -> None:
    """Noise in reading a response cannot be put into a tree; the file says so, and says nothing where there is none."""
    noisy = Board.lay_out(compiled=compiled(1, opacity=0.3, blocked=ALL_OPEN), future=future(1), grid=SMALL)
    exact = Board.lay_out(compiled=compiled(1, opacity=0.0), future=future(1, reading_noise=0.0), grid=SMALL)
    assert any("read without noise" in line for line in left_out(noisy, periods=2, state=STATE))
    assert not any("read without noise" in line for line in left_out(exact, periods=2, state=STATE))
    assert any("read without noise" in line for line in left_out(noisy, periods=1, state=STATE))
    unled = Board.lay_out(
        compiled=compiled(1, opacity=0.3, blocked=np.array([False, False, False, True])), future=future(1), grid=SMALL
    )
    assert not any("read without noise" in line for line in left_out(unled, periods=1, state=STATE))


def test_trees_that_nobody_could_solve_are_refused() -> None:
    """Three periods are not offered, and a tree with too many ends stops being written."""
    board = Board.lay_out(compiled=compiled(1, members=2, blocked=ALL_OPEN), future=future(1), grid=SMALL)
    with pytest.raises(ValueError, match="periods must be 1 or 2"):
        periods_efg(board, state=STATE, periods=3)
    with pytest.raises(TooLarge, match="more than 500 ends"):
        periods_efg(board, state=STATE, periods=2, most_ends=500)
