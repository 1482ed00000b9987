"""Sections 3 and 5: fighting, the drift of the balance, and what a response teaches."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.game import Grid
from foedus.game.kernel.pack import derive, odds_of, pack_clauses, pack_future
from foedus.game.plain.fighting import fighting_on, protecting_force, war
from foedus.game.plain.movement import after_turnover, balance_transition, drift, land, reading, updated_log_odds
from tests.game.specimens import compiled, future

SEEDS = st.integers(0, 10_000)
STABLE = future(1, turnover=0.0, prior=0.4)


def test_certain_belief_stays_certain() -> None:
    """Who is sure of the coalition's type learns nothing from any response while governments do not change."""
    sure = np.array([-math.inf, math.inf])
    for low, high in ((0.2, 0.7), (0.9, 0.01)):
        after = updated_log_odds(log_odds=sure, read_low=np.array(low), read_high=np.array(high), future=STABLE)
        assert np.array_equal(after, sure)


def test_belief_follows_bayes() -> None:
    """A response three times likelier from the high type triples the odds; governments then pull towards the prior."""
    world = dataclasses.replace(STABLE, turnover=0.1)
    even, low, high = np.array(0.0), np.array(0.2), np.array(0.6)
    after = updated_log_odds(log_odds=even, read_low=low, read_high=high, future=STABLE)
    assert after == pytest.approx(math.log(3))
    after = updated_log_odds(log_odds=even, read_low=low, read_high=high, future=world)
    mixed = 0.9 * 0.75 + 0.1 * 0.4
    assert after == pytest.approx(math.log(mixed / (1 - mixed)))


def test_vague_wording_says_nothing_about_resolve() -> None:
    """At full opacity every response reads the same from both types."""
    response = np.array([0.7, 0.2, 0.1, 0.0])
    np.testing.assert_allclose(reading(response=response, future=future(2), opacity=1.0), 0.25)
    noise = future(2).reading_noise
    clear = reading(response=response, future=future(2), opacity=0.0)
    np.testing.assert_allclose(clear, (1 - noise) * response + noise / 4)


@given(seed=SEEDS)
@settings(max_examples=5, deadline=None)
def test_balance_moves_to_somewhere_and_drifts_as_told(seed: int) -> None:
    """Moves of the balance are probabilities; on a fine grid their mean is the drift, demilitarisation raises it."""
    nodes = np.linspace(-4, 4, 81)
    world = future(seed)
    moves = balance_transition(compiled=compiled(seed, demilitarised=0.0), future=world, balance=nodes)
    worse = balance_transition(compiled=compiled(seed, demilitarised=1.0), future=world, balance=nodes)
    np.testing.assert_allclose(moves.sum(axis=-1), 1.0, atol=1e-12)
    assert np.all(moves >= 0)
    middle = 40
    np.testing.assert_allclose((worse - moves)[:, middle] @ nodes, world.drift_demil, atol=1e-4)
    assert moves[0, middle] @ nodes - moves[3, middle] @ nodes == pytest.approx(world.tier_aid[3], abs=1e-4)


@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_sharing_keeps_mean_and_variance(seed: int) -> None:
    """From ten balances on, moves have the mean and the variance of the shock itself, away from the ends."""
    nodes = np.linspace(-2, 2, 25)
    world = dataclasses.replace(future(seed), sigma_balance=0.2)
    moves = balance_transition(compiled=compiled(seed), future=world, balance=nodes)
    assert np.all(moves >= 0)
    np.testing.assert_allclose(moves.sum(axis=-1), 1.0, atol=1e-12)
    mean = moves @ nodes
    variance = moves @ nodes**2 - mean**2
    inner = slice(8, 17)
    wanted = nodes + drift(compiled=compiled(seed), future=world)[:, None]
    np.testing.assert_allclose(mean[:, inner], wanted[:, inner], atol=1e-5)
    np.testing.assert_allclose(variance[:, inner], 0.04, rtol=1e-4)


@given(seed=SEEDS, balances=st.sampled_from([5, 9, 10, 13, 25]), sigma=st.floats(0.02, 2.0))
@settings(max_examples=30, deadline=None)
def test_oracle_and_kernel_move_the_balance_alike(seed: int, balances: int, sigma: float) -> None:
    """Two root finders, one law: the kernel's moves are the oracle's, by cells and by sharing, whatever the shock."""
    grid, world = Grid(11, balances, 3), dataclasses.replace(future(seed), sigma_balance=sigma)
    plain = balance_transition(compiled=compiled(seed), future=world, balance=grid.balance)
    clauses = pack_clauses(compiled(seed))
    game = derive(pack_future(world), clauses, odds_of(grid), grid.balance, grid.beliefs, grid.slices)
    np.testing.assert_allclose(game.move, plain, atol=1e-9)


@given(point=st.floats(-9, 9))
def test_interpolation_splits_a_point_between_neighbours(point: float) -> None:
    """Landing weights are a distribution over nodes whose mean is the point, clipped to the grid."""
    nodes = np.array([-2.0, -0.5, 0.0, 3.0])
    weights = land(points=np.array(point), nodes=nodes).weights(nodes=4)
    assert weights.sum() == pytest.approx(1.0)
    assert np.count_nonzero(weights) <= 2
    assert weights @ nodes == pytest.approx(min(max(point, -2.0), 3.0))


def test_type_redraws_with_turnover() -> None:
    """With certain turnover a coalition expects the prior's mixture whatever it is now; with none, its own type."""
    values = np.array([1.0, 5.0])
    always = dataclasses.replace(STABLE, turnover=1.0)
    np.testing.assert_allclose(after_turnover(by_type=values, future=always), 0.6 * 1 + 0.4 * 5)
    np.testing.assert_allclose(after_turnover(by_type=values, future=STABLE), values)


def test_forces_and_the_war_lottery_by_hand() -> None:
    """Deployed forces count in full from tier deploy on, late help counts in part, and defence costs both sides."""
    world = future(
        4,
        decisiveness=2.0,
        presence=0.5,
        tier_force=[0, 0.2, 0.5, 1.0],
        counter_force=[0, 0.1, 0.1, 0.2],
        stake_A=0.8,
        war_cost_A=0.3,
        war_cost_P=0.4,
        war_cost_G=0.15,
        defend_cost_A=0.25,
        slice=0.1,
        resolve_low=0.2,
        resolve_high=1.5,
    )
    arrangement = compiled(4, deployed_force=0.4, timeliness=np.array([1.0, 1.0, 0.5, 0.5]))
    force = protecting_force(compiled=arrangement, future=world)
    np.testing.assert_allclose(force, [0.2, 0.2 + 0.2 - 0.1, 0.4 + 0.25 - 0.1, 0.4 + 0.5 - 0.2])
    lottery = war(compiled=arrangement, future=world, balance=np.array([0.0, 0.7]), slices=2)
    assert lottery.win[3, 1] == pytest.approx(0.5)
    np.testing.assert_allclose(
        lottery.worth[:, 3, 1, 1], [0.8 * 0.5 * 0.9 - 0.3 - 0.25, -0.45 - 0.4, -0.2 * 0.45 - 0.15, -1.5 * 0.45 - 0.15]
    )
    assert lottery.worth[0, 2, 1, 0] == pytest.approx(0.8 / (1 + math.exp(-2 * 0.15)) - 0.3)


def test_fighting_on_does_not_look_at_the_arrangement() -> None:
    """The yardstick of acceptability is the war lottery with support at the first balance, and nothing else."""
    world = future(4, balance_0=0.4, decisiveness=2.0, tier_force=[0, 0.3, 9, 9], counter_force=[0, 0.1, 9, 9])
    w = 1 / (1 + math.exp(-2 * 0.2))
    adversary, protected, coalition = fighting_on(world)
    assert adversary == pytest.approx(world.stake_A * w - world.war_cost_A)
    assert protected == pytest.approx(-w - world.war_cost_P)
    assert coalition == pytest.approx((-world.resolve_low * w, -world.resolve_high * w))


def test_default_grid_is_that_of_the_theory_page() -> None:
    """Eleven beliefs on [-4, 4] in log-odds and thirteen balances on [-2, 2]."""
    grid = Grid()
    assert (grid.log_odds[0], grid.log_odds[-1], len(grid.log_odds)) == (-4.0, 4.0, 11)
    assert (grid.balance[0], grid.balance[-1], len(grid.balance)) == (-2.0, 2.0, 13)
