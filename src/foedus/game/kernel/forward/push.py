"""Section 9 of docs/theory.md: move the mass period by period, and add up.

Belief and slices move by the chances that `events` has counted, the balance by `Game.move`, then the true types by the
turnover.
"""

import math
from typing import Any

import numpy as np

from foedus.game.kernel.forward.events import EVENTS, WAR, WAYS, Courses, row_of_event, row_of_landing
from foedus.game.kernel.machine.jit import called, compiled, spliced
from foedus.game.kernel.machine.memory import aligned
from foedus.game.kernel.machine.records import by_address
from foedus.game.kernel.machine.rows import WIDTH, entry, rows_of
from foedus.game.kernel.machine.vectors import load, spread, store, total
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import (
    CRISIS_TIERS,
    PARTIES,
    VALUE,
    at_balance,
    balance_of_cell,
    cells_before,
    chunk_of_cell,
    column_of_cell,
    slice_of_cell,
)
from foedus.values.arrays import FloatArray, IntArray

FAINT = 1e-20
"""Chance of a move of the balance that is left out; an event may be rare and still be counted to many digits."""
numbers, by_place, by_tier_place = rows_of(), rows_of(WIDTH), rows_of(CRISIS_TIERS, WIDTH)


def begin(f: Any, game: Game, balance: FloatArray) -> FloatArray:
    """Return (column, c, place) the weights of the start: prior and balance_0 between grid points, no slice lost."""
    beliefs, balances, slices, chunks = game.shape
    weight = np.zeros((balances * slices, chunks, WIDTH))
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
            weight[floor + j, (low + i) // WIDTH, (low + i) % WIDTH] += across * up
    return weight


@compiled
def push(f: Any, game: Game, courses: Courses, first: FloatArray, horizon: int) -> tuple[FloatArray, FloatArray]:
    """Move the mass period by period; return visits (th, column, c, place) and the chances of war by period."""
    f, game = by_address(f), by_address(game)
    _, balances, slices, chunks = game.shape
    half = first.size
    here, landed = aligned(2 * half), aligned(2 * CRISIS_TIERS * half).reshape(-1, CRISIS_TIERS, WIDTH)
    mass, sources = here.reshape(-1, WIDTH), _sources(game.move)
    cells = cells_before(game.shape, slices)
    for cell in range(cells):
        begun = load(by_place(first), (cell,))
        store(mass, (cell,), begun * (1.0 - f.prior))
        store(mass, (cell + cells,), begun * f.prior)
    visits, war_by_t = np.zeros((2, balances * slices, chunks, WIDTH)), np.zeros(horizon)
    for t in range(horizon):
        war_by_t[t] = _stay(game, by_place(courses.event), by_place(mass), by_place(visits))
        if t + 1 < horizon:
            _land(game, by_place(courses.land), numbers(here), by_tier_place(landed))
            _drift(f, game, sources, by_tier_place(landed), by_place(mass))
    return visits, war_by_t


@called
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
    cells, war = cells_before(game.shape, game.shape[2]), spread(0.0)
    for th in range(2):
        for cell in range(cells):
            here = load(mass, (th * cells + cell,))
            store(visits, (th * cells + cell,), load(visits, (th * cells + cell,)) + here)
            war = war + here * load(events, (row_of_event(game.shape, th, cell, WAR),))
    return total(war)


@spliced
def _land(game: Any, lands: Any, mass: Any, landed: Any) -> Any:
    """Move belief and slices: fill ``landed`` ((th, cell), e, place)."""
    beliefs, _, slices, _ = game.shape
    cells = cells_before(game.shape, slices)
    for th in range(2):
        for cell in range(cells):
            column, s, c = (
                column_of_cell(game.shape, cell),
                slice_of_cell(game.shape, cell),
                chunk_of_cell(game.shape, cell),
            )
            for way in range(WAYS):
                e, lost = way // 2, way % 2
                if (e > 0 and game.open[e] == 0.0) or (lost == 1 and s + 1 == slices):
                    continue
                to = th * cells + cell + lost * cells_before(game.shape, 1)
                arriving = spread(0.0)
                if lost == 0 and s > 0:
                    arriving = load(landed, (to, e))
                for b in range(beliefs):
                    row = row_of_landing(game.shape, th, column, way, b, c)
                    came = entry(mass, ((th * cells + cell - c) * WIDTH + b,))
                    arriving = arriving + load(lands, (row,)) * came
                store(landed, (to, e), arriving)
    return 0


@spliced
def _drift(f: Any, game: Any, sources: Any, landed: Any, mass: Any) -> Any:
    """Move the balance by the executed tier, then the true types; fill ``mass``."""
    cells = cells_before(game.shape, game.shape[2])
    for cell in range(cells):
        k = balance_of_cell(game.shape, cell)
        low, high = spread(0.0), spread(0.0)
        for e in range(CRISIS_TIERS):
            if e > 0 and game.open[e] == 0.0:
                continue
            for source in range(sources[e, k, 0], sources[e, k, 1]):
                at, chance = at_balance(game.shape, cell, source), game.move[e, source, k]
                low = low + load(landed, (at, e)) * chance
                high = high + load(landed, (at + cells, e)) * chance
        drawn = (low + high) * f.turnover
        store(mass, (cell,), low * (1.0 - f.turnover) + drawn * (1.0 - f.prior))
        store(mass, (cell + cells,), high * (1.0 - f.turnover) + drawn * f.prior)
    return 0


@compiled
def add_up(
    shape: tuple[int, int, int, int], events: FloatArray, visits: FloatArray, first: FloatArray, z: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return (EVENTS) expected numbers and (p) values at the start."""
    cells = cells_before(shape, shape[2])
    expected, value = np.zeros(EVENTS), np.zeros(PARTIES)
    for event in range(EVENTS):
        number = spread(0.0)
        for th in range(2):
            for cell in range(cells):
                row = row_of_event(shape, th, cell, event)
                number = number + load(by_place(visits), (th * cells + cell,)) * load(by_place(events), (row,))
        expected[event] = total(number)
    for p in range(PARTIES):
        worth = spread(0.0)
        for cell in range(cells):
            worth = worth + load(by_place(first), (cell,)) * load(z, (cell, VALUE + p))
        value[p] = total(worth)
    return expected, value
