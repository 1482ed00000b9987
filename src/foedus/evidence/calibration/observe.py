"""Solve one text in one future, and count what the record counts.

First passages are counted by the game's own forward pass with the courses that would be a passage taken out of what
moves on; the policies stay those of the equilibrium.
"""

import math
from typing import Any

import numpy as np

from foedus.evidence.calibration.expected_course import HORIZON_PERIODS, ExpectedCourse
from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.kernel.costs import member_costs
from foedus.game.kernel.forward import (
    BREACHED,
    DEFEND,
    HONOURED,
    WAR,
    Courses,
    add_up,
    begin,
    count_courses,
    no_courses,
    push,
)
from foedus.game.kernel.pack import Clauses, pack_clauses, pack_future
from foedus.game.kernel.room import PROVOKE, RESPONSE, THREAT
from foedus.game.kernel.search import Found, Terms, find
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray


def observe(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, tolerance: float, max_sweeps: int
) -> ExpectedCourse:
    """Return the course of a text in a future; its residual tells how well the game was solved."""
    f, a = pack_future(future), pack_clauses(compiled)
    terms = Terms(grid=grid, horizon=HORIZON_PERIODS, tolerance=tolerance, max_sweeps=max_sweeps)
    found = find(f, a, terms=terms)
    start = begin(f, found.game, grid.balance)
    courses = _counted(a, found, z=found.swept)
    visits, war = push(f, found.game, courses, start, HORIZON_PERIODS)
    expected, _ = add_up(found.game, courses, visits, start, found.swept)
    supported, joined = _support(f, a, found, visits=visits)
    return ExpectedCourse(
        war=war,
        clash=_first_clash(f, a, found, start),
        violation=_first_violation(f, a, found, start),
        defended=float(expected[DEFEND]),
        honoured=float(expected[HONOURED]),
        breached=float(expected[BREACHED]),
        supported=supported,
        joined=joined,
        crisis=_crisis(a, found, prior=future.prior, grid=grid),
        residual=found.residual,
    )


def _counted(a: Clauses, found: Found, *, z: FloatArray) -> Courses:
    courses = no_courses(found.game.shape)
    count_courses(a, found.game, found.room, z, courses)
    return courses


def _first_clash(f: Any, a: Clauses, found: Found, start: FloatArray) -> FloatArray:
    """Chance by period that a seizure or an invasion persists for the first time, whether or not it succeeds."""
    sure = found._replace(game=found.game._replace(success=np.ones_like(found.game.success)))
    courses = _counted(a, sure, z=found.swept)
    courses.land[:, :, 1::2] = 0.0
    return _passage(f, found, start, courses=courses)


def _first_violation(f: Any, a: Clauses, found: Found, start: FloatArray) -> FloatArray:
    """Chance by period that the adversary does anything but hold for the first time."""
    z = found.swept.copy()
    for g in range(2):
        z[:, THREAT + 4 * g + 1 : THREAT + 4 * g + 4] = 0.0
    return _passage(f, found, start, courses=_counted(a, found, z=z))


def _passage(f: Any, found: Found, start: FloatArray, *, courses: Courses) -> FloatArray:
    """Chance by period of what ``courses.land`` leaves out."""
    ends = courses.event[:, :, WAR]
    ends.reshape(*ends.shape[:2], -1)[..., : found.game.shape[0]] = 1.0 - courses.land.sum(axis=(2, 4, 5))
    return push(f, found.game, courses, start, HORIZON_PERIODS)[1]


def _support(f: Any, a: Clauses, found: Found, *, visits: FloatArray) -> tuple[float, float]:
    """Return how often support was executed, and the share of the other members that joined times that number.

    The framework nation joins every proposal of its own, so that the times it joined are the times of execution.
    """
    others = [i for i in range(len(a.weight)) if i != a.proposer]
    if not a.oblige.any() or not others:
        return math.nan, math.nan
    counting = f._replace(tier_cost=(0.0, 1.0, 0.0, 0.0), war_cost_G=0.0)
    plain = a._replace(cost_weight=np.ones(len(a.weight)))
    joined = member_costs(counting, plain, found.game, found.room, found.swept, found.answers.joined, visits, 0.0)
    return float(joined[a.proposer]), float(joined[others].mean())


def _crisis(a: Clauses, found: Found, *, prior: float, grid: Grid) -> FloatArray:
    """Return (balance, part) chances that an attack meets deploy or defend, and what follows; s = 0, belief = prior."""
    z, persist = (_by_belief(each, found) for each in (found.swept, found.room.persist))
    done = _done(a, z)
    parts = np.empty((grid.balances, grid.beliefs, 3))
    for b, odds in enumerate(np.exp(grid.log_odds)):
        response = _response(z[..., b], high=float(odds / (1.0 + odds)))
        parts[:, b] = _parts(done[..., b], response, persist[..., b])
    low, share = _below(prior, grid)
    between: FloatArray = parts[:, low] * (1.0 - share) + parts[:, low + 1] * share
    return between


def _by_belief(values: FloatArray, found: Found) -> FloatArray:
    """Turn (cell, ..., lane) into (balance, ..., belief) where no territory is lost; a cell is a column's chunk."""
    beliefs, balances, _, chunks = found.game.shape
    split = values[: balances * chunks].reshape(balances, chunks, *values.shape[1:])
    return np.moveaxis(split, 1, -2).reshape(balances, *values.shape[1:-1], -1)[..., :beliefs]


def _done(a: Clauses, z: FloatArray) -> FloatArray:
    """Return (balance, l, n, belief) the chance that the adversary does l >= 2 and n >= 1 is determined."""
    provoke = z[:, PROVOKE]
    found = [
        np.einsum("kb,klb,ln->klnb", conduct, z[:, THREAT + 4 * g + 2 : THREAT + 4 * g + 4], a.confusion[g, 2:, 1:])
        for g, conduct in enumerate((1.0 - provoke, provoke))
    ]
    done: FloatArray = found[0] + found[1]
    return done


def _response(z: FloatArray, *, high: float) -> FloatArray:
    """Return (balance, n, e) the chance of deploy and defend after n >= 1; the type is high with chance ``high``."""
    low_type, high_type = (
        z[:, RESPONSE + 12 * th : RESPONSE + 12 * th + 12].reshape(-1, 4, 3)[:, :, 1:] for th in range(2)
    )
    return (1.0 - high) * low_type + high * high_type


def _parts(done: FloatArray, response: FloatArray, persist: FloatArray) -> FloatArray:
    """Return (balance, part); ``done`` (balance, l, n), ``response`` (balance, n, e), ``persist`` (balance, n, way)."""
    deployed = done * response[:, None, :, 0]
    defended = done * response[:, None, :, 1]
    stays = persist[:, :, :2].transpose(0, 2, 1)
    stood_by = (deployed * stays).sum(axis=(1, 2))
    fought = (defended * persist[:, None, :, 2]).sum(axis=(1, 2))
    mounted = (deployed + defended).sum(axis=(1, 2))
    return np.stack([mounted - stood_by - fought, fought, stood_by], axis=1)


def _below(prior: float, grid: Grid) -> tuple[int, float]:
    """Return the belief point below the prior and the share of the way to the next."""
    place = float(np.interp(math.log(prior / (1.0 - prior)), grid.log_odds, np.arange(grid.beliefs)))
    low = min(int(place), grid.beliefs - 2)
    return low, place - low
