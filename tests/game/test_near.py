"""Rough solutions from where a game like this one came to rest: near the exact ones, whatever was solved before."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from foedus.game import Grid, Outcome
from foedus.game.anchor import Anchor
from foedus.game.kernel.batch import solve_kernel
from foedus.game.kernel.consultation.table import nothing_known, refine, settle
from foedus.game.kernel.keeping.ready import CodeFor, make_ready
from foedus.game.kernel.search.find import open_game
from foedus.game.kernel.stage.clauses import pack_clauses, pack_future
from foedus.game.solve import solve_anchored, solve_near
from foedus.mechanism.compiled import CompiledArrangement
from tests.game import specimens

TERMS: dict[str, Any] = {"grid": specimens.SMALL, "horizon": 5}
EXACT: dict[str, Any] = {**TERMS, "tolerance": 1e-4, "max_sweeps": 500}
CHANCES = ("war", "defend", "entrap", "conquest", "lost")


def apart(one: Outcome, other: Outcome) -> float:
    return float(max(abs(getattr(one, name) - getattr(other, name)) for name in CHANCES))


def moved(seed: int) -> CompiledArrangement:
    """Return a specimen in which every obligation is held half as firmly."""
    here = specimens.compiled(seed)
    return dataclasses.replace(here, oblige=here.oblige / 2)


def anchor_of(seed: int) -> Anchor:
    return solve_anchored(specimens.compiled(seed), specimens.future(seed), **EXACT)[1]


@pytest.mark.parametrize("seed", range(4))
def test_an_anchor_costs_no_bit_of_the_answer(seed: int) -> None:
    """What is kept besides changes nothing of what is solved."""
    solution, anchor = solve_anchored(specimens.compiled(seed), specimens.future(seed), **EXACT)
    assert solution == solve_kernel(specimens.compiled(seed), specimens.future(seed), **EXACT)
    assert anchor.point.shape[2] == specimens.SMALL.beliefs
    assert np.all((anchor.chance >= 0) & (anchor.chance <= 1))


def test_nearly_all_rough_solutions_lie_near_the_exact_one() -> None:
    """Two of ten games in which little keeps members together end at another equilibrium; that is why it is rough."""
    near = 0
    for seed in range(10):
        future = specimens.future(seed)
        exact = solve_kernel(moved(seed), future, **EXACT)
        rough = solve_near(moved(seed), future, anchor=anchor_of(seed), **TERMS)
        assert exact.is_converged
        assert rough.method == "near"
        assert rough.outcome.is_possible
        near += apart(rough.outcome, exact.outcome) < 0.005
    assert near == 8


def test_a_rough_solution_does_not_depend_on_what_was_solved_before() -> None:
    """Memory is used again from game to game, and nothing is left in it."""
    anchor, future = anchor_of(1), specimens.future(1)
    alone = solve_near(moved(1), future, anchor=anchor, **TERMS)
    for seed in (2, 3):
        solve_near(moved(seed), specimens.future(seed), anchor=anchor_of(seed), **TERMS)
    assert solve_near(moved(1), future, anchor=anchor, **TERMS) == alone


def test_an_anchor_of_another_table_helps_as_far_as_it_goes() -> None:
    """Where other members sit at the table their chances are worked out anew; values and policies still help."""
    future = specimens.future(2)
    more = specimens.compiled(2, members=5)
    rough = solve_near(more, future, anchor=anchor_of(2), **TERMS)
    assert apart(rough.outcome, solve_kernel(more, future, **EXACT).outcome) < 0.01


def test_refined_consultation_is_the_settled_one_where_it_starts_there() -> None:
    """From chances that are right but for their last digits it finds what the walk along the branch has found."""
    make_ready(CodeFor.GAMES)
    compiled, future = specimens.compiled(3, members=6), specimens.future(3)
    f, a = pack_future(future), pack_clauses(compiled)
    questions = open_game(f, a, Grid().balance, 1)[0]
    whole, again = (nothing_known(len(a.x_grid), len(a.weight)) for _ in range(2))
    everything = np.ones_like(whole.is_known)
    settle(f, a, questions, whole, everything)
    again.chance[:] = whole.chance.astype(np.float16)
    refine(f, a, questions, again, everything)
    assert again.is_known.all()
    is_settled = whole.miss < 1e-8
    assert is_settled.mean() > 0.9
    assert np.mean(np.abs(again.table - whole.table)[is_settled] < 1e-6) > 0.99
