"""Arrays of a game: written and read they are the same; at the ends of their ranges they are taken, and not beyond."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from foedus.arrangement.library import load_from_library
from foedus.checks.specimens import good, patched
from foedus.mechanism.compiled import MOST_MULTIPLIER, MOST_WEIGHT, CompiledArrangement
from tests.mechanism.specimens import compiled


@pytest.mark.parametrize("name", ["ukraine/nato_membership", "history/locarno_1925", "ukraine/no_guarantee"])
def test_arrays_that_are_written_and_read_are_the_same(name: str) -> None:
    """Number by number."""
    arrays = compiled(load_from_library(name)).compiled
    again = CompiledArrangement.from_mapping(arrays.to_mapping())
    for field in fields(arrays):
        assert np.array_equal(getattr(arrays, field.name), getattr(again, field.name)), field.name


def test_what_a_file_of_arrays_may_leave_out() -> None:
    """The points of X and the standing costs; one timeliness serves every tier. Anything else is missed by its name."""
    arrays = compiled(good()).compiled.to_mapping()
    short = {key: value for key, value in arrays.items() if key not in ("x_grid", "standing_cost")}
    read = CompiledArrangement.from_mapping({**short, "timeliness": 0.5})
    assert read.timeliness.tolist() == [0.5] * 4
    assert read.standing_cost.tolist() == [0.0] * len(read.weight)
    assert (len(read.x_grid), read.x_grid[0], read.x_grid[-1]) == (41, -0.5, 2.0)
    with pytest.raises(ValueError, match="missing: aid, calm; unknown: claim"):
        CompiledArrangement.from_mapping(
            {key: value for key, value in arrays.items() if key not in ("aid", "calm")} | {"claim": 1}
        )


def _arrays(**changes: Any) -> CompiledArrangement:
    return replace(compiled(good()).compiled, **changes)


@pytest.mark.parametrize("name", ["calm", "exposure", "opacity"])
def test_a_share_lies_between_nothing_and_all(name: str) -> None:
    """Both ends included."""
    assert getattr(_arrays(**{name: 0.0}), name) == 0.0
    assert getattr(_arrays(**{name: 1.0}), name) == 1.0
    for wrong in (-1e-6, 1.000001, float("nan")):
        with pytest.raises(ValueError, match=name):
            _arrays(**{name: wrong})


def test_weights_quorums_and_points_have_ends_that_are_taken() -> None:
    """As large as they may be, and not one more."""
    plain = _arrays()
    members = len(plain.weight)
    assert _arrays(weight=np.full(members, MOST_WEIGHT)).weight.max() == MOST_WEIGHT
    assert _arrays(quorum=np.array([0, 0, MOST_WEIGHT, 0])).quorum[2] == MOST_WEIGHT
    assert _arrays(x_grid=np.array([-MOST_MULTIPLIER, MOST_MULTIPLIER])).x_grid.size == 2
    assert _arrays(proposer=members - 1).proposer == members - 1
    wrong: dict[str, Any] = {
        "weights must be positive": {"weight": np.zeros(members, dtype=np.int64)},
        "at most": {"weight": np.full(members, MOST_WEIGHT + 1)},
        "quorum must not be negative": {"quorum": np.array([0, -1, 0, 0])},
        "x_grid must lie": {"x_grid": np.array([0.0, MOST_MULTIPLIER * 1.001])},
        "x_grid must increase": {"x_grid": np.array([0.0, 0.0])},
        "at least two points": {"x_grid": np.array([0.0])},
        "proposer must be": {"proposer": members},
        "guarantor's index": {"proposer": -1},
        "timeliness must lie": {"timeliness": np.array([1.0, 1.0, 1.0, 1.000001])},
        "timeliness has shape": {"timeliness": np.ones(3)},
        "standing_cost has shape": {"standing_cost": np.zeros(members + 1)},
    }
    for message, changes in wrong.items():
        with pytest.raises(ValueError, match=message):
            _arrays(**changes)


def test_obligations_lie_between_nothing_and_all_and_none_is_owed_where_nothing_is_found() -> None:
    """And what is owed at deploy is owed at support."""
    oblige = np.zeros_like(compiled(good()).compiled.oblige)
    full = oblige.copy()
    full[:, 1:] = 1.0
    assert _arrays(oblige=full).oblige.max() == 1.0
    for message, place, value in (
        ("must lie in", (0, 1, 1), 1.000001),
        ("must lie in", (0, 1, 3), -1e-6),
        ("0 on no_breach", (0, 0, 3), 0.1),
        ("not increase from support to deploy", (0, 2, 2), 0.1),
    ):
        wrong = oblige.copy()
        wrong[place] = value
        with pytest.raises(ValueError, match=message):
            _arrays(oblige=wrong)


def test_findings_are_chances_and_three_of_them_govern_their_own_wars() -> None:
    """Rows of findings sum to one; incursion, invasion and provoked govern whichever war began."""
    plain = _arrays()
    for place, value in (((0, 0, 0), 0.0), ((2, 3, 4), 2.0)):
        confusion = plain.confusion.copy()
        confusion[place] = value
        with pytest.raises(ValueError, match="rows sum to one"):
            _arrays(confusion=confusion)
    for war, finding, by in ((0, 0, 5), (1, 1, -1), (0, 2, 3), (1, 4, 0)):
        governs = plain.governs.copy()
        governs[war, finding] = by
        with pytest.raises(ValueError, match="govern"):
            _arrays(governs=governs)


def test_where_nobody_can_answer_one_seat_is_kept_and_every_tier_is_blocked() -> None:
    """Somebody has to sit there for the game to be read; it weighs one, and one is asked of it."""
    alone = patched(
        {"parties": {"protected_state": "ukraine", "adversary": "russia"}, "commitments": [], "deployments": []}
        | {"monitoring": [], "decision": {"rule": "none"}, "trigger": {"type": "none"}}
    )
    compilation = compiled(alone)
    arrays = compilation.compiled
    assert compilation.members == ()
    assert arrays.weight.tolist() == [1]
    assert arrays.interest.tolist() == [1.0]
    assert arrays.quorum.tolist() == [0, 1, 1, 1]
    assert arrays.must.tolist() == [False]
    assert arrays.proposer == 0
    assert arrays.blocked.tolist()[1:] == [True, True, True]
    assert not arrays.oblige.any()
