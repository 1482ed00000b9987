"""Attacks that were mounted and met by forces, by where the period begins: called off, met by defence, or not.

The rates of one period, before any mass is moved: what a record of crises counts, whatever led to them.
"""

from typing import Any

import numpy as np

from foedus.game.kernel.machine.jit import compiled, inlined
from foedus.game.kernel.machine.records import by_address
from foedus.game.kernel.machine.rows import WIDTH, entry, rows_of
from foedus.game.kernel.machine.vectors import load, store
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.courses import attack_at, found_on, lay_courses
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import (
    FINDINGS,
    INVASION,
    SEIZURE,
    TYPES,
    Workspace,
    cells_before,
    column_of_cell,
    slice_of_cell,
    spot_of,
)
from foedus.game.kernel.stage.reading import response_of
from foedus.game.kernel.stage.view import is_closed, look
from foedus.values.arrays import FloatArray

CALLED_OFF, FOUGHT, STOOD_BY = range(3)
"""Ends of an attack met by forces: it is called off, it is carried through and guarantors fight, or they do not fight:
in a war without them, or because the protected state yields."""
ENDS = 3
WARNED = 2
"""The tier by which guarantors show that they will resist: deploy."""
by_end_place = rows_of(ENDS, WIDTH)


@compiled
def count_warnings(a: Clauses, game: Game, chi: FloatArray, work: Workspace, z: FloatArray) -> FloatArray:
    """Return (th, cell, end, place) the chance in a period that an attack meets forces and ends so."""
    a, game, work = by_address(a), by_address(game), by_address(work)
    cells = cells_before(game.shape, game.shape[2])
    ends = np.zeros((TYPES * cells, ENDS, WIDTH))
    v = look(a, game, work, z, z, 1.0)
    if not is_closed(v, WARNED):
        for cell in range(cells):
            lay_courses(v, v.z, cell)
            for th in range(TYPES):
                for n in range(1, FINDINGS):
                    _count(v, cell, th, n, chi, by_end_place(ends), th * cells + cell)
    return ends.reshape((TYPES, cells, ENDS, WIDTH))


@inlined
def _count(v: Any, cell: Any, th: Any, n: Any, chi: Any, ends: Any, row: Any) -> Any:
    """Add what becomes of attacks on which n was found and that met forces."""
    column, spot = column_of_cell(v.shape, cell), spot_of(n, WARNED)
    what = attack_at(v, cell, spot, entry(v.success, (slice_of_cell(v.shape, cell), WARNED)))
    chance = response_of(v, v.z, cell, th, n, WARNED)
    seized, invaded = chance * found_on(v, n, SEIZURE), chance * found_on(v, n, INVASION)
    seizing = chi[column, v.governs[SEIZURE - 1, n], WARNED, th]
    invading = chi[column, v.governs[INVASION - 1, n], WARNED, th]
    war_1, war_2 = seized * what.resisted, invaded * what.invaded
    alone = war_1 * (1.0 - seizing) + war_2 * (1.0 - invading)
    _add(ends, row, CALLED_OFF, seized * what.seizure_withdrawn + invaded * what.invasion_withdrawn)
    _add(ends, row, FOUGHT, war_1 * seizing + war_2 * invading)
    _add(ends, row, STOOD_BY, alone + seized * what.yielded)
    return 0


@inlined
def _add(ends: Any, row: Any, end: Any, value: Any) -> Any:
    store(ends, (row, end), load(ends, (row, end)) + value)
    return 0
