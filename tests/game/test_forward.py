"""Section 9: outcomes, checked against games simple enough to solve in the head."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.game import Future, Grid, Outcome, solve
from foedus.game.kernel.forward import WAR, begin, count_courses, no_courses, push
from foedus.game.kernel.pack import pack_clauses, pack_future
from foedus.game.kernel.search import Terms, find
from foedus.game.plain import Board, iterate
from foedus.game.plain.forward import forward, outcome_of
from foedus.game.plain.rates import rates_of
from foedus.mechanism.compiled import CompiledArrangement
from tests.game.specimens import SMALL, compiled, future, plain_coalition

SEEDS = st.integers(0, 10_000)
AS_DONE = np.zeros((2, 4, 5))
AS_DONE[:, [0, 1, 2, 3], [0, 1, 2, 3]] = 1.0
"""A mechanism that finds exactly what the adversary did, whatever the protected state did."""


@given(seed=SEEDS, members=st.integers(1, 4), sweeps=st.integers(1, 40))
@settings(max_examples=12, deadline=None)
def test_forward_pass_conserves_mass(seed: int, members: int, sweeps: int) -> None:
    """Whoever is not at war by the horizon is at peace somewhere."""
    board = Board.lay_out(compiled=compiled(seed, members=members), future=future(seed), grid=SMALL)
    play = iterate(board, tolerance=1e-300, max_sweeps=sweeps).play
    rates = rates_of(play, board=board)
    np.testing.assert_allclose(rates.event.sum(axis=(1, 2, 3, 4)), 1.0, atol=1e-12)
    course = forward(rates, play=play, board=board, horizon=12)
    outcome = outcome_of(play, board=board, horizon=12)
    assert course.left.sum() + outcome.war == pytest.approx(1.0, abs=1e-10)
    assert sum(outcome.war_by_t) == pytest.approx(outcome.war)
    assert np.all(course.presence >= -1e-15)


@given(
    seed=SEEDS,
    grid=st.sampled_from([SMALL, Grid(beliefs=19, balances=3, slices=2), Grid(beliefs=5, balances=11, slices=1)]),
    blocked=st.sampled_from([(), (2,), (1, 3), (1, 2, 3)]),
)
@settings(max_examples=12, deadline=None)
def test_kernel_loses_no_mass(seed: int, grid: Grid, blocked: tuple[int, ...]) -> None:
    """In every state war breaks out or the game goes on somewhere; whoever is not at war yet is somewhere."""
    arrangement = compiled(seed, blocked=np.isin(np.arange(4), blocked))
    f, horizon = pack_future(future(seed)), 12
    found = find(f, pack_clauses(arrangement), terms=Terms(grid=grid, horizon=horizon, tolerance=1e-4, max_sweeps=20))
    courses = no_courses(found.game.shape)
    count_courses(pack_clauses(arrangement), found.game, found.room, found.swept, courses)
    wars = courses.event[:, :, WAR].reshape(2, -1, courses.event[0, 0, 0].size)[..., : grid.beliefs]
    np.testing.assert_allclose(wars + courses.land.sum(axis=(2, 4, 5)), 1.0, atol=1e-12)
    visits, war_by_t = push(f, found.game, courses, begin(f, found.game, grid.balance), horizon)
    at_peace = 1.0 - np.concatenate([[0.0], np.cumsum(war_by_t)[:-1]])
    assert visits.sum() == pytest.approx(at_peace.sum(), abs=1e-10)
    assert visits.min() >= -1e-15


@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_outcomes_keep_their_order(seed: int) -> None:
    """Guarantors are entrapped only where they fight, and fight only in wars; conquest needs a war."""
    outcome = solve(compiled(seed), future(seed), grid=SMALL, max_sweeps=30, method="plain").outcome
    assert 0 <= outcome.entrap <= outcome.defend <= outcome.war <= 1 + 1e-12
    assert 0 <= outcome.conquest <= outcome.war
    assert outcome.lost >= 0
    assert outcome.seizures + outcome.coercions <= 20
    assert outcome.provocations <= 20


CERTAIN_DUTY = np.zeros((2, 5, 4))
CERTAIN_DUTY[:, 1:, 1:] = 1.0
RECKLESS: dict[str, object] = {
    "lam_P": 0.01,
    "lam_A": 0.01,
    "lam_G": 0.05,
    "stake_A": 1.0,
    "delta_A": 0.9,
    "war_cost_A": 0.2,
    "defend_cost_A": 0.3,
    "audience_A": 9.0,
    "renege": 5.0,
    "balance_0": 0.0,
    "provoke_gain": 2.0,
    "cost_seize": 0.1,
    "cost_invade": 0.1,
    "justification": 5.0,
    "humiliation": 0.0,
    "prior": 0.5,
}


def outcome_under_certain_duty(world: Future, **changes: object) -> tuple[CompiledArrangement, Outcome]:
    """Solve for two guarantors, the second leading, who would pay any price to keep a promise to defend."""
    arrangement = compiled(
        8,
        members=2,
        weight=np.array([1, 1]),
        quorum=np.array([0, 2, 2, 2]),
        must=np.array([True, False]),
        proposer=1,
        blocked=np.zeros(4, dtype=bool),
        oblige=CERTAIN_DUTY,
        confusion=AS_DONE,
        timeliness=np.ones(4),
        deployed_force=0.2,
        **changes,
    )
    solution = solve(arrangement, world, grid=SMALL, horizon=3, tolerance=1e-8, method="plain")
    assert solution.is_converged
    return arrangement, solution.outcome


def test_certain_war_of_defence_by_hand() -> None:
    """An adversary that must attack meets guarantors that must defend: everything follows from the war lottery."""
    world = future(8, **RECKLESS)
    arrangement, found = outcome_under_certain_duty(world)
    w = 1 / (1 + math.exp(-world.decisiveness * -(0.2 + world.tier_force[3] - world.counter_force[3])))
    assert found.war == pytest.approx(1.0, abs=2e-3)
    assert found.war_by_t[0] == pytest.approx(1.0, abs=2e-3)
    assert found.defend == pytest.approx(1.0, abs=2e-3)
    assert found.entrap == pytest.approx(1.0, abs=2e-3)
    assert found.conquest == pytest.approx(w, abs=2e-3)
    assert found.provocations == pytest.approx(1.0, abs=2e-3)
    assert (found.honoured, found.breached) == pytest.approx((1.0, 0.0), abs=2e-3)
    assert found.withdrawals == pytest.approx(0.0, abs=2e-3)
    assert found.lost == pytest.approx(0.0, abs=2e-3)
    assert found.value_P == pytest.approx(world.provoke_gain - w - world.war_cost_P, abs=2e-3)
    fought = world.war_cost_G + world.tier_cost[3]
    assert found.value_G == pytest.approx((-world.resolve_low * w - fought, -world.resolve_high * w - fought), abs=2e-3)
    assert found.cost_guarantors == pytest.approx(tuple(arrangement.cost_weight * fought), abs=2e-3)
    attack = 5.0 + w - 0.2 - 0.3 - world.penalty[3] - 0.1
    assert found.value_A == pytest.approx(attack, abs=0.02)


def test_seizure_that_meets_defence_is_a_war() -> None:
    """Seizing costs less than invading here, and brings the same war of defence if the adversary will not step back."""
    world = future(8, **(RECKLESS | {"cost_invade": 3.0}))
    _, found = outcome_under_certain_duty(world)
    assert found.seizures == pytest.approx(1.0, abs=2e-3)
    assert (found.war, found.defend, found.lost) == pytest.approx((1.0, 1.0, 0.0), abs=2e-3)


def test_adversary_that_can_step_back_does() -> None:
    """With a ruinous war and a free withdrawal, whoever attacks by mistake goes home: no war, whatever was provoked."""
    world = future(8, **(RECKLESS | {"war_cost_A": 9.0, "audience_A": 0.0}))
    _, found = outcome_under_certain_duty(world)
    assert found.war < 1e-6
    assert found.withdrawals > 0.05
    assert found.provocations == pytest.approx(3.0, abs=1e-6)


def test_unmet_obligations_are_breached() -> None:
    """Guarantors that promised but cannot meet the quorum breach every obligation that falls due, and pay nothing."""
    arrangement = plain_coalition(quorum=np.array([0, 99, 99, 99]))
    found = solve(arrangement, future(3), grid=SMALL, method="plain").outcome
    assert found.honoured == 0.0
    assert found.breached > 0.1
    assert found.cost_guarantors == (0.0, 0.0, 0.0)
    nothing_promised = solve(plain_coalition(oblige=np.zeros((3, 5, 4))), future(3), grid=SMALL, method="plain").outcome
    assert (nothing_promised.honoured, nothing_promised.breached) == (0.0, 0.0)


def test_half_a_promise_is_kept_by_support() -> None:
    """A promise too weak to require a tier is kept by support; one of 0.5 for defence is kept by defence alone."""
    weak, strong = np.zeros((3, 5, 4)), np.zeros((3, 5, 4))
    weak[:, 1:, 1:], strong[:, 1:, 1:] = 0.49, 0.5
    outcomes = {}
    for name, oblige in (("weak", weak), ("strong", strong)):
        board = Board.lay_out(compiled=plain_coalition(oblige=oblige), future=future(3), grid=SMALL)
        play = iterate(board, tolerance=1e-4, max_sweeps=2000).play
        rates = rates_of(play, board=board)
        visits = forward(rates, play=play, board=board, horizon=20).presence.sum(axis=0)
        seen = np.einsum("tbks,tglnebks->ne", visits, rates.event)[1:]
        outcomes[name] = (outcome_of(play, board=board, horizon=20), seen)
    found, seen = outcomes["weak"]
    assert found.honoured == pytest.approx(seen[:, 1:].sum())
    found, seen = outcomes["strong"]
    assert found.honoured == pytest.approx(seen[:, 3:].sum())
    assert found.breached == pytest.approx(seen[:, :3].sum())
