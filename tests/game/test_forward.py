"""Section 9: outcomes, checked against games simple enough to solve in the head."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.game import Future, Outcome
from foedus.game.plain import Board, iterate
from foedus.game.plain.forward import forward, outcome_of
from foedus.game.plain.rates import rates_of
from foedus.mechanism.compiled import CompiledArrangement
from tests.game.specimens import AS_DONE, OPEN_FINDINGS, SMALL, compiled, future, plain_coalition

SEEDS = st.integers(0, 10_000)


@given(seed=SEEDS, members=st.integers(1, 4), sweeps=st.integers(1, 40))
@settings(max_examples=12, deadline=None)
def test_forward_pass_conserves_mass(seed: int, members: int, sweeps: int) -> None:
    """Whoever is not at war by the horizon is at peace somewhere."""
    board = Board.lay_out(compiled=compiled(seed, members=members), future=future(seed), grid=SMALL)
    play = iterate(board, tolerance=1e-300, max_sweeps=sweeps).play
    rates = rates_of(play, board=board)
    np.testing.assert_allclose(rates.event.sum(axis=(1, 2, 3, 4)), 1.0, atol=1e-12)
    ends = rates.war.sum(axis=(1, 2, 3, 4)) + (rates.capture + rates.quiet).sum(axis=(1, 2))
    np.testing.assert_allclose(ends, 1.0, atol=1e-12)
    course = forward(rates, play=play, board=board, horizon=12)
    outcome = outcome_of(play, board=board, horizon=12)
    assert course.left.sum() + outcome.war == pytest.approx(1.0, abs=1e-10)
    assert sum(outcome.war_by_t) == pytest.approx(outcome.war)
    assert np.all(course.presence >= -1e-15)


@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_outcomes_keep_their_order(seed: int) -> None:
    """Guarantors are entrapped only where they fight, and fight only in wars; attacks end in war, loss or retreat."""
    found = outcome(compiled(seed), future(seed), sweeps=20)
    assert 0 <= found.entrap <= found.defend <= found.war <= 1 + 1e-12
    assert 0 <= found.conquest <= found.war
    assert 0 <= found.accidental <= min(found.war, found.accidents)
    assert found.resisted <= found.war <= found.resisted + found.invasions + 1e-12
    assert found.resisted + found.yielded <= found.seizures + 1e-12
    assert found.seizures + found.invasions == pytest.approx(found.war + found.yielded + found.withdrawals, abs=1e-9)
    assert 0 <= found.lost <= 0.12 * found.yielded
    assert found.seizures + found.coercions + found.invasions <= 20
    assert found.provocations + found.accidents <= 20
    assert found.peace_by_t[-1] == pytest.approx(1 - found.war)


def outcome(arrangement: CompiledArrangement, world: Future, *, sweeps: int) -> Outcome:
    """Push forward what is played after some sweeps."""
    board = Board.lay_out(compiled=arrangement, future=world, grid=SMALL)
    return outcome_of(iterate(board, tolerance=1e-300, max_sweeps=sweeps).play, board=board, horizon=20)


CERTAIN_DUTY = np.zeros((2, 5, 4))
CERTAIN_DUTY[:, 1:, 1:] = 1.0
RECKLESS: dict[str, Any] = {
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
    "yield_cost": 9.0,
    "resent_A": 0.0,
}


def under_certain_duty(world: Future, **changes: Any) -> tuple[CompiledArrangement, Outcome]:
    """Solve for two guarantors, the second leading, who would pay any price to keep a promise to defend."""
    usual: dict[str, Any] = {
        "members": 2,
        "weight": np.array([1, 1]),
        "quorum": np.array([0, 2, 2, 2]),
        "must": np.array([True, False]),
        "proposer": 1,
        "blocked": np.zeros(4, dtype=bool),
        "oblige": CERTAIN_DUTY,
        "confusion": AS_DONE,
        "governs": OPEN_FINDINGS,
        "timeliness": np.ones(4),
        "deployed_force": 0.2,
        "standing_cost": np.zeros(2),
    }
    arrangement = compiled(8, **(usual | changes))
    board = Board.lay_out(compiled=arrangement, future=world, grid=SMALL)
    found = iterate(board, tolerance=1e-8, max_sweeps=3000)
    assert found.residual < 1e-8
    return arrangement, outcome_of(found.play, board=board, horizon=3)


def test_certain_war_of_defence_by_hand() -> None:
    """An adversary that must attack meets guarantors that must defend: everything follows from the war lottery."""
    world = future(8, **RECKLESS)
    arrangement, found = under_certain_duty(world)
    alone = 0.2 + world.tier_force[2] - world.counter_force[2]
    force = max(alone, 0.2 + world.tier_force[3] - world.counter_force[3])
    w = 1 / (1 + math.exp(world.decisiveness * force))
    near: dict[str, Any] = {"abs": 2e-3}
    assert found.war == pytest.approx(1.0, **near)
    assert found.war_by_t[0] == pytest.approx(1.0, **near)
    assert found.seizures + found.invasions == pytest.approx(1.0, **near)
    assert found.resisted == pytest.approx(found.seizures, **near)
    assert (found.defend, found.entrap, found.accidental) == pytest.approx((1.0, 1.0, 0.0), **near)
    assert found.conquest == pytest.approx(w, **near)
    assert (found.provocations, found.accidents) == pytest.approx((1.0, 0.0), **near)
    assert (found.honoured, found.breached) == pytest.approx((2.0, 0.0), **near)
    assert (found.withdrawals, found.lost, found.yielded) == pytest.approx((0.0, 0.0, 0.0), **near)
    assert found.value_P == pytest.approx(world.provoke_gain - w - world.war_cost_P, **near)
    fought = world.war_cost_G + world.tier_cost[2] + world.tier_cost[3]
    assert found.value_G == pytest.approx((-world.resolve_low * w - fought, -world.resolve_high * w - fought), **near)
    assert found.cost_guarantors == pytest.approx(tuple(arrangement.cost_weight * fought), **near)
    assert found.value_A == pytest.approx(5.0 + w - 0.2 - 0.3 - world.penalty[2] - 0.1, abs=0.02)


def test_seizure_that_is_resisted_is_a_war() -> None:
    """Seizing costs less than invading here, and brings the same war if the protected state will not yield."""
    _, found = under_certain_duty(future(8, **(RECKLESS | {"cost_invade": 3.0})))
    assert found.seizures == pytest.approx(1.0, abs=2e-3)
    assert (found.war, found.resisted, found.defend) == pytest.approx((1.0, 1.0, 1.0), abs=2e-3)
    assert (found.invasions, found.lost) == pytest.approx((0.0, 0.0), abs=2e-3)


def test_seizures_that_are_yielded_to_by_hand() -> None:
    """Where war is ruinous to the protected state it yields each time, and loses the one slice there is to lose."""
    world = future(8, **(RECKLESS | {"cost_invade": 9.0, "war_cost_P": 9.0, "yield_cost": 0.0}))
    _, found = under_certain_duty(world)
    assert (found.war, found.resisted, found.defend) == pytest.approx((0.0, 0.0, 0.0), abs=2e-3)
    assert (found.seizures, found.yielded) == pytest.approx((3.0, 3.0), abs=5e-3)
    z = world.seize_success[2]
    assert found.lost == pytest.approx(world.slice * (1 - (1 - z) ** 3), abs=2e-3)
    assert (found.honoured, found.breached) == pytest.approx((3.0, 0.0), abs=5e-3)


def test_wars_by_accident_by_hand() -> None:
    """An adversary that attacks after an incident and only then goes to war as often as accidents happen."""
    world = future(8, **(RECKLESS | {"provoke_gain": -9.0, "cost_seize": 9.0, "cost_invade": 2.0, "friction": 0.4}))
    _, found = under_certain_duty(world, calm=0.5)
    hazard = 0.4 * 0.5
    assert found.war_by_t == pytest.approx([hazard * (1 - hazard) ** t for t in range(3)], abs=2e-3)
    assert (found.accidental, found.accidents) == pytest.approx((found.war, found.war), abs=2e-3)
    assert (found.entrap, found.provocations) == pytest.approx((0.0, 0.0), abs=2e-3)
    assert found.defend == pytest.approx(found.war, abs=2e-3)


def test_adversary_that_can_step_back_does() -> None:
    """With a ruinous war and a free withdrawal, whoever attacks by mistake goes home: no war, whatever was provoked."""
    timid = {"war_cost_A": 9.0, "audience_A": 0.0, "justification": 0.0, "lam_A": 0.05}
    _, found = under_certain_duty(future(8, **(RECKLESS | timid)))
    assert found.war < 1e-6
    assert found.withdrawals > 0.05
    assert found.provocations == pytest.approx(3.0, abs=1e-6)


def test_unmet_obligations_are_breached() -> None:
    """Guarantors that promised but cannot meet the quorum breach every obligation, and pay for what stands alone."""
    standing = np.array([0.01, 0.0, 0.02])
    arrangement = plain_coalition(quorum=np.array([0, 99, 99, 99]), standing_cost=standing)
    found = outcome(arrangement, future(3), sweeps=60)
    assert found.honoured == 0.0
    assert found.breached > 0.1
    assert found.cost_guarantors == pytest.approx(tuple(standing * sum(found.peace_by_t)))
    nothing_promised = outcome(plain_coalition(oblige=np.zeros((3, 5, 4))), future(3), sweeps=60)
    assert (nothing_promised.honoured, nothing_promised.breached) == (0.0, 0.0)


def test_a_promise_to_defend_falls_due_when_war_breaks_out() -> None:
    """Where only defence is promised nothing is owed before war; every war then is a promise kept or broken."""
    oblige = np.zeros((3, 5, 4))
    oblige[:, 1:, 3] = 0.5
    found = outcome(plain_coalition(oblige=oblige), future(3), sweeps=60)
    assert found.defend > 0.001
    assert found.honoured == pytest.approx(found.defend)
    assert found.honoured + found.breached == pytest.approx(found.war)
    oblige[:, 1:, 3] = 0.49
    weak = outcome(plain_coalition(oblige=oblige), future(3), sweeps=60)
    assert (weak.honoured, weak.breached) == (0.0, 0.0)


def test_half_a_promise_is_kept_by_support() -> None:
    """A promise too weak to require a tier is kept by support; one of 0.5 for deployment by deployment alone."""
    weak, strong = np.zeros((3, 5, 4)), np.zeros((3, 5, 4))
    weak[:, 1:, 1:3], strong[:, 1:, 1:3] = 0.49, 0.5
    outcomes = {}
    for name, oblige in (("weak", weak), ("strong", strong)):
        board = Board.lay_out(compiled=plain_coalition(oblige=oblige), future=future(3), grid=SMALL)
        play = iterate(board, tolerance=1e-4, max_sweeps=200).play
        rates = rates_of(play, board=board)
        visits = forward(rates, play=play, board=board, horizon=20).presence.sum(axis=0)
        seen = np.einsum("tbks,tclnebks->ne", visits, rates.event)[1:]
        outcomes[name] = (outcome_of(play, board=board, horizon=20), seen)
    found, seen = outcomes["weak"]
    assert found.honoured == pytest.approx(seen[:, 1:].sum())
    found, seen = outcomes["strong"]
    assert found.honoured == pytest.approx(seen[:, 2:].sum())
    assert found.breached == pytest.approx(seen[:, :2].sum())
