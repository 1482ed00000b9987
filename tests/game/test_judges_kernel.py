"""Judges of the kernel that share no code with it: the oracle, regret, a period by hand, and what must add up.

All go in by `solve`. `python -m bench.judges.mutations` counts on this file and on test_properties.py to catch
faults put into the kernel on purpose.
"""

import math
from typing import Any

import numpy as np
import pytest

from foedus.game import Future, Grid, Outcome, solve
from foedus.game.plain import Board, Play, Position
from foedus.game.plain.iterate import first_position, relaxed
from foedus.game.plain.rates import rates_of
from foedus.game.plain.regret import judge
from foedus.game.plain.stage import sweep
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from tests.game.specimens import SMALL, compiled, future

HOT = {"lam_P": 0.06, "lam_A": 0.06, "lam_G": 0.3}
"""Scales at which the equilibrium is unique and quickly found."""
TERMS: dict[str, Any] = {"tolerance": 1e-9, "max_sweeps": 5000}


def kernel(arrangement: CompiledArrangement, world: Future, *, grid: Grid = SMALL, horizon: int = 8) -> Outcome:
    """Solve by the kernel to many digits."""
    found = solve(arrangement, world, grid=grid, horizon=horizon, **TERMS)
    assert found.is_converged
    return found.outcome


@pytest.mark.parametrize("seed", range(20, 26))
def test_kernel_agrees_with_the_oracle_on_random_games(seed: int) -> None:
    """Whatever the arrangement and the future, every entry of the outcome is the plain oracle's to 1e-6."""
    expect_the_oracle(compiled(seed, members=1 + seed % 4), future(seed, **HOT))


@pytest.mark.parametrize("seed", [23, 26])
def test_consultation_is_settled_wherever_a_game_reads_it(seed: int) -> None:
    """On a grid of X so fine that a game comes to points which its first sweep did not read, T is known there too."""
    fine = np.linspace(-0.5, 2.0, 161)
    expect_the_oracle(compiled(seed, members=1 + seed % 4, x_grid=fine), future(seed, **HOT))


def expect_the_oracle(arrangement: CompiledArrangement, world: Future) -> None:
    """Assert that the kernel's outcome is the plain oracle's."""
    ours = kernel(arrangement, world).to_mapping()
    oracle = solve(arrangement, world, grid=SMALL, horizon=8, method="plain", **TERMS)
    assert oracle.is_converged
    for name, value in oracle.outcome.to_mapping().items():
        assert ours[name] == pytest.approx(value, abs=1e-6), name


FLAT = Grid(beliefs=4, balances=3, slices=1)
"""A grid in which every state is a state to start from."""


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_nobody_regrets_the_kernels_game(seed: int) -> None:
    """The kernel's values and counts in every state are those of choices that nobody regrets, given these values."""
    arrangement, world = compiled(seed, members=2), future(seed, turnover=0.0, **HOT)
    board = Board.lay_out(compiled=arrangement, future=world, grid=FLAT)
    told = {
        (b, k): kernel(arrangement, started(world, board=board, b=b, k=k), grid=FLAT, horizon=1)
        for b, k in np.ndindex(FLAT.beliefs, FLAT.balances)
    }
    value = np.zeros((4, *board.shape))
    for (b, k), outcome in told.items():
        value[:, b, k, 0] = outcome.value_A, outcome.value_P, *outcome.value_G
    position, play = best_replies(value, board=board)
    rates = rates_of(play, board=board)
    for (b, k), outcome in told.items():
        state = (b, k, 0)
        assert judge(play, conjecture=position, board=board, state=state).worst < 1e-6
        np.testing.assert_allclose(play.position.value[:, b, k, 0], value[:, b, k, 0], rtol=0, atol=1e-6)
        truly = np.array([1.0 - board.belief[b, 0, 0], board.belief[b, 0, 0]])
        done = np.einsum("t,tglne->gl", truly, rates.event[..., b, k, 0])
        ours = (outcome.provocations, outcome.coercions, outcome.seizures, outcome.war)
        theirs = (done[1].sum(), done[:, 1].sum(), done[:, 2].sum(), truly @ rates.war[..., b, k, 0].sum(axis=(1, 2)))
        assert ours == pytest.approx(theirs, abs=1e-6)


def started(world: Future, *, board: Board, b: int, k: int) -> Future:
    """Return the future that begins in the state; without turnover the prior says nothing else."""
    return Future.from_mapping(
        world.to_mapping() | {"prior": float(board.belief[b, 0, 0]), "balance_0": float(board.grid.balance[k])}
    )


def best_replies(value: FloatArray, *, board: Board) -> tuple[Position, Play]:
    """Return the policies that are replies to themselves when ``value`` is what comes next."""
    position = first_position(board)
    for _ in range(400):
        position = Position(value, position.conduct, position.threat, position.response)
        play = sweep(position, board=board)
        position = relaxed(position, play.position, share=0.5)
    return Position(value, position.conduct, position.threat, position.response), play


LONE: dict[str, Any] = {
    "members": 1,
    "weight": np.array([1]),
    "quorum": np.array([0, 1, 1, 1]),
    "must": np.array([False]),
    "proposer": 0,
    "blocked": np.array([False, True, True, False]),
}
AS_DONE = np.zeros((2, 4, 5))
AS_DONE[:, range(4), range(4)] = 1.0
ONCE: dict[str, Any] = {**dict.fromkeys(("delta_A", "delta_P", "delta_G"), 1e-13), "prior": 0.5, "balance_0": 0.0}
"""Nobody looks beyond the period, which begins at even odds of resolve and with even forces."""


def logit(values: FloatArray, lam: float) -> FloatArray:
    """Return chances proportional to exp(value / lam)."""
    weight = np.exp((values - values.max()) / lam)
    return np.asarray(weight / weight.sum())


def test_one_period_of_a_lone_guarantor_by_hand() -> None:
    """One guarantor that may only defend, one period, perfect monitoring: every choice is a plain logit, by hand."""
    world = future(6, **(ONCE | {"lam_A": 0.1, "lam_P": 0.1, "lam_G": 0.2}))
    arrangement = compiled(6, confusion=AS_DONE, **LONE)
    f, a = world, arrangement
    force = [
        a.deployed_force * (f.presence, 1.0)[e == 3] + a.timeliness[e] * f.tier_force[e] - f.counter_force[e]
        for e in range(4)
    ]
    w = {e: 1 / (1 + math.exp(f.decisiveness * force[e])) for e in (0, 3)}
    war_a = {e: f.stake_A * w[e] - f.war_cost_A - f.defend_cost_A * (e == 3) for e in (0, 3)}
    stays = 1 / (1 + math.exp(-(war_a[3] + f.audience_A) / f.lam_A))
    taken = f.seize_success[0]
    response = {}
    for act in (1, 2, 3):
        for th, nu in enumerate((f.resolve_low, f.resolve_high)):
            fought = stays * (-nu * w[3] - f.war_cost_G)
            gain = {1: 0.0, 2: fought + nu * f.slice * taken, 3: fought + nu * w[0]}[act]
            worth = a.interest[0] * gain - a.cost_weight[0] * f.tier_cost[3]
            response[act, th] = logit(np.array([-f.renege * a.oblige[0, act, 1], worth]), f.lam_G)[1]
    met = {act: (response[act, 0] + response[act, 1]) / 2 for act in (1, 2, 3)}
    met_war = stays * war_a[3] - (1 - stays) * f.audience_A
    acts = {
        g: np.array(
            [
                0.0,
                f.coerce_gain - f.cost_coerce - met[1] * f.penalty[3],
                met[2] * (met_war - f.penalty[3])
                + (1 - met[2]) * taken * f.stake_A * f.slice
                - f.cost_seize
                + g * f.justification,
                met[3] * (met_war - f.penalty[3]) + (1 - met[3]) * war_a[0] - f.cost_invade + g * f.justification,
            ]
        )
        - g * f.humiliation
        for g in range(2)
    }
    threat = {g: logit(values, f.lam_A) for g, values in acts.items()}
    lost = {3: -w[3] - f.war_cost_P, 0: -w[0] - f.war_cost_P}
    suffered = np.array(
        [
            0.0,
            -f.coerce_harm,
            met[2] * stays * lost[3] - (1 - met[2]) * taken * f.slice,
            met[3] * stays * lost[3] + (1 - met[3]) * lost[0],
        ]
    )
    conduct = logit(np.array([threat[g] @ suffered + g * f.provoke_gain for g in range(2)]), f.lam_P)
    done = conduct[0] * threat[0] + conduct[1] * threat[1]
    defend = stays * (done[2] * met[2] + done[3] * met[3])
    war = defend + done[3] * (1 - met[3])
    found = kernel(arrangement, world, grid=FLAT_AT_EVEN, horizon=1)
    assert (found.provocations, found.coercions, found.seizures) == pytest.approx(
        (conduct[1], done[1], done[2]), abs=1e-8
    )
    assert (found.defend, found.war) == pytest.approx((defend, war), abs=1e-8)
    assert found.entrap == pytest.approx(conduct[1] * stays * (threat[1][2] * met[2] + threat[1][3] * met[3]), abs=1e-8)
    assert found.conquest == pytest.approx(defend * w[3] + (war - defend) * w[0], abs=1e-8)
    assert found.withdrawals == pytest.approx((1 - stays) * (done[2] * met[2] + done[3] * met[3]), abs=1e-8)
    assert found.lost == pytest.approx(f.slice * done[2] * (1 - met[2]) * taken, abs=1e-8)
    paid = a.cost_weight[0] * (f.tier_cost[3] * sum(done[act] * met[act] for act in met) + f.war_cost_G * defend)
    assert found.cost_guarantors == pytest.approx((paid,), abs=1e-8)
    assert found.value_A == pytest.approx(sum(conduct[g] * threat[g] @ acts[g] for g in range(2)), abs=1e-8)
    assert found.value_P == pytest.approx(done @ suffered + conduct[1] * f.provoke_gain, abs=1e-8)


FLAT_AT_EVEN = Grid(beliefs=3, balances=3, slices=2)


@pytest.mark.parametrize("seed", [1, 4])
def test_nothing_is_lost_on_the_way(seed: int) -> None:
    """Who is not at war is still there: as many findings as periods lived, and in the long run a war for sure."""
    findings = np.zeros((2, 4, 5))
    findings[:, :, 1:] = np.random.default_rng(seed).dirichlet(np.ones(4), size=(2, 4))
    promised = np.full((2, 5, 4), 0.3)
    arrangement = compiled(seed, members=2, confusion=findings, oblige=promised)
    found = kernel(arrangement, future(seed, **HOT), horizon=400)
    lived = 1.0 + np.sum(1.0 - np.cumsum(found.war_by_t)[:-1])
    assert found.honoured + found.breached == pytest.approx(lived, rel=1e-9)
    assert found.war == pytest.approx(sum(found.war_by_t), abs=1e-12)
    assert found.war == pytest.approx(1.0, abs=1e-3)
    assert found.war <= 1.0 + 1e-9
