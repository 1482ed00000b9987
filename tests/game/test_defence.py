"""Section 7: whether guarantors defend once war is on, worked out before any sweep."""

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.game import Future
from foedus.game.plain import Board
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from tests.game.specimens import BLOCKED_FINDINGS, OPEN_FINDINGS, SMALL, compiled, future

SEEDS = st.integers(0, 10_000)


def chi(arrangement: CompiledArrangement, world: Future) -> FloatArray:
    """Return (type, m, e, k, s) the chance of defence."""
    return Board.lay_out(compiled=arrangement, future=world, grid=SMALL).defence.chance


def test_a_lone_guarantor_defends_by_a_plain_logit() -> None:
    """One guarantor that decides alone weighs what defending saves against its cost and the promise it would break."""
    world = future(9)
    alone = compiled(9, members=1, weight=np.array([2]), quorum=np.array([0, 2, 2, 2]), blocked=np.zeros(4, dtype=bool))
    board = Board.lay_out(compiled=alone, future=world, grid=SMALL)
    for t, nu in enumerate((world.resolve_low, world.resolve_high)):
        for m, e, k, s in np.ndindex(5, 3, 5, 2):
            saved = nu * (1 - world.slice * s) * (board.war.win[0, e, k] - board.war.win[1, e, k])
            own = alone.interest[0] * (saved - world.war_cost_G) - alone.cost_weight[0] * world.tier_cost[3]
            owed = world.renege * min(1.0, alone.oblige[0, m, 3] + world.entangle * (e == 2))
            expected = 1 / (1 + math.exp(-(own + owed) / world.lam_G))
            assert board.defence.chance[t, m, e, k, s] == pytest.approx(expected, abs=1e-9)


@given(seed=SEEDS, members=st.integers(1, 4))
@settings(max_examples=8, deadline=None)
def test_nobody_defends_where_it_is_blocked(seed: int, members: int) -> None:
    """A closed tier 3, like a quorum out of reach, means that guarantors never fight."""
    closed = compiled(seed, members=members, blocked=np.array([False, False, False, True]))
    assert np.all(chi(closed, future(seed)) == 0.0)
    unreachable = dataclasses.replace(closed, blocked=np.zeros(4, dtype=bool), quorum=np.array([0, 1, 1, 99]))
    assert np.all(chi(unreachable, future(seed)) == 0.0)


@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_forces_sent_matter_for_duties_only_where_they_entangle(seed: int) -> None:
    """At entangle = 0, where defence brings no more than it would anyhow, what was executed before is irrelevant."""
    arrangement = compiled(seed, blocked=np.zeros(4, dtype=bool))
    same = {"tier_force": [0.0] * 4, "counter_force": [0.0] * 4, "presence": 1.0}
    free = chi(arrangement, future(seed, entangle=0.0, **same))
    np.testing.assert_allclose(free[:, :, 2], free[:, :, 0], atol=1e-12)
    bound = chi(arrangement, future(seed, entangle=0.9, **same))
    assert np.all(bound[:, :, 2] >= bound[:, :, 0] - 1e-9)


def test_a_finding_that_can_be_blocked_governs_nothing() -> None:
    """An attack found as nothing calls in the promise for what was done, unless the adversary can block the finding."""
    oblige = np.zeros((2, 5, 4))
    oblige[:, 1:, 3] = [0.1, 0.4, 0.8, 0.2]
    usual: dict[str, Any] = {
        "members": 2,
        "oblige": oblige,
        "blocked": np.zeros(4, dtype=bool),
        "must": np.zeros(2, dtype=bool),
    }
    boards = [
        Board.lay_out(compiled=compiled(3, **usual, governs=g), future=future(3), grid=SMALL)
        for g in (OPEN_FINDINGS, BLOCKED_FINDINGS)
    ]
    by_finding = boards[0].defence.chance
    np.testing.assert_array_equal(boards[0].defended[:, 0, 0], by_finding[:, 2])
    np.testing.assert_array_equal(boards[0].defended[:, 1, 1], by_finding[:, 3])
    np.testing.assert_array_equal(boards[1].defended[:, 1, 1], by_finding[:, 0])
    np.testing.assert_array_equal(boards[1].defended[:, 0, 4], by_finding[:, 4])
    assert by_finding[:, 3].mean() > by_finding[:, 0].mean() + 0.05
