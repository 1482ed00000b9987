"""Consultation: the chance T that a proposed tier is executed, by the coalition's gain X (section 6 of docs/theory.md).

Sixteen proposals are solved side by side: a question (`layout`) and an X each. In each every member's chance solves
    p_i = logistic( h ( interest_i X (J_i - A_i) - cost_weight_i tier_cost J_i + duty_i + solidarity ) / lam_G ),
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

from foedus.game.kernel.consultation.ballots import (
    COST,
    DUTY,
    EXECUTED,
    GAIN,
    JOINS,
    MODE,
    NEED,
    OUT,
    POINT,
    SCALE,
    WORST,
    BallotMemory,
    look_at,
    new_ballots,
    weight_of,
)
from foedus.game.kernel.consultation.branch import (
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
from foedus.game.kernel.consultation.joining import need_of
from foedus.game.kernel.machine.jit import called, compiled, inlined, spliced
from foedus.game.kernel.machine.records import by_address
from foedus.game.kernel.machine.rows import WIDTH
from foedus.game.kernel.machine.vectors import spread, store
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.layout import (
    CRISIS_QUESTIONS,
    CRISIS_TIERS,
    DEFENCE,
    FINDINGS,
    QUESTIONS,
    crisis_question,
    war_question,
)
from foedus.values.arrays import BoolArray, FloatArray, IntArray

STRIDE = 3
"""Short steps that make a long one."""
FAR_LONG, FAR = 0.3, 0.4
"""Distance of any p from where a long and a short step began at which it is a jump."""
STEEP_LONG, STEEP = 0.7, 0.9
"""Slope at the end of long steps, and of a short step, that is too near 1."""


class Questions(NamedTuple):
    """All that may be asked of the members: tiers of the crisis by finding, defence by what governs the war."""

    tier: IntArray
    """(q) the tier that is proposed."""
    duty: FloatArray
    """(q, kind) what a member gains by joining in itself: its obligation and solidarity."""
    need: IntArray
    """(q) the weight that those must bring who may stand aside."""
    like: IntArray
    """(q) the first question that is the same."""
    is_open: BoolArray
    """(q) whether it can be proposed, and the need be met."""


class Consultation(NamedTuple):
    """The chance that a proposal is executed, at the points of X that were asked for."""

    table: FloatArray
    """(q, x) T."""
    joined: FloatArray
    """(q, x, kind) chance that a member of the kind joins and the tier is executed."""
    chance: FloatArray
    """(q, x, kind) chance that a member of the kind joins."""
    miss: FloatArray
    """(q, x) largest distance of a chance to join from its logit."""
    is_known: BoolArray
    """(q, x) whether the point has been asked for."""
    span: IntArray
    """(crisis question, 2) first and last point of X that sweeps may read; none where the last is before the first."""


@called
def all_questions(f: Any, a: Clauses) -> Questions:
    """Return what may be asked, numbered as `layout` says."""
    kinds = len(a.weight)
    tier, duty = np.zeros(QUESTIONS, np.int64), np.zeros((QUESTIONS, kinds))
    for n in range(1, FINDINGS):
        for r in range(1, CRISIS_TIERS):
            q = crisis_question(n, r)
            tier[q] = r
            for j in range(kinds):
                duty[q, j] = f.renege * min(1.0, a.oblige[j, n, r]) + f.solidarity
    for m in range(FINDINGS):
        for e in range(1, CRISIS_TIERS):
            q = war_question(m, e)
            tier[q] = DEFENCE
            for j in range(kinds):
                in_harms_way = f.entangle if e == 2 else 0.0
                duty[q, j] = f.renege * min(1.0, a.oblige[j, m, DEFENCE] + in_harms_way) + f.solidarity
    others = weight_of(a, a.others)
    need, like, is_open = np.zeros(QUESTIONS, np.int64), np.zeros(QUESTIONS, np.int64), np.zeros(QUESTIONS, np.bool_)
    for q in range(QUESTIONS):
        need[q] = need_of(a, tier[q])
        is_open[q] = not a.blocked[tier[q]] and need[q] <= others
        for other in range(q, -1, -1):
            if tier[other] == tier[q] and _are_alike(duty, other, q):
                like[q] = other
    return Questions(tier, duty, need, like, is_open)


@inlined
def _are_alike(duty: FloatArray, q: int, other: int) -> bool:
    for j in range(duty.shape[1]):  # noqa: SIM110  Numba would compile a generator
        if duty[q, j] != duty[other, j]:
            return False
    return True


def nothing_known(points: int, kinds: int) -> Consultation:
    """Return a table in which nothing has been asked for."""
    shape = (QUESTIONS, points)
    joined, chance = np.zeros((QUESTIONS, points, kinds)), np.zeros((QUESTIONS, points, kinds))
    span = np.empty((CRISIS_QUESTIONS, 2), np.int64)
    span[:, 0], span[:, 1] = points, -1
    return Consultation(np.zeros(shape), joined, chance, np.zeros(shape), np.zeros(shape, np.bool_), span)


@compiled
def settle(f: Any, a: Clauses, questions: Questions, consultation: Consultation, asked: BoolArray) -> int:
    """Fill the consultation in place at the points (q, x) that are ``asked`` for; equal questions share the work."""
    f, a, questions, consultation = by_address(f), by_address(a), by_address(questions), by_address(consultation)
    queue, is_wanted = np.empty((asked.size, 2), np.int64), np.zeros(asked.shape, np.bool_)
    count, top = _line_up(questions, consultation, asked, queue, is_wanted)
    if count > 0:
        _solve(f, a, new_ballots(a, top), questions, queue[:count], consultation)
    _share_out(questions, consultation, is_wanted)
    return count


@compiled
def refine(f: Any, a: Clauses, questions: Questions, consultation: Consultation, asked: BoolArray) -> int:
    """Fill the consultation as `settle` does, but from the chances that stand in it, without a walk along the branch.

    So it is done in few sweeps, at the solution that is near, which another branch may hold; what does not come to
    rest is left as it is. Good enough for a picture that says that it is rough, and for nothing else.
    """
    f, a, questions, consultation = by_address(f), by_address(a), by_address(questions), by_address(consultation)
    queue, is_wanted = np.empty((asked.size, 2), np.int64), np.zeros(asked.shape, np.bool_)
    count, top = _line_up(questions, consultation, asked, queue, is_wanted)
    if count > 0:
        _correct(f, a, new_ballots(a, top), questions, queue[:count], consultation)
    _share_out(questions, consultation, is_wanted)
    return count


@called
def _line_up(
    questions: Questions, consultation: Consultation, asked: BoolArray, queue: IntArray, is_wanted: BoolArray
) -> tuple[int, int]:
    """Put into ``queue`` what has to be solved, equal questions once; return how many, and the largest need."""
    count, top = 0, _least(questions.need)
    for q in range(QUESTIONS):
        for x in range(asked.shape[1]):
            is_wanted[questions.like[q], x] |= asked[q, x]
    for q in range(QUESTIONS):
        if questions.like[q] == q and questions.is_open[q]:
            for x in range(asked.shape[1]):
                if is_wanted[q, x] and not consultation.is_known[q, x]:
                    queue[count, 0], queue[count, 1] = q, x
                    count += 1
                    top = max(top, questions.need[q])
    return count, top


@called
def _share_out(questions: Questions, consultation: Consultation, is_wanted: BoolArray) -> int:
    """Note what is known, and give it to equal questions."""
    table, joined, chance = consultation.table, consultation.joined, consultation.chance
    for q in range(QUESTIONS):
        first = questions.like[q]
        for x in range(is_wanted.shape[1]):
            consultation.is_known[q, x] |= is_wanted[first, x]
        if first < q:
            for x in range(is_wanted.shape[1]):
                table[q, x], consultation.miss[q, x] = table[first, x], consultation.miss[first, x]
                for j in range(joined.shape[2]):
                    joined[q, x, j], chance[q, x, j] = joined[first, x, j], chance[first, x, j]
    return 0


@called
def _correct(
    f: Any, a: Clauses, memory: BallotMemory, questions: Questions, queue: IntArray, consultation: Consultation
) -> int:
    """Solve the proposals (q, x) of ``queue`` from the chances that stand in the consultation."""
    memory = by_address(memory)
    b = look_at(a, memory)
    for first in range(0, len(queue), WIDTH):
        jobs = queue[first : first + WIDTH]
        top = _put(f, a, memory, questions, jobs)
        for at in range(len(jobs)):
            q, x = jobs[at]
            for j in range(len(a.weight)):
                if j != a.leader:
                    memory.plane[POINT, j, at] = consultation.chance[q, x, j]
        store(memory.each, (SCALE,), spread(1.0 / f.lam_G))
        come_near(b, top)
        finish(b, top)
        _write(memory, consultation, jobs)
    return 0


@called
def _solve(
    f: Any, a: Clauses, memory: BallotMemory, questions: Questions, queue: IntArray, consultation: Consultation
) -> int:
    """Solve the proposals (q, x) of ``queue``."""
    memory = by_address(memory)
    refused = _solve_by_long_steps(f, a, memory, questions, queue, consultation)
    return _solve_by_short_steps(f, a, memory, questions, queue[:refused], consultation)


@spliced
def _solve_by_long_steps(
    f: Any, a: Clauses, memory: BallotMemory, questions: Questions, queue: IntArray, consultation: Consultation
) -> int:
    """Solve the proposals (q, x) of ``queue``; move those that are refused to its front and return their number."""
    refused, b = 0, look_at(a, memory)
    for first in range(0, len(queue), WIDTH):
        jobs = queue[first : first + WIDTH]
        top = _put(f, a, memory, questions, jobs)
        # if nobody else is needed, nobody's bracket depends on the others
        is_free = top == 0 and len(a.required) == 0
        for step in range(STEPS if is_free else STRIDE, STEPS + 1, STRIDE):
            keep_brackets(b)
            advance(b, step / (STEPS * f.lam_G), 1 if is_free or step == STRIDE else 2)
            come_near(b, top)
            if not is_free:
                drop_far(b, FAR_LONG)
        finish(b, top)
        _write(memory, consultation, jobs)
        if not is_free:
            drop_steep(b, top, STEEP_LONG)
        for x in range(len(jobs)):
            if memory.each[OUT, x] > 0.0:
                queue[refused, 0], queue[refused, 1] = jobs[x, 0], jobs[x, 1]
                refused += 1
    return refused


@spliced
def _solve_by_short_steps(
    f: Any, a: Clauses, memory: BallotMemory, questions: Questions, queue: IntArray, consultation: Consultation
) -> int:
    """Solve the proposals (q, x) of ``queue``, in plain rounds where nothing else is safe."""
    b = look_at(a, memory)
    for first in range(0, len(queue), WIDTH):
        jobs = queue[first : first + WIDTH]
        top = _put(f, a, memory, questions, jobs)
        for step in range(1, STEPS + 1):
            advance(b, step / (STEPS * f.lam_G), 0)
            come_near(b, top)
            drop_far(b, FAR)
            drop_steep(b, top, STEEP)
            go_slowly(b, top, f.lam_G, step, EXACT)
        finish(b, top)
        _write(memory, consultation, jobs)
        drop_steep(b, top, STEEP)
        if go_slowly(b, top, f.lam_G, STEPS, SETTLED):
            _write(memory, consultation, jobs)
    return 0


@called
def _put(f: Any, a: Clauses, memory: BallotMemory, questions: Questions, jobs: IntArray) -> int:
    """Put a proposal into every place, everybody undecided; return the largest need."""
    plane, each, top = memory.plane, memory.each, _least(questions.need)
    for j in range(len(a.weight)):
        store(plane, (DUTY, j), spread(0.0))
        store(plane, (POINT, j), spread(0.5))
        store(plane, (MODE, j), spread(1.0 if j % 3 > 0 else 0.5))
    store(plane, (POINT, a.leader), spread(1.0))
    store(plane, (MODE, a.leader), spread(0.0))
    for row in range(len(each)):
        store(each, (row,), spread(0.0))
    for at in range(len(jobs)):
        q, x = jobs[at]
        each[GAIN, at], each[COST, at], each[NEED, at] = a.x_grid[x], f.tier_cost[questions.tier[q]], questions.need[q]
        for j in range(len(a.weight)):
            plane[DUTY, j, at] = questions.duty[q, j]
        top = max(top, questions.need[q])
    answer_at_once(look_at(a, memory), top)
    return int(top)


@inlined
def _least(numbers: IntArray) -> int:
    least = numbers[0]
    for number in numbers:
        least = min(least, number)
    return int(least)


@called
def _write(memory: BallotMemory, consultation: Consultation, jobs: IntArray) -> int:
    """Write what has been found."""
    for at in range(len(jobs)):
        q, x = jobs[at]
        consultation.table[q, x] = memory.each[EXECUTED, at]
        consultation.miss[q, x] = memory.each[WORST, at]
        for j in range(memory.plane.shape[1]):
            consultation.chance[q, x, j] = memory.plane[POINT, j, at]
            consultation.joined[q, x, j] = memory.plane[POINT, j, at] * memory.plane[JOINS, j, at]
    return 0
