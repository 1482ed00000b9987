"""What is handed to the device of one game: numbers and small arrays, no member of the coalition among them.

Consultation is settled on this side (section 6, by the kernel's code for it): of the guarantors the device sees the
table of what becomes of proposals, and the framework nation's own line. Only points of X that are read are settled: a
whole table takes as long as the kernel takes for a whole game. A game that comes to others has to ask (`answer`).
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.future import Future
from foedus.game.kernel.forward import required_tiers
from foedus.game.kernel.pack import pack_clauses, pack_future
from foedus.game.kernel.response import Answers, no_answers, settle
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray

FIRST_ASKED = (0.0, 0.25)
"""Gains X at which nearly every game looks the consultation up."""


class Sheet(NamedTuple):
    """One game as arrays; of many games side by side each has a leading axis. Axes as in `CompiledArrangement`."""

    f: Any
    """The future by name; (4) where there is a number for each tier."""
    confusion: FloatArray
    """(g, l, n) M"""
    table: FloatArray
    """(n, r, x) chance T that a proposal is executed."""
    x_grid: FloatArray
    """(x) points of X."""
    known: FloatArray
    """(2) least and largest X between which T has been asked for."""
    blocked: FloatArray
    """(r) 1 where the tier cannot be proposed."""
    duty: FloatArray
    """(n, r) what the framework nation promised."""
    required: FloatArray
    """(n) tier that honours what was promised on n; 0 where nothing falls due."""
    timeliness: FloatArray
    """(e)"""
    interest: float
    """The framework nation's."""
    cost_weight: float
    """The framework nation's."""
    opacity: float
    deployed_force: float
    self_defence: float
    demilitarised: float
    aid: float


class Game(NamedTuple):
    """One game, and what of it stays on this side."""

    compiled: CompiledArrangement
    future: Future
    sheet: Sheet
    answers: Answers
    """What has been asked for of the consultation so far."""


def write_sheet(compiled: CompiledArrangement, future: Future, *, points: int) -> Game:
    """Write the sheet and settle the consultation where it is sure to be read; fill X up to ``points`` beyond its end.

    Outside its grid T takes the value at its end, which what is filled up repeats.
    """
    clauses, f = pack_clauses(compiled), pack_future(future)
    beyond, lead = points - len(compiled.x_grid), compiled.proposer
    sheet = Sheet(
        f=type(f)(*(np.asarray(value, dtype=np.float64) for value in f)),
        confusion=clauses.confusion,
        table=np.zeros((5, 4, points)),
        x_grid=np.concatenate([clauses.x_grid, clauses.x_grid[-1] + np.arange(1.0, beyond + 1)]),
        known=np.array([np.inf, -np.inf]),
        blocked=clauses.blocked.astype(np.float64),
        duty=clauses.oblige[lead],
        required=required_tiers(clauses),
        timeliness=clauses.timeliness,
        interest=float(clauses.interest[lead]),
        cost_weight=float(clauses.cost_weight[lead]),
        opacity=clauses.opacity,
        deployed_force=clauses.deployed_force,
        self_defence=clauses.self_defence,
        demilitarised=clauses.demilitarised,
        aid=clauses.aid,
    )
    return answer(Game(compiled, future, sheet, no_answers(len(compiled.x_grid), len(compiled.weight))), FIRST_ASKED)


def answer(game: Game, asked: tuple[float, float]) -> Game:
    """Settle the consultation from the least to the largest X asked for, and a little beyond.

    ``game.answers`` is filled in place; the sheet is written anew.
    """
    f, clauses, answers = pack_future(game.future), pack_clauses(game.compiled), game.answers
    x = clauses.x_grid
    span = np.clip([np.searchsorted(x, asked[0], side="right") - 1, np.searchsorted(x, asked[1])], 0, len(x) - 1)
    settle(f, clauses, f.lam_G, answers, np.broadcast_to(span, answers.known.shape).copy())
    first, last = answers.known[1, 1]
    ends = (-np.inf if first == 0 else x[first], np.inf if last == len(x) - 1 else x[last])
    table = np.pad(answers.table, ((0, 0), (0, 0), (0, len(game.sheet.x_grid) - len(x))), mode="edge")
    return game._replace(sheet=game.sheet._replace(table=table, known=np.array(ends)))
