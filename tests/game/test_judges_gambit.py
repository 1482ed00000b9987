"""Gambit as a judge of `solve`: of one period of the stationary game, and of two periods with learning between them.

docs/decisions/018-judges.md says what each comparison covers, and what none of them does.
"""

import dataclasses
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from bench.games.two_periods import BALANCES, on_the_clock, the_end

from foedus.game import Future, Grid, Solution, solve
from foedus.game.gambit import one_period_efg, periods_efg
from foedus.game.plain import Board, Equilibrium, iterate
from foedus.game.plain.accounts import wars_of
from foedus.game.plain.movement import land, next_log_odds
from foedus.game.plain.rates import rates_of
from foedus.game.plain.stage import belief_after, next_values
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from tests.game.gambits import Answer, Period, ask
from tests.game.specimens import AS_DONE, OPEN_FINDINGS, compiled, future
from tests.game.truncated import GAINS, Truncated, two_periods

pytest.importorskip("pygambit")
pytestmark = pytest.mark.slow

GRID = Grid(beliefs=5, balances=5, slices=2)
STATE = (2, 2, 0)
"""Even odds of resolve, even forces, nothing lost."""
WARM: dict[str, Any] = {
    "lam_A": 0.15,
    "lam_P": 0.15,
    "lam_G": 0.3,
    "prior": 0.5,
    "balance_0": 0.0,
    "reading_noise": 0.0,
    "friction": 0.2,
}
"""Scales at which Gambit's way to the equilibrium is short; responses are read without noise, as they are in a tree."""
ONE_KIND = {"resolve_low": 0.6, "resolve_high": 0.6}
"""Types that do not differ: nothing can be learned."""
SLIPPERY = AS_DONE.copy()
SLIPPERY[0, 2] = [0.1, 0.3, 0.6, 0.0, 0.0]
SLIPPERY[1:, 3] = [0.0, 0.0, 0.4, 0.6, 0.0]
"""A mechanism that may miss a seizure, take it for coercion, or take an invasion after an incident for a seizure."""


def arrangement_of(guarantors: int, **changes: Any) -> CompiledArrangement:
    """Return a guarantee by none (every response vetoed), one or two, the second of whom proposes."""
    members = max(guarantors, 1)
    oblige = np.zeros((members, 5, 4))
    oblige[:, 1:, 1:] = np.linspace(0.2, 0.7, members)[:, None, None]
    usual: dict[str, Any] = {
        "weight": np.ones(members, dtype=np.int64),
        "quorum": np.array([0, 1, members, members]),
        "must": np.zeros(members, dtype=bool),
        "proposer": members - 1,
        "blocked": np.array([False, True, True, True]) & (guarantors == 0),
        "confusion": SLIPPERY,
        "oblige": oblige,
        "governs": OPEN_FINDINGS,
        "opacity": 0.0,
        "calm": 0.3,
    }
    return compiled(7, members=members, **(usual | changes))


def stationary(arrangement: CompiledArrangement, world: Future) -> tuple[Board, Equilibrium]:
    """Solve the whole game by the oracle, T being tabulated also at the very gains that arise in the state."""
    board = Board.lay_out(compiled=arrangement, future=world, grid=GRID)
    for _ in range(12):
        found = iterate(board, tolerance=1e-11, max_sweeps=5000)
        assert found.residual < 1e-11
        gains = np.unique([*found.play.gain[(..., *STATE)].ravel(), *board.defence.gain[..., 2, 0].ravel()])
        if np.abs(gains[:, None] - board.compiled.x_grid).min(axis=1).max() < 1e-10:
            return board, found
        points = np.unique(np.round(np.concatenate([arrangement.x_grid, gains]), 12))
        exact = dataclasses.replace(arrangement, x_grid=points)
        board = Board.lay_out(compiled=exact, future=world, grid=GRID)
    raise AssertionError("the gains did not settle")


def what_follows(board: Board, found: Equilibrium) -> FloatArray:
    """Return (slices, party, n, e) the discounted values that follow the period in the state."""
    policy = found.play.position
    post = belief_after(policy.response, board=board)
    landing = land(points=next_log_odds(post, future=board.future), nodes=board.grid.log_odds)
    quiet, after_seizure = next_values(policy.value, landing=landing, board=board)
    return np.stack([quiet[(..., *STATE)], after_seizure[(..., *STATE)]])


@pytest.mark.parametrize("guarantors", [0, 1, 2])
@pytest.mark.parametrize("kinds", [{}, ONE_KIND], ids=["learning", "nothing-to-learn"])
def test_a_period_of_the_stationary_game_is_gambits(guarantors: int, kinds: dict[str, float]) -> None:
    """Told what follows the first period, Gambit plays it as we do, in every count and value, to 1e-6."""
    board, found = stationary(arrangement_of(guarantors), future(7, **(WARM | kinds)))
    theirs = ask(one_period_efg(board, state=STATE, ending=what_follows(board, found)))
    world = board.future
    ours = solve(board.compiled, world, grid=GRID, horizon=1, tolerance=1e-9, max_sweeps=5000)
    assert ours.is_converged
    agree(ours, theirs, board=board)
    if guarantors and not kinds:
        low, high = found.play.position.response[:, 2, :, *STATE]
        assert np.abs(high - low).max() > 0.02


def agree(solution: Solution, theirs: Answer, *, board: Board) -> None:
    """Compare what is to be expected in the period, and what the two sides' positions are worth."""
    world, ours = board.future, solution.outcome
    success = board.seize_success[:, 0]
    period = Period(theirs, board.compiled, prior=0.5, accident=board.accident, slice_success=success)
    counts = period.tally()
    counts["lost"] = counts.pop("captures") * world.slice
    for name, count in counts.items():
        assert getattr(ours, name) == pytest.approx(count, abs=1e-6), name
    assert ours.value_P == pytest.approx(theirs.payoffs["P"] * world.lam_P, abs=1e-6)
    assert ours.value_A == pytest.approx(theirs.payoffs["A"] * world.lam_A, abs=1e-6)


COARSE = np.zeros((3, 4, 5))
COARSE[:, :2, 0] = 1.0
COARSE[:, 2:, 2] = 1.0
"""A mechanism that takes every attack for an incursion, and sees nothing else: the smallest with something to infer."""
TWO: dict[str, Any] = {
    "confusion": COARSE,
    "opacity": 0.0,
    "blocked": np.array([False, True, False, True]),
    "calm": 1.0,
}
CLEAR: dict[str, Any] = {
    "reading_noise": 0.0,
    "turnover": 0.0,
    "lam_A": 0.4,
    "lam_P": 0.4,
    "lam_G": 0.25,
    "resolve_low": 0.05,
    "resolve_high": 2.5,
}
DEFENDED: dict[str, Any] = {"blocked": np.array([False, True, False, False])}
CASES: dict[str, tuple[int, dict[str, Any], dict[str, float], tuple[float, ...], int]] = {
    "none": (0, {"blocked": np.array([False, True, True, True])}, {"turnover": 0.05}, (0.0, 0.4), 2),
    "one, learning and defending": (1, DEFENDED, {"turnover": 0.05, "lam_G": 0.15}, (0.0, 1000.0), 1),
    "two, learning": (2, {}, {}, (0.0, 1000.0), 1),
}
"""Guarantors, changes of the text and of the future, balances, slices; nobody has an accident, to keep trees small."""


@pytest.mark.parametrize("name", CASES)
def test_two_periods_are_gambits(name: str) -> None:
    """Every choice of both periods is Gambit's to 1e-6, beliefs in the second being what the first response says."""
    guarantors, text, world, balance, slices = CASES[name]
    found = two_periods(
        arrangement_of(guarantors, **(TWO | text)),
        future(5, **(CLEAR | world)),
        belief=0.0,
        balance=balance,
        slices=slices,
    )
    theirs = ask(periods_efg(found.board, state=found.state, periods=2))
    compared = sum(same_choice(found, label.split(), theirs) for label in theirs.chances)
    kinds = [next(word for word in label.split() if word.isalpha()) for label in theirs.chances]
    assert compared == len(kinds) - kinds.count("join") - kinds.count("fight")
    moved = np.abs(found.belief_after[2] - found.belief_after[0, 0]).max()
    assert moved > 0.2 if guarantors else moved < 1e-12


def same_choice(found: Truncated, label: list[str], theirs: Answer) -> bool:
    """Compare one information set; tell whether the plain oracle has anything to set beside it."""
    at = next(i for i, word in enumerate(label) if word.isalpha())
    play, state = found.first, found.state
    if at:
        n, e = (0, 0) if label[0] == "-" else (int(label[0]), int(label[1]))
        play, state = found.last, (found.place_after(n, e), int(label[2]), int(label[3]))
    here, what = (..., *state), [int(x) for x in label[at + 1 :]]
    chances = theirs.chances[" ".join(label)]
    if label[at] in ("join", "fight"):
        return False
    if label[at] == "conduct":
        ours = play.position.conduct[here]
    elif label[at] == "threat":
        ours = play.position.threat[here][what[0]]
    elif label[at] == "proposal":
        ours = play.proposal[here][what[0], what[1]][[0, 2]]
    elif label[at] == "defend":
        # the lone guarantor's proposal is executed for sure, so chi is the chance that it proposes
        fights = found.board.defence.chance[(*what, *state[1:])]
        ours = np.array([1.0 - fights, fights])
    else:
        policy = play.resist if label[at] == "resist" else play.persist
        yes = policy[here][tuple(what[1:])]
        ours = np.array([1.0 - yes, yes])
    np.testing.assert_allclose(ours, chances, rtol=0, atol=1e-6, err_msg=" ".join(label))
    return True


FINE = Grid(beliefs=801, balances=3, slices=2)


@pytest.mark.parametrize("guarantors", [1, 2])
def test_the_stationary_game_is_the_tree_of_two_periods(guarantors: int) -> None:
    """A stationary game in which everything is over in the third period is the game of two periods, to 1e-6.

    Both types answer alike where all is over so soon, so the belief hardly moves; the trees above judge learning.
    """
    arrangement = arrangement_of(guarantors, opacity=0.0, x_grid=GAINS, deployed_force=0.0)
    world = on_the_clock(future(5))
    end = the_end(arrangement, world, slices=FINE.slices)
    found = two_periods(arrangement, world, belief=0.0, balance=BALANCES, slices=FINE.slices, k=0, ending=end)
    ours = solve(arrangement, world, grid=FINE, horizon=2, tolerance=1e-9, max_sweeps=5000)
    assert ours.is_converged
    for name, expected in both_periods(found).items():
        assert getattr(ours.outcome, name) == pytest.approx(expected, abs=1e-6), name


def both_periods(found: Truncated) -> dict[str, Any]:
    """Return counts and values of the two periods from the oracle's rates in each."""
    board, world = found.board, found.board.future
    first, last = rates_of(found.first, board=board), rates_of(found.last, board=board)
    (b, k, _), prior = found.state, world.prior
    begin, then = np.zeros((2, 2, *board.shape))
    begin[(..., *found.state)] = 1.0 - prior, prior
    for n, e in np.ndindex(5, 3):
        to = found.place_after(n, e)
        for lost, rate in ((0, first.quiet), (1, first.capture)):
            mass = begin[:, b, k, 0] * rate[:, n, e, b, k, 0]
            drawn = world.turnover * mass.sum() * np.array([1.0 - prior, prior]) + (1.0 - world.turnover) * mass
            then[:, to, :, lost] += drawn[:, None] * board.transition[e, k]
    total: dict[str, Any] = defaultdict(float)
    by_period = []
    for mass, rates in ((begin, first), (then, last)):
        seen = np.einsum("tbks,tclnebks->cl", mass, rates.event)
        wars = wars_of(rates, visits=mass, board=board)
        by_period.append(float(wars.begun.sum()))
        total["coercions"] += seen[:, 1].sum()
        total["seizures"] += seen[:, 2].sum()
        total["invasions"] += seen[:, 3].sum()
        total["accidents"] += seen[1].sum()
        total["provocations"] += seen[2].sum()
        total["withdrawals"] += np.einsum("tbks,tnebks->", mass, rates.withdrawal)
        total["yielded"] += np.einsum("tbks,tnebks->", mass, rates.yielded)
        total["lost"] += world.slice * np.einsum("tbks,tnebks->", mass, rates.capture)
        total["defend"] += wars.defended.sum()
        total["entrap"] += wars.defended[2].sum()
    value = found.first.position.value[(..., *found.state)]
    return total | {
        "war": sum(by_period),
        "war_by_t": pytest.approx(by_period, abs=1e-6),
        "value_A": value[0],
        "value_P": value[1],
        "value_G": pytest.approx(tuple(value[2:]), abs=1e-6),
    }
