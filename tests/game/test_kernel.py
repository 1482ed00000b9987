"""The compiled kernel against the reference games, against the plain oracle, and against itself."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from foedus.game import Future, Grid, Solution, solve
from foedus.game.kernel import solve_batch, solve_kernel
from foedus.game.kernel.consultation.table import Consultation, nothing_known, settle
from foedus.game.kernel.keeping.ready import CodeFor, make_ready
from foedus.game.kernel.search.find import open_game
from foedus.game.kernel.stage.clauses import pack_clauses, pack_future
from foedus.game.kernel.stage.layout import crisis_question
from foedus.game.plain import Board, iterate
from foedus.game.plain.consultation import Proposals, crisis_duty, join_response, pivotal_chances
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import BoolArray, FloatArray
from tests.game import golden, specimens

HOT = {"lam_P": 0.06, "lam_A": 0.06, "lam_G": 0.3}
"""Scales at which the equilibrium is unique and quickly found, so that two programs can be compared to many digits."""


def test_reference_games_are_reproduced() -> None:
    """The twenty-five reference games come out the same to 1e-5 in every outcome, each at a residual of 1e-8."""
    found = solve_batch(
        [game.compiled for game in golden.GAMES],
        [game.future for game in golden.GAMES],
        grid=golden.GRID,
        horizon=golden.HORIZON,
        tolerance=golden.TIGHT,
        max_sweeps=20_000,
    )
    for game, solution in zip(golden.GAMES, found, strict=True):
        assert solution.is_converged, f"case {game.case}: {solution.advice}"
        gaps = game.gaps(solution.outcome)
        assert max(gaps.values()) < golden.WITHIN, f"case {game.case}: {gaps}"


TWINS: dict[str, Any] = {
    "weight": np.array([2, 1, 1, 2, 1]),
    "interest": np.array([1.0, 0.8, 0.8, 1.0, 0.8]),
    "cost_weight": np.array([1.0, 1.1, 1.1, 1.0, 1.1]),
    "oblige": np.zeros((5, 5, 4)),
    "must": np.zeros(5, dtype=np.bool_),
    "quorum": np.array([0, 3, 4, 4]),
    "standing_cost": np.zeros(5),
    "proposer": 0,
}
"""The fourth member is like the framework nation, the others are alike."""
CASES: dict[str, tuple[CompiledArrangement, Grid]] = {
    "one guarantor": (specimens.compiled(1, members=1), specimens.SMALL),
    "two guarantors": (specimens.compiled(2, members=2), specimens.SMALL),
    "three guarantors": (specimens.compiled(3, members=3), Grid(beliefs=7, balances=3, slices=3)),
    "last one proposes": (specimens.compiled(4, members=4, proposer=3), specimens.SMALL),
    "two required": (specimens.compiled(5, members=3, must=np.array([False, True, True])), specimens.SMALL),
    "the proposer required": (
        specimens.compiled(6, members=3, proposer=0, must=np.array([True, False, False])),
        specimens.SMALL,
    ),
    "deploy blocked": (specimens.compiled(7, blocked=np.array([False, False, True, False])), specimens.SMALL),
    "all blocked": (specimens.compiled(8, blocked=np.array([False, True, True, True])), specimens.SMALL),
    "quorum out of reach": (
        specimens.compiled(9, weight=np.array([1, 1, 1]), quorum=np.array([0, 2, 3, 4])),
        specimens.SMALL,
    ),
    "defence blocked": (specimens.compiled(15, blocked=np.array([False, False, False, True])), specimens.SMALL),
    "findings that can be blocked": (
        specimens.compiled(16, governs=np.array([[0, 0, 2, 3, 4], [0, 0, 2, 3, 4]])),
        specimens.SMALL,
    ),
    "five members of two kinds": (specimens.compiled(17, members=5, **TWINS), specimens.SMALL),
    "one slice": (specimens.compiled(10), Grid(beliefs=4, balances=4, slices=1)),
    "more beliefs than lanes": (specimens.compiled(11), Grid(beliefs=19, balances=3, slices=2)),
    "twelve guarantors": (specimens.compiled(12, members=12), Grid(beliefs=3, balances=2, slices=1)),
    "uneven points of X": (
        specimens.compiled(13, x_grid=np.array([-0.5, -0.2, 0.0, 0.1, 0.25, 0.5, 1.0, 2.0])),
        specimens.SMALL,
    ),
    "a determination that never falls": (
        specimens.compiled(
            14, confusion=specimens.CONFUSION @ np.diag([1.0, 1, 1, 1, 0]) + np.eye(5)[0] * specimens.CONFUSION[..., 4:]
        ),
        specimens.SMALL,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_kernel_and_oracle_agree(name: str) -> None:
    """Every entry of the outcome is the plain oracle's, whoever proposes, whoever is required, whatever is blocked."""
    compiled, grid = CASES[name]
    future = specimens.future(len(name), **HOT)
    terms: dict[str, Any] = {"grid": grid, "horizon": 8, "tolerance": 1e-8, "max_sweeps": 3000}
    oracle = solve(compiled, future, method="plain", **terms)
    kernel = solve_kernel(compiled, future, **terms)
    assert oracle.method == "plain"
    assert kernel.method == "kernel"
    assert oracle.is_converged
    assert kernel.is_converged
    assert_same(kernel, oracle, within=2e-6)


def assert_same(left: Solution, right: Solution, *, within: float) -> None:
    """Compare every entry of two outcomes."""
    for name, value in left.outcome.to_mapping().items():
        assert value == pytest.approx(right.outcome.to_mapping()[name], abs=within), name


def test_one_sweep_is_the_same_sweep() -> None:
    """From the same start, kernel and oracle report the same residual after one sweep."""
    compiled, future, grid = specimens.compiled(3), specimens.future(3), Grid(balances=7, slices=1)
    found = solve_kernel(compiled, future, grid=grid, horizon=1, tolerance=1e-4, max_sweeps=1)
    board = Board.lay_out(compiled=compiled, future=future, grid=grid)
    assert found.residual == pytest.approx(iterate(board, tolerance=1e-4, max_sweeps=1).residual)


HARD = [
    # members, quorum as a share of all weight, lam_G, whether a member is required
    (5, 1.0, 0.08, False),
    (6, 0.5, 0.04, True),
    (7, 0.75, 0.05, False),
    (8, 1.0, 0.15, True),
    (10, 0.6, 0.06, False),
    (12, 0.3, 0.1, False),
]


@pytest.mark.parametrize(("members", "share", "lam", "is_required"), HARD)
def test_consultation_lands_on_the_plain_branch(members: int, share: float, lam: float, is_required: bool) -> None:
    """Wherever damped best responses settle, from even odds up to the full stakes, the kernel's T is theirs.

    These proposals are hard ones; one of a case may lie on another branch (decision 006 counts them).
    """
    rng = np.random.default_rng(members)
    promises = rng.random((members, 1, 1)) < 0.5
    weight = rng.integers(1, 11, members)
    compiled = specimens.compiled(
        members,
        members=members,
        weight=weight,
        quorum=np.array([0, *[int(np.ceil(share * weight.sum()))] * 3]),
        must=np.arange(members) == (1 if is_required else -1),
        blocked=np.zeros(4, dtype=np.bool_),
        oblige=np.where(
            np.arange(5)[:, None] > 0, rng.uniform(0, 0.6, (members, 1, 1)) * promises, np.zeros((1, 5, 4))
        ),
    )
    future = specimens.future(members, lam_G=lam)
    table = settled(compiled, future)
    executed, is_settled = plain_branch(compiled, future)
    assert is_settled.sum() > 0.6 * is_settled.size
    ours = table.table[crisis_question(1, 1) : crisis_question(1, 2) + 1].ravel()
    assert np.sum(np.abs(ours - executed)[is_settled] > 1e-6) <= 1
    assert np.max(table.joined - table.table[..., None]) < 1e-8
    assert np.mean(table.miss < 1e-8) > 0.9


def plain_branch(compiled: CompiledArrangement, future: Future) -> tuple[FloatArray, BoolArray]:
    """Return T for hybrid attacks by tier and X, and where the damped iteration came to rest at every step."""
    points = len(compiled.x_grid)
    proposals = Proposals(
        gain=np.tile(compiled.x_grid, 2),
        tier_cost=np.repeat(future.tier_cost[1:3], points),
        quorum=np.repeat(compiled.quorum[1:3], points),
        duty=np.repeat(crisis_duty(compiled=compiled, future=future)[:, 1, 1:], points, axis=1),
    )
    join = np.full((len(compiled.weight), 2 * points), 0.5)
    join[compiled.proposer] = 1.0
    alive = np.arange(2 * points)
    for step in range(1, 13):
        moving = alive
        for _ in range(1500):
            some = proposals.only(moving)
            miss = join_response(join[:, moving], proposals=some, compiled=compiled, future=future, scale=step / 12)
            miss -= join[:, moving]
            join[:, moving] += miss / 2
            moving = moving[np.max(np.abs(miss), axis=0) >= 1e-9]
            if moving.size == 0:
                break
        alive = np.setdiff1d(alive, moving)
    if_joins, _ = pivotal_chances(join, quorum=proposals.quorum, compiled=compiled)
    return if_joins[compiled.proposer], np.isin(np.arange(2 * points), alive)


def settled(compiled: CompiledArrangement, future: Future) -> Consultation:
    """Ask everything at every X."""
    make_ready(CodeFor.GAMES)
    f, a = pack_future(future), pack_clauses(compiled)
    table = nothing_known(len(a.x_grid), len(a.weight))
    settle(f, a, open_game(f, a, Grid().balance, 1)[0], table, np.ones_like(table.is_known))
    return table


def test_consultation_asked_for_bit_by_bit_is_that_asked_for_at_once() -> None:
    """What is known only grows, reaches what was asked, and is what the whole table says there."""
    members, future = 6, specimens.future(3)
    compiled = specimens.compiled(3, members=members, blocked=np.zeros(4, dtype=np.bool_))
    f, a = pack_future(future), pack_clauses(compiled)
    questions, whole, pieces = (
        open_game(f, a, Grid().balance, 1)[0],
        settled(compiled, future),
        nothing_known(len(a.x_grid), len(a.weight)),
    )
    for q, first, end in ((0, 4, 5), (7, 8, 9), (7, 6, 6), (12, 0, 10)):
        asked = np.zeros_like(pieces.is_known)
        asked[q, first : end + 1] = True
        before = pieces.is_known.copy()
        settle(f, a, questions, pieces, asked)
        assert np.all(pieces.is_known[before])
        assert np.all(pieces.is_known[asked])
        assert np.all(questions.like[pieces.is_known.any(axis=1)] <= q)
    is_known = pieces.is_known
    assert not is_known.all()
    np.testing.assert_allclose(pieces.table[is_known], whole.table[is_known], rtol=0, atol=1e-8)
    np.testing.assert_allclose(pieces.joined[is_known], whole.joined[is_known], rtol=0, atol=1e-8)
    assert not pieces.table[~is_known].any()


def test_members_alike_have_the_same_chances_and_costs() -> None:
    """Joining may be a matter of coordination: members alike in every array still do the same, whatever their order."""
    for seed in range(4):
        future = specimens.future(seed, lam_G=0.02)
        compiled = specimens.compiled(seed, members=5, **TWINS)
        swapped = dataclasses.replace(
            compiled,
            weight=compiled.weight[::-1].copy(),
            interest=compiled.interest[::-1].copy(),
            cost_weight=compiled.cost_weight[::-1].copy(),
            proposer=4,
        )
        terms: dict[str, Any] = {"grid": specimens.SMALL, "horizon": 5, "tolerance": 1e-4, "max_sweeps": 500}
        found, again = solve_kernel(compiled, future, **terms), solve_kernel(swapped, future, **terms)
        cost = found.outcome.cost_guarantors
        assert cost[1] == cost[2] == cost[4]
        assert again.outcome.cost_guarantors == cost[::-1]
        assert again.outcome.war_by_t == found.outcome.war_by_t


def test_what_is_not_a_number_has_not_converged() -> None:
    """A warm start that is not a number, with no sweeps left to begin anew, is never called a solution."""
    compiled, future = specimens.compiled(1), specimens.future(1)
    terms: dict[str, Any] = {"grid": specimens.SMALL, "horizon": 2, "tolerance": 1e-4}
    point = solve_batch([compiled], [future], max_sweeps=500, keeps_points=True, **terms)[0].point
    assert point is not None
    found = solve_batch([compiled], [future], max_sweeps=3, warm=[np.full_like(point, np.nan)], **terms)[0]
    assert not found.is_converged


def batch(threads: int) -> list[Solution]:
    games = [(specimens.compiled(seed), specimens.future(seed)) for seed in range(6)]
    return solve_batch(
        [compiled for compiled, _ in games],
        [future for _, future in games],
        grid=specimens.SMALL,
        horizon=5,
        tolerance=1e-4,
        max_sweeps=500,
        threads=threads,
    )


def test_threads_change_nothing() -> None:
    """Two threads give the bits of one."""
    assert batch(1) == batch(2)


def test_a_batch_is_its_games() -> None:
    """A game solved in a batch is the game solved alone, to the bit."""
    together = batch(1)
    for seed, solution in enumerate(together):
        alone = solve_kernel(
            specimens.compiled(seed),
            specimens.future(seed),
            grid=specimens.SMALL,
            horizon=5,
            tolerance=1e-4,
            max_sweeps=500,
        )
        assert alone == solution


def test_sweeps_are_bounded_and_owned_up_to() -> None:
    """Out of sweeps, a game is reported as not converged, with no more sweeps than allowed."""
    found = solve_kernel(
        specimens.compiled(1), specimens.future(1), grid=Grid(balances=7), horizon=20, tolerance=1e-13, max_sweeps=37
    )
    assert not found.is_converged
    assert found.sweeps <= 37
    assert found.residual >= 1e-13


@pytest.mark.parametrize("wrong", [{"horizon": 0}, {"max_sweeps": 0}, {"tolerance": 0.0}])
def test_senseless_terms_are_refused(wrong: dict[str, Any]) -> None:
    """A horizon, a number of sweeps or a tolerance that asks for nothing is an error."""
    terms: dict[str, Any] = {"grid": specimens.SMALL, "horizon": 1, "tolerance": 1e-4, "max_sweeps": 5} | wrong
    with pytest.raises(ValueError, match="at least 1 and tolerance above 0"):
        solve_kernel(specimens.compiled(0), specimens.future(0), **terms)
