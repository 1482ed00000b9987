"""One sweep of consultation in sixteen proposals side by side: best responses, kind by kind (section 6).

The framework nation joins for certain and required members must join, so only the weight of the others is uncertain.
Members alike in every array are one kind, with one chance p. Kinds stand in a row, lightest first. With ``need`` the
weight that they must bring, ``law`` is the law of the weight of those before a kind, ``reach`` the chance that the need
is reached given that weight, the kind itself and those after it still to come. So, with ``mates`` the law of the
weight of all before a kind and of all of the kind but one,

    D_i = sum over v of mates(v) (reach_after(v + weight_i) - reach_after(v))

is the chance that one of them decides, T_0 = reach_0(0) the chance that the need is reached, and with R the chance that
all required members join

    J_i = R (T_0 + (1 - p_i) D_i),    J_i - A_i = R D_i,    T = R T_0

(for a required member J_i - A_i = J_i). When a kind moves T_0 follows at once, and so does ``law`` on a sweep up the
row, ``reach`` on a sweep down: the next kind answers what the last one has just decided (Gauss and Seidel). That tames
free riding, where answers given all at once go to and fro: everybody joins, then nobody. Members of one kind, and the
required ones, do answer all at once, at half the pace: those who are alike have to stay so.
No division, so all this is stable for any p. Weights above the largest need are never looked at.
"""

from typing import Any

from foedus.game.kernel.consultation.ballots import (
    COST,
    DUTY,
    EXECUTED,
    GAIN,
    JOINS,
    LAST,
    MISS,
    NEED,
    OPEN,
    POINT,
    PULL,
    REACHED,
    SCALE,
    SPOT,
    WINDOW,
    WORST,
    Ballots,
    weight_of,
)
from foedus.game.kernel.machine.functions import exp
from foedus.game.kernel.machine.jit import called, inlined
from foedus.game.kernel.machine.rows import entry
from foedus.game.kernel.machine.vectors import absolute, higher_of, load, lower_of, pick, spread, store
from foedus.game.kernel.stage.clauses import Clauses

TOGETHER = 0.5
"""Share of the pace at which those move who answer all at once."""


@called
def need_of(a: Clauses, r: int) -> int:
    """Return the weight that must come from members who may stand aside; 0 if none must."""
    sure = a.weight[a.leader] + weight_of(a, a.required)
    return int(min(max(a.quorum[r] - sure, 0), weight_of(a, a.others) + 1))


@called
def lay_out(b: Ballots, top: int) -> int:
    """Compute ``reach`` and T_0 from p alone; no need is above ``top``."""
    one, nothing, need = spread(1.0), spread(0.0), load(b.each, (NEED,))
    last, before = b.row, b.weight_of_others
    for v in range(top + 1):
        store(b.reach, (last, v), pick(spread(float(v)) < need, nothing, one))
    for at in range(last - 1, -1, -1):
        before -= entry(b.number, (entry(b.others, (at,)),)) * entry(b.weight, (entry(b.others, (at,)),))
        _expect_kind(b, at, before, top)
    store(b.law, (0, 0), one)
    store(b.each, (REACHED,), load(b.reach, (0, 0)))
    return 0


@called
def sweep(b: Ballots, top: int, goes_down: bool, pace: float) -> int:
    """Let every kind move by ``pace`` times its miss where open, up the row or down; compute J, T, misses.

    Alternate directions need no `lay_out` in between, nor do sweeps at pace 0, where all answer the same p.
    """
    step = load(b.each, (OPEN,)) * pace
    worst = _ask_required(b, step)
    all_required = spread(1.0)
    for j_at in range(b.required_kinds):
        j = entry(b.required, (j_at,))
        for _ in range(entry(b.number, (j,))):
            all_required = all_required * load(b.plane, (POINT, j))
    before = b.weight_of_others if goes_down else 0
    for turn in range(b.row):
        at = b.row - 1 - turn if goes_down else turn
        weight = entry(b.number, (entry(b.others, (at,)),)) * entry(b.weight, (entry(b.others, (at,)),))
        before -= weight if goes_down else 0
        worst = higher_of(worst, _ask_kind(b, at, before, top, all_required, step, pace > 0.0, goes_down))
        before += 0 if goes_down else weight
    store(b.each, (EXECUTED,), all_required * load(b.each, (REACHED,)))
    store(b.plane, (JOINS, b.leader), load(b.each, (EXECUTED,)))
    store(b.each, (WORST,), worst)
    return 0


@inlined
def _ask_required(b: Ballots, step: Any) -> Any:
    """Let the required kinds answer all at once; return the largest miss."""
    worst = spread(0.0)
    for j_at in range(b.required_kinds):
        j = entry(b.required, (j_at,))
        joins = load(b.each, (REACHED,))
        for other_at in range(b.required_kinds):
            other = entry(b.required, (other_at,))
            for _ in range(entry(b.number, (other,)) - (1 if other == j else 0)):
                joins = joins * load(b.plane, (POINT, other))
        worst = higher_of(worst, absolute(_answer(b, j, joins, joins)))
    for j_at in range(b.required_kinds):
        j = entry(b.required, (j_at,))
        move = TOGETHER * step * load(b.plane, (MISS, j))
        store(b.plane, (POINT, j), load(b.plane, (POINT, j)) + move)
    return worst


@inlined
def _ask_kind(
    b: Ballots, at: int, before: int, top: int, all_required: Any, step: Any, is_moving: bool, goes_down: bool
) -> Any:
    """Let the kind at a place of the row answer and move; bring T_0 and ``law`` or ``reach`` up to date."""
    j = entry(b.others, (at,))
    number, weight = entry(b.number, (j,)), entry(b.weight, (j,))
    yes, reached = load(b.plane, (POINT, j)), load(b.each, (REACHED,))
    decides = spread(0.0)
    if number == 1:
        for v in range(min(before, top - 1) + 1):
            more = load(b.reach, (at + 1, min(v + weight, top))) - load(b.reach, (at + 1, v))
            decides = decides + load(b.law, (at, v)) * more
    else:
        _add_members(b.law, at, b.mates, 0, yes, number - 1, weight, before, top)
        for v in range(min(before + (number - 1) * weight, top - 1) + 1):
            more = load(b.reach, (at + 1, min(v + weight, top))) - load(b.reach, (at + 1, v))
            decides = decides + load(b.mates, (0, v)) * more
    joins = all_required * (reached + (1.0 - yes) * decides)
    miss = _answer(b, j, joins, all_required * decides)
    if is_moving:
        move = step * miss * (1.0 if number == 1 else TOGETHER)
        store(b.plane, (POINT, j), yes + move)
        reached = reached + move * decides
    if goes_down:
        _expect_kind(b, at, before, top)
    else:
        _add_members(b.law, at, b.law, at + 1, load(b.plane, (POINT, j)), number, weight, before, top)
    if is_moving and number > 1:
        reached = _reached(b, at, before, top) if goes_down else _reached(b, at + 1, before + number * weight, top)
    store(b.each, (REACHED,), reached)
    return absolute(miss)


@inlined
def _add_members(
    source: Any, at: int, law: Any, row: int, yes: Any, number: int, weight: int, before: int, top: int
) -> int:
    """Put into a row the law of a weight of at most ``before``, that is at ``source``, with so many members more."""
    no = 1.0 - yes
    for v in range(min(before + number * weight, top - 1) + 1):
        store(law, (row, v), load(source, (at, v)) if v <= before else spread(0.0))
    for member in range(number):
        for v in range(min(before + (member + 1) * weight, top - 1), weight - 1, -1):
            store(law, (row, v), load(law, (row, v)) * no + load(law, (row, v - weight)) * yes)
        for v in range(min(weight - 1, before + number * weight, top - 1) + 1):
            store(law, (row, v), load(law, (row, v)) * no)
    return 0


@inlined
def _expect_kind(b: Ballots, at: int, before: int, top: int) -> int:
    """Turn ``reach`` after a kind into that before it."""
    j = entry(b.others, (at,))
    number, weight, yes = entry(b.number, (j,)), entry(b.weight, (j,)), load(b.plane, (POINT, entry(b.others, (at,))))
    for member in range(number):
        source = at + 1 if member == 0 else at
        for v in range(min(before + (number - 1 - member) * weight, top) + 1):
            here = load(b.reach, (source, v))
            store(b.reach, (at, v), here + yes * (load(b.reach, (source, min(v + weight, top))) - here))
    return 0


@inlined
def _reached(b: Ballots, at: int, before: int, top: int) -> Any:
    """Return T_0 from the law of the weight before a place of the row and the chance to reach the need from there."""
    missed = spread(0.0)
    for v in range(min(before, top - 1) + 1):
        missed = missed + load(b.law, (at, v)) * (1.0 - load(b.reach, (at, v)))
    return 1.0 - missed


@inlined
def _answer(b: Ballots, j: int, joins: Any, decides: Any) -> Any:
    """Work out a kind's bracket and its logit; return how far its chance is from it."""
    gain, cost = load(b.each, (GAIN,)) * entry(b.interest, (j,)), load(b.each, (COST,)) * entry(b.cost_weight, (j,))
    pull = gain * decides - cost * joins + load(b.plane, (DUTY, j))
    miss = 1.0 / (1.0 + exp((0.0 - pull) * load(b.each, (SCALE,)))) - load(b.plane, (POINT, j))
    store(b.plane, (JOINS, j), joins)
    store(b.plane, (PULL, j), pull)
    store(b.plane, (MISS, j), miss)
    return miss


@called
def compare(b: Ballots, slot: int) -> int:
    """Put the change since the last sweep at pace 1 into a slot and take all products that `mix` needs."""
    plane, moves, turns, gram, dots = b.plane, b.moves, b.turns, b.gram, b.dots
    nothing = spread(0.0)
    dot_0, dot_1, dot_2 = nothing, nothing, nothing
    gram_0, gram_1, gram_2 = nothing, nothing, nothing
    for i in range(b.kinds):
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


@called
def mix(b: Ballots, count: int) -> int:
    """Correct where a sweep at pace 1 has led by the last ``count`` differences (Anderson's method) in open places."""
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
    is_open = load(b.each, (OPEN,))
    c_0, c_1, c_2 = is_open * c_0, is_open * c_1, is_open * c_2
    for i in range(b.kinds):
        move = load(moves, (0, i)) * c_0 + load(moves, (1, i)) * c_1 + load(moves, (2, i)) * c_2
        point = load(plane, (POINT, i)) - move
        store(plane, (POINT, i), lower_of(higher_of(point, spread(0.0)), spread(1.0)))
    return 0


@inlined
def _firm(gram: Any, slot: int, live: float) -> Any:
    """Return a diagonal entry, slightly raised; 1 for a difference that does not count."""
    return load(gram, (slot, slot)) * (live * (1.0 + 1e-10)) + (1e-300 + (1.0 - live))
