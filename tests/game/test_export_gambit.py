"""Section 11, item 6: Gambit, given one period of the game with nothing to come, finds the same equilibrium."""

import dataclasses
import io
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
from tests.game.gambits import ask
from tests.game.specimens import CONFUSION, SMALL, compiled, future

gambit = pytest.importorskip("pygambit")
pytestmark = pytest.mark.slow

STATE = (2, 3, 0)
AS_DONE = np.zeros((2, 4, 5))
AS_DONE[:, [0, 1, 2, 3], [0, 1, 2, 3]] = 1.0
SLIPPERY = AS_DONE.copy()
SLIPPERY[:, 2] = [0.0, 0.3, 0.7, 0.0, 0.0]
SLIPPERY[1, 3] = [0.0, 0.0, 0.4, 0.6, 0.0]
"""A mechanism that sometimes takes a seizure for coercion, and a provoked invasion for a seizure."""
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
    "blocked": np.array([False, True, True, False]),
}


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
        gains = np.unique(play.gain[(..., *STATE)])
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
    """Every choice of one period is Gambit's to 1e-6, whether or not guarantors can tell what was done."""
    members = shape["members"]
    oblige = np.zeros((members, 5, 4))
    oblige[:, 1:, 1:] = np.linspace(0.2, 0.7, members)[:, None, None]
    settings: dict[str, Any] = {"blocked": np.zeros(4, dtype=bool), "proposer": 0} | shape
    arrangement = compiled(5, confusion=confusion, oblige=oblige, **settings)
    play, board = last_period(arrangement, future(5, lam_A=0.1, lam_P=0.1))
    theirs = ask(one_period_efg(board, state=STATE)).chances
    at = (..., *STATE)
    policy = play.position
    tiers = [r for r in range(4) if r == 0 or not arrangement.blocked[r]]
    same(policy.conduct[at], theirs["conduct"])
    for g in range(2):
        same(policy.threat[at][g], theirs[f"threat {g}"])
    breaches = [n for n in range(1, 5) if confusion[:, :, n].sum() > 0]
    for th in range(2):
        for n in breaches:
            proposals = theirs[f"proposal {th} {n}"]
            same(play.proposal[at][th, n, tiers], proposals)
            carried = [carried_by(theirs, arrangement, th=th, n=n, r=r) for r in tiers[1:]]
            same(policy.response[at][th, n, tiers[1:]], proposals[1:] * carried)
    for label, chances in theirs.items():
        if label.startswith("persist"):
            _, act, n, e = (int(x) for x in label.split()[1:])
            same(play.persist[at][act, n, e], chances[1])


def carried_by(theirs: Any, arrangement: CompiledArrangement, *, th: int, n: int, r: int) -> float:
    """Return the chance that two or one of Gambit's guarantors beside the framework nation suffice for the tier."""
    others = [i for i in range(len(arrangement.weight)) if i != arrangement.proposer]
    needed = int(arrangement.quorum[r]) - 1
    aside = [1.0 - float(theirs[f"join {i} {th} {n} {r}"][1]) for i in others]
    return 1.0 if needed == 0 else 1.0 - float(np.prod(aside))


def test_export_is_a_file_that_gambit_reads() -> None:
    """The file names every player, and tells information sets of different types apart."""
    board = Board.lay_out(compiled=compiled(1, members=2), future=future(1), grid=SMALL)
    game = gambit.read_efg(io.StringIO(one_period_efg(board, state=STATE)))
    assert [player.label for player in game.players] == ["P", "A", "G0", "G1"]
    labels = {infoset.label for player in game.players for infoset in player.infosets}
    assert {"conduct", "threat 0", "threat 1", "proposal 0 1", "proposal 1 1"} <= labels


def test_second_period_has_players_of_its_own() -> None:
    """Nobody forgets anything: who plays again after the state has moved is another player, who never knew more."""
    arrangement = compiled(5, confusion=AS_DONE, blocked=np.array([False, True, False, True]), **LONE)
    board = Board.lay_out(compiled=arrangement, future=future(1, sigma_balance=0.01, drift_A=0.0), grid=SMALL)
    text = periods_efg(board, state=STATE, periods=2)
    game = gambit.read_efg(io.StringIO(text))
    assert [player.label for player in game.players] == ["P", "A", "G0", "P'", "A'", "G0'"]
    assert game.is_perfect_recall
    assert "Nothing follows the last of 2 periods" in text


def test_without_guarantors_only_two_play() -> None:
    """When every response is vetoed the tree has no guarantors, and no type that anybody could learn about."""
    board = Board.lay_out(
        compiled=compiled(1, blocked=np.array([False, True, True, True])), future=future(1), grid=SMALL
    )
    game = gambit.read_efg(io.StringIO(one_period_efg(board, state=STATE)))
    assert [player.label for player in game.players] == ["P", "A"]
    assert {infoset.label for infoset in game.infosets} == {"conduct", "threat 0", "threat 1"}


def test_what_the_tree_leaves_out_is_said() -> None:
    """Noise in reading a response cannot be put into a tree; the file says so, and says nothing where there is none."""
    noisy = Board.lay_out(compiled=compiled(1, opacity=0.3), future=future(1), grid=SMALL)
    exact = Board.lay_out(compiled=compiled(1, opacity=0.0), future=future(1, reading_noise=0.0), grid=SMALL)
    assert any("read without noise" in line for line in left_out(noisy, periods=2, state=STATE))
    assert not any("read without noise" in line for line in left_out(exact, periods=2, state=STATE))
    assert not any("read without noise" in line for line in left_out(noisy, periods=1, state=STATE))


def test_trees_that_nobody_could_solve_are_refused() -> None:
    """Three periods are not offered, and a tree with too many ends stops being written."""
    board = Board.lay_out(compiled=compiled(1, members=2), future=future(1), grid=SMALL)
    with pytest.raises(ValueError, match="periods must be 1 or 2"):
        periods_efg(board, state=STATE, periods=3)
    with pytest.raises(TooLarge, match="more than 500 ends"):
        periods_efg(board, state=STATE, periods=2, most_ends=500)
