"""One round of consultation in sixteen proposals side by side: the best response of every guarantor (section 6).

The framework nation joins for certain and required members must join, so only the weight of the others is uncertain.
With ``need`` the weight that they must bring, the chance that it is reached is built up twice over the others in
order of weight: forwards, the law of the weight before i (``before``); backwards, the gain in that chance from i's
weight at each weight before it (``pivot``). Their product summed is D_i, the chance that i decides; then

    J_i = R (T + (1 - p_i) D_i),    J_i - A_i = R D_i,

where T is the chance of reaching the need and R that all required members join (for a required member J_i - A_i = J_i).
No division, so this is stable for any p. Weights above the largest need are never looked at.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.jit import compiled, inlined
from foedus.game.kernel.lanes import LANES, absolute, exp, higher_of, load, lower_of, pick, spread, store
from foedus.game.kernel.pack import Clauses
from foedus.values.arrays import FloatArray, IntArray

POINT, MISS, PULL, JOINS, DUTY = range(5)
"""Planes of `Bench.plane`: p; best response - p; the bracket; J; renege * oblige."""
PAST, PAST_2, BASE, BEFORE, LAST, MODE, SPOT, SPOT_MISS = range(5, 13)
"""More planes: the bracket one and two steps ago; where the step began; point and miss of the last round; steep
direction; the solution of the step and its miss."""
GAIN, COST, NEED, SCALE, EXECUTED, WORST, DAMP, FIRST = range(8)
"""Rows of `Bench.lane`: X; tier_cost; weight the others must bring; h / lam_G; T; largest miss; damping; whether each
of WINDOW differences counts (three rows)."""
WINDOW = 3
"""Differences that Anderson's method uses."""
LENGTH, ALONG = 3, 4
"""Rows of `Bench.dots` after the three differences: squared miss; miss times last miss."""


class Bench(NamedTuple):
    """Room for sixteen proposals."""

    others: IntArray
    """Guarantors who are neither the framework nation nor required, lightest first."""
    required: IntArray
    """Required members other than the framework nation."""
    plane: FloatArray
    """(plane, guarantor, lane)"""
    lane: FloatArray
    """(row, lane)"""
    reach: FloatArray
    """(weight so far, lane) chance that the need is reached."""
    before: FloatArray
    """(weight so far, lane) chance of that weight."""
    pivot: FloatArray
    """(guarantor, weight so far, lane) gain in chance if the guarantor adds its weight."""
    moves: FloatArray
    """(difference, guarantor, lane) of points."""
    turns: FloatArray
    """The same of misses."""
    gram: FloatArray
    """(difference, difference, lane) products of turns."""
    dots: FloatArray
    """(row, lane) products of the miss with the turns, itself and the last miss."""


@compiled
def set_up(a: Clauses, top: int) -> Bench:
    """Allocate a bench for needs up to ``top``."""
    guarantors = len(a.weight)
    order = np.argsort(a.weight)
    is_other = np.array([not a.must[i] and i != a.proposer for i in order])
    is_required = np.array([a.must[i] and i != a.proposer for i in order])
    return Bench(
        others=order[is_other],
        required=order[is_required],
        plane=np.zeros((13, guarantors, LANES)),
        lane=np.zeros((FIRST + WINDOW, LANES)),
        reach=np.zeros((top + 1, LANES)),
        before=np.zeros((top + 1, LANES)),
        pivot=np.zeros((guarantors, top + 1, LANES)),
        moves=np.zeros((WINDOW, guarantors, LANES)),
        turns=np.zeros((WINDOW, guarantors, LANES)),
        gram=np.zeros((WINDOW, WINDOW, LANES)),
        dots=np.zeros((WINDOW + 2, LANES)),
    )


@compiled
def need_of(a: Clauses, r: int) -> int:
    """Return the weight that must come from guarantors who may stand aside; 0 if none must."""
    sure = a.weight[a.proposer]
    for i in range(len(a.weight)):
        if a.must[i] and i != a.proposer:
            sure += a.weight[i]
    return int(min(max(a.quorum[r] - sure, 0), a.weight.sum() - sure + 1))


@compiled
def best_respond(
    a: Clauses,
    others: IntArray,
    required: IntArray,
    plane: FloatArray,
    lane: FloatArray,
    reach: FloatArray,
    before: FloatArray,
    pivot: FloatArray,
) -> int:
    """Compute T, J, the bracket and the miss of every guarantor in every lane."""
    top = reach.shape[0] - 1
    one, nothing = spread(1.0), spread(0.0)
    need = load(lane, (NEED,))
    for v in range(top + 1):
        store(reach, (v,), pick(spread(float(v)) < need, nothing, one))
        store(before, (v,), nothing)
    store(before, (0,), one)
    sofar = 0
    for j in range(len(others)):
        sofar += a.weight[others[j]]
    for j in range(len(others) - 1, -1, -1):
        i = others[j]
        weight = a.weight[i]
        sofar -= weight
        yes = load(plane, (POINT, i))
        for v in range(min(sofar, top - 1) + 1):
            here = load(reach, (v,))
            more = load(reach, (min(v + weight, top),)) - here
            store(pivot, (i, v), more)
            store(reach, (v,), here + yes * more)
    reached, all_required = load(reach, (0,)), one
    for j in range(len(required)):
        all_required = all_required * load(plane, (POINT, required[j]))
    store(lane, (EXECUTED,), all_required * reached)
    store(plane, (JOINS, a.proposer), all_required * reached)
    worst = nothing
    for j in range(len(required)):
        i = required[j]
        joins = reached
        for m in range(len(required)):
            if m != j:
                joins = joins * load(plane, (POINT, required[m]))
        worst = higher_of(worst, _miss(a, plane, lane, i, joins, joins))
    sofar = 0
    for j in range(len(others)):
        i = others[j]
        weight = a.weight[i]
        yes = load(plane, (POINT, i))
        no = one - yes
        decides = nothing
        for v in range(min(sofar, top - 1) + 1):
            decides = decides + load(before, (v,)) * load(pivot, (i, v))
        joins, decides = all_required * (reached + no * decides), all_required * decides
        worst = higher_of(worst, _miss(a, plane, lane, i, joins, decides))
        sofar += weight
        for v in range(min(sofar, top - 1), -1, -1):
            mass = load(before, (v,)) * no
            if v >= weight:
                mass = mass + load(before, (v - weight,)) * yes
            store(before, (v,), mass)
    store(lane, (WORST,), worst)
    return 0


@inlined
def _miss(a: Clauses, plane: Any, lane: Any, i: int, joins: Any, decides: Any) -> Any:
    gain, cost = load(lane, (GAIN,)) * a.interest[i], load(lane, (COST,)) * a.cost_weight[i]
    pull = gain * decides - cost * joins + load(plane, (DUTY, i))
    miss = 1.0 / (1.0 + exp((0.0 - pull) * load(lane, (SCALE,)))) - load(plane, (POINT, i))
    store(plane, (JOINS, i), joins)
    store(plane, (PULL, i), pull)
    store(plane, (MISS, i), miss)
    return absolute(miss)


@compiled
def compare(
    plane: FloatArray, moves: FloatArray, turns: FloatArray, gram: FloatArray, dots: FloatArray, ring: int
) -> int:
    """Put the change since the last round into slot ``ring`` and take all products that the next move needs."""
    nothing = spread(0.0)
    dot_0, dot_1, dot_2, length, along = nothing, nothing, nothing, nothing, nothing
    gram_0, gram_1, gram_2 = nothing, nothing, nothing
    for i in range(plane.shape[1]):
        point, miss, last = load(plane, (POINT, i)), load(plane, (MISS, i)), load(plane, (LAST, i))
        turn = miss - last
        store(moves, (ring, i), point - load(plane, (BEFORE, i)))
        store(turns, (ring, i), turn)
        store(plane, (BEFORE, i), point)
        store(plane, (LAST, i), miss)
        turn_0, turn_1, turn_2 = load(turns, (0, i)), load(turns, (1, i)), load(turns, (2, i))
        dot_0, dot_1, dot_2 = dot_0 + miss * turn_0, dot_1 + miss * turn_1, dot_2 + miss * turn_2
        gram_0, gram_1, gram_2 = gram_0 + turn * turn_0, gram_1 + turn * turn_1, gram_2 + turn * turn_2
        length, along = length + miss * miss, along + miss * last
    store(dots, (0,), dot_0)
    store(dots, (1,), dot_1)
    store(dots, (2,), dot_2)
    store(dots, (LENGTH,), length)
    store(dots, (ALONG,), along)
    store(gram, (ring, 0), gram_0)
    store(gram, (ring, 1), gram_1)
    store(gram, (ring, 2), gram_2)
    for slot in range(WINDOW):
        store(gram, (slot, ring), load(gram, (ring, slot)))
    return 0


@compiled
def mix(
    plane: FloatArray, lane: FloatArray, moves: FloatArray, turns: FloatArray, gram: FloatArray, dots: FloatArray
) -> int:
    """Move p by ``damp`` times the miss, corrected by the differences that count: the least miss to first order."""
    live_0, live_1, live_2 = load(lane, (FIRST,)), load(lane, (FIRST + 1,)), load(lane, (FIRST + 2,))
    g_01 = load(gram, (0, 1)) * live_0 * live_1
    g_02 = load(gram, (0, 2)) * live_0 * live_2
    g_12 = load(gram, (1, 2)) * live_1 * live_2
    g_00, g_11, g_22 = _firm(gram, 0, live_0), _firm(gram, 1, live_1), _firm(gram, 2, live_2)
    b_0, b_1, b_2 = load(dots, (0,)) * live_0, load(dots, (1,)) * live_1, load(dots, (2,)) * live_2
    share = g_01 / g_00
    g_11, g_12, b_1 = g_11 - share * g_01, g_12 - share * g_02, b_1 - share * b_0
    share = g_02 / g_00
    g_22, b_2 = g_22 - share * g_02, b_2 - share * b_0
    share = g_12 / g_11
    g_22, b_2 = g_22 - share * g_12, b_2 - share * b_1
    c_2 = b_2 / g_22
    c_1 = (b_1 - g_12 * c_2) / g_11
    c_0 = (b_0 - g_01 * c_1 - g_02 * c_2) / g_00
    damp = load(lane, (DAMP,))
    for i in range(plane.shape[1]):
        move = load(moves, (0, i)) * c_0 + load(moves, (1, i)) * c_1 + load(moves, (2, i)) * c_2
        turn = load(turns, (0, i)) * c_0 + load(turns, (1, i)) * c_1 + load(turns, (2, i)) * c_2
        point = load(plane, (POINT, i)) - move + damp * (load(plane, (MISS, i)) - turn)
        store(plane, (POINT, i), lower_of(higher_of(point, spread(0.0)), spread(1.0)))
    return 0


@inlined
def _firm(gram: Any, slot: int, live: Any) -> Any:
    """Return a diagonal entry, slightly raised; 1 for a difference that does not count."""
    return load(gram, (slot, slot)) * (live * (1.0 + 1e-10)) + (1e-300 + (1.0 - live))
