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
from foedus.game.plain.stage import sweep, threaten, war_values
from foedus.mechanism.compiled import CompiledArrangement
from tests.game.specimens import ADVERSARY_PAYOFFS, CONFUSION, DEAF, GUARANTOR_PAYOFFS, SMALL, compiled, future, scaled

SEEDS = st.integers(0, 10_000)
ALL_CLOSED = np.array([False, True, True, True])
DEFENCE_CLOSED = np.array([False, False, False, True])
STATES = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 1))


def after_sweeps(arrangement: CompiledArrangement, world: Future, *, sweeps: int = 12) -> Equilibrium:
    """Play a fixed number of sweeps, so that two games can be compared exactly."""
    board = Board.lay_out(compiled=arrangement, future=world, grid=SMALL)
    return iterate(board, tolerance=1e-300, max_sweeps=sweeps)


@given(seed=SEEDS, members=st.integers(1, 4), state=STATES, sweeps=st.integers(1, 15))
@settings(max_examples=12, deadline=None)
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
@settings(max_examples=8, deadline=None)
def test_choices_are_probabilities(seed: int, members: int) -> None:
    """Every policy of every sweep is a distribution over its actions."""
    play = after_sweeps(compiled(seed, members=members), future(seed), sweeps=5).play
    policy = play.position
    for chances, axis in ((policy.conduct, 0), (policy.threat, 1), (policy.response, 2), (play.proposal, 2)):
        assert np.all(chances >= -1e-15)
        np.testing.assert_allclose(chances.sum(axis=axis), 1.0, atol=1e-12)
    assert np.all((play.persist >= 0) & (play.persist <= 1))
    assert np.all(play.persist[:, 0] == 1.0)
    assert np.all((play.resist >= 0) & (play.resist <= 1))


@given(seed=SEEDS)
@settings(max_examples=5, deadline=None)
def test_veto_over_every_response_is_no_guarantee(seed: int) -> None:
    """When all tiers are blocked, the same happens in every state as when no quorum can ever be reached."""
    vetoed = after_sweeps(compiled(seed, blocked=np.array([False, True, True, True])), future(seed))
    absent = after_sweeps(
        compiled(seed, blocked=np.zeros(4, dtype=bool), quorum=np.array([0, 99, 99, 99])), future(seed)
    )
    assert change(vetoed.play.position, absent.play.position) < 1e-12
    assert np.all(vetoed.play.position.response[:, :, 1:] == 0.0)


@given(seed=SEEDS)
@settings(max_examples=5, deadline=None)
def test_vetoed_response_equals_a_mechanism_that_never_finds_a_breach(seed: int) -> None:
    """No response on paper and no determination on paper are the same paper to an adversary that never withdraws."""
    world = future(seed, audience_A=50.0)
    vetoed = after_sweeps(compiled(seed, blocked=ALL_CLOSED), world).play.position
    unheard = after_sweeps(compiled(seed, confusion=DEAF, blocked=DEFENCE_CLOSED), world).play.position
    np.testing.assert_allclose(vetoed.threat, unheard.threat, atol=1e-9)
    np.testing.assert_allclose(vetoed.conduct, unheard.conduct, atol=1e-9)
    np.testing.assert_allclose(vetoed.value, unheard.value, atol=1e-9)


@given(seed=SEEDS, factor=st.floats(0.3, 3.0))
@settings(max_examples=5, deadline=None)
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
@settings(max_examples=5, deadline=None)
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
@settings(max_examples=6, deadline=None)
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
        worth = [
            -world.renege * alone.oblige[0, n, 1],
            alone.interest[0] * gain[1]
            - alone.cost_weight[0] * world.tier_cost[1]
            - world.renege * alone.oblige[0, n, 2],
        ]
        weights = [math.exp(w / world.lam_G) for w in worth]
        expected = [*weights, 0.0]
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
    world = future(6, yield_cost=50.0, resent_A=0.0)
    board = Board.lay_out(compiled=compiled(6, confusion=DEAF, blocked=ALL_CLOSED), future=world, grid=SMALL)
    threat = sweep(first_position(board), board=board).position.threat
    for v in range(2):
        fight = board.war.worth[0, 0, 0, 3, 1]
        extra = world.justification * v
        seize, invade = extra - world.cost_seize + fight, extra - world.cost_invade + fight
        worth = np.array([0.0, world.coerce_gain - world.cost_coerce, seize, invade])
        expected = np.exp(worth / world.lam_A) / np.exp(worth / world.lam_A).sum()
        np.testing.assert_allclose(threat[v, :, 2, 3, 1], expected, atol=1e-12)


@given(seed=SEEDS)
@settings(max_examples=6, deadline=None)
def test_without_friction_nothing_happens_by_accident(seed: int) -> None:
    """At friction 0, and under observers that see everything, what an accident would look like moves nothing."""
    other = np.random.default_rng(seed).dirichlet(np.ones(5), size=4)
    base = compiled(seed, calm=0.0)
    confused = dataclasses.replace(base, confusion=np.stack([base.confusion[0], other, base.confusion[2]]))
    smooth = after_sweeps(base, future(seed, friction=0.0)).play.position
    for arrangement, world in (
        (dataclasses.replace(base, calm=0.8), future(seed, friction=0.0)),
        (confused, future(seed, friction=0.0)),
        (dataclasses.replace(confused, calm=1.0), future(seed, friction=0.3)),
    ):
        assert change(smooth, after_sweeps(arrangement, world).play.position) < 1e-9


def test_an_incident_is_less_of_a_provocation_the_likelier_accidents_are() -> None:
    """Right after the first sweep the adversary seizes and invades as after a provocation, diluted by accidents."""
    arrangement, world = compiled(2, calm=0.0), future(2, friction=0.3)
    board = Board.lay_out(compiled=arrangement, future=world, grid=SMALL)
    worth = np.random.default_rng(0).normal(size=(3, 4, *board.shape))
    conduct = np.stack([np.full(board.shape, 0.9), np.full(board.shape, 0.1)])
    alpha = 0.1 / (0.1 + 0.3 * 0.9)
    expected = logit_choice(alpha * worth[2] + (1 - alpha) * worth[1], lam=world.lam_A, axis=0)
    np.testing.assert_allclose(threaten(worth, conduct=conduct, board=board)[1], expected, atol=1e-12)
    never = np.stack([np.ones(board.shape), np.zeros(board.shape)])
    quiet = Board.lay_out(compiled=arrangement, future=dataclasses.replace(world, friction=0.0), grid=SMALL)
    certain = logit_choice(worth[2], lam=world.lam_A, axis=0)
    np.testing.assert_allclose(threaten(worth, conduct=never, board=quiet)[1], certain, atol=1e-12)


@given(seed=SEEDS)
@settings(max_examples=6, deadline=None)
def test_exposure_is_nothing_to_an_adversary_that_only_wants_the_land(seed: int) -> None:
    """At resent_A = 0 foreign forces at its border change no choice."""
    world = future(seed, resent_A=0.0)
    near, far = (after_sweeps(compiled(seed, exposure=x), world).play.position for x in (1.0, 0.0))
    assert change(near, far) == 0.0


@given(seed=SEEDS)
@settings(max_examples=6, deadline=None)
def test_ruinous_withdrawal_and_ruinous_yielding_never_happen(seed: int) -> None:
    """An adversary that would be ruined by withdrawing persists, a protected state that would be by yielding fights."""
    proud = after_sweeps(compiled(seed), future(seed, audience_A=1e3)).play
    assert proud.persist.min() > 1 - 1e-9
    unbending = after_sweeps(compiled(seed), future(seed, yield_cost=1e3)).play
    assert unbending.resist.min() > 1 - 1e-9


def test_expectations_of_defence_follow_the_response() -> None:
    """What adversary and protected state expect of guarantors in war moves with what the response says of resolve."""
    board = Board.lay_out(compiled=compiled(4, blocked=np.zeros(4, dtype=bool)), future=future(4), grid=SMALL)
    chi = board.defended[:, 1, 3, 1, 2, 0]
    for post in (0.0, 0.3, 1.0):
        worth = war_values(np.full((5, 3, *board.shape), post), board=board)[:, 1, 3, 1, 2, 2, 0]
        alone, together = board.war.worth[:, :, 1, 2, 0].T
        expected = (1 - post) * chi[0] + post * chi[1]
        chances = np.array([expected, expected, chi[0], chi[1]])
        np.testing.assert_allclose(worth, (1 - chances) * alone + chances * together, atol=1e-12)


def test_logit_never_overflows() -> None:
    """Huge differences give certainty, not a failure; a barred action is never taken."""
    chances = logit_choice(np.array([1e6, 0.0, -np.inf]), lam=0.01, axis=0)
    np.testing.assert_array_equal(chances, [1.0, 0.0, 0.0])
