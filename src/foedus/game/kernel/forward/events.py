"""What may happen in a period, counted by where it begins: events, and where the game goes on.

`count_courses` turns the last sweep into chances per type and state: of each event, and of landing at each belief
with or without a slice lost. Places are beliefs: those that mass comes from while events are counted, those that it
lands at from then on.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.machine.jit import compiled, inlined, spliced
from foedus.game.kernel.machine.memory import aligned, on_lines
from foedus.game.kernel.machine.records import by_address
from foedus.game.kernel.machine.rows import WIDTH, entry, rows_of
from foedus.game.kernel.machine.vectors import absolute, higher_of, load, spread, store
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.courses import attack_at, done, found_on, ground, lay_courses
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import (
    ACCIDENT,
    COERCE,
    CRISIS_TIERS,
    DEFENCE,
    FINDINGS,
    INVADE,
    INVASION,
    NO_ATTACK,
    PROVOCATION,
    PROVOKE,
    QUIET,
    SEIZE,
    SEIZURE,
    SPOTS,
    TYPES,
    Workspace,
    balance_of_cell,
    beliefs_in,
    chunk_of_cell,
    column_of_cell,
    slice_of_cell,
    spot_of,
)
from foedus.game.kernel.stage.reading import response_of
from foedus.game.kernel.stage.view import is_closed, look
from foedus.values.arrays import FloatArray

(
    WAR,
    DEFEND,
    ENTRAP,
    ACCIDENTAL,
    CONQUEST,
    CAPTURES,
    SEIZURES,
    INVASIONS,
    COERCIONS,
    PROVOCATIONS,
    ACCIDENTS,
    WITHDRAWALS,
    RESISTED,
    YIELDED,
    HONOURED,
    BREACHED,
) = range(16)
EVENTS = 16
WAYS = 6
"""Ways on that are told apart: 2 e, or 2 e + 1 if a slice is lost."""

by_place, by_2_2_place = rows_of(WIDTH), rows_of(2, 2, WIDTH)


class Courses(NamedTuple):
    """What may happen in a period, by where it begins; filled by `count_courses`."""

    event: FloatArray
    """(th, column, EVENTS, c, place) chance or expected number of each event."""
    land: FloatArray
    """(th, column, WAYS, belief, c, place) chance to go on and land at each belief."""


class WarCounts(NamedTuple):
    """What is settled about wars before any sweep, as events need it."""

    win: FloatArray
    """(k, e, d) chance that the adversary wins."""
    chi: FloatArray
    """(column, m, e, th) chance that guarantors fight."""
    required: FloatArray
    """(n) the tier of the crisis that must be executed to honour what was promised on n; 0 where nothing falls due."""
    is_due: FloatArray
    """(m) 1 where defence falls due in a war that m governs, else 0."""


def new_courses(shape: tuple[int, int, int, int]) -> Courses:
    """Return courses of a `Game.shape`, not yet counted."""
    beliefs, balances, slices, chunks = shape
    event = (TYPES, balances * slices, EVENTS, chunks, WIDTH)
    land = (TYPES, balances * slices, WAYS, beliefs, chunks, WIDTH)
    return Courses(on_lines(event, np.float64), on_lines(land, np.float64))


def wars_of(a: Clauses, win: FloatArray, chi: FloatArray) -> WarCounts:
    """Add to what is settled about wars which obligations fall due."""
    required, is_due = np.zeros(FINDINGS), np.zeros(FINDINGS)
    for n in range(FINDINGS):
        if a.promised[n, 1] > 0.0:
            required[n] = 2.0 if a.promised[n, 2] >= 0.5 else 1.0
        is_due[n] = 1.0 if a.promised[n, DEFENCE] >= 0.5 else 0.0
    return WarCounts(win, chi, required, is_due)


@compiled
def count_courses(a: Clauses, game: Game, wars: WarCounts, work: Workspace, z: FloatArray, courses: Courses) -> int:
    """Fill ``courses`` with what the sweep ``z`` and the workspace it was taken in say."""
    a, game, wars, work = by_address(a), by_address(game), by_address(wars), by_address(work)
    _, balances, slices, chunks = game.shape
    weight, points = aligned(SPOTS * 2 * 2 * WIDTH).reshape(SPOTS, 2, 2, WIDTH), aligned(chunks * WIDTH)
    for point in range(len(points)):
        points[point] = point
    for row in range(courses.event.size // WIDTH):
        store(by_place(courses.event), (row,), spread(0.0))
    v = look(a, game, work, z, z, 1.0)
    for cell in range(balances * slices * chunks):
        lay_courses(v, v.z, cell)
        for th in range(TYPES):
            _count_choices(v, cell, th, by_place(courses.event))
            for n in range(FINDINGS):
                for e in range(CRISIS_TIERS):
                    if not is_closed(v, e) and (n > 0 or e == 0):
                        _count_response(v, cell, th, n, e, wars, by_place(courses.event), by_2_2_place(weight))
        _spread_out(v, cell, by_2_2_place(weight), by_place(points), by_place(courses.land))
    return 0


@inlined
def row_of_event(shape: Any, th: Any, cell: Any, event: Any) -> Any:
    """Return the row of an event, of a type, in the cell in which it begins."""
    column = th * shape[1] * shape[2] + column_of_cell(shape, cell)
    return (column * EVENTS + event) * shape[3] + chunk_of_cell(shape, cell)


@inlined
def row_of_landing(shape: Any, th: Any, column: Any, way: Any, belief: Any, c: Any) -> Any:
    """Return the row of the chances to land in chunk c from a belief of a column."""
    first = (th * shape[1] * shape[2] + column) * WAYS + way
    return (first * shape[0] + belief) * shape[3] + c


@inlined
def _count_choices(v: Any, cell: Any, th: Any, events: Any) -> Any:
    """Count what happens on the ground and what the adversary chooses."""
    _add(v, events, th, cell, PROVOCATIONS, load(v.z, (cell, PROVOKE)))
    _add(v, events, th, cell, ACCIDENTS, ground(v, v.z, cell, ACCIDENT))
    for c in (QUIET, ACCIDENT, PROVOCATION):
        _add(v, events, th, cell, COERCIONS, load(v.course, (c, COERCE)))
        _add(v, events, th, cell, SEIZURES, load(v.course, (c, SEIZE)))
        _add(v, events, th, cell, INVASIONS, load(v.course, (c, INVADE)))
    return 0


@inlined
def _count_response(v: Any, cell: Any, th: Any, n: Any, e: Any, wars: Any, events: Any, weights: Any) -> Any:
    """Count what follows when n was found and e is executed; fill ``weights`` (spot, th, lost) with what goes on."""
    column, k, spot = column_of_cell(v.shape, cell), balance_of_cell(v.shape, cell), spot_of(n, e)
    chance = response_of(v, v.z, cell, th, n, e)
    what = attack_at(v, cell, spot, entry(v.success, (slice_of_cell(v.shape, cell), e)))
    seized, invaded = chance * found_on(v, n, SEIZURE), chance * found_on(v, n, INVASION)
    found = chance * found_on(v, n, NO_ATTACK) + seized + invaded
    for attacked, persists, threat in ((seized, what.resisted, SEIZE), (invaded, what.invaded, INVADE)):
        m = v.governs[threat - SEIZE, n]
        war, chi = attacked * persists, wars.chi[column, m, e, th]
        _add(v, events, th, cell, WAR, war)
        _add(v, events, th, cell, DEFEND, war * chi)
        _add(v, events, th, cell, ENTRAP, chance * done(v, PROVOCATION, threat, n) * persists * chi)
        _add(v, events, th, cell, ACCIDENTAL, chance * done(v, ACCIDENT, threat, n) * persists)
        _add(v, events, th, cell, CONQUEST, war * ((1.0 - chi) * wars.win[k, e, 0] + chi * wars.win[k, e, 1]))
        _add(v, events, th, cell, HONOURED, war * (chi * wars.is_due[m]))
        _add(v, events, th, cell, BREACHED, war * ((1.0 - chi) * wars.is_due[m]))
    _add(v, events, th, cell, RESISTED, seized * what.resisted)
    _add(v, events, th, cell, YIELDED, seized * what.yielded)
    _add(v, events, th, cell, CAPTURES, seized * what.captured)
    withdrawn = seized * what.seizure_withdrawn + invaded * what.invasion_withdrawn
    _add(v, events, th, cell, WITHDRAWALS, withdrawn)
    if wars.required[n] > 0.0:
        _add(v, events, th, cell, HONOURED if e >= wars.required[n] else BREACHED, found)
    lost = seized * what.captured
    store(weights, (spot, th, 0), found - seized * what.resisted - lost - invaded * what.invaded)
    store(weights, (spot, th, 1), lost)
    return 0


@inlined
def _add(v: Any, events: Any, th: Any, cell: Any, event: Any, value: Any) -> Any:
    row = row_of_event(v.shape, th, cell, event)
    store(events, (row,), load(events, (row,)) + value)
    return 0


@spliced
def _spread_out(v: Any, cell: Any, weights: Any, points: Any, lands: Any) -> Any:
    """Share what goes on from each belief of one cell between the two next to the belief that follows."""
    column, first = column_of_cell(v.shape, cell), chunk_of_cell(v.shape, cell) * WIDTH
    for b in range(beliefs_in(v.shape, cell)):
        for c in range(v.shape[3]):
            point = load(points, (c,))
            for e in range(CRISIS_TIERS):
                nothing = spread(0.0)
                stays_0, stays_1, lost_0, lost_1 = nothing, nothing, nothing, nothing
                for n in range(FINDINGS):
                    if not is_closed(v, e) and (n > 0 or e == 0):
                        spot = spot_of(n, e)
                        place = entry(v.place, (cell, spot, 0, b)) + entry(v.place, (cell, spot, 1, b))
                        share = higher_of(1.0 - absolute(point - place), nothing)
                        stays_0 = stays_0 + share * entry(weights, (spot, 0, 0, b))
                        stays_1 = stays_1 + share * entry(weights, (spot, 1, 0, b))
                        lost_0 = lost_0 + share * entry(weights, (spot, 0, 1, b))
                        lost_1 = lost_1 + share * entry(weights, (spot, 1, 1, b))
                store(lands, (row_of_landing(v.shape, 0, column, 2 * e, first + b, c),), stays_0)
                store(lands, (row_of_landing(v.shape, 1, column, 2 * e, first + b, c),), stays_1)
                store(lands, (row_of_landing(v.shape, 0, column, 2 * e + 1, first + b, c),), lost_0)
                store(lands, (row_of_landing(v.shape, 1, column, 2 * e + 1, first + b, c),), lost_1)
    return 0
