"""First passages: when something happens for the first time, under the policies of the equilibrium.

What is waited for is taken out of what moves on and stands in the place of war, which ends the game; `push` then gives
its chance by period. Nobody in the game foresees that the watching ends.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.forward.events import (
    COERCIONS,
    INVASIONS,
    SEIZURES,
    WAR,
    YIELDED,
    Courses,
    WarCounts,
    count_courses,
)
from foedus.game.kernel.forward.push import push
from foedus.game.kernel.search.find import Found
from foedus.game.kernel.search.iterate import Memory
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.layout import SIGHTS, THREATS, threat_at
from foedus.values.arrays import FloatArray


class Solved(NamedTuple):
    """A game that is solved, and where its courses are counted."""

    f: Any
    a: Clauses
    found: Found
    fine: Memory
    wars: WarCounts
    courses: Courses
    first: FloatArray
    """(column, c, place) the weights of the start."""
    horizon: int


def first_clash(solved: Solved) -> FloatArray:
    """Return (period) the chance that an attack is carried through for the first time: war, or a seizure yielded to.

    A seizure that is yielded to ends the wait whether or not a slice is lost; counted with every one succeeding, what
    lands with a slice lost is just those.
    """
    game = solved.found.game
    sure = game._replace(success=np.ones_like(game.success))
    courses = solved.courses
    count_courses(solved.a, sure, solved.wars, solved.fine.work, solved.fine.new, courses)
    courses.event[:, :, WAR] += courses.event[:, :, YIELDED]
    courses.land[:, :, 1::2] = 0.0
    return _passage(solved)


def first_violation(solved: Solved) -> FloatArray:
    """Return (period) the chance that the adversary does anything but hold for the first time."""
    swept, courses = solved.fine.new, solved.courses
    count_courses(solved.a, solved.found.game, solved.wars, solved.fine.work, swept, courses)
    ends = courses.event[:, :, [COERCIONS, SEIZURES, INVASIONS]].sum(axis=2)
    held = swept.copy()
    for v in range(SIGHTS):
        held[:, threat_at(v, 1) : threat_at(v, THREATS)] = 0.0
    count_courses(solved.a, solved.found.game, solved.wars, solved.fine.work, held, courses)
    courses.event[:, :, WAR] = ends
    return _passage(solved)


def _passage(solved: Solved) -> FloatArray:
    """Return (period) the chance of what now stands in the place of war."""
    by_period: FloatArray = push(solved.f, solved.found.game, solved.courses, solved.first, solved.horizon)[1]
    return by_period
