"""Judges of the kernel that share no code with it: the oracle, regret, a period by hand, and what must add up.

All go in by `solve`. `python -m bench.judges.mutations` counts on it and on test_properties.py to catch faults put into
the kernel on purpose.
"""

import itertools
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
        done = np.einsum("t,tclne->cl", truly, rates.event[..., b, k, 0])
        war = np.einsum("t,tcane->ca", truly, rates.war[..., b, k, 0])
        ours = (outcome.accidents, outcome.provocations, outcome.coercions, outcome.seizures, outcome.invasions)
        assert ours == pytest.approx((*done.sum(axis=1)[1:], *done.sum(axis=0)[1:]), abs=1e-6)
        assert (outcome.war, outcome.accidental, outcome.resisted) == pytest.approx(
            (war.sum(), war[1].sum(), war[:, 0].sum()), abs=1e-6
        )
        yielded, withdrawn = (
            float(truly @ each[..., b, k, 0].sum(axis=(1, 2))) for each in (rates.yielded, rates.withdrawal)
        )
        assert (outcome.yielded, outcome.withdrawals) == pytest.approx((yielded, withdrawn), abs=1e-6)


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
    "blocked": np.array([False, True, False, False]),
    "governs": np.array([[2, 2, 2, 3, 4], [3, 3, 2, 3, 4]]),
}
AS_DONE = np.zeros((3, 4, 5))
AS_DONE[:, range(4), range(4)] = 1.0
ONCE: dict[str, Any] = {**dict.fromkeys(("delta_A", "delta_P", "delta_G"), 1e-13), "prior": 0.5, "balance_0": 0.0}
"""Nobody looks beyond the period, which begins at even odds of resolve and with even forces."""


def logit(values: FloatArray, lam: float) -> FloatArray:
    """Return chances proportional to exp(value / lam)."""
    weight = np.exp((values - values.max()) / lam)
    return np.asarray(weight / weight.sum())


def yes(advantage: float, lam: float) -> float:
    """Return the chance of the first of two actions."""
    return 1.0 / (1.0 + math.exp(-advantage / lam))


def test_one_period_of_a_lone_guarantor_by_hand() -> None:
    """One guarantor that may deploy and defend, one period, perfect monitoring: every choice is a logit, by hand."""
    noisy = {"lam_A": 0.1, "lam_P": 0.1, "lam_G": 0.2, "reading_noise": 1.0}
    world, grid = future(6, **(ONCE | noisy)), FLAT_AT_EVEN
    arrangement = compiled(6, confusion=AS_DONE, **LONE)
    f, a = world, arrangement
    owed, phi = a.oblige[0], f.friction * (1 - a.calm)
    tau = (a.timeliness[3], (1 + a.timeliness[3]) / 2)
    force, joint = {}, {}
    for e in (0, 2):
        there = 1.0 if e == 2 else f.presence
        force[e] = a.deployed_force * there + a.timeliness[e] * f.tier_force[e] - f.counter_force[e]
        joint[e] = max(force[e], a.deployed_force + tau[e // 2] * f.tier_force[3] - f.counter_force[3])
    win = {(e, d): yes(-(joint, force)[d == 0][e] * f.decisiveness, 1.0) for e in (0, 2) for d in (0, 1)}
    nu, even = (f.resolve_low, f.resolve_high), (0.5, 0.5)

    chi, war = {}, {}
    for m, e, th in ((m, e, th) for m in (2, 3) for e in (0, 2) for th in (0, 1)):
        gain = nu[th] * (win[e, 0] - win[e, 1]) - f.war_cost_G
        duty = f.renege * min(1.0, owed[m, 3] + f.entangle * (e == 2))
        chi[m, e, th] = yes(a.interest[0] * gain - a.cost_weight[0] * f.tier_cost[3] + duty, f.lam_G)
        war[m, e, th] = -nu[th] * win[e, 0] + chi[m, e, th] * (gain - f.tier_cost[3])
    met = {(m, e): np.dot(even, [chi[m, e, 0], chi[m, e, 1]]) for m in (2, 3) for e in (0, 2)}
    won = {(m, e): (1 - met[m, e]) * win[e, 0] + met[m, e] * win[e, 1] for m in (2, 3) for e in (0, 2)}
    war_A = {at: f.stake_A * won[at] - f.war_cost_A - f.defend_cost_A * met[at] for at in won}
    war_P = {at: -won[at] - f.war_cost_P for at in won}

    resent, z = f.resent_A * a.exposure, f.seize_success
    resist, seizing, invading, got = {}, {}, {}, {}
    for e in (0, 2):
        resist[e] = yes(war_P[2, e] + z[e] * f.slice + f.yield_cost, f.lam_P)
        taken = resist[e] * war_A[2, e] + (1 - resist[e]) * (z[e] * f.stake_A * f.slice - resent)
        seizing[e] = yes(taken + f.audience_A + resent, f.lam_A)
        invading[e] = yes(war_A[3, e] + f.audience_A + resent, f.lam_A)
        leaves = -f.audience_A - resent
        got[2, e] = seizing[e] * taken + (1 - seizing[e]) * leaves - f.penalty[e]
        got[3, e] = invading[e] * war_A[3, e] + (1 - invading[e]) * leaves - f.penalty[e]
        got[1, e] = f.coerce_gain - resent - f.penalty[e]

    executed = {}
    for act, th in ((act, th) for act in (1, 2, 3) for th in (0, 1)):
        gains = {
            e: {
                1: 0.0,
                2: seizing[e] * (resist[e] * war[2, e, th] - (1 - resist[e]) * z[e] * nu[th] * f.slice),
                3: invading[e] * war[3, e, th],
            }[act]
            for e in (0, 2)
        }
        gain = gains[2] - gains[0]
        deploy = a.interest[0] * gain - a.cost_weight[0] * f.tier_cost[2]
        executed[act, th] = yes(deploy + f.renege * owed[act, 1], f.lam_G)
    response = {act: (executed[act, 0] + executed[act, 1]) / 2 for act in (1, 2, 3)}
    cost = (0.0, f.cost_coerce, f.cost_seize, f.cost_invade)
    mean = [response[act] * got[act, 2] + (1 - response[act]) * got[act, 0] - cost[act] for act in (1, 2, 3)]
    base = np.array([-resent, *mean])
    incident_gain = f.justification * np.array([0, 0, 1, 1]) - f.humiliation
    threat = [logit(base + v * incident_gain, f.lam_A) for v in (0, 1)]
    lost = {}
    for e in (0, 2):
        yielded = -z[e] * f.slice - f.yield_cost
        lost[2, e] = seizing[e] * (resist[e] * war_P[2, e] + (1 - resist[e]) * yielded)
        lost[3, e] = invading[e] * war_P[3, e]
    harm = [response[act] * lost[act, 2] + (1 - response[act]) * lost[act, 0] for act in (2, 3)]
    suffered = np.array([0.0, -f.coerce_harm, *harm])
    calm, incident = threat[0] @ suffered, threat[1] @ suffered
    provoke = yes(incident + f.provoke_gain - (1 - phi) * calm - phi * incident, f.lam_P)

    ground = np.array([(1 - provoke) * (1 - phi), (1 - provoke) * phi, provoke])
    done = [chance * threat[min(c, 1)] for c, chance in enumerate(ground)]
    at = {(act, e): response[act] if e == 2 else 1 - response[act] for act in (2, 3) for e in (0, 2)}
    truly = {
        (act, e, th): (executed[act, th] if e == 2 else 1 - executed[act, th]) / 2
        for act, e, th in itertools.product((2, 3), (0, 2), (0, 1))
    }
    persists = {(2, e): seizing[e] * resist[e] for e in (0, 2)} | {(3, e): invading[e] for e in (0, 2)}
    begun = [sum(x[act] * at[act, e] * persists[act, e] for act, e in at) for x in done]
    wars = {key: share * persists[key[:2]] for key, share in truly.items()}
    fought = [sum(x[key[0]] * war_share * chi[key] for key, war_share in wars.items()) for x in done]
    found = kernel(arrangement, world, grid=grid, horizon=1)
    all_done = sum(done)
    assert (found.accidents, found.provocations) == pytest.approx((ground[1], ground[2]), abs=1e-8)
    assert (found.coercions, found.seizures, found.invasions) == pytest.approx(tuple(all_done[1:]), abs=1e-8)
    assert (found.war, found.accidental) == pytest.approx((sum(begun), begun[1]), abs=1e-8)
    assert (found.defend, found.entrap) == pytest.approx((sum(fought), fought[2]), abs=1e-8)
    assert found.resisted == pytest.approx(all_done[2] * sum(at[2, e] * persists[2, e] for e in (0, 2)), abs=1e-8)
    yields = sum(at[2, e] * seizing[e] * (1 - resist[e]) for e in (0, 2))
    assert found.yielded == pytest.approx(all_done[2] * yields, abs=1e-8)
    stakes = sum(
        all_done[act] * wars[act, e, th] * ((1 - chi[act, e, th]) * win[e, 0] + chi[act, e, th] * win[e, 1])
        for act, e, th in wars
    )
    assert found.conquest == pytest.approx(stakes, abs=1e-8)
    leaves = all_done[2] * (1 - sum(at[2, e] * seizing[e] for e in (0, 2)))
    leaves += all_done[3] * (1 - sum(at[3, e] * invading[e] for e in (0, 2)))
    assert found.withdrawals == pytest.approx(leaves, abs=1e-8)
    deployed = f.tier_cost[2] * sum(all_done[act] * response[act] for act in (1, 2, 3))
    paid = a.cost_weight[0] * (deployed + (f.tier_cost[3] + f.war_cost_G) * sum(fought))
    assert found.cost_guarantors == pytest.approx((paid + a.standing_cost[0] * (1 - sum(begun)),), abs=1e-8)
    worth = [base + v * incident_gain for v in (0, 1, 1)]
    assert found.value_A == pytest.approx(sum(x @ worth[c] for c, x in enumerate(done)), abs=1e-8)
    assert found.value_P == pytest.approx(all_done @ suffered + provoke * f.provoke_gain, abs=1e-8)


FLAT_AT_EVEN = Grid(beliefs=3, balances=3, slices=2)


@pytest.mark.parametrize("seed", [1, 4])
def test_nothing_is_lost_on_the_way(seed: int) -> None:
    """Who is not at war is still there: as many findings as periods lived, and in the long run a war for sure."""
    findings = np.zeros((3, 4, 5))
    findings[:, :, 1:] = np.random.default_rng(seed).dirichlet(np.ones(4), size=(3, 4))
    promised = np.full((2, 5, 4), 0.3)
    promised[:, 0] = 0.0
    arrangement = compiled(seed, members=2, confusion=findings, oblige=promised)
    found = kernel(arrangement, future(seed, **HOT), horizon=400)
    lived = 1.0 + np.sum(1.0 - np.cumsum(found.war_by_t)[:-1])
    assert found.honoured + found.breached == pytest.approx(lived, rel=1e-9)
    assert found.war == pytest.approx(sum(found.war_by_t), abs=1e-12)
    assert found.war == pytest.approx(1.0, abs=1e-3)
    assert found.war <= 1.0 + 1e-9
