"""Section 6: who joins, and what becomes of a proposal."""

import dataclasses
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.game.kernel.joining import EXECUTED, GAIN, MISS, NEED, OPEN, POINT, SCALE, lay_out, need_of, set_up, sweep
from foedus.game.kernel.pack import pack_clauses
from foedus.game.plain.consultation import (
    Proposals,
    all_proposals,
    consult,
    join_response,
    pivotal_chances,
    principal_branch,
)
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from tests.game.specimens import COARSE_GAINS, compiled, future

SEEDS = st.integers(0, 10_000)


def chance_by_counting(arrangement: CompiledArrangement, join: FloatArray, *, quorum: int, i: int, joins: int) -> float:
    """Add up the chances of every coalition of the others with which the tier is executed."""
    others = [j for j in range(len(join)) if j != i]
    total = 0.0
    for present in itertools.product((0, 1), repeat=len(others)):
        stand = {i: joins, **dict(zip(others, present, strict=True))}
        weight = sum(int(arrangement.weight[j]) for j in stand if stand[j])
        if weight >= quorum and all(stand[j] for j in stand if arrangement.must[j]):
            total += math.prod(join[j] if stand[j] else 1 - join[j] for j in others)
    return total


@given(seed=SEEDS, members=st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_pivotal_chances_count_coalitions(seed: int, members: int) -> None:
    """The law of the joining weight is the sum over all coalitions, required members and any quorum included."""
    arrangement = compiled(seed, members=members)
    join = np.random.default_rng(seed).random((members, 3))
    quorum = arrangement.quorum[1:]
    if_joins, if_aside = pivotal_chances(join, quorum=quorum, compiled=arrangement)
    for i, c in itertools.product(range(members), range(3)):
        for joins, found in ((1, if_joins), (0, if_aside)):
            counted = chance_by_counting(arrangement, join[:, c], quorum=int(quorum[c]), i=i, joins=joins)
            assert found[i, c] == pytest.approx(counted, abs=1e-12)


@given(seed=SEEDS, members=st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_joining_is_an_equilibrium(seed: int, members: int) -> None:
    """Nobody's chance of joining differs from the logit of what joining is worth, the others joining as they do."""
    arrangement, world = compiled(seed, members=members), future(seed)
    proposals = all_proposals(compiled=arrangement, future=world)
    join = principal_branch(proposals, compiled=arrangement, future=world)
    answer = join_response(join, proposals=proposals, compiled=arrangement, future=world)
    np.testing.assert_allclose(join, answer, atol=1e-8)
    assert np.all(join[arrangement.proposer] == 1.0)


def test_lone_framework_nation_needs_nobody() -> None:
    """With one guarantor whose weight is the quorum, whatever it proposes is executed."""
    alone = compiled(3, members=1, quorum=np.array([0, *[1] * 3]), weight=np.array([1]), must=np.array([True]))
    executed = consult(compiled=alone, future=future(3)).executed
    np.testing.assert_allclose(executed[1:, 1:], 1.0, atol=1e-12)
    assert np.all(executed[0] == 0.0)
    assert np.all(executed[:, 0] == 0.0)


def test_sole_decider_follows_a_plain_logit() -> None:
    """One guarantor whose joining alone decides joins by the plain logit of joining against not joining."""
    world = future(5)
    pair = compiled(
        5, members=2, weight=np.array([1, 1]), quorum=np.array([0, 2, 2, 2]), must=np.array([False, False]), proposer=1
    )
    executed = consult(compiled=pair, future=world).executed
    for n, r, (x, gain) in itertools.product(range(1, 5), range(1, 4), enumerate(COARSE_GAINS)):
        worth = pair.interest[0] * gain - pair.cost_weight[0] * world.tier_cost[r] + world.renege * pair.oblige[0, n, r]
        assert executed[n, r, x] == pytest.approx(1 / (1 + math.exp(-worth / world.lam_G)), abs=1e-8)


def test_unreachable_quorum_and_unwilling_required_member() -> None:
    """A quorum above all weights, or a required member who will never come, means that nothing is executed."""
    unreachable = compiled(7, quorum=np.array([0, 99, 99, 99]))
    assert np.all(consult(compiled=unreachable, future=future(7)).executed == 0.0)
    costs = np.array([1.0, 1.0, 1e6])
    unwilling = compiled(
        7,
        quorum=np.array([0, 1, 1, 1]),
        must=np.array([False, False, True]),
        proposer=0,
        cost_weight=costs,
        oblige=np.zeros((3, 5, 4)),
    )
    optional = dataclasses.replace(unwilling, must=np.array([False, False, False]))
    assert np.max(consult(compiled=unwilling, future=future(7)).executed) < 1e-3
    assert np.min(consult(compiled=optional, future=future(7)).executed[1:, 1:]) == pytest.approx(1.0)


def test_free_riding_and_the_pull_of_an_obligation() -> None:
    """A guarantor joins less when others suffice without it, and more when it has promised to."""
    world = future(11)
    base = compiled(
        11,
        members=4,
        weight=np.ones(4, dtype=np.int64),
        quorum=np.array([0, 4, 4, 2]),
        must=np.zeros(4, dtype=bool),
        proposer=0,
        oblige=np.zeros((4, 5, 4)),
        cost_weight=np.ones(4),
        interest=np.ones(4),
    )
    case = Proposals(
        gain=np.array([1.0, 1.0, 1.0]), tier_cost=np.full(3, 0.15), quorum=np.array([4, 2, 2]), duty=np.zeros((4, 3))
    )
    case.duty[1, 2] = 0.4
    join = principal_branch(case, compiled=base, future=world)
    assert join[1, 0] > join[1, 1]
    assert join[1, 2] > join[1, 1]


@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_member_joins_at_least_as_often_as_the_tier_needs_it(seed: int) -> None:
    """Nobody joins and executes more often than the tier is executed; a required member always does, the leader too."""
    arrangement = compiled(seed, members=3)
    table = consult(compiled=arrangement, future=future(seed))
    assert np.all(table.joined <= table.executed + 1e-8)
    for i in np.flatnonzero(arrangement.must):
        np.testing.assert_allclose(table.joined[i], table.executed, atol=1e-7)


@given(seed=SEEDS, members=st.integers(2, 7))
@settings(max_examples=15, deadline=None)
def test_sweeps_of_the_kernel_know_what_everybody_has_just_decided(seed: int, members: int) -> None:
    """At pace 0 all answer the same p, as in the plain oracle; after sweeps up and down T is that of the new p."""
    arrangement, world, rng = compiled(seed, members=members), future(seed), np.random.default_rng(seed)
    clauses = pack_clauses(arrangement)
    need = need_of(clauses, 1)
    bench = set_up(clauses, need)
    bench.plane[POINT] = rng.random((members, 16))
    bench.plane[POINT, arrangement.proposer] = 1.0
    bench.lane[GAIN], bench.lane[NEED] = rng.uniform(-0.5, 2.0, 16), need
    bench.lane[SCALE], bench.lane[OPEN] = 1.0 / world.lam_G, 1.0
    proposals = Proposals(
        gain=bench.lane[GAIN].copy(),
        tier_cost=np.zeros(16),
        quorum=np.full(16, arrangement.quorum[1]),
        duty=np.zeros((members, 16)),
    )
    lay_out(clauses, bench, need)
    sweep(clauses, bench, need, False, 0.0)
    answer = join_response(bench.plane[POINT], proposals=proposals, compiled=arrangement, future=world)
    np.testing.assert_allclose(bench.plane[MISS], answer - bench.plane[POINT], atol=1e-12)
    for swept in range(5):
        sweep(clauses, bench, need, swept % 2 == 1, 0.7)
    if_joins, _ = pivotal_chances(bench.plane[POINT], quorum=proposals.quorum, compiled=arrangement)
    np.testing.assert_allclose(bench.lane[EXECUTED], if_joins[arrangement.proposer], atol=1e-12)
