"""Consultation: the chance T that a proposed tier is executed, by the coalition's gain X (section 6 of docs/theory.md).

Sixteen proposals (n, r, X) are solved side by side, one a lane. In each, every guarantor's chance of joining solves
    p_i = logistic( h ( interest_i X (J_i - A_i) - cost_weight_i tier_cost J_i + renege oblige_i ) / lam_G ),
for h from 0 to 1 in steps, each from the last one's solution (the principal branch), p_F = 1; see `joining`. The branch
is the one that the plain iteration p <- p + (best response - p) / 2 follows in twelve steps. It is found in two ways:

    long steps    four of them, from the bracket extrapolated from the last two. Sweeps (`joining`) come near; after the
                  last step Anderson's method ends it. A proposal is refused if some p ends a step far from where
                  the extrapolation had put it, if sweeps or Anderson's method get nowhere, or if the slope of
                  the best response at the end is near 1: there another branch may have been taken.
    short steps   the twelve, for what was refused: sweeps again, and a look at the slope after each. Where p jumps or
                  the slope is near 1 the step is taken once more, in plain rounds from its exact start. These leap
                  where the way is straight, and are damped harder where they go to and fro.

The moves are those of `branch`. How often this differs from the plain iteration: `python -m bench.consultation` and
docs/decisions/006-convergence.md. Only the points that a game's X reaches are ever solved (`search`).
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.branch import (
    EXACT,
    SETTLED,
    STEPS,
    advance,
    answer_at_once,
    come_near,
    drop_far,
    drop_steep,
    finish,
    go_slowly,
    keep_brackets,
)
from foedus.game.kernel.jit import compiled
from foedus.game.kernel.joining import COST, DUTY, EXECUTED, GAIN, JOINS, MODE, NEED, OUT, POINT, Bench, need_of, set_up
from foedus.game.kernel.lanes import LANES
from foedus.game.kernel.pack import Clauses
from foedus.values.arrays import FloatArray, IntArray

MARGIN = 2
"""Points of X that are settled beyond those asked for, lest the next sweep ask for more."""
STRIDE = 3
"""Short steps that make a long one."""
FAR_LONG, FAR = 0.3, 0.4
"""Distance of any p from where a long and a short step began at which it is a jump."""
STEEP_LONG, STEEP = 0.7, 0.9
"""Slope at the end of long steps, and of a short step, that is too near 1."""


class Answers(NamedTuple):
    """The chance that a proposal is executed, at the points of X that were asked for."""

    table: FloatArray
    """(n, r, x) T."""
    rise: FloatArray
    """The same, difference to the next point of X."""
    joined: FloatArray
    """(n, r, x, i) chance that i joins and the tier is executed."""
    known: IntArray
    """(n, r, 2) first and last point of X that has been asked for; none where the last is before the first."""


def no_answers(points: int, guarantors: int) -> Answers:
    """Return a table in which nothing has been asked for."""
    shape = (5, 4, points)
    known = np.empty((5, 4, 2), np.int64)
    known[..., 0], known[..., 1] = points, -1
    return Answers(np.zeros(shape), np.zeros(shape), np.zeros((*shape, guarantors)), known)


@compiled
def settle(f: Any, a: Clauses, lam: float, answers: Answers, asked: IntArray) -> int:
    """Fill ``answers`` in place from the first to the last point of X that is ``asked`` for, and `MARGIN` beyond.

    ``asked`` (n, r, 2) is as `Answers.known`. Proposals with equal obligations share the work.
    """
    table, rise, joined, known = answers.table, answers.rise, answers.joined, answers.known
    points = len(a.x_grid)
    like, wanted, needs, top, count = np.zeros((5, 4), np.int64), known.copy(), np.zeros(4, np.int64), 0, 0
    queue = np.empty((12 * points, 3), np.int64)
    others = a.weight.sum() - a.weight[a.proposer]
    for i in range(len(a.weight)):
        if a.must[i] and i != a.proposer:
            others -= a.weight[i]
    for r in range(3, 0, -1):
        needs[r] = need_of(a, r)
        for n in range(1, 5):
            for m in range(n, 0, -1):
                if np.all(a.oblige[:, m, r] == a.oblige[:, n, r]):
                    like[n, r] = m
            if asked[n, r, 0] <= asked[n, r, 1]:
                span = wanted[like[n, r], r]
                span[0] = min(span[0], max(asked[n, r, 0] - MARGIN, 0))
                span[1] = max(span[1], min(asked[n, r, 1] + MARGIN, points - 1))
        if a.blocked[r] or needs[r] > others:
            continue
        top = max(top, needs[r])
        for n in range(1, 5):
            for x in range(wanted[n, r, 0], wanted[n, r, 1] + 1):
                if like[n, r] == n and not known[n, r, 0] <= x <= known[n, r, 1]:
                    queue[count, 0], queue[count, 1], queue[count, 2] = n, r, x
                    count += 1
    if count > 0:
        b = set_up(a, top)
        refused = _solve_by_long_steps(f, a, b, lam, queue[:count], needs, table, joined)
        _solve_by_short_steps(f, a, b, lam, queue[:refused], needs, table, joined)
    for r in range(1, 4):
        for n in range(1, 5):
            known[n, r] = wanted[like[n, r], r]
            if like[n, r] < n:
                for x in range(known[n, r, 0], known[n, r, 1] + 1):
                    table[n, r, x] = table[like[n, r], r, x]
                    for i in range(len(a.weight)):
                        joined[n, r, x, i] = joined[like[n, r], r, x, i]
            for x in range(known[n, r, 0], min(known[n, r, 1], points - 2) + 1):
                rise[n, r, x] = table[n, r, x + 1] - table[n, r, x]
    return 0


@compiled
def _solve_by_long_steps(
    f: Any, a: Clauses, b: Bench, lam: float, queue: IntArray, needs: IntArray, table: FloatArray, joined: FloatArray
) -> int:
    """Solve the proposals (n, r, x) of ``queue``; move those that are refused to its front and return their number."""
    refused = 0
    for first in range(0, len(queue), LANES):
        jobs = queue[first : first + LANES]
        top = _seat(f, a, b, jobs, needs)
        # if nobody else is needed, nobody's bracket depends on the others
        is_free = top == 0 and len(b.required) == 0
        for step in range(STEPS if is_free else STRIDE, STEPS + 1, STRIDE):
            keep_brackets(b)
            advance(a, b, step / (STEPS * lam), 1 if is_free or step == STRIDE else 2)
            come_near(a, b, top)
            if not is_free:
                drop_far(b, FAR_LONG)
        finish(a, b, top)
        _write(b, table, joined, jobs)
        if not is_free:
            drop_steep(a, b, top, STEEP_LONG)
        for x in range(len(jobs)):
            if b.lane[OUT, x] > 0.0:
                queue[refused, 0], queue[refused, 1], queue[refused, 2] = jobs[x, 0], jobs[x, 1], jobs[x, 2]
                refused += 1
    return refused


@compiled
def _solve_by_short_steps(
    f: Any, a: Clauses, b: Bench, lam: float, queue: IntArray, needs: IntArray, table: FloatArray, joined: FloatArray
) -> int:
    """Solve the proposals (n, r, x) of ``queue``, in plain rounds where nothing else is safe."""
    for first in range(0, len(queue), LANES):
        jobs = queue[first : first + LANES]
        top = _seat(f, a, b, jobs, needs)
        for step in range(1, STEPS + 1):
            advance(a, b, step / (STEPS * lam), 0)
            come_near(a, b, top)
            drop_far(b, FAR)
            drop_steep(a, b, top, STEEP)
            go_slowly(a, b, top, lam, step, EXACT)
        finish(a, b, top)
        _write(b, table, joined, jobs)
        drop_steep(a, b, top, STEEP)
        if go_slowly(a, b, top, lam, STEPS, SETTLED):
            _write(b, table, joined, jobs)
    return 0


@compiled
def _seat(f: Any, a: Clauses, b: Bench, jobs: IntArray, needs: IntArray) -> int:
    """Put a proposal into every lane, everybody undecided; return the largest need."""
    plane, lane = b.plane, b.lane
    top = 0
    plane[DUTY] = 0.0
    plane[POINT] = 0.5
    plane[POINT, a.proposer] = 1.0
    for i in range(len(a.weight)):
        plane[MODE, i] = 1.0 if i % 3 > 0 else 0.5
    plane[MODE, a.proposer] = 0.0
    lane[:] = 0.0
    for x in range(len(jobs)):
        n, r, at = jobs[x]
        lane[GAIN, x], lane[COST, x], lane[NEED, x] = a.x_grid[at], f.tier_cost[r], needs[r]
        for i in range(len(a.weight)):
            plane[DUTY, i, x] = f.renege * a.oblige[i, n, r]
        top = max(top, needs[r])
    answer_at_once(a, b, top)
    return top


@compiled
def _write(b: Bench, table: FloatArray, joined: FloatArray, jobs: IntArray) -> int:
    """Write what the lanes have found."""
    for x in range(len(jobs)):
        n, r, at = jobs[x]
        table[n, r, at] = b.lane[EXECUTED, x]
        for i in range(b.plane.shape[1]):
            joined[n, r, at, i] = b.plane[POINT, i, x] * b.plane[JOINS, i, x]
    return 0
