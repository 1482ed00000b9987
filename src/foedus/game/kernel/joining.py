"""One sweep of consultation in sixteen proposals side by side: best responses, one guarantor after another (section 6).

The framework nation joins for certain and required members must join, so only the weight of the others is uncertain.
They stand in a row, lightest first. With ``need`` the weight that they must bring, ``law`` is the law of the weight of
those before i, ``reach`` the chance that the need is reached given that weight, those from i on still to come. So

    D_i = sum over v of law_i(v) (reach_(i+1)(v + weight_i) - reach_(i+1)(v))

is the chance that i decides, T_0 = reach_0(0) the chance that the need is reached, and with R the chance that all
required members join

    J_i = R (T_0 + (1 - p_i) D_i),    J_i - A_i = R D_i,    T = R T_0

(for a required member J_i - A_i = J_i). T_0 is linear in every p_i with slope D_i. So when i moves, T_0 follows at
once, and so does ``law`` on a sweep up the row, ``reach`` on a sweep down: the next guarantor answers what the last one
has just decided (Gauss and Seidel). That tames free riding, where answers given all at once go to and fro: everybody
joins, then nobody. Required members do answer all at once, at half the pace: those who are alike have to stay so.
No division, so all this is stable for any p. Weights above the largest need are never looked at.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.jit import compiled, inlined
from foedus.game.kernel.lanes import absolute, exp, higher_of, load, lower_of, pick, spread, store, vectors
from foedus.game.kernel.pack import Clauses
from foedus.values.arrays import FloatArray, IntArray

POINT, MISS, PULL, JOINS, DUTY, SPOT, LAST = range(7)
"""Planes of `Bench.plane`: p; best response - p; the bracket; J; renege * oblige; a point and its miss to
compare with."""
PAST, PAST_2, BASE, START, MODE = range(7, 12)
"""More planes: the bracket one and two steps ago; the last step's solution; where this step began; steep direction."""
GAIN, COST, NEED, SCALE, EXECUTED, REACHED, WORST, OPEN, OUT = range(9)
"""Rows of `Bench.lane`: X; tier_cost; weight the others must bring; h / lam_G; T; T_0; largest miss; 1 while p moves;
1 if the answer is not to be trusted."""
WINDOW = 3
"""Differences that Anderson's method uses."""


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
    law: FloatArray
    """(place in the row, weight so far, lane) chance of that weight."""
    reach: FloatArray
    """(place in the row, weight so far, lane) chance that the need is reached from there."""
    moves: FloatArray
    """(difference, guarantor, lane) of points."""
    turns: FloatArray
    """The same of misses."""
    gram: FloatArray
    """(difference, difference, lane) products of turns."""
    dots: FloatArray
    """(difference, lane) products of the miss with the turns."""


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
        plane=vectors(12, guarantors),
        lane=vectors(1, 9)[0],
        law=vectors(guarantors + 1, top + 1),
        reach=vectors(guarantors + 1, top + 1),
        moves=vectors(WINDOW, guarantors),
        turns=vectors(WINDOW, guarantors),
        gram=vectors(WINDOW, WINDOW),
        dots=vectors(1, WINDOW)[0],
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
def lay_out(a: Clauses, b: Bench, top: int) -> int:
    """Compute ``reach`` and T_0 from p alone; no need is above ``top``."""
    one, nothing, need = spread(1.0), spread(0.0), load(b.lane, (NEED,))
    last, sofar = len(b.others), 0
    for j in range(last):
        sofar += a.weight[b.others[j]]
    for v in range(top + 1):
        store(b.reach, (last, v), pick(spread(float(v)) < need, nothing, one))
    for j in range(last - 1, -1, -1):
        weight, yes = a.weight[b.others[j]], load(b.plane, (POINT, b.others[j]))
        sofar -= weight
        for v in range(min(sofar, top) + 1):
            here = load(b.reach, (j + 1, v))
            store(b.reach, (j, v), here + yes * (load(b.reach, (j + 1, min(v + weight, top))) - here))
    store(b.law, (0, 0), one)
    store(b.lane, (REACHED,), load(b.reach, (0, 0)))
    return 0


@compiled
def sweep(a: Clauses, b: Bench, top: int, goes_down: bool, pace: float) -> int:
    """Let every guarantor in the open lanes move by ``pace`` times its miss, up the row or down; compute J, T, misses.

    Alternate directions need no `lay_out` in between, nor do sweeps at pace 0, where all answer the same p.
    """
    others, required, plane, lane, law, reach = b.others, b.required, b.plane, b.lane, b.law, b.reach
    one, worst, is_moving = spread(1.0), spread(0.0), pace > 0.0
    step, reached = load(lane, (OPEN,)) * pace, load(lane, (REACHED,))
    for j in range(len(required)):
        joins = reached
        for m in range(len(required)):
            if m != j:
                joins = joins * load(plane, (POINT, required[m]))
        worst = higher_of(worst, absolute(_answer(a, plane, lane, required[j], joins, joins)))
    for j in range(len(required)):
        point, miss = load(plane, (POINT, required[j])), load(plane, (MISS, required[j]))
        store(plane, (POINT, required[j]), point + 0.5 * step * miss)
    all_required = one
    for j in range(len(required)):
        all_required = all_required * load(plane, (POINT, required[j]))
    sofar = 0
    if goes_down:
        for j in range(len(others)):
            sofar += a.weight[others[j]]
    for k in range(len(others)):
        j = len(others) - 1 - k if goes_down else k
        i, weight = others[j], a.weight[others[j]]
        sofar -= weight if goes_down else 0
        decides = spread(0.0)
        for v in range(min(sofar, top - 1) + 1):
            more = load(reach, (j + 1, min(v + weight, top))) - load(reach, (j + 1, v))
            decides = decides + load(law, (j, v)) * more
        yes = load(plane, (POINT, i))
        miss = _answer(a, plane, lane, i, all_required * (reached + (one - yes) * decides), all_required * decides)
        worst = higher_of(worst, absolute(miss))
        if is_moving:
            move = step * miss
            yes, reached = yes + move, reached + move * decides
            store(plane, (POINT, i), yes)
        sofar += 0 if goes_down else weight
        if goes_down:
            for v in range(min(sofar, top) + 1):
                here = load(reach, (j + 1, v))
                store(reach, (j, v), here + yes * (load(reach, (j + 1, min(v + weight, top))) - here))
        else:
            no = one - yes
            for v in range(min(weight, top)):
                store(law, (j + 1, v), load(law, (j, v)) * no)
            for v in range(weight, min(sofar, top - 1) + 1):
                store(law, (j + 1, v), load(law, (j, v)) * no + load(law, (j, v - weight)) * yes)
    store(lane, (REACHED,), reached)
    store(lane, (EXECUTED,), all_required * reached)
    store(plane, (JOINS, a.proposer), all_required * reached)
    store(lane, (WORST,), worst)
    return 0


@inlined
def _answer(a: Clauses, plane: Any, lane: Any, i: int, joins: Any, decides: Any) -> Any:
    gain, cost = load(lane, (GAIN,)) * a.interest[i], load(lane, (COST,)) * a.cost_weight[i]
    pull = gain * decides - cost * joins + load(plane, (DUTY, i))
    miss = 1.0 / (1.0 + exp((0.0 - pull) * load(lane, (SCALE,)))) - load(plane, (POINT, i))
    store(plane, (JOINS, i), joins)
    store(plane, (PULL, i), pull)
    store(plane, (MISS, i), miss)
    return miss


@compiled
def compare(b: Bench, slot: int) -> int:
    """Put the change since the last sweep at pace 1 into a slot and take all products that `mix` needs."""
    plane, moves, turns, gram, dots = b.plane, b.moves, b.turns, b.gram, b.dots
    nothing = spread(0.0)
    dot_0, dot_1, dot_2 = nothing, nothing, nothing
    gram_0, gram_1, gram_2 = nothing, nothing, nothing
    for i in range(plane.shape[1]):
        point, miss = load(plane, (POINT, i)), load(plane, (MISS, i))
        turn = miss - load(plane, (LAST, i))
        store(moves, (slot, i), point - load(plane, (SPOT, i)))
        store(turns, (slot, i), turn)
        store(plane, (SPOT, i), point)
        store(plane, (LAST, i), miss)
        turn_0, turn_1, turn_2 = load(turns, (0, i)), load(turns, (1, i)), load(turns, (2, i))
        dot_0, dot_1, dot_2 = dot_0 + miss * turn_0, dot_1 + miss * turn_1, dot_2 + miss * turn_2
        gram_0, gram_1, gram_2 = gram_0 + turn * turn_0, gram_1 + turn * turn_1, gram_2 + turn * turn_2
    store(dots, (0,), dot_0)
    store(dots, (1,), dot_1)
    store(dots, (2,), dot_2)
    store(gram, (slot, 0), gram_0)
    store(gram, (slot, 1), gram_1)
    store(gram, (slot, 2), gram_2)
    for other in range(WINDOW):
        store(gram, (other, slot), load(gram, (slot, other)))
    return 0


@compiled
def mix(b: Bench, count: int) -> int:
    """Correct where a sweep at pace 1 has led by the last ``count`` differences (Anderson's method) in open lanes."""
    plane, moves, gram, dots = b.plane, b.moves, b.gram, b.dots
    live_0, live_1, live_2 = min(count, 1) * 1.0, min(max(count - 1, 0), 1) * 1.0, min(max(count - 2, 0), 1) * 1.0
    g_01 = load(gram, (0, 1)) * (live_0 * live_1)
    g_02 = load(gram, (0, 2)) * (live_0 * live_2)
    g_12 = load(gram, (1, 2)) * (live_1 * live_2)
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
    is_open = load(b.lane, (OPEN,))
    c_0, c_1, c_2 = is_open * c_0, is_open * c_1, is_open * c_2
    for i in range(plane.shape[1]):
        move = load(moves, (0, i)) * c_0 + load(moves, (1, i)) * c_1 + load(moves, (2, i)) * c_2
        point = load(plane, (POINT, i)) - move
        store(plane, (POINT, i), lower_of(higher_of(point, spread(0.0)), spread(1.0)))
    return 0


@inlined
def _firm(gram: Any, slot: int, live: float) -> Any:
    """Return a diagonal entry, slightly raised; 1 for a difference that does not count."""
    return load(gram, (slot, slot)) * (live * (1.0 + 1e-10)) + (1e-300 + (1.0 - live))
