"""Section 11 as properties of what `solve` returns: symmetries, scalings, limits and sums, on games drawn at random.

The games are noisy enough to have one equilibrium each, so that a symmetry of the rules is one of the answer.
"""

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from foedus.game import Future, Outcome, solve
from foedus.game.plain.consultation import consult_in_crisis, consult_in_war
from foedus.mechanism.compiled import CompiledArrangement
from tests.game.specimens import ADVERSARY_PAYOFFS, DEAF, GUARANTOR_PAYOFFS, SMALL, compiled, future, scaled

SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=6, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
"""A smaller seed is not a simpler game: failures are not shrunk."""
HOT = {"lam_P": 0.06, "lam_A": 0.08, "lam_G": 0.3}
COUNTS = (
    "war",
    "defend",
    "entrap",
    "accidental",
    "conquest",
    "lost",
    "seizures",
    "invasions",
    "coercions",
    "provocations",
    "accidents",
    "withdrawals",
    "resisted",
    "yielded",
    "honoured",
    "breached",
)


def outcome(arrangement: CompiledArrangement, world: Future, *, horizon: int = 8) -> Outcome:
    """Solve to many digits; a game that does not converge is left out."""
    found = solve(arrangement, world, grid=SMALL, horizon=horizon, tolerance=1e-9, max_sweeps=4000)
    assume(found.is_converged)
    return found.outcome


def same_counts(a: Outcome, b: Outcome, *, within: float = 1e-6) -> None:
    """Compare everything that is not a payoff."""
    for name in COUNTS:
        assert getattr(a, name) == pytest.approx(getattr(b, name), abs=within), name
    assert a.war_by_t == pytest.approx(b.war_by_t, abs=within)


@given(seed=SEEDS, members=st.integers(2, 5))
@FEW
def test_guarantors_names_do_not_matter(seed: int, members: int) -> None:
    """Listing the guarantors in another order moves each one's cost to its new place, and nothing else."""
    arrangement, world = compiled(seed, members=members), future(seed, **HOT)
    order = np.random.default_rng(seed).permutation(members)
    arrays = ("weight", "interest", "cost_weight", "oblige", "must", "standing_cost")
    moved = dataclasses.replace(
        arrangement,
        proposer=order.tolist().index(arrangement.proposer),
        **{name: getattr(arrangement, name)[order] for name in arrays},
    )
    here, there = outcome(arrangement, world), outcome(moved, world)
    same_counts(here, there)
    assert there.cost_guarantors == pytest.approx([here.cost_guarantors[i] for i in order], abs=1e-6)


@given(seed=SEEDS, factor=st.floats(0.3, 3.0))
@FEW
def test_the_adversarys_unit_does_not_matter(seed: int, factor: float) -> None:
    """Counting the adversary's payoffs and its noise in another unit scales its value, and changes no choice."""
    arrangement, world = compiled(seed), future(seed, **HOT)
    here, there = outcome(arrangement, world), outcome(arrangement, scaled(world, ADVERSARY_PAYOFFS, factor=factor))
    same_counts(here, there)
    assert there.value_A == pytest.approx(factor * here.value_A, abs=1e-6)
    assert there.fight_A == pytest.approx(factor * here.fight_A, abs=1e-9)


@given(seed=SEEDS, factor=st.floats(0.3, 3.0))
@FEW
def test_the_guarantors_unit_does_not_matter(seed: int, factor: float) -> None:
    """The same for the guarantors, the points of X being counted in the new unit too."""
    arrangement, world = compiled(seed), future(seed, **HOT)
    other = dataclasses.replace(
        arrangement, x_grid=arrangement.x_grid * factor, standing_cost=arrangement.standing_cost * factor
    )
    here, there = outcome(arrangement, world), outcome(other, scaled(world, GUARANTOR_PAYOFFS, factor=factor))
    same_counts(here, there)
    assert there.value_G == pytest.approx([factor * x for x in here.value_G], abs=1e-6)
    assert there.cost_guarantors == pytest.approx([factor * x for x in here.cost_guarantors], abs=1e-6)


@given(seed=SEEDS, members=st.integers(1, 4))
@FEW
def test_a_guarantee_that_nobody_may_execute_is_none(seed: int, members: int) -> None:
    """A veto over every tier, a quorum out of reach and a mechanism that finds nothing are the same empty paper.

    To an adversary that never withdraws: what was found gives it the chance to.
    """
    world = future(seed, **HOT, audience_A=50.0)
    open_to_all, standing = np.zeros(4, dtype=bool), np.zeros(members)
    base = compiled(seed, members=members, blocked=open_to_all, deployed_force=0.0, standing_cost=standing)
    vetoed = outcome(dataclasses.replace(base, blocked=np.array([False, True, True, True])), world)
    unreachable = outcome(dataclasses.replace(base, quorum=np.array([0, 99, 99, 99])), world)
    deaf = outcome(dataclasses.replace(base, confusion=DEAF, blocked=np.array([False, False, False, True])), world)
    same_counts(vetoed, unreachable, within=1e-8)
    assert vetoed.defend == vetoed.honoured == 0.0
    assert (deaf.war, deaf.seizures, deaf.value_A) == pytest.approx(
        (vetoed.war, vetoed.seizures, vetoed.value_A), abs=1e-8
    )
    assert sum(vetoed.cost_guarantors) == 0.0


@given(seed=SEEDS, members=st.integers(1, 5))
@FEW
def test_what_is_a_chance_stays_one(seed: int, members: int) -> None:
    """Chances lie between 0 and 1, in their order; what is found in every period is honoured or breached."""
    arrangement, world = compiled(seed, members=members), future(seed, **HOT)
    for consult in (consult_in_crisis, consult_in_war):
        table = consult(compiled=arrangement, future=world)
        assert table.executed.min() >= 0.0
        assert table.executed.max() <= 1.0 + 1e-12
    found = outcome(arrangement, world)
    assert 0.0 <= found.entrap <= found.defend + 1e-12
    assert found.defend <= found.war + 1e-12
    assert 0.0 <= found.conquest <= found.war <= 1.0 + 1e-12
    assert min(found.war_by_t) >= 0.0
    assert found.war == pytest.approx(sum(found.war_by_t), abs=1e-12)
    assert 0.0 <= found.seizures + found.invasions + found.coercions <= 8.0
    assert 0.0 <= found.provocations + found.accidents <= 8.0
    assert found.accidental <= min(found.war, found.accidents) + 1e-12
    assert found.seizures + found.invasions == pytest.approx(found.war + found.yielded + found.withdrawals, abs=1e-9)


@given(seed=SEEDS)
@FEW
def test_the_prior_is_nothing_where_types_are_alike(seed: int) -> None:
    """If both types want the same, nobody's belief about the type, nor how often governments change, moves anything."""
    alike: dict[str, Any] = {**HOT, "resolve_low": 0.7, "resolve_high": 0.7}
    arrangement = compiled(seed)
    here = outcome(arrangement, future(seed, **alike, prior=0.3, turnover=0.0))
    there = outcome(arrangement, future(seed, **alike, prior=0.8, turnover=0.07))
    same_counts(here, there)
    assert here.value_G[0] == pytest.approx(here.value_G[1], abs=1e-7)
    assert here.value_G == pytest.approx(there.value_G, abs=1e-6)


@given(seed=SEEDS, kinds=st.lists(st.integers(0, 1), min_size=3, max_size=5))
@FEW
def test_alike_guarantors_pay_alike(seed: int, kinds: list[int]) -> None:
    """Guarantors that are alike in every array, none of them leading, have the same expected costs."""
    base, which = compiled(seed, members=3), np.array([2, *kinds])
    arrays = ("weight", "interest", "cost_weight", "oblige", "standing_cost")
    weight = base.weight[which]
    arrangement = dataclasses.replace(
        base,
        **{name: getattr(base, name)[which] for name in arrays},
        must=np.zeros(len(which), dtype=bool),
        proposer=0,
        quorum=np.array([0, *np.ceil(weight.sum() * np.array([0.3, 0.5, 0.7])).astype(int)]),
    )
    cost = outcome(arrangement, future(seed, **(HOT | {"lam_G": 0.03}))).cost_guarantors
    for kind in set(kinds):
        assert np.ptp([x for x, mine in zip(cost[1:], kinds, strict=True) if mine == kind]) < 1e-10
