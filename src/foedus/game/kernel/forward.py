"""Section 9 of docs/theory.md: push the distribution over states forward and add up, exactly.

`count_courses` turns the last sweep into chances per type and state: of each event, and of landing at each belief
with or without a slice lost. `push` moves the mass period by period: belief and slices by these chances, the balance by
`Game.move`, then the true types by the turnover. `member_costs` reads who joined what was executed.
"""

import math
from typing import Any

import numpy as np

from foedus.game.kernel.jit import compiled
from foedus.game.kernel.lanes import LANES, load, spread, store
from foedus.game.kernel.pack import Clauses, Game
from foedus.game.kernel.response import Answers
from foedus.game.kernel.room import PROVOKE, RESPONSE, THREAT, VALUE, Room
from foedus.values.arrays import FloatArray

WAR, DEFEND, ENTRAP, CONQUEST, CAPTURES, SEIZURES, COERCIONS, PROVOCATIONS, WITHDRAWALS, HONOURED, BREACHED = range(11)
EVENTS = 11


def push_forward(
    f: Any, a: Clauses, game: Game, room: Room, answers: Answers, z: FloatArray, *, balance: FloatArray, horizon: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return (EVENTS) expected numbers, (p) values at the start, (i) costs and (period) chances of war."""
    beliefs, balances, slices, chunks = game.shape
    columns = balances * slices
    event = np.empty((2, columns, beliefs, EVENTS))
    land = np.empty((2, columns, beliefs, 8, chunks, LANES))
    count_courses(a, game, room, z, event, land)
    first = begin(f, game, balance)
    visits = np.empty((2, columns, chunks, LANES))
    war_by_t = np.zeros(horizon)
    push(f, game, event, land, first, visits, war_by_t)
    expected = np.einsum("tcb,tcbi->i", visits.reshape(2, columns, -1)[..., :beliefs], event)
    cost = member_costs(f, a, game, room, z, answers.joined, visits, expected[DEFEND])
    value = np.einsum("xpb,xb->p", z[:, VALUE:PROVOKE], first.reshape(columns * chunks, LANES))
    return expected, value, cost, war_by_t


@compiled
def required_tiers(a: Clauses) -> FloatArray:
    """Return (n) the tier that must be executed to honour what was promised on n; 0 where nothing falls due."""
    required = np.zeros(5)
    for n in range(5):
        if a.oblige[:, n, 1].max() > 0:
            required[n] = 1
            for r in range(2, 4):
                if a.oblige[:, n, r].max() >= 0.5:
                    required[n] = r
    return required


@compiled
def count_courses(a: Clauses, game: Game, room: Room, z: FloatArray, event: FloatArray, land: FloatArray) -> int:
    """Fill ``event`` (th, column, belief, EVENTS) and ``land`` (th, column, belief, 2 e + captured, c, lane)."""
    beliefs, balances, slices, chunks = game.shape
    required = required_tiers(a)
    done = np.empty((2, 4, 5))
    event[:] = 0.0
    land[:] = 0.0
    for column in range(balances * slices):
        s, k = column // balances, column % balances
        for belief in range(beliefs):
            cell, b = column * chunks + belief // LANES, belief % LANES
            provoke = z[cell, PROVOKE, b]
            for g in range(2):
                for threat in range(4):
                    chosen = (provoke if g == 1 else 1.0 - provoke) * z[cell, THREAT + 4 * g + threat, b]
                    for n in range(5):
                        done[g, threat, n] = chosen * a.confusion[g, threat, n]
            for th in range(2):
                tally = event[th, column, belief]
                tally[SEIZURES] = done[:, 2].sum()
                tally[COERCIONS] = done[:, 1].sum()
                tally[PROVOCATIONS] = provoke
                for n in range(5):
                    found = done[:, :, n].sum()
                    none = 1.0
                    for e in range(3, -1, -1):
                        chance = none
                        if e > 0:
                            if n == 0:
                                continue
                            chance = z[cell, RESPONSE + 12 * th + 3 * (n - 1) + e - 1, b]
                            none -= chance
                        seize_stays, invade_stays = 1.0, 1.0
                        if e == 2:
                            seize_stays = room.persist[cell, n - 1, 0, b]
                            invade_stays = room.persist[cell, n - 1, 1, b]
                        elif e == 3:
                            seize_stays = room.persist[cell, n - 1, 2, b]
                            invade_stays = seize_stays
                        capture = chance * (done[0, 2, n] + done[1, 2, n]) * seize_stays * game.success[s, e]
                        calm_war = chance * done[0, 3, n] * invade_stays
                        provoked_war = chance * done[1, 3, n] * invade_stays
                        if e == 3:
                            capture = 0.0
                            calm_war += chance * done[0, 2, n] * seize_stays
                            provoked_war += chance * done[1, 2, n] * seize_stays
                        war = calm_war + provoked_war
                        tally[WAR] += war
                        tally[CONQUEST] += war * game.win[k, e]
                        if e == 3:
                            tally[DEFEND] += war
                            tally[ENTRAP] += provoked_war
                        tally[CAPTURES] += capture
                        tally[WITHDRAWALS] += chance * (
                            (done[0, 2, n] + done[1, 2, n]) * (1.0 - seize_stays)
                            + (done[0, 3, n] + done[1, 3, n]) * (1.0 - invade_stays)
                        )
                        if required[n] > 0:
                            tally[HONOURED if e >= required[n] else BREACHED] += chance * found
                        spot = 16 if n == 0 else 4 * (n - 1) + e
                        below, share = int(room.place[cell, spot, 0, b]), room.place[cell, spot, 1, b]
                        quiet = chance * found - war - capture
                        for step in range(2):
                            weight = share if step == 1 else 1.0 - share
                            to, lane = (below + step) // LANES, (below + step) % LANES
                            land[th, column, belief, 2 * e, to, lane] += quiet * weight
                            land[th, column, belief, 2 * e + 1, to, lane] += capture * weight
    return 0


@compiled
def begin(f: Any, game: Game, balance: FloatArray) -> FloatArray:
    """Return (column, c, lane) the weights of the start: prior and balance_0 between grid points, no slice lost."""
    beliefs, balances, slices, chunks = game.shape
    weight = np.zeros((balances * slices, chunks, LANES))
    if f.prior <= 0.0:
        place = 0.0
    elif f.prior >= 1.0:
        place = beliefs - 1.0
    else:
        place = (math.log(f.prior / (1.0 - f.prior)) + 4.0) * (beliefs - 1) / 8.0
        place = min(max(place, 0.0), beliefs - 1.0)
    low = min(int(place), beliefs - 2)
    height = (f.balance_0 - balance[0]) / (balance[balances - 1] - balance[0]) * (balances - 1)
    height = min(max(height, 0.0), balances - 1.0)
    floor = min(int(height), balances - 2)
    for i in range(2):
        across = place - low if i == 1 else 1.0 - (place - low)
        for j in range(2):
            up = height - floor if j == 1 else 1.0 - (height - floor)
            weight[floor + j, (low + i) // LANES, (low + i) % LANES] += across * up
    return weight


@compiled
def push(
    f: Any, game: Game, event: FloatArray, land: FloatArray, start: FloatArray, visits: FloatArray, war_by_t: FloatArray
) -> int:
    """Move the mass period by period; fill ``visits`` (th, column, c, lane) and the chances of war."""
    beliefs, balances, slices, chunks = game.shape
    columns = balances * slices
    here = np.empty((2, columns, chunks, LANES))
    here[0] = start * (1.0 - f.prior)
    here[1] = start * f.prior
    landed = np.empty((4, columns, chunks, LANES))
    moved = np.empty((2, columns, chunks, LANES))
    visits[:] = 0.0
    for t in range(len(war_by_t)):
        visits += here
        for th in range(2):
            landed[:] = 0.0
            for column in range(columns):
                further = min(column + balances, columns - 1)
                for belief in range(beliefs):
                    mass = here[th, column, belief // LANES, belief % LANES]
                    war_by_t[t] += mass * event[th, column, belief, WAR]
                    for e in range(4):
                        for c in range(chunks):
                            stays = load(land, (th, column, belief, 2 * e, c))
                            store(landed, (e, column, c), load(landed, (e, column, c)) + stays * mass)
                            lost = load(land, (th, column, belief, 2 * e + 1, c))
                            store(landed, (e, further, c), load(landed, (e, further, c)) + lost * mass)
            for s in range(slices):
                for k in range(balances):
                    for c in range(chunks):
                        total = spread(0.0)
                        for e in range(4):
                            for source in range(balances):
                                total = total + load(landed, (e, s * balances + source, c)) * game.move[e, source, k]
                        store(moved, (th, s * balances + k, c), total)
        for column in range(columns):
            for c in range(chunks):
                low, high = load(moved, (0, column, c)), load(moved, (1, column, c))
                drawn = (low + high) * f.turnover
                store(here, (0, column, c), low * (1.0 - f.turnover) + drawn * (1.0 - f.prior))
                store(here, (1, column, c), high * (1.0 - f.turnover) + drawn * f.prior)
    return 0


@compiled
def member_costs(
    f: Any, a: Clauses, game: Game, room: Room, z: FloatArray, joined: FloatArray, visits: FloatArray, defend: float
) -> FloatArray:
    """Return (i) the expected cost of tiers in which i joined, and of wars of defence."""
    beliefs, balances, slices, chunks = game.shape
    points = len(a.x_grid)
    seen = np.zeros((5, 4, points))
    for column in range(balances * slices):
        for belief in range(beliefs):
            cell, b = column * chunks + belief // LANES, belief % LANES
            provoke = z[cell, PROVOKE, b]
            for n in range(1, 5):
                found = 0.0
                for threat in range(4):
                    found += (1.0 - provoke) * z[cell, THREAT + threat, b] * a.confusion[0, threat, n]
                    found += provoke * z[cell, THREAT + 4 + threat, b] * a.confusion[1, threat, n]
                for r in range(1, 4):
                    for th in range(2):
                        mass = visits[th, column, belief // LANES, b] * found * room.propose[cell, th, n - 1, r - 1, b]
                        gain = min(max(room.gain[cell, th, n - 1, r - 1, b], a.x_grid[0]), a.x_grid[points - 1])
                        at = min(max(np.searchsorted(a.x_grid, gain) - 1, 0), points - 2)
                        share = (gain - a.x_grid[at]) / (a.x_grid[at + 1] - a.x_grid[at])
                        seen[n, r, at] += mass * (1.0 - share)
                        seen[n, r, at + 1] += mass * share
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
