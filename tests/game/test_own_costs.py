"""What peace and a tier cost is each member's own, however alike the members are otherwise."""

import dataclasses
from typing import Any

import numpy as np

from foedus.game import solve
from foedus.game.kernel import solve_kernel
from tests.game import specimens
from tests.game.test_kernel import HOT, TWINS

TERMS: dict[str, Any] = {"grid": specimens.SMALL, "horizon": 5, "tolerance": 1e-6, "max_sweeps": 500}


def test_members_alike_but_for_what_peace_costs_differ_by_that_alone() -> None:
    """Garrisons and standing aid are accounts only: nobody decides otherwise for them, and each pays for its own."""
    future = specimens.future(1, **HOT)
    free = specimens.compiled(1, members=5, **TWINS)
    standing = np.array([0.0, 0.01, 0.03, 0.005, 0.0])
    without = solve_kernel(free, future, **TERMS).outcome
    bound = solve_kernel(dataclasses.replace(free, standing_cost=standing), future, **TERMS).outcome
    assert bound.war_by_t == without.war_by_t
    more = np.array(bound.cost_guarantors) - np.array(without.cost_guarantors)
    assert more[[0, 4]].tolist() == [0.0, 0.0]
    periods = more[1] / standing[1]
    assert 0 < periods <= TERMS["horizon"]
    np.testing.assert_allclose(more, standing * periods, rtol=0, atol=1e-12)


def test_members_alike_but_for_what_a_tier_costs_are_told_apart() -> None:
    """A member for which everything is dearer is not counted with its twins; the oracle says the same of each."""
    future = specimens.future(2, **HOT)
    dearer = {"cost_weight": np.array([1.0, 1.0, 1.8, 1.0, 1.0])}
    compiled = specimens.compiled(2, members=5, **(TWINS | dearer))
    cost = solve_kernel(compiled, future, **TERMS).outcome.cost_guarantors
    slow = solve(compiled, future, method="plain", **TERMS).outcome.cost_guarantors
    assert cost[1] == cost[4]
    assert cost[2] > cost[1]
    np.testing.assert_allclose(cost, slow, rtol=0, atol=1e-5)
