"""Section 6: who joins, and what becomes of a proposal."""

import dataclasses
import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import expit

from foedus.game.plain.consultation import (
    ConsultationTable,
    Proposals,
    consult_in_crisis,
    consult_in_war,
    crisis_duty,
    pivotal_chances,
    principal_branch,
    war_duty,
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
    for table in (
        consult_in_crisis(compiled=arrangement, future=world),
        consult_in_war(compiled=arrangement, future=world),
    ):
        assert table.miss.max() < 1e-8
        assert np.all((table.executed > -1e-12) & (table.executed < 1 + 1e-12))


def test_lone_framework_nation_needs_nobody() -> None:
    """With one guarantor whose weight is the quorum, whatever it proposes is executed."""
    alone = compiled(3, members=1, quorum=np.array([0, *[1] * 3]), weight=np.array([1]), must=np.array([True]))
    executed = consult_in_crisis(compiled=alone, future=future(3)).executed
    np.testing.assert_allclose(executed[1:, 1:], 1.0, atol=1e-12)
    assert np.all(executed[0] == 0.0)
    assert np.all(executed[:, 0] == 0.0)
    np.testing.assert_allclose(consult_in_war(compiled=alone, future=future(3)).executed, 1.0, atol=1e-12)


def test_sole_decider_follows_a_plain_logit() -> None:
    """One guarantor whose joining alone decides joins by the plain logit of joining against not joining."""
    world = future(5)
    pair = compiled(
        5, members=2, weight=np.array([1, 1]), quorum=np.array([0, 2, 2, 2]), must=np.array([False, False]), proposer=1
    )
    pays = pair.interest[0] * COARSE_GAINS + world.solidarity
    crisis, war = (f(compiled=pair, future=world).executed for f in (consult_in_crisis, consult_in_war))
    for n, r in itertools.product(range(1, 5), range(1, 3)):
        worth = pays - pair.cost_weight[0] * world.tier_cost[r] + world.renege * pair.oblige[0, n, r]
        np.testing.assert_allclose(crisis[n, r], expit(worth / world.lam_G), atol=1e-8)
    for m, sent in itertools.product(range(5), range(2)):
        bound = min(1.0, pair.oblige[0, m, 3] + world.entangle * sent)
        worth = pays - pair.cost_weight[0] * world.tier_cost[3] + world.renege * bound
        np.testing.assert_allclose(war[m, sent], expit(worth / world.lam_G), atol=1e-8)


def test_forces_in_harms_way_bind_only_where_they_entangle() -> None:
    """Forces sent in the crisis add to what is owed in war, up to a full promise; at entangle = 0 they add nothing."""
    arrangement = compiled(4)
    duty = war_duty(compiled=arrangement, future=future(4, entangle=0.6))
    np.testing.assert_allclose(duty[:, :, 0], future(4).renege * arrangement.oblige[:, :, 3])
    assert np.all(duty[:, :, 1] <= future(4).renege + 1e-15)
    assert duty[0, 0, 1] == pytest.approx(0.6 * future(4).renege)
    free = consult_in_war(compiled=arrangement, future=future(4, entangle=0.0)).executed
    np.testing.assert_array_equal(free[:, 0], free[:, 1])


def test_nothing_is_owed_in_the_crisis_for_a_promise_to_defend() -> None:
    """A promise that holds for tier defend alone moves nobody to support or deploy."""
    oblige = np.zeros((3, 5, 4))
    oblige[:, 1:, 3] = 1.0
    only_war, none = compiled(4, oblige=oblige), compiled(4, oblige=np.zeros((3, 5, 4)))
    assert np.all(crisis_duty(compiled=only_war, future=future(4)) == 0.0)
    promised, free = (consult_in_crisis(compiled=c, future=future(4)).executed for c in (only_war, none))
    np.testing.assert_array_equal(promised, free)


def test_unreachable_quorum_and_unwilling_required_member() -> None:
    """A quorum above all weights, or a required member who will never come, means that nothing is executed."""
    unreachable = compiled(7, quorum=np.array([0, 99, 99, 99]))
    assert np.all(consult_in_crisis(compiled=unreachable, future=future(7)).executed == 0.0)
    assert np.all(consult_in_war(compiled=unreachable, future=future(7)).executed == 0.0)
    costs = np.array([1.0, 1.0, 1000.0])
    unwilling = compiled(
        7,
        quorum=np.array([0, 1, 1, 1]),
        must=np.array([False, False, True]),
        proposer=0,
        cost_weight=costs,
        oblige=np.zeros((3, 5, 4)),
    )
    optional = dataclasses.replace(unwilling, must=np.array([False, False, False]))
    assert np.max(consult_in_crisis(compiled=unwilling, future=future(7)).executed) < 1e-3
    assert np.min(consult_in_crisis(compiled=optional, future=future(7)).executed[1:, 1:]) == pytest.approx(1.0)


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
    table = consult_in_crisis(compiled=arrangement, future=future(seed))
    assert np.all(table.joined <= table.executed + 1e-8)
    for i in np.flatnonzero(arrangement.must):
        np.testing.assert_allclose(table.joined[i], table.executed, atol=1e-7)


ALIKE = st.lists(st.integers(0, 2), min_size=3, max_size=7)


@given(seed=SEEDS, kinds=ALIKE, world=st.sampled_from([{}, {"lam_G": 0.015}, {"lam_G": 0.015, "solidarity": 0.3}]))
@settings(max_examples=12, deadline=None)
def test_alike_guarantors_have_the_same_chances(seed: int, kinds: list[int], world: dict[str, float]) -> None:
    """Guarantors alike in every array join with one and the same chance, however hard the coordination."""
    arrangement = of_kinds(seed, kinds)
    lead = arrangement.proposer
    for ask in (consult_in_crisis, consult_in_war):
        joined = ask(compiled=arrangement, future=future(seed, **world)).joined
        for i, j in itertools.combinations([i for i in range(len(kinds)) if i != lead], 2):
            if kinds[i] == kinds[j]:
                np.testing.assert_allclose(joined[i], joined[j], atol=1e-12)


@given(seed=SEEDS, kinds=ALIKE)
@example(seed=43, kinds=[0, 0, 0, 0, 0])
@settings(max_examples=8, deadline=None)
def test_the_order_of_guarantors_does_not_matter_where_joining_is_coordination(seed: int, kinds: list[int]) -> None:
    """Listed in another order everybody keeps its chances, with little noise and many members alike."""
    world = future(seed, lam_G=0.02)
    arrangement = of_kinds(seed, kinds)
    order = np.random.default_rng(seed).permutation(len(kinds))
    names = ("weight", "interest", "cost_weight", "oblige", "must", "standing_cost")
    moved = dataclasses.replace(
        arrangement,
        proposer=order.tolist().index(arrangement.proposer),
        **{name: getattr(arrangement, name)[order] for name in names},
    )
    here, there = (consult_in_war(compiled=c, future=world) for c in (arrangement, moved))
    assert max(here.miss.max(), there.miss.max()) < 1e-8
    np.testing.assert_allclose(there.joined, here.joined[order], atol=1e-5)


def of_kinds(seed: int, kinds: list[int]) -> CompiledArrangement:
    """Return an arrangement whose members come in three kinds, those of a kind being alike in every array."""
    base, which = compiled(seed, members=3), np.array(kinds)
    names = ("weight", "interest", "cost_weight", "oblige", "standing_cost")
    weight = base.weight[which]
    return dataclasses.replace(
        base,
        **{name: getattr(base, name)[which] for name in names},
        must=np.zeros(len(kinds), dtype=bool),
        proposer=0,
        quorum=np.array([0, *np.ceil(weight.sum() * np.array([0.3, 0.5, 0.7])).astype(int)]),
    )


def test_consultation_that_does_not_settle_says_so() -> None:
    """A look-up reports the largest miss of the entries it reads, and of no other; what is no number is passed on."""
    table = ConsultationTable(
        gain=np.array([0.0, 1.0, 2.0]),
        executed=np.zeros((1, 1, 3)),
        joined=np.zeros((1, 1, 1, 3)),
        miss=np.array([[[0.0, 1e-3, np.nan]]]),
    )
    assert table.miss_read((0, 0), gain=np.array([-3.0, 0.2])) == 1e-3
    assert np.isnan(table.miss_read((0, 0), gain=np.array([0.2, 1.4])))
