"""Section 8 of docs/theory.md: find the fixed point of the sweep in one slice.

A sweep moves every choice by a share of its miss and values the choices so reached (`sweep`); its values are carried
some periods further under these choices (`evaluate`); what comes out is the next point, and the shares are adapted
(`relax`). So values keep up with what is played, and play moves slowly where it would cycle: the equilibria of these
games are often unstable when values lag behind (docs/decisions/006-convergence.md). The rungs of a ladder do this with
different speeds for the adversary and for the coalition, each from where the last one stopped.

Whatever the rung, the residual that counts is the largest change in one full sweep, every share 1, and only a point
whose own full sweep was taken is returned.
"""

from typing import Any

import numpy as np

from foedus.game.kernel.evaluate import evaluate
from foedus.game.kernel.jit import compiled
from foedus.game.kernel.lanes import higher_of, largest, like, load
from foedus.game.kernel.pack import Clauses, Game
from foedus.game.kernel.relax import ROUNDS, SHARE, SWEEPS, Rung, advance, begin
from foedus.game.kernel.room import Room
from foedus.game.kernel.sweep import sweep
from foedus.values.arrays import FloatArray, IntArray

EVEN = Rung(sweeps=250, share=0.8, least=0.001, most=1.0, down=0.7, up=1.07, rounds=4)
SLOW_COALITION = Rung(
    sweeps=300, share=0.1, least=0.0005, most=0.4, down=0.85, up=1.05, rounds=5, adversary=3.0, coalition=0.3
)
SLOW_ADVERSARY = Rung(
    sweeps=300, share=0.1, least=0.0005, most=0.4, down=0.8, up=1.05, rounds=5, adversary=0.5, coalition=5.0
)
PATIENT = Rung(
    sweeps=1000, share=0.05, least=0.0005, most=0.2, down=0.8, up=1.02, rounds=10, adversary=0.5, coalition=5.0
)
LADDER = np.array([EVEN, SLOW_COALITION, SLOW_ADVERSARY, PATIENT])
"""The rungs in turn."""
STRICTER = 0.7
"""Factor on the residual at which the next full sweep is taken, where one has shown too large a change."""
COUNT, RUNG, TAKEN, IS_FULL, GOAL = range(5)
"""What is remembered while a climb waits for answers: sweeps in all, the rung, sweeps on it, whether the next is full,
and the residual at which one is taken, in units of the tolerance."""


def base_camp(rung: int) -> FloatArray:
    """Return the progress of a climb that begins at a rung."""
    progress = np.zeros(5)
    progress[RUNG], progress[GOAL] = rung, 1.0
    return progress


@compiled
def climb(
    f: Any,
    a: Clauses,
    game: Game,
    room: Room,
    known: IntArray,
    z: FloatArray,
    new: FloatArray,
    s: int,
    ladder: FloatArray,
    tolerance: float,
    most: int,
    progress: FloatArray,
) -> tuple[bool, float]:
    """Climb a ladder in slice ``s`` until its residual is below ``tolerance``; ``new`` is then the full sweep of z.

    Returns whether it is over, after at most ``most`` sweeps of the slice, and the residual of z. If it is not, the
    last sweep read the response table where it is not ``known``: `reach` says where, ``progress`` where to go on.
    """
    cells = game.shape[1] * game.shape[3]
    point, swept = z[s * cells : (s + 1) * cells], new[s * cells : (s + 1) * cells]
    while True:
        is_out = progress[COUNT] + 1 >= most or progress[RUNG] >= len(ladder)
        if is_out:
            progress[IS_FULL] = 1
        elif progress[TAKEN] == 0:
            begin(room.stays, ladder[int(progress[RUNG])][SHARE])
        residual = sweep(f, a, game, room, z, new, s, s + 1, 1.0 - progress[IS_FULL])
        if not _is_known(a, game, room.gain[s * cells : (s + 1) * cells], known):
            return False, residual
        progress[COUNT] += 1
        if progress[IS_FULL]:
            if residual < tolerance or is_out:
                return True, residual
            progress[IS_FULL] = 0
            progress[GOAL] *= STRICTER
            continue
        if residual < tolerance * progress[GOAL]:
            progress[IS_FULL] = 1
            continue
        rung = ladder[int(progress[RUNG])]
        evaluate(f, a, game, room, z, new, s, int(rung[ROUNDS]))
        advance(point, swept, room.miss, room.stays, rung, progress[TAKEN] > 0)
        progress[TAKEN] += 1
        if progress[TAKEN] >= rung[SWEEPS]:
            progress[RUNG] += 1
            progress[TAKEN] = 0


@compiled
def reach(a: Clauses, game: Game, room: Room, s: int) -> IntArray:
    """Return (n, r, 2) the first and the last point of X between which the last sweep read the response table.

    Where it read nothing the last is before the first.
    """
    points, cells = len(a.x_grid), game.shape[1] * game.shape[3]
    read = np.empty((5, 4, 2), np.int64)
    read[..., 0], read[..., 1] = points, -1
    for n in range(1, 5):
        for r in range(1, 4):
            if game.open[r] > 0.0:
                gain = room.gain[s * cells : (s + 1) * cells, :, n - 1, r - 1]
                first = int(np.searchsorted(a.x_grid, gain.min(), side="right")) - 1
                read[n, r, 0] = min(max(first, 0), points - 1)
                read[n, r, 1] = min(int(np.searchsorted(a.x_grid, gain.max(), side="left")), points - 1)
    return read


@compiled
def _is_known(a: Clauses, game: Game, gain: FloatArray, known: IntArray) -> bool:
    """Tell whether the response table is known at every ``gain`` of the slice (cell, th, n - 1, r - 1, b)."""
    last = len(a.x_grid) - 1
    beyond = like(load(gain, (0, 0, 0, 0)), -1.0)
    for n in range(1, 5):
        for r in range(1, 4):
            if game.open[r] > 0.0:
                if known[n, r, 0] > known[n, r, 1]:
                    return False
                least = a.x_grid[known[n, r, 0]] if known[n, r, 0] > 0 else -np.inf
                most = a.x_grid[known[n, r, 1]] if known[n, r, 1] < last else np.inf
                for cell in range(len(gain)):
                    for th in range(2):
                        here = load(gain, (cell, th, n - 1, r - 1))
                        beyond = higher_of(beyond, higher_of(least - here, here - most))
    return bool(largest(beyond) <= 0.0)
