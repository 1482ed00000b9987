"""Sections 4, 7, 8: one period, its symmetries and limits, and the equilibrium."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.game import Future
from foedus.game.plain import Board, Equilibrium, iterate
from foedus.game.plain.iterate import change, first_position
from foedus.game.plain.logit import logit_choice
from foedus.game.plain.regret import judge
from foedus.game.plain.stage import sweep
from foedus.mechanism.compiled import CompiledArrangement
from tests.game.specimens import CONFUSION, SMALL, compiled, future

SEEDS = st.integers(0, 10_000)
STATES = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 1))


def after_sweeps(arrangement: CompiledArrangement, world: Future, *, sweeps: int = 30) -> Equilibrium:
    """Play a fixed number of sweeps, so that two games can be compared exactly."""
    board = Board.lay_out(compiled=arrangement, future=world, grid=SMALL)
    return iterate(board, tolerance=1e-300, max_sweeps=sweeps)


@given(seed=SEEDS, members=st.integers(1, 4), state=STATES, sweeps=st.integers(1, 15))
@settings(max_examples=20, deadline=None)
def test_sweep_agrees_with_a_judge_that_counts_by_hand(
    seed: int, members: int, state: tuple[int, int, int], sweeps: int
) -> None:
    """Every choice in a sweep is the logit of values worked out one by one, and every value what is then expected."""
    board = Board.lay_out(compiled=compiled(seed, members=members), future=future(seed), grid=SMALL)
    found = iterate(board, tolerance=1e-300, max_sweeps=sweeps)
    assert judge(found.play, conjecture=found.conjecture, board=board, state=state).worst < 1e-11


@pytest.mark.parametrize("seed", [0, 3, 5])
def test_no_party_regrets_its_policy_in_equilibrium(seed: int) -> None:
    """At the fixed point policies are best replies, in the logit sense, to themselves and to their own values."""
    board = Board.lay_out(compiled=compiled(seed), future=future(seed), grid=SMALL)
    found = iterate(board, tolerance=1e-9, max_sweeps=3000)
    assert found.residual < 1e-9
    for state in ((0, 0, 0), (2, 3, 1), (4, 4, 0)):
        assert judge(found.play, conjecture=found.play.position, board=board, state=state).worst < 1e-7


@given(seed=SEEDS, members=st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_choices_are_probabilities(seed: int, members: int) -> None:
    """Every policy of every sweep is a distribution over its actions."""
    play = after_sweeps(compiled(seed, members=members), future(seed), sweeps=5).play
    policy = play.position
    for chances, axis in ((policy.conduct, 0), (policy.threat, 1), (policy.response, 2), (play.proposal, 2)):
        assert np.all(chances >= -1e-15)
        np.testing.assert_allclose(chances.sum(axis=axis), 1.0, atol=1e-12)
    assert np.all((play.persist >= 0) & (play.persist <= 1))


@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_veto_over_every_response_is_no_guarantee(seed: int) -> None:
    """When all tiers are blocked, the same happens in every state as when no quorum can ever be reached."""
    vetoed = after_sweeps(compiled(seed, blocked=np.array([False, True, True, True])), future(seed))
    absent = after_sweeps(
        compiled(seed, blocked=np.zeros(4, dtype=bool), quorum=np.array([0, 99, 99, 99])), future(seed)
    )
    assert change(vetoed.play.position, absent.play.position) < 1e-12
    assert np.all(vetoed.play.position.response[:, :, 1:] == 0.0)


@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_vetoed_response_equals_a_mechanism_that_never_finds_a_breach(seed: int) -> None:
    """No response on paper and no determination on paper are the same paper."""
    deaf = np.zeros((2, 4, 5))
    deaf[:, :, 0] = 1.0
    vetoed = after_sweeps(compiled(seed, blocked=np.array([False, True, True, True])), future(seed)).play.position
    unheard = after_sweeps(compiled(seed, confusion=deaf), future(seed)).play.position
    np.testing.assert_allclose(vetoed.threat, unheard.threat, atol=1e-12)
    np.testing.assert_allclose(vetoed.conduct, unheard.conduct, atol=1e-12)
    np.testing.assert_allclose(vetoed.value, unheard.value, atol=1e-12)


ADVERSARY_PAYOFFS = [
    "lam_A",
    "stake_A",
    "war_cost_A",
    "defend_cost_A",
    "cost_coerce",
    "cost_seize",
    "cost_invade",
    "coerce_gain",
    "audience_A",
    "justification",
    "humiliation",
    "penalty",
]
GUARANTOR_PAYOFFS = ["lam_G", "resolve_low", "resolve_high", "war_cost_G", "tier_cost", "renege"]


def scaled(world: Future, names: list[str], *, factor: float) -> Future:
    """Multiply the named parameters."""
    times = {k: np.multiply(getattr(world, k), factor) for k in names}
    return Future.from_mapping(world.to_mapping() | {k: v.tolist() for k, v in times.items()})


@given(seed=SEEDS, factor=st.floats(0.3, 3.0))
@settings(max_examples=8, deadline=None)
def test_units_of_the_adversary_do_not_matter(seed: int, factor: float) -> None:
    """Counting the adversary's payoffs and its noise in another currency changes its values and nobody's choice."""
    world, arrangement = future(seed), compiled(seed)
    a = after_sweeps(arrangement, world).play.position
    b = after_sweeps(arrangement, scaled(world, ADVERSARY_PAYOFFS, factor=factor)).play.position
    np.testing.assert_allclose(a.threat, b.threat, atol=1e-7)
    np.testing.assert_allclose(a.conduct, b.conduct, atol=1e-7)
    np.testing.assert_allclose(a.response, b.response, atol=1e-7)
    np.testing.assert_allclose(a.value[0] * factor, b.value[0], atol=1e-7)


@given(seed=SEEDS, factor=st.floats(0.3, 3.0))
@settings(max_examples=8, deadline=None)
def test_units_of_the_guarantors_do_not_matter(seed: int, factor: float) -> None:
    """The same for the guarantors, the points at which consultation is tabulated being counted in the same currency."""
    world, arrangement = future(seed), compiled(seed)
    a = after_sweeps(arrangement, world).play.position
    other = dataclasses.replace(arrangement, x_grid=arrangement.x_grid * factor)
    b = after_sweeps(other, scaled(world, GUARANTOR_PAYOFFS, factor=factor)).play.position
    np.testing.assert_allclose(a.threat, b.threat, atol=1e-6)
    np.testing.assert_allclose(a.response, b.response, atol=1e-6)
    np.testing.assert_allclose(a.value[2:] * factor, b.value[2:], atol=1e-6)


@given(seed=SEEDS, order=st.permutations([0, 1, 2]))
@settings(max_examples=10, deadline=None)
def test_names_of_guarantors_do_not_matter(seed: int, order: list[int]) -> None:
    """Listing the guarantors in another order, the framework nation among them, changes nothing."""
    one = compiled(seed)
    other = dataclasses.replace(
        one,
        **{name: getattr(one, name)[order] for name in ("weight", "interest", "cost_weight", "oblige", "must")},
        proposer=order.index(one.proposer),
    )
    a, b = after_sweeps(one, future(seed)), after_sweeps(other, future(seed))
    assert change(a.play.position, b.play.position) < 1e-6


def test_lone_guarantor_chooses_tiers_by_a_plain_logit() -> None:
    """A single guarantor whose weight is the quorum picks the tier by the logit of gain less cost less shame."""
    world = future(9)
    alone = compiled(
        9, members=1, weight=np.array([2]), quorum=np.array([0, 2, 2, 2]), blocked=np.array([False, False, True, False])
    )
    play = after_sweeps(alone, world).play
    b, k, s, n = 2, 3, 0, 2
    for t in range(2):
        gain = play.gain[t, n, :, b, k, s]
        shirked = [alone.oblige[0, n, 1], alone.oblige[0, n, 2], 0.0, 0.0]
        worth = [
            alone.interest[0] * gain[r] * (r > 0)
            - alone.cost_weight[0] * world.tier_cost[r]
            - world.renege * shirked[r]
            for r in (0, 1, 3)
        ]
        weights = [math.exp(w / world.lam_G) for w in worth]
        expected = [weights[0], weights[1], 0.0, weights[2]]
        np.testing.assert_allclose(
            play.position.response[t, n, :, b, k, s], np.array(expected) / sum(weights), atol=1e-9
        )


def test_determination_that_cannot_occur_does_no_harm() -> None:
    """A mechanism that never finds `provoked` still gives finite values and policies everywhere."""
    never = CONFUSION.copy()
    never[:, :, 0] += never[:, :, 4]
    never[:, :, 4] = 0.0
    found = after_sweeps(compiled(2, confusion=never), future(2, reading_noise=0.0))
    assert np.all(np.isfinite(found.play.position.value))
    assert np.all(np.isfinite(found.play.position.response))
    assert np.all(found.play.gain[:, 4] == 0.0)


def test_first_sweep_of_a_myopic_adversary_is_in_closed_form() -> None:
    """With nothing to come and no breach ever found, threats are a logit over today's costs and gains alone."""
    world = future(6)
    deaf = np.zeros((2, 4, 5))
    deaf[:, :, 0] = 1.0
    board = Board.lay_out(compiled=compiled(6, confusion=deaf), future=world, grid=SMALL)
    threat = sweep(first_position(board), board=board).position.threat
    for g in range(2):
        fight = board.war.worth[0, 0, 3, 1]
        extra = world.justification * g
        worth = np.array(
            [0.0, world.coerce_gain - world.cost_coerce, extra - world.cost_seize, extra - world.cost_invade + fight]
        )
        expected = np.exp(worth / world.lam_A) / np.exp(worth / world.lam_A).sum()
        np.testing.assert_allclose(threat[g, :, 2, 3, 1], expected, atol=1e-12)


def test_logit_never_overflows() -> None:
    """Huge differences give certainty, not a failure; a barred action is never taken."""
    chances = logit_choice(np.array([1e6, 0.0, -np.inf]), lam=0.01, axis=0)
    np.testing.assert_array_equal(chances, [1.0, 0.0, 0.0])
