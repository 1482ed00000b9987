"""Consultation: the chance T that a proposed tier is executed, by the coalition's gain X (section 6 of docs/theory.md).

Sixteen proposals (n, r, X) are solved side by side, one a lane; a lane that is done takes the next from a queue. In
each, every guarantor's chance of joining solves
    p_i = logistic( h ( interest_i X (J_i - A_i) - cost_weight_i tier_cost J_i + renege oblige_i ) / lam_G ),
h = 1/12 .. 12/12 in turn, each from the last one's solution (the principal branch), p_F = 1; see `joining`.

The branch is the one that the plain iteration p <- p + (best response - p) / 2 follows. To land there in a fraction of
the rounds
    - each step starts from the bracket extrapolated from the last two, or from the last solution if the miss is large;
    - Anderson's method over three differences does the rest. If the miss ever grows threefold, or AT_MOST rounds are
      not enough, it goes back to the start of the step, takes plain rounds and tries again, more strictly, from there.
      Plain rounds that go to and fro are damped harder (free riding: everybody joins, then nobody);
    - Anderson's method can stop at a point that plain rounds would leave. So one round more, at a point moved along a
      direction kept from step to step (power iteration), shows the steepest slope of the best response. If it comes
      near 1 the proposal is done again from the first step, in plain rounds only.
Steps before the last end at HALFWAY. How often this differs from the plain iteration: `python -m bench.consultation`
and docs/decisions/006-convergence.md. Only the points that a game's X reaches are ever solved (`iterate`).
"""

import math
from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.jit import compiled
from foedus.game.kernel.joining import (
    ALONG,
    BASE,
    COST,
    DAMP,
    DUTY,
    EXECUTED,
    FIRST,
    GAIN,
    JOINS,
    LENGTH,
    MISS,
    MODE,
    NEED,
    PAST,
    PAST_2,
    POINT,
    PULL,
    SCALE,
    SPOT,
    SPOT_MISS,
    WINDOW,
    WORST,
    Bench,
    best_respond,
    compare,
    mix,
    need_of,
    set_up,
)
from foedus.game.kernel.lanes import LANES
from foedus.game.kernel.pack import Clauses
from foedus.values.arrays import BoolArray, FloatArray, IntArray

STEPS = 12
"""Equal steps of the homotopy in 1 / lam_G."""
SETTLED, HALFWAY = 1e-9, 1e-6
"""Largest miss at which a proposal is solved, and at which a step before the last is."""
CLOSE = 0.01
"""Largest miss of an extrapolated start."""
AT_MOST, GROWTH = 20, 3.0
"""Rounds that Anderson's method gets, and the growth of the miss that ends it sooner."""
WAIT = 20
"""Plain rounds before it is tried again; twice as many each time."""
SWINGS, LEAST = 6, 0.1
"""Turns to and fro before plain rounds are damped twice as hard, and the hardest damping."""
PATIENCE = 20000
"""Rounds at one step after which a proposal is left as it is."""
NUDGE, RISK, STEEP, LOOKS = 1e-5, 0.3, 0.9, 6
"""Length of the move that shows the slope; the slope at which to look again, at which to start again; looks at most."""

IDLE, ANDERSON, PLAIN, LOOK = range(4)
"""What a lane is doing."""
STATE, JOB, STEP, ROUNDS, TRIED, REST, PAUSE, SWUNG, LOOKED, CAREFUL, STRICT, GUESS = range(12)
"""Rows of the lanes' whole numbers: the above; place in the queue; step; rounds at this step; rounds of Anderson; plain
rounds left; length of the next plain stretch; turns to and fro; looks; and three flags: plain rounds only; the miss
must fall every round; the start was extrapolated."""
BEST, SLOPE, SQUARE = range(3)
"""Rows of the lanes' numbers: miss of Anderson's last round; slope last seen; squared miss of the last plain round."""


class Answers(NamedTuple):
    """The chance that a proposal is executed, at the points of X that were asked for."""

    table: FloatArray
    """(n, r, x) T."""
    rise: FloatArray
    """The same, difference to the next point of X."""
    joined: FloatArray
    """(n, r, x, i) chance that i joins and the tier is executed."""
    filled: BoolArray
    """(x) whether the point has been asked for."""


def no_answers(points: int, guarantors: int) -> Answers:
    """Return a table in which nothing has been asked for."""
    shape = (5, 4, points)
    return Answers(np.zeros(shape), np.zeros(shape), np.zeros((*shape, guarantors)), np.zeros(points, np.bool_))


@compiled
def fill_table(
    f: Any,
    a: Clauses,
    lam: float,
    table: FloatArray,
    rise: FloatArray,
    joined: FloatArray,
    wanted: BoolArray,
) -> int:
    """Fill T, its differences and ``joined`` at the ``wanted`` points of X; equal obligations share the work."""
    points = len(a.x_grid)
    like, top, count = np.zeros((5, 4), np.int64), 0, 0
    needs = np.zeros(4, np.int64)
    queue = np.empty((12 * points, 3), np.int64)
    others = a.weight.sum() - a.weight[a.proposer]
    for i in range(len(a.weight)):
        if a.must[i] and i != a.proposer:
            others -= a.weight[i]
    for r in range(3, 0, -1):
        needs[r] = need_of(a, r)
        if a.blocked[r] or needs[r] > others:
            continue
        top = max(top, needs[r])
        for n in range(1, 5):
            for m in range(n, 0, -1):
                if np.all(a.oblige[:, m, r] == a.oblige[:, n, r]):
                    like[n, r] = m
            for x in range(points):
                if wanted[x] and like[n, r] == n:
                    queue[count, 0], queue[count, 1], queue[count, 2] = n, r, x
                    count += 1
    if count > 0:
        _solve(f, a, lam, table, joined, queue[:count], needs, top)
    for r in range(1, 4):
        for n in range(1, 5):
            for x in range(points):
                if wanted[x] and 0 < like[n, r] < n:
                    table[n, r, x] = table[like[n, r], r, x]
                    for i in range(len(a.weight)):
                        joined[n, r, x, i] = joined[like[n, r], r, x, i]
            for x in range(points - 1):
                rise[n, r, x] = table[n, r, x + 1] - table[n, r, x]
    return 0


@compiled
def _solve(
    f: Any,
    a: Clauses,
    lam: float,
    table: FloatArray,
    joined: FloatArray,
    queue: IntArray,
    needs: IntArray,
    top: int,
) -> int:
    """Solve the proposals (n, r, x) of ``queue``."""
    b = set_up(a, top)
    plane, lane, dots = b.plane, b.lane, b.dots
    count, number = np.zeros((12, LANES), np.int64), np.zeros((3, LANES))
    taken = min(len(queue), LANES)
    active = taken
    for x in range(taken):
        count[JOB, x] = x
        _begin(f, a, b, count, number, queue[x], needs, lam, x)
    ring = 0
    while active > 0:
        best_respond(a, b.others, b.required, plane, lane, b.reach, b.before, b.pivot)
        compare(plane, b.moves, b.turns, b.gram, dots, ring)
        for x in range(LANES):
            lane[FIRST + ring, x] = 0.0
            if count[STATE, x] == IDLE:
                continue
            count[ROUNDS, x] += 1
            is_solved = False
            if count[STATE, x] == LOOK:
                slope = _slope(plane, x)
                count[LOOKED, x] += 1
                is_over = slope < RISK or (count[LOOKED, x] > 2 and slope - number[SLOPE, x] < 0.01)
                number[SLOPE, x] = slope
                if not is_over and count[LOOKED, x] < LOOKS:
                    _nudge(plane, x)
                elif slope > STEEP:
                    _begin(f, a, b, count, number, queue[count[JOB, x]], needs, lam, x)
                    count[CAREFUL, x], count[STATE, x], count[REST, x] = 1, PLAIN, PATIENCE
                else:
                    plane[POINT, :, x] = plane[SPOT, :, x]
                    is_solved = True
            elif _is_settled(count, lane, x):
                if count[STEP, x] == STEPS:
                    n, r, at = queue[count[JOB, x]]
                    table[n, r, at] = lane[EXECUTED, x]
                    for i in range(len(a.weight)):
                        joined[n, r, at, i] = plane[POINT, i, x] * plane[JOINS, i, x]
                plane[PAST_2, :, x] = plane[PAST, :, x]
                plane[PAST, :, x] = plane[PULL, :, x]
                if count[CAREFUL, x]:
                    is_solved = True
                else:
                    count[STATE, x], count[LOOKED, x] = LOOK, 0
                    plane[SPOT, :, x] = plane[POINT, :, x]
                    plane[SPOT_MISS, :, x] = plane[MISS, :, x]
                    _stop(lane, x)
                    _nudge(plane, x)
            else:
                _go_on(plane, lane, dots, count, number, ring, x)
            if is_solved and count[STEP, x] < STEPS:
                _advance(a, b, count, number, lam, x)
            elif is_solved and taken < len(queue):
                count[JOB, x] = taken
                taken += 1
                _begin(f, a, b, count, number, queue[count[JOB, x]], needs, lam, x)
            elif is_solved:
                count[STATE, x] = IDLE
                _stop(lane, x)
                active -= 1
        mix(plane, lane, b.moves, b.turns, b.gram, dots)
        ring = (ring + 1) % WINDOW
    return 0


@compiled
def _begin(
    f: Any,
    a: Clauses,
    b: Bench,
    count: IntArray,
    number: FloatArray,
    job: IntArray,
    needs: IntArray,
    lam: float,
    x: int,
) -> int:
    """Put a proposal into lane x, at the first step, everybody undecided."""
    n, r, at = job
    b.lane[GAIN, x], b.lane[COST, x], b.lane[NEED, x] = a.x_grid[at], f.tier_cost[r], needs[r]
    for i in range(len(a.weight)):
        b.plane[DUTY, i, x] = f.renege * a.oblige[i, n, r]
        b.plane[POINT, i, x] = 0.5
        b.plane[MODE, i, x] = 1.0 - 2.0 * (i % 2)
    b.plane[POINT, a.proposer, x] = 1.0
    b.plane[MODE, a.proposer, x] = 0.0
    count[STEP, x], count[CAREFUL, x] = 0, 0
    _advance(a, b, count, number, lam, x)
    return 0


@compiled
def _advance(a: Clauses, b: Bench, count: IntArray, number: FloatArray, lam: float, x: int) -> int:
    """Go to the next step in lane x, from the bracket extrapolated if there are two."""
    plane = b.plane
    plane[BASE, :, x] = plane[POINT, :, x]
    count[STEP, x] += 1
    scale = count[STEP, x] / (STEPS * lam)
    b.lane[SCALE, x] = scale
    count[GUESS, x] = count[STEP, x] > 2 and not count[CAREFUL, x]
    if count[GUESS, x]:
        for i in range(len(a.weight)):
            if i != a.proposer:
                pull = 2.0 * plane[PAST, i, x] - plane[PAST_2, i, x]
                plane[POINT, i, x] = 1.0 / (1.0 + math.exp(-min(max(pull * scale, -700.0), 700.0)))
    count[STATE, x] = PLAIN if count[CAREFUL, x] else ANDERSON
    count[ROUNDS, x], count[TRIED, x], count[STRICT, x], count[SWUNG, x] = 0, 0, 0, 0
    count[REST, x], count[PAUSE, x] = PATIENCE, WAIT
    number[BEST, x], number[SQUARE, x] = np.inf, 0.0
    _stop(b.lane, x)
    return 0


@compiled
def _go_on(
    plane: FloatArray, lane: FloatArray, dots: FloatArray, count: IntArray, number: FloatArray, ring: int, x: int
) -> int:
    """Decide on the next move of lane x, which is not there yet."""
    worst = lane[WORST, x]
    if count[STATE, x] == ANDERSON:
        is_far = count[GUESS, x] == 1 and worst > CLOSE
        count[GUESS, x] = 0
        limit = 1.0 if count[STRICT, x] else GROWTH
        if is_far or worst > limit * number[BEST, x] or count[TRIED, x] == AT_MOST:
            plane[POINT, :, x] = plane[BASE, :, x]
            _stop(lane, x)
            if not is_far:
                count[STATE, x], count[STRICT, x], count[REST, x] = PLAIN, 1, count[PAUSE, x]
                count[PAUSE, x] *= 2
                number[SQUARE, x], count[SWUNG, x] = 0.0, 0
            return 0
        lane[FIRST + ring, x] = 1.0 if count[TRIED, x] > 0 else 0.0
        lane[DAMP, x] = 0.5
        count[TRIED, x] += 1
        number[BEST, x] = worst
        return 0
    length, along, square = dots[LENGTH, x], dots[ALONG, x], number[SQUARE, x]
    if square == 0.0:
        lane[DAMP, x] = 0.5
    elif along < 0.0 and along * along > 0.5 * square * length and length > 0.9 * square:
        count[SWUNG, x] += 1
        if count[SWUNG, x] == SWINGS:
            lane[DAMP, x] = max(lane[DAMP, x] * 0.5, LEAST)
            count[SWUNG, x] = 0
    number[SQUARE, x] = length
    count[REST, x] -= 1
    if count[REST, x] == 0:
        # one plain move more, from where Anderson's method begins anew
        for i in range(plane.shape[1]):
            plane[POINT, i, x] += lane[DAMP, x] * plane[MISS, i, x]
        plane[BASE, :, x] = plane[POINT, :, x]
        count[STATE, x], count[TRIED, x], number[BEST, x] = ANDERSON, 0, np.inf
        _stop(lane, x)
    return 0


@compiled
def _is_settled(count: IntArray, lane: FloatArray, x: int) -> bool:
    """Tell whether lane x has solved its step, or has to be left."""
    is_exact = count[STEP, x] == STEPS or count[CAREFUL, x] == 1
    return bool(lane[WORST, x] < (SETTLED if is_exact else HALFWAY) or count[ROUNDS, x] > PATIENCE)


@compiled
def _stop(lane: FloatArray, x: int) -> int:
    """Let lane x stay where it is in this round, and forget its differences."""
    lane[DAMP, x] = 0.0
    for slot in range(WINDOW):
        lane[FIRST + slot, x] = 0.0
    return 0


@compiled
def _nudge(plane: FloatArray, x: int) -> int:
    """Move lane x from its solution along the steep direction, made of length 1."""
    norm = 0.0
    for i in range(plane.shape[1]):
        norm += plane[MODE, i, x] ** 2
    norm = 1.0 / math.sqrt(max(norm, 1e-300))
    for i in range(plane.shape[1]):
        plane[MODE, i, x] *= norm
        plane[POINT, i, x] = plane[SPOT, i, x] + NUDGE * plane[MODE, i, x]
    return 0


@compiled
def _slope(plane: FloatArray, x: int) -> float:
    """Return the slope of the best response along the direction that lane x was moved; turn that to the steepest."""
    slope = 0.0
    for i in range(plane.shape[1]):
        mode = plane[MODE, i, x]
        rise = mode + (plane[MISS, i, x] - plane[SPOT_MISS, i, x]) / NUDGE
        slope += mode * rise
        plane[MODE, i, x] = 2.0 * mode + rise
    return slope
