"""Consultation: the chance T that a proposed tier is executed, by the coalition's gain X (section 6 of docs/theory.md).

Sixteen points of X are solved side by side, one a lane. In each, every guarantor's chance of joining solves
    p_i = logistic( h ( interest_i X (J_i - A_i) - cost_weight_i tier_cost J_i + renege oblige_i ) / lam_G ),
h = 1/12 .. 12/12 in turn, each from the last one's solution (the principal branch), p_F = 1. J_i and A_i, the chances
of execution if i joins or stands aside, are sums over the weight before i (`head`) times the tail of the weight after i
(`tail`): no division, so they are stable for any p. A required member who stands aside leaves no mass.

The branch is the one that the plain iteration p <- p + (best response - p) / 2 follows, so that is what is done, at
every h to 1e-9. Coming only within 1e-3 on the way and ending with Anderson's method was faster, but landed on another
branch in 11 of 27 games tried. Where the iteration has not come to rest after PATIENCE rounds it is damped harder.
Only the blocks of 16 points that a game's X reaches are ever solved (`iterate`).
"""

from typing import Any

import numpy as np

from foedus.game.kernel.jit import compiled
from foedus.game.kernel.lanes import LANES, absolute, exp, higher_of, largest, load, spread, store
from foedus.game.kernel.pack import Clauses
from foedus.values.arrays import FloatArray

STEPS = 12
"""Equal steps of the homotopy in 1 / lam_G."""
SETTLED = 1e-9
"""Largest move at which the iteration has come to rest."""
PATIENCE = 1500
"""Rounds at one damping; only an iteration that cycles, or creeps past a fold, needs as many."""


@compiled
def fill_table(
    f: Any, a: Clauses, lam: float, table: FloatArray, rise: FloatArray, joined: FloatArray, block: int
) -> int:
    """Fill T, its differences and ``joined`` for one block of 16 points of X; equal obligations share the work."""
    points, first = len(a.x_grid), block * LANES
    for n in range(1, 5):
        for r in range(1, 4):
            if a.blocked[r]:
                continue
            like = 0
            for m in range(1, n):
                if like == 0 and np.all(a.oblige[:, m, r] == a.oblige[:, n, r]):
                    like = m
            if like > 0:
                for x in range(first, min(first + LANES, points)):
                    table[n, r, x] = table[like, r, x]
                    for i in range(len(a.weight)):
                        joined[n, r, x, i] = joined[like, r, x, i]
            else:
                respond(f, a, lam, n, r, first, table, joined)
            for x in range(points - 1):
                rise[n, r, x] = table[n, r, x + 1] - table[n, r, x]
    return 0


@compiled
def respond(f: Any, a: Clauses, lam: float, n: int, r: int, first: int, table: FloatArray, joined: FloatArray) -> int:
    """Fill ``table[n, r, x]`` (T) and ``joined[n, r, x, i]`` (i joined, r executed) for 16 points x from ``first``."""
    guarantors, points = len(a.weight), len(a.x_grid)
    quorum = min(max(a.quorum[r], 0), a.weight.sum() + 1)
    gain = np.empty(LANES)
    for x in range(LANES):
        gain[x] = a.x_grid[min(first + x, points - 1)]
    p = np.full((guarantors, LANES), 0.5)
    p[a.proposer] = 1.0
    tail = np.zeros((guarantors + 1, quorum + 1, LANES))
    head = np.empty((quorum + 1, LANES))
    joins = np.empty((guarantors, LANES))
    move = np.zeros((guarantors, LANES))
    for step in range(1, STEPS + 1):
        _settle(f, a, step / (STEPS * lam), n, r, quorum, gain, p, tail, head, joins, move)
    for x in range(min(LANES, points - first)):
        table[n, r, first + x] = tail[0, quorum, x]
        for i in range(guarantors):
            joined[n, r, first + x, i] = p[i, x] * joins[i, x]
    return 0


@compiled
def _settle(
    f: Any,
    a: Clauses,
    scale: float,
    n: int,
    r: int,
    quorum: int,
    gain: FloatArray,
    p: FloatArray,
    tail: FloatArray,
    head: FloatArray,
    joins: FloatArray,
    move: FloatArray,
) -> int:
    """Iterate with damping 1/2 until no chance would move by SETTLED; damp harder where PATIENCE is spent."""
    damping = 0.5
    for _ in range(3):
        for _ in range(PATIENCE):
            if _moves(f, a, scale, n, r, quorum, gain, p, tail, head, joins, move) < SETTLED:
                return 0
            for i in range(p.shape[0]):
                store(p, (i,), load(p, (i,)) + load(move, (i,)) * damping)
        damping *= 0.25
    return 0


@compiled
def _moves(
    f: Any,
    a: Clauses,
    scale: float,
    n: int,
    r: int,
    quorum: int,
    gain: FloatArray,
    p: FloatArray,
    tail: FloatArray,
    head: FloatArray,
    joins: FloatArray,
    move: FloatArray,
) -> float:
    """Compute the tails, J (``joins``) and best response - p (``move``); return the largest move of any lane."""
    guarantors = p.shape[0]
    one = spread(1.0)
    store(tail, (guarantors, 0), one)
    for i in range(guarantors - 1, -1, -1):
        weight = a.weight[i]
        yes = load(p, (i,))
        no = (one - yes) * (0.0 if a.must[i] else 1.0)
        for v in range(quorum + 1):
            short = max(v - weight, 0)
            store(tail, (i, v), yes * load(tail, (i + 1, short)) + no * load(tail, (i + 1, v)))
    store(head, (0,), one)
    for w in range(1, quorum + 1):
        store(head, (w,), spread(0.0))
    worst, x = spread(0.0), load(gain, ())
    for i in range(guarantors):
        weight = a.weight[i]
        yes, stays = load(p, (i,)), 0.0 if a.must[i] else 1.0
        join, aside = spread(0.0), spread(0.0)
        for w in range(quorum + 1):
            mass = load(head, (w,))
            join = join + mass * load(tail, (i + 1, max(quorum - w - weight, 0)))
            aside = aside + mass * load(tail, (i + 1, quorum - w))
        store(joins, (i,), join)
        if i == a.proposer:
            store(move, (i,), spread(0.0))
        else:
            cost, duty = a.cost_weight[i] * f.tier_cost[r], f.renege * a.oblige[i, n, r]
            pull = (x * a.interest[i]) * (join - aside * stays) - join * cost + duty
            change = 1.0 / (1.0 + exp(pull * (0.0 - scale))) - yes
            store(move, (i,), change)
            worst = higher_of(worst, absolute(change))
        no = (one - yes) * stays
        for w in range(quorum, -1, -1):
            reached = min(w + weight, quorum)
            mass = load(head, (w,))
            store(head, (w,), no * mass)
            store(head, (reached,), load(head, (reached,)) + yes * mass)
    return float(largest(worst))
