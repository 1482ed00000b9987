"""Section 8 of docs/theory.md: find the fixed point of the sweep.

A ladder of methods, each starting where the one before stopped (docs/decisions/006-convergence.md): most games are
solved on the first rung. Whatever the rung, the residual that counts is the largest change in one full undamped sweep,
and only a point whose own sweep was taken can be returned.
"""

from typing import Any

import numpy as np

from foedus.game.kernel.accelerate import (
    INNER,
    Memory,
    anderson,
    miss_norm,
    newton_aim,
    newton_begin,
    newton_extend,
    newton_try,
    relax,
    set_share,
)
from foedus.game.kernel.jit import compiled
from foedus.game.kernel.pack import Clauses, Game
from foedus.game.kernel.response import fill_table
from foedus.game.kernel.sweep import Room, sweep
from foedus.values.arrays import BoolArray, FloatArray

ANDERSON, RELAX, NEWTON, FALLING = 0.0, 1.0, 2.0, 3.0
"""Methods of a rung; FALLING is the plain oracle's: a share for 60 sweeps, then 60 / sweep of it."""
LADDER = np.array(
    [
        # method, sweeps, share (least share; size of Newton's inner rest) of conjectures, share (least) of values
        [ANDERSON, 120, 0.5, 1.0],
        [NEWTON, 120, 0.05, 0.0],
        [RELAX, 300, 0.02, 1.0],
        [NEWTON, 150, 0.05, 0.0],
        [RELAX, 500, 0.005, 0.02],
        [NEWTON, 300, 0.01, 0.0],
    ]
)
"""The rungs for a game as it is."""
HEATS = (4.0, 2.8, 2.0, 1.6, 1.4, 1.3, 1.2, 1.1, 1.05, 1.0)
"""Multiples of every lam, from nearly random play down to the game itself."""
PATH = np.array([[RELAX, 200, 0.005, 0.02], [NEWTON, 200, 0.02, 0.0]])
"""The rungs at each of them, from the solution at the one before."""
NEAR = 0.01
"""Residual below which Anderson's correction is used."""
WORSE = 2.0
"""Growth of the residual at which a corrected step is taken back."""
PENANCE = 10
"""Sweeps without correction after that."""
MARGIN = 1
"""Points of X solved beyond those that are read, lest the next sweep ask for more."""
SHORTEST = 0.02
"""Shortest Newton step tried."""


@compiled
def iterate(
    f: Any,
    a: Clauses,
    game: Game,
    room: Room,
    m: Memory,
    z: FloatArray,
    new: FloatArray,
    ladder: FloatArray,
    tolerance: float,
    max_sweeps: int,
) -> tuple[int, float]:
    """Climb the ladder until the residual of z is below ``tolerance``; ``new`` is then the sweep of z.

    Returns sweeps and residual. Out of sweeps, the best point seen at the end of a rung is swept once more.
    """
    flat, swept = z.reshape(-1, z.shape[3]), new.reshape(-1, z.shape[3])
    ones = np.ones(flat.shape[0])
    best, best_residual = flat.copy(), np.inf
    rung, left, since, corrected, penance = -1, 0, 0, False, 0
    inner, length, norm, before = -1, 0.0, 0.0, np.inf
    is_last = max_sweeps == 1
    residual = np.inf
    filled = np.zeros(len(a.x_grid), np.bool_)
    count = 0
    while count < max_sweeps:
        residual = sweep(f, a, game, room, z, new)
        if _fill_reach(f, a, game, room, filled):
            continue
        count += 1
        is_point = rung < 0 or ladder[rung, 0] != NEWTON or inner < 0
        if is_last or (is_point and residual < tolerance):
            return count, residual
        left -= 1
        if is_point and residual < best_residual:
            best[:] = flat
            best_residual = residual
        is_done = rung < 0 or (left <= 0 and is_point)
        if rung >= 0 and ladder[rung, 0] == NEWTON:
            if inner >= 0:
                rest = newton_extend(m, flat, swept, ones, inner)
                inner += 1
                if rest < ladder[rung, 2] * norm or inner == INNER:
                    newton_aim(m, inner)
                    length, inner = 1.0, -1
                    newton_try(m, flat, length)
            elif length > 0.0 and not miss_norm(flat, swept) < (1.0 - 0.1 * length) * norm:
                length *= 0.5
                newton_try(m, flat, length)
                if length < SHORTEST:
                    flat[:] = m.back
                    swept[:] = m.image
                    is_done = True
            elif not is_done:
                norm = newton_begin(m, flat, swept, ones)
                inner = 0
        if is_done:
            rung += 1
            if rung == len(ladder) or count + 1 >= max_sweeps:
                flat[:] = best
                is_last = True
                continue
            left, since, corrected, penance, inner, length = int(ladder[rung, 1]), 0, False, 0, -1, 0.0
            if ladder[rung, 0] == NEWTON:
                norm = newton_begin(m, flat, swept, ones)
                inner = 0
            elif ladder[rung, 0] == ANDERSON:
                set_share(m, ladder[rung, 3], ladder[rung, 2])
                m.number[0] = -1
            else:
                set_share(m, 1.0, 0.5)
        if ladder[rung, 0] == FALLING:
            since += 1
            if since > 60:
                set_share(m, 1.0, ladder[rung, 2] * 60.0 / since)
            relax(m, flat, swept, 0, 0.0, 0.0)
        if ladder[rung, 0] == RELAX:
            relax(m, flat, swept, since, ladder[rung, 2], ladder[rung, 3])
            since += 1
        elif ladder[rung, 0] == ANDERSON:
            if corrected and residual > WORSE * before:
                flat[:] = m.back
                m.number[0], m.number[1] = -1, 0
                corrected, penance = False, PENANCE
            else:
                before = residual
                corrected = anderson(m, flat, swept, residual < NEAR and penance <= 0)
                penance -= 1
        if count + 2 >= max_sweeps:
            flat[:] = best
            is_last = True
    return max_sweeps, residual


@compiled
def _fill_reach(f: Any, a: Clauses, game: Game, room: Room, filled: BoolArray) -> bool:
    """Fill the points of the response table that the last sweep read and nobody had filled; tell whether any were.

    X does not depend on T, so the sweep taken again reads no others.
    """
    last = len(a.x_grid) - 1
    low = np.searchsorted(a.x_grid, room.reach[0].min(), side="right") - 1
    high = np.searchsorted(a.x_grid, room.reach[1].max(), side="left")
    low, high = min(max(low, 0), last), min(max(high, 0), last)
    if np.all(filled[low : high + 1]):
        return False
    wanted = np.zeros(last + 1, np.bool_)
    for x in range(max(low - MARGIN, 0), min(high + MARGIN, last) + 1):
        wanted[x] = not filled[x]
        filled[x] = True
    fill_table(f, a, game.lam_G, room.table, room.rise, room.joined, wanted)
    return True
