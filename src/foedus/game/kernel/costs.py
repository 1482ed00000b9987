"""Section 9 of docs/theory.md: what a guarantee costs each guarantor, from who joined what was executed."""

from typing import Any

import numpy as np

from foedus.game.kernel.jit import compiled, inlined, spliced
from foedus.game.kernel.lanes import LANES, entry, like, load, rows_of, store
from foedus.game.kernel.pack import Clauses, Game
from foedus.game.kernel.room import PROVOKE, THREAT, Room, look
from foedus.values.arrays import FloatArray

_by_lane, _by_2_lane = rows_of(LANES), rows_of(2, LANES)


@compiled
def member_costs(
    f: Any, a: Clauses, game: Game, room: Room, z: FloatArray, joined: FloatArray, visits: FloatArray, defend: float
) -> FloatArray:
    """Return (i) the expected cost of tiers in which i joined, and of wars of defence."""
    beliefs, balances, slices, chunks = game.shape
    points, cells = len(a.x_grid), balances * slices * chunks
    seen, proposed = np.zeros((5, 4, points)), np.empty((4, 2, LANES))
    v = look(a, game, room, z, z)
    for cell in range(cells):
        for n in range(1, 5):
            _propose(v, cell, n, _by_lane(visits), _by_2_lane(proposed))
            for b in range(min(beliefs - cell % chunks * LANES, LANES)):
                for r in range(1, 4):
                    if entry(v.open, (r,)) == 0.0:
                        continue
                    for th in range(2):
                        at, share = _below(a, v, entry(v.gain, (cell, th, n - 1, r - 1, b)))
                        seen[n, r, at] += proposed[r, th, b] * (1.0 - share)
                        seen[n, r, at + 1] += proposed[r, th, b] * share
    cost = np.zeros(len(a.weight))
    for n in range(1, 5):
        for r in range(1, 4):
            for x in range(points):
                if seen[n, r, x] > 0.0:
                    for i in range(len(cost)):
                        cost[i] += seen[n, r, x] * joined[n, r, x, i] * f.tier_cost[r]
    for i in range(len(cost)):
        cost[i] = a.cost_weight[i] * (cost[i] + f.war_cost_G * defend)
    return cost


@spliced
def _propose(v: Any, cell: Any, n: Any, visits: Any, proposed: Any) -> Any:
    """Fill ``proposed`` (r, th, lane) with how often each tier is proposed after n in one cell."""
    cells = v.shape[1] * v.shape[2] * v.shape[3]
    provoke = load(v.z, (cell, PROVOKE))
    found = like(provoke, 0.0)
    for threat in range(4):
        calm, provoked = load(v.z, (cell, THREAT + threat)), load(v.z, (cell, THREAT + 4 + threat))
        found = found + (1.0 - provoke) * calm * entry(v.confusion, (0, threat, n))
        found = found + provoke * provoked * entry(v.confusion, (1, threat, n))
    for r in range(1, 4):
        if entry(v.open, (r,)) > 0.0:
            for th in range(2):
                often = load(visits, (th * cells + cell,)) * found
                store(proposed, (r, th), often * load(v.propose, (cell, th, n - 1, r - 1)))
    return 0


@inlined
def _below(a: Any, v: Any, gain: Any) -> Any:
    """Return the point of X below ``gain`` and the share of the way to the next."""
    inside = min(max(gain, v.first_x), v.last_x)
    if v.is_even:
        place = (inside - v.first_x) * ((v.points - 1) / (v.last_x - v.first_x))
        at = min(int(place), v.points - 2)
        return at, place - at
    at = min(max(np.searchsorted(a.x_grid, inside) - 1, 0), v.points - 2)
    return at, (inside - a.x_grid[at]) / (a.x_grid[at + 1] - a.x_grid[at])
