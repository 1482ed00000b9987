"""Section 8 of docs/theory.md: find the fixed point of the sweep in one slice.

A sweep moves every choice by a share of its miss and values the choices so reached (`sweep`); its values are carried
some periods further under these choices (`evaluate`); what comes out is the next point, and the shares are adapted
(`relax`). So values keep up with what is played, and play moves slowly where it would cycle: the equilibria of these
games are often unstable when values lag behind (docs/decisions/006-convergence.md). Relaxations are tried in turn, with
different speeds for the adversary and for the coalition, each from where the last one stopped.

Whatever the relaxation, the residual that counts is the largest change in one full sweep, every share 1, and only a
point whose own full sweep was taken is returned.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.consultation.crisis import is_settled, show
from foedus.game.kernel.consultation.table import Consultation
from foedus.game.kernel.machine.jit import inlined, written_out
from foedus.game.kernel.machine.records import by_address
from foedus.game.kernel.machine.vectors import load, total
from foedus.game.kernel.search.relax import ROUNDS, SHARE, SWEEPS, advance, begin
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.evaluate import evaluate
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import ENTRIES, Workspace, cells_before, start
from foedus.game.kernel.stage.sweep import sweep
from foedus.values.arrays import FloatArray

RUNAWAY = 1e4
"""Residual, in units of the whole stake, from which a relaxation has lost the game; the next begins from nothing."""
STRICTER = 0.7
"""Factor on the residual at which the next full sweep is taken, where one has shown too large a change."""


class Memory(NamedTuple):
    """Working memory in one precision: a workspace, the unknown and what a sweep makes of it."""

    work: Workspace
    z: FloatArray
    new: FloatArray


SWEEPS_TAKEN, TURN, TAKEN, IS_FULL, GOAL = range(5)
"""What is remembered while the consultation is settled: sweeps in all, the relaxation, sweeps of it, whether the next
is full, and the residual at which a full one is taken, in units of the tolerance."""


def begin_search(turn: int) -> FloatArray:
    """Return the progress of a search that begins with a relaxation."""
    progress = np.zeros(5)
    progress[TURN], progress[GOAL] = turn, 1.0
    return progress


@written_out
def iterate(
    f: Any,
    a: Clauses,
    game: Game,
    consultation: Consultation,
    memory: Memory,
    s: int,
    noise: float,
    relaxations: FloatArray,
    tolerance: float,
    most: int,
    progress: FloatArray,
) -> tuple[bool, float]:
    """Relax slice ``s`` until its residual is below ``tolerance``; ``new`` is then the full sweep of z.

    Returns whether it is over, after at most ``most`` sweeps, and the residual of z; if it is not, the last sweep read
    the consultation where it is not settled (`asked_in_cells`), and is to be taken again: X does not depend on T.
    """
    f, a, game, consultation = by_address(f), by_address(a), by_address(game), by_address(consultation)
    work, z, new = by_address(memory.work), memory.z, memory.new
    here = slice(cells_before(game.shape, s), cells_before(game.shape, s + 1))
    point, swept = z[here], new[here]
    show(consultation, work)
    while True:
        is_out = progress[SWEEPS_TAKEN] + 1 >= most or progress[TURN] >= len(relaxations)
        if is_out:
            progress[IS_FULL] = 1
        elif progress[TAKEN] == 0:
            begin(work.stays, relaxations[int(progress[TURN])][SHARE])
        residual = sweep(f, a, game, work, z, new, s, noise, 1.0 - progress[IS_FULL])
        if not is_settled(a, game, work, consultation, s):
            return False, residual
        progress[SWEEPS_TAKEN] += 1
        if progress[IS_FULL]:
            if not _is_finite(swept):
                return True, np.inf
            if residual < tolerance or is_out:
                return True, residual
            progress[IS_FULL] = 0
            progress[GOAL] *= STRICTER
            continue
        if not residual < RUNAWAY:
            start(point)
            progress[TURN] += 1
            progress[TAKEN] = 0
            continue
        if residual < tolerance * progress[GOAL]:
            progress[IS_FULL] = 1
            continue
        relaxation = relaxations[int(progress[TURN])]
        evaluate(f, a, game, work, z, new, s, int(relaxation[ROUNDS]))
        advance(point, swept, work.miss, work.stays, relaxation, progress[TAKEN] > 0)
        progress[TAKEN] += 1
        if progress[TAKEN] >= relaxation[SWEEPS]:
            progress[TURN] += 1
            progress[TAKEN] = 0


@inlined
def _is_finite(swept: FloatArray) -> bool:
    """Tell whether every entry is a number; one that is none makes the sum none."""
    everything = 0.0
    for cell in range(len(swept)):
        for at in range(ENTRIES):
            everything += total(load(swept, (cell, at)))
    return bool(np.isfinite(everything))
