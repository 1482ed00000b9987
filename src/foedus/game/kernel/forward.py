"""Section 9 of docs/theory.md: push the distribution over states forward and add up, exactly.

`count_courses` turns the last sweep into chances per type and state: of each event, and of landing at each belief
with or without a slice lost. `push` moves the mass period by period: belief and slices by these chances, the balance by
`Game.move`, then the true types by the turnover. `costs` reads who joined what was executed.

The lanes are beliefs: those that mass comes from while events are counted, those that it lands at from then on.
"""

import math
from functools import lru_cache
from threading import get_ident
from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.costs import member_costs
from foedus.game.kernel.jit import compiled, inlined, spliced
from foedus.game.kernel.lanes import (
    LANES,
    absolute,
    aligned,
    entry,
    higher_of,
    like,
    load,
    rows_of,
    spread,
    store,
    total,
)
from foedus.game.kernel.pack import Clauses, Game
from foedus.game.kernel.response import Answers
from foedus.game.kernel.room import PROVOKE, RESPONSE, THREAT, VALUE, Room, look
from foedus.values.arrays import FloatArray, IntArray

WAR, DEFEND, ENTRAP, CONQUEST, CAPTURES, SEIZURES, COERCIONS, PROVOCATIONS, WITHDRAWALS, HONOURED, BREACHED = range(11)
EVENTS = 11
WAYS = 7
"""Ways on that are told apart (`Courses.land`)."""
FAINT = 1e-20
"""Chance of a move of the balance that is left out; an event may be rare and still be counted to many digits."""

_numbers, _by_lane, _by_4_lane, _by_2_2_lane = rows_of(), rows_of(LANES), rows_of(4, LANES), rows_of(2, 2, LANES)


class Courses(NamedTuple):
    """What may happen in a period, by where it begins; filled by `count_courses`."""

    event: FloatArray
    """(th, column, EVENTS, c, lane) chance or expected number of each event."""
    land: FloatArray
    """(th, column, way, belief, c, lane) chance to go on and land at each belief; ways as 2 e, or 2 e + 1 if a slice is
    lost, which none is against defend."""


def no_courses(shape: tuple[int, int, int, int]) -> Courses:
    """Return courses of a `Game.shape`, not yet counted."""
    beliefs, balances, slices, chunks = shape
    event, land = (2, balances * slices, EVENTS, chunks, LANES), (2, balances * slices, WAYS, beliefs, chunks, LANES)
    return Courses(aligned(math.prod(event)).reshape(event), aligned(math.prod(land)).reshape(land))


@lru_cache(maxsize=64)
def _desk(thread: int, shape: tuple[int, int, int, int]) -> Courses:
    """Return a thread's courses: fresh memory for every game would cost half as much as counting."""
    return no_courses(shape)


def push_forward(
    f: Any, a: Clauses, game: Game, room: Room, answers: Answers, z: FloatArray, *, balance: FloatArray, horizon: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return (EVENTS) expected numbers, (p) values at the start, (i) costs and (period) chances of war."""
    return _follow(f, a, game, room, answers.joined, z, _desk(get_ident(), game.shape), balance, horizon)


@compiled
def _follow(
    f: Any,
    a: Clauses,
    game: Game,
    room: Room,
    joined: FloatArray,
    z: FloatArray,
    courses: Courses,
    balance: FloatArray,
    horizon: int,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Do what `push_forward` promises; each call from the interpreter takes as long as a tenth of the work."""
    count_courses(a, game, room, z, courses)
    first = begin(f, game, balance)
    visits, war_by_t = push(f, game, courses, first, horizon)
    expected, value = add_up(game, courses, visits, first, z)
    cost = member_costs(f, a, game, room, z, joined, visits, expected[DEFEND])
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
def count_courses(a: Clauses, game: Game, room: Room, z: FloatArray, courses: Courses) -> int:
    """Fill ``courses`` with what the sweep ``z`` and the ``room`` it was taken in say."""
    _, balances, slices, chunks = game.shape
    weight, points = aligned(17 * 2 * 2 * LANES).reshape(17, 2, 2, LANES), np.arange(1.0 * chunks * LANES)
    required = required_tiers(a)
    courses.event[:] = 0.0
    v = look(a, game, room, z, z)
    for cell in range(balances * slices * chunks):
        _count(v, cell, game.win, required, _by_lane(courses.event), _by_2_2_lane(weight))
        _spread_out(v, cell, _by_2_2_lane(weight), _by_lane(points), _by_lane(courses.land))
    return 0


@spliced
def _count(v: Any, cell: Any, win: Any, required: Any, events: Any, weights: Any) -> Any:
    """Count one cell's events; fill ``weights`` (spot as in `Room.place`, th, captured, lane) with what goes on."""
    balances, chunks = v.shape[1], v.shape[3]
    column, c, columns = cell // chunks, cell % chunks, balances * v.shape[2]
    s, k = column // balances, column % balances
    provoke = load(v.z, (cell, PROVOKE))
    restrain = 1.0 - provoke
    for th in range(2):
        first = (th * columns + column) * EVENTS * chunks + c
        store(events, (first + PROVOCATIONS * chunks,), provoke)
        for n in range(5):
            seize = restrain * load(v.z, (cell, THREAT + 2)) * entry(v.confusion, (0, 2, n))
            invade = restrain * load(v.z, (cell, THREAT + 3)) * entry(v.confusion, (0, 3, n))
            seize_provoked = provoke * load(v.z, (cell, THREAT + 6)) * entry(v.confusion, (1, 2, n))
            invade_provoked = provoke * load(v.z, (cell, THREAT + 7)) * entry(v.confusion, (1, 3, n))
            hold = restrain * load(v.z, (cell, THREAT)) * entry(v.confusion, (0, 0, n))
            hold = hold + provoke * load(v.z, (cell, THREAT + 4)) * entry(v.confusion, (1, 0, n))
            coerce = restrain * load(v.z, (cell, THREAT + 1)) * entry(v.confusion, (0, 1, n))
            coerce = coerce + provoke * load(v.z, (cell, THREAT + 5)) * entry(v.confusion, (1, 1, n))
            seize, invade = seize + seize_provoked, invade + invade_provoked
            found = hold + coerce + seize + invade
            _add(events, first + SEIZURES * chunks, seize)
            _add(events, first + COERCIONS * chunks, coerce)
            none = like(provoke, 1.0)
            for tier in range(4):
                e = 3 - tier
                if e > 0 and (n == 0 or entry(v.open, (e,)) == 0.0):
                    continue
                chance = none
                if e > 0:
                    chance = load(v.z, (cell, RESPONSE + 12 * th + 3 * (n - 1) + e - 1))
                    none = none - chance
                # the adversary sees e and persists or withdraws
                seize_stays, invade_stays = like(provoke, 1.0), like(provoke, 1.0)
                if e == 2:
                    seize_stays = load(v.persist, (cell, n - 1, 0))
                    invade_stays = load(v.persist, (cell, n - 1, 1))
                elif e == 3:
                    seize_stays = load(v.persist, (cell, n - 1, 2))
                    invade_stays = seize_stays
                war = chance * invade * invade_stays
                captured = like(provoke, 0.0)
                if e < 3:
                    captured = chance * seize * seize_stays * entry(v.success, (s, e))
                else:
                    war = war + chance * seize * seize_stays
                    _add(events, first + DEFEND * chunks, war)
                    _add(events, first + ENTRAP * chunks, chance * (seize_provoked + invade_provoked) * invade_stays)
                if e >= 2:
                    withdrawn = seize * (1.0 - seize_stays) + invade * (1.0 - invade_stays)
                    _add(events, first + WITHDRAWALS * chunks, chance * withdrawn)
                _add(events, first + WAR * chunks, war)
                _add(events, first + CONQUEST * chunks, war * win[k, e])
                _add(events, first + CAPTURES * chunks, captured)
                if required[n] > 0.0:
                    kept = HONOURED if e >= required[n] else BREACHED
                    _add(events, first + kept * chunks, chance * found)
                spot = 16 if n == 0 else 4 * (n - 1) + e
                store(weights, (spot, th, 0), chance * found - war - captured)
                store(weights, (spot, th, 1), captured)
    return 0


@inlined
def _add(rows: Any, at: Any, value: Any) -> Any:
    store(rows, (at,), load(rows, (at,)) + value)
    return 0


@spliced
def _spread_out(v: Any, cell: Any, weights: Any, points: Any, lands: Any) -> Any:
    """Share what goes on from each belief of one cell between the two next to the belief that follows."""
    beliefs, chunks = v.shape[0], v.shape[3]
    column, columns = cell // chunks, v.shape[1] * v.shape[2]
    first = cell % chunks * LANES
    nothing = spread(0.0)
    for b in range(min(beliefs - first, LANES)):
        for c in range(chunks):
            point = load(points, (c,))
            for e in range(4):
                stays_0, stays_1, lost_0, lost_1 = nothing, nothing, nothing, nothing
                for n in range(5):
                    if e > 0 and (n == 0 or entry(v.open, (e,)) == 0.0):
                        continue
                    spot = 16 if n == 0 else 4 * (n - 1) + e
                    place = entry(v.place, (cell, spot, 0, b)) + entry(v.place, (cell, spot, 1, b))
                    share = higher_of(1.0 - absolute(point - place), nothing)
                    stays_0 = stays_0 + share * entry(weights, (spot, 0, 0, b))
                    stays_1 = stays_1 + share * entry(weights, (spot, 1, 0, b))
                    lost_0 = lost_0 + share * entry(weights, (spot, 0, 1, b))
                    lost_1 = lost_1 + share * entry(weights, (spot, 1, 1, b))
                low = ((column * WAYS + 2 * e) * beliefs + first + b) * chunks + c
                high = low + columns * WAYS * beliefs * chunks
                store(lands, (low,), stays_0)
                store(lands, (high,), stays_1)
                if e < 3:
                    store(lands, (low + beliefs * chunks,), lost_0)
                    store(lands, (high + beliefs * chunks,), lost_1)
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
def push(f: Any, game: Game, courses: Courses, first: FloatArray, horizon: int) -> tuple[FloatArray, FloatArray]:
    """Move the mass period by period; return visits (th, column, c, lane) and the chances of war by period."""
    _, balances, slices, chunks = game.shape
    half = first.size
    here, landed = aligned(2 * half), aligned(8 * half).reshape(-1, 4, LANES)
    here[:half], here[half:] = first.ravel() * (1.0 - f.prior), first.ravel() * f.prior
    mass, sources = here.reshape(-1, LANES), _sources(game.move)
    visits, war_by_t = np.zeros((2, balances * slices, chunks, LANES)), np.zeros(horizon)
    for t in range(horizon):
        war_by_t[t] = _stay(game, _by_lane(courses.event), _by_lane(mass), _by_lane(visits))
        if t + 1 < horizon:
            _land(game, _by_lane(courses.land), _numbers(here), _by_4_lane(landed))
            _drift(f, game, sources, _by_4_lane(landed), _by_lane(mass))
    return visits, war_by_t


@compiled
def _sources(move: FloatArray) -> IntArray:
    """Return (e, k', 2) the first balance from which k' is reached, and the one after the last."""
    tiers, balances, _ = move.shape
    sources = np.zeros((tiers, balances, 2), np.int64)
    for e in range(tiers):
        for to in range(balances):
            low, high = 0, balances
            while low < high and move[e, low, to] < FAINT:
                low += 1
            while low < high and move[e, high - 1, to] < FAINT:
                high -= 1
            sources[e, to, 0], sources[e, to, 1] = low, high
    return sources


@spliced
def _stay(game: Any, events: Any, mass: Any, visits: Any) -> Any:
    """Add this period's mass to the visits; return the chance of war in it."""
    _, balances, slices, chunks = game.shape
    war = spread(0.0)
    for at in range(2 * balances * slices * chunks):
        here = load(mass, (at,))
        store(visits, (at,), load(visits, (at,)) + here)
        war = war + here * load(events, ((at // chunks * EVENTS + WAR) * chunks + at % chunks,))
    return total(war)


@spliced
def _land(game: Any, lands: Any, mass: Any, landed: Any) -> Any:
    """Move belief and slices: fill ``landed`` ((th, column, c), e, lane)."""
    beliefs, balances, slices, chunks = game.shape
    columns = balances * slices
    for i in range(2 * columns):
        s = i % columns // balances
        for way in range(WAYS):
            e, lost = way // 2, way % 2
            if (e > 0 and game.open[e] == 0.0) or (lost == 1 and s + 1 == slices):
                continue
            for c in range(chunks):
                to = (i + lost * balances) * chunks + c
                arriving = spread(0.0)
                if lost == 0 and s > 0 and e < 3:
                    arriving = load(landed, (to, e))
                for b in range(beliefs):
                    at = ((i * WAYS + way) * beliefs + b) * chunks + c
                    arriving = arriving + load(lands, (at,)) * entry(mass, (i * chunks * LANES + b,))
                store(landed, (to, e), arriving)
    return 0


@spliced
def _drift(f: Any, game: Any, sources: Any, landed: Any, mass: Any) -> Any:
    """Move the balance by the executed tier, then the true types; fill ``mass``."""
    _, balances, slices, chunks = game.shape
    cells = balances * slices * chunks
    for cell in range(cells):
        k = cell // chunks % balances
        low, high = spread(0.0), spread(0.0)
        for e in range(4):
            if e > 0 and game.open[e] == 0.0:
                continue
            for source in range(sources[e, k, 0], sources[e, k, 1]):
                at, chance = cell + (source - k) * chunks, game.move[e, source, k]
                low = low + load(landed, (at, e)) * chance
                high = high + load(landed, (at + cells, e)) * chance
        drawn = (low + high) * f.turnover
        store(mass, (cell,), low * (1.0 - f.turnover) + drawn * (1.0 - f.prior))
        store(mass, (cell + cells,), high * (1.0 - f.turnover) + drawn * f.prior)
    return 0


@compiled
def add_up(
    game: Game, courses: Courses, visits: FloatArray, first: FloatArray, z: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return (EVENTS) expected numbers and (p) values at the start."""
    chunks, cells = game.shape[3], first.size // LANES
    expected, value = np.zeros(EVENTS), np.zeros(4)
    for i in range(EVENTS):
        number = spread(0.0)
        for at in range(2 * cells):
            row = (at // chunks * EVENTS + i) * chunks + at % chunks
            number = number + load(_by_lane(visits), (at,)) * load(_by_lane(courses.event), (row,))
        expected[i] = total(number)
    for p in range(4):
        worth = spread(0.0)
        for cell in range(cells):
            worth = worth + load(_by_lane(first), (cell,)) * load(z, (cell, VALUE + p))
        value[p] = total(worth)
    return expected, value
