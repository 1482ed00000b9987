"""Solve one game and tell what a record of history counts: onsets, tests of promises, crises.

Outcomes over a horizon are `batch`'s; here are those that no outcome holds, from the same policies.
"""

from threading import get_ident
from typing import NamedTuple

import numpy as np

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.kernel.batch import memory_of
from foedus.game.kernel.forward.costs import member_costs, proposals_made
from foedus.game.kernel.forward.crises import count_warnings
from foedus.game.kernel.forward.events import BREACHED, DEFEND, HONOURED, count_courses, wars_of
from foedus.game.kernel.forward.passages import Solved, first_clash, first_violation
from foedus.game.kernel.forward.push import add_up, begin, push
from foedus.game.kernel.keeping.ready import CodeFor, make_ready
from foedus.game.kernel.search.find import find, marked_alike, terms_of
from foedus.game.kernel.stage.clauses import pack_clauses, pack_future
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray


class PeriodTrace(NamedTuple):
    """Exact chances and expected numbers of one game."""

    war: FloatArray
    """(period) chance that war breaks out."""
    clash: FloatArray
    """(period) chance of the first attack that is carried through (`first_clash`)."""
    violation: FloatArray
    """(period) chance of the first breach of any kind (`first_violation`)."""
    defended: float
    """WarCounts in which guarantors fight."""
    honoured: float
    breached: float
    supported: float
    """Times that tier support is executed."""
    joined: FloatArray
    """(i) times that a member joins in that; those of the framework nation are all."""
    warned: FloatArray
    """(balance, end) chance in a period that an attack meets forces and ends so (`forward.crises`), with no slice lost
    and the belief at the prior."""
    residual: float
    """Largest change in one full undamped sweep."""
    joining: float
    """Largest distance of a chance to join from its logit, where the game reads it."""


def trace_kernel(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> PeriodTrace:
    """Solve an arrangement in a future, as `solve_kernel` does, and follow it over ``horizon`` periods."""
    grid.refuse_slices_beyond(future.slice)
    asked = terms_of(grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps)
    f, (a, terms) = pack_future(future), marked_alike(pack_clauses(compiled), asked)
    make_ready(CodeFor.LARGE_RECORDS if terms.many_chunks else CodeFor.RECORDS)
    rough, fine, courses = memory_of(get_ident(), grid, len(a.x_grid))
    found = find(f, a, terms=terms, rough=rough, fine=fine)
    wars = wars_of(a, found.lottery.win, found.defence.chi)
    first = begin(f, found.game, terms.balance)
    count_courses(a, found.game, wars, fine.work, fine.new, courses)
    visits, war = push(f, found.game, courses, first, horizon)
    expected, _ = add_up(found.game.shape, courses.event, visits, first, fine.new)
    solved = Solved(f, a, found, fine, wars, courses, first, horizon)
    joined = _joined(solved, visits)
    return PeriodTrace(
        war=war,
        clash=first_clash(solved),
        violation=first_violation(solved),
        defended=float(expected[DEFEND]),
        honoured=float(expected[HONOURED]),
        breached=float(expected[BREACHED]),
        supported=float(joined[compiled.proposer]),
        joined=joined,
        warned=_warned(solved, grid=grid, prior=future.prior),
        residual=found.residual,
        joining=found.miss,
    )


def _joined(solved: Solved, visits: FloatArray) -> FloatArray:
    """Return (i) how often each member joins when support is executed: what it costs if only that does, and 1 each."""
    f, a, found, fine = solved.f, solved.a, solved.found, solved.fine
    made = proposals_made(a, found.game, found.lottery, found.defence, fine.work, fine.new, visits)
    counting = f._replace(tier_cost=(0.0, 1.0, 0.0, 0.0), war_cost_G=0.0)
    alike = a._replace(cost_weight=np.ones_like(a.cost_weight))
    times: FloatArray = member_costs(counting, alike, found.questions, found.consultation, made, 0.0, 0.0)
    return times


def _warned(solved: Solved, *, grid: Grid, prior: float) -> FloatArray:
    """Return (balance, end), the place between beliefs as at the start."""
    found, fine = solved.found, solved.fine
    _, balances, _, chunks = found.game.shape
    rates = count_warnings(solved.a, found.game, found.defence.chi, fine.work, fine.new)
    unlost = rates[:, : balances * chunks].reshape(2, balances, chunks, *rates.shape[2:])
    belief, types = solved.first.sum(axis=0), np.array([1.0 - prior, prior])
    ends: FloatArray = np.einsum("tkcep,cp,t->ke", unlost, belief, types)
    return ends
