"""The compiled kernel against the reference games, against the plain oracle, and against itself."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.game import Future, Grid, Solution, solve
from foedus.game.kernel import solve_batch, solve_kernel
from foedus.game.kernel.pack import pack_clauses, pack_future
from foedus.game.kernel.response import no_answers, settle
from foedus.game.plain.consultation import all_proposals, join_response, pivotal_chances
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import BoolArray, FloatArray
from tests.game import specimens

GOLDEN = Path(__file__).parents[3] / "shared" / "reference" / "golden.jsonl"
COUNTS = ("war", "defend", "entrap", "conquest", "lost", "seizures", "coercions", "provocations", "withdrawals")
HOT = {"lam_P": 0.06, "lam_A": 0.06, "lam_G": 0.3}
"""Scales at which the equilibrium is unique and quickly found, so that two programs can be compared to many digits."""


def golden_games() -> list[dict[str, Any]]:
    if not GOLDEN.exists():
        return []
    return [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def test_reference_games_are_reproduced() -> None:
    """Twelve games solved by two other programs come out the same to 3e-4."""
    games = golden_games()
    if not games:
        pytest.skip("../shared/reference/golden.jsonl is not on this machine")
    found = solve_batch(
        [CompiledArrangement.from_mapping(game["compiled"]) for game in games],
        [Future.from_mapping(game["future"]) for game in games],
        grid=Grid(balances=7),
        horizon=20,
        tolerance=1e-7,
        max_sweeps=20_000,
    )
    for game, solution in zip(games, found, strict=True):
        assert solution.is_converged
        for name in COUNTS:
            assert getattr(solution.outcome, name) == pytest.approx(game["outcome"][name], abs=3e-4), name
        assert solution.outcome.war_by_t == pytest.approx(game["outcome"]["war_by_t"], abs=3e-4)


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
    compiled, future = specimens.compiled(3), specimens.future(3)
    terms: dict[str, Any] = {"grid": Grid(balances=7), "horizon": 1, "tolerance": 1e-4, "max_sweeps": 1}
    assert solve_kernel(compiled, future, **terms).residual == pytest.approx(
        solve(compiled, future, method="plain", **terms).residual
    )


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
    """Wherever damped best responses settle, from even odds up to the full stakes, the kernel's T is theirs."""
    rng = np.random.default_rng(members)
    weight = rng.integers(1, 11, members)
    compiled = specimens.compiled(
        members,
        members=members,
        weight=weight,
        quorum=np.array([0, *[int(np.ceil(share * weight.sum()))] * 3]),
        must=np.arange(members) == (1 if is_required else -1),
        blocked=np.zeros(4, dtype=np.bool_),
        oblige=np.tile(rng.uniform(0, 0.6, (members, 1, 1)) * (rng.random((members, 1, 1)) < 0.5), (1, 5, 4)),
    )
    future = specimens.future(members, lam_G=lam)
    answers = no_answers(len(compiled.x_grid), members)
    everything = np.broadcast_to([0, len(compiled.x_grid) - 1], answers.known.shape).copy()
    settle(pack_future(future), pack_clauses(compiled), lam, answers, everything)
    executed, is_settled = plain_branch(compiled, future)
    assert is_settled.sum() > 0.6 * is_settled.size
    np.testing.assert_allclose(answers.table[1, 1:].ravel()[is_settled], executed[is_settled], rtol=0, atol=1e-6)
    assert np.max(answers.joined - answers.table[..., None]) < 1e-8


def test_consultation_asked_for_bit_by_bit_is_that_asked_for_at_once() -> None:
    """What is known only grows, stays in one piece, reaches what was asked, and is what the whole table says there."""
    members = 6
    compiled = specimens.compiled(3, members=members, blocked=np.zeros(4, dtype=np.bool_))
    future, last = specimens.future(3), len(compiled.x_grid) - 1
    f, a = pack_future(future), pack_clauses(compiled)
    whole, pieces = no_answers(last + 1, members), no_answers(last + 1, members)
    settle(f, a, future.lam_G, whole, np.broadcast_to([0, last], whole.known.shape).copy())
    nothing = pieces.known.copy()
    for n, r, first, end in ((1, 1, 4, 5), (4, 3, 8, 9), (4, 3, 6, 6), (2, 2, 0, last)):
        asked = nothing.copy()
        asked[n, r] = first, end
        before = pieces.known.copy()
        settle(f, a, future.lam_G, pieces, asked)
        known = pieces.known
        assert np.all(known[..., 0] <= before[..., 0])
        assert np.all(known[..., 1] >= before[..., 1])
        assert known[n, r, 0] <= first
        assert known[n, r, 1] >= end
    place = np.arange(last + 1)
    is_known = (place >= pieces.known[..., :1]) & (place <= pieces.known[..., 1:])
    assert is_known[4, 3, 6:10].all()
    assert not is_known[1:, 1:].all()
    np.testing.assert_allclose(pieces.table[is_known], whole.table[is_known], rtol=0, atol=1e-8)
    np.testing.assert_allclose(pieces.joined[is_known], whole.joined[is_known], rtol=0, atol=1e-8)
    assert not pieces.table[~is_known].any()


def plain_branch(compiled: CompiledArrangement, future: Future) -> tuple[FloatArray, BoolArray]:
    """Return T for hybrid attacks by tier and X, and where the damped iteration came to rest at every step."""
    proposals = all_proposals(compiled=compiled, future=future).only(np.arange(3 * len(compiled.x_grid)))
    columns = len(proposals.gain)
    join = np.full((len(compiled.weight), columns), 0.5)
    join[compiled.proposer] = 1.0
    alive = np.arange(columns)
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
    return if_joins[compiled.proposer], np.isin(np.arange(columns), alive)


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
