"""Section 8 of docs/theory.md: find the fixed point of the sweep, slice by slice.

What happens at a slice depends on the next one and never on the one before: territory is lost, not regained. So the
last slice is solved first, alone, and each other starts from the policies and values of the one after it.

A slice is solved by one rung after another of a ladder (docs/decisions/006-convergence.md), each from where the last
one stopped. On every rung a sweep is followed by ROUNDS sweeps under fixed policies (`evaluate`), values and
conjectures are relaxed entry by entry (`adapt`), and near the end Anderson's correction is added (`step`). Whatever
the rung, the residual that counts is the largest change in one full undamped sweep, and only a point whose own sweep
was taken is returned.
"""

from typing import Any

import numpy as np

from foedus.game.kernel.accelerate import NEAR, ROUNDS, SHARE, SWEEPS, Memory, adapt, forget, step
from foedus.game.kernel.evaluate import evaluate
from foedus.game.kernel.jit import compiled
from foedus.game.kernel.pack import Clauses, Game
from foedus.game.kernel.room import Room
from foedus.game.kernel.sweep import sweep
from foedus.values.arrays import BoolArray, FloatArray

SWIFT = (40, 0.6, 0.02, 0.7, 0.8, 1.05, 1.0, 4, 0.03)
PATIENT = (150, 0.5, 0.02, 0.5, 0.7, 1.02, 1.0, 0, 1e-3)
DAMPED = (200, 0.5, 0.02, 0.5, 0.7, 1.02, 0.1, 0, 1e-3)
ROUGH_LADDER = np.array([SWIFT, PATIENT, DAMPED])
"""The rungs in float32."""
FINE_LADDER = np.array([SWIFT, PATIENT])
"""The rungs in float64, from where those in float32 ended."""
PATH_LADDER = np.array([(200, 0.5, 0.005, 0.5, 0.7, 1.02, 0.02, 0, 1e-3)])
"""The rung at each step of the way down from high lam."""
LAST_LADDER = np.array(
    [(400, 0.5, 0.005, 0.5, 0.7, 1.02, 0.02, 0, 1e-3), (1000, 0.5, 0.002, 0.5, 0.7, 1.02, 0.02, 0, 1e-3)]
)
"""The rungs at its end."""
WORSE = 2.0
"""Growth of the residual at which a corrected step is taken back."""
AROUND = 10.0
"""Times NEAR: residual below which steps are remembered."""
PAUSE = 10
"""Sweeps without correction after that."""
COUNT, RUNG, TAKEN, BEFORE, CORRECTED, PENANCE = range(6)
"""What is remembered while a climb waits for answers: sweeps in all, the rung, sweeps on it, the last residual, whether
the last step was corrected, sweeps without correction still to come."""


def base_camp() -> FloatArray:
    """Return the progress of a climb that has not begun."""
    return np.zeros(6)


@compiled
def climb(
    f: Any,
    a: Clauses,
    game: Game,
    room: Room,
    filled: BoolArray,
    m: Memory,
    z: FloatArray,
    new: FloatArray,
    s: int,
    ladder: FloatArray,
    tolerance: float,
    most: int,
    progress: FloatArray,
) -> tuple[bool, float]:
    """Climb a ladder in slice ``s`` until its residual is below ``tolerance``; ``new`` is then the sweep of z.

    Returns whether it is over, after at most ``most`` sweeps of the slice, and the residual of z. If it is not, the
    last sweep read the response table where it was not ``filled``: `reach` says where, ``progress`` where to go on.
    """
    cells, lanes = game.shape[1] * game.shape[3], z.shape[2]
    flat = z[s * cells : (s + 1) * cells].reshape(-1, lanes)
    swept = new[s * cells : (s + 1) * cells].reshape(-1, lanes)
    while True:
        residual = sweep(f, a, game, room, z, new, s, s + 1)
        low, high = reach(a, room)
        if not np.all(filled[low : high + 1]):
            return False, residual
        rung = ladder[int(progress[RUNG])]
        progress[COUNT] += 1
        progress[TAKEN] += 1
        if residual < tolerance or progress[COUNT] >= most:
            return True, residual
        if progress[TAKEN] >= rung[SWEEPS]:
            if progress[RUNG] + 1 >= len(ladder):
                return True, residual
            progress[RUNG] += 1
            progress[TAKEN] = 1
            rung = ladder[int(progress[RUNG])]
        if progress[TAKEN] == 1:
            forget(m, rung[SHARE])
            progress[CORRECTED], progress[PENANCE] = 0, 0
        if progress[CORRECTED] and residual > WORSE * progress[BEFORE]:
            flat[:] = m.back
            m.number[0], m.number[1] = -1, 0
            progress[CORRECTED], progress[PENANCE] = 0, PAUSE
            continue
        progress[BEFORE] = residual
        if rung[ROUNDS] > 0:
            evaluate(f, a, game, room, z, new, s, int(rung[ROUNDS]))
        if progress[TAKEN] > 1:
            adapt(m, flat, swept, rung)
        gathers, corrects = residual < AROUND * rung[NEAR], residual < rung[NEAR] and progress[PENANCE] <= 0
        progress[CORRECTED] = step(m, flat, swept, gathers, corrects)
        progress[PENANCE] -= 1


@compiled
def reach(a: Clauses, room: Room) -> tuple[int, int]:
    """Return the first and the last point of X between which the last sweep read the response table."""
    last = len(a.x_grid) - 1
    low = np.searchsorted(a.x_grid, room.reach[0].min(), side="right") - 1
    high = np.searchsorted(a.x_grid, room.reach[1].max(), side="left")
    return min(max(low, 0), last), min(max(high, 0), last)
