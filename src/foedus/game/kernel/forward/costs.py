"""Section 9 of docs/theory.md: what a guarantee costs each member, from who joined what was executed."""

from typing import Any

import numpy as np

from foedus.game.kernel.consultation.table import Consultation, Questions
from foedus.game.kernel.consultation.war import DefenceTable, place_of
from foedus.game.kernel.machine.jit import compiled, inlined
from foedus.game.kernel.machine.records import by_address
from foedus.game.kernel.machine.rows import WIDTH, entry, rows_of
from foedus.game.kernel.machine.vectors import extract, load, total
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.courses import attack_at, found_on, lay_courses
from foedus.game.kernel.stage.fighting import Lottery
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import (
    CRISIS_TIERS,
    FINDINGS,
    INVASION,
    NO_ATTACK,
    QUESTIONS,
    SEIZURE,
    TYPES,
    Workspace,
    beliefs_in,
    cells_before,
    column_of_cell,
    crisis_question,
    slice_of_cell,
    spot_of,
    war_question,
)
from foedus.game.kernel.stage.reading import response_of
from foedus.game.kernel.stage.view import is_closed, look
from foedus.values.arrays import FloatArray

_by_place = rows_of(WIDTH)


@compiled
def proposals_made(
    a: Clauses, game: Game, lottery: Lottery, defence: DefenceTable, work: Workspace, z: FloatArray, visits: FloatArray
) -> FloatArray:
    """Return (q, x) how often each question is put at each point of X, shared between neighbouring points."""
    a, game, work = by_address(a), by_address(game), by_address(work)
    lottery, defence = by_address(lottery), by_address(defence)
    made, cells = np.zeros((QUESTIONS, len(a.x_grid))), cells_before(game.shape, game.shape[2])
    v = look(a, game, work, z, z, 1.0)
    for cell in range(cells):
        lay_courses(v, v.z, cell)
        for th in range(TYPES):
            here = load(_by_place(visits), (th * cells + cell,))
            for n in range(FINDINGS):
                for e in range(CRISIS_TIERS):
                    if not is_closed(v, e) and (n > 0 or e == 0):
                        if e > 0:
                            _propose(a, v, cell, th, n, e, here, made)
                        _propose_defence(a, v, cell, th, n, e, here, lottery, defence, made)
    return made


def member_costs(
    f: Any, a: Clauses, questions: Questions, consultation: Consultation, made: FloatArray, wars: float, periods: float
) -> FloatArray:
    """Return (i) the expected cost of tiers in which i joined, of so many wars of defence, and of periods of peace."""
    tiers = np.einsum("qx,qxj,q->j", made, consultation.joined, np.array(f.tier_cost)[questions.tier])
    by_kind = a.cost_weight * (tiers + f.war_cost_G * wars)
    costs: FloatArray = by_kind[a.kind] + a.standing_cost * periods
    return costs


@inlined
def _propose(a: Any, v: Any, cell: Any, th: Any, n: Any, r: Any, here: Any, made: Any) -> Any:
    """Add how often tier r is proposed on n in one cell."""
    found = found_on(v, n, NO_ATTACK) + found_on(v, n, SEIZURE) + found_on(v, n, INVASION)
    often = here * found * load(v.propose, (cell, th, n - 1, r - 1))
    gain = load(v.gain, (cell, th, n - 1, r - 1))
    for b in range(beliefs_in(v.shape, cell)):
        _put(a, made, crisis_question(n, r), extract(gain, b), extract(often, b))
    return 0


@inlined
def _propose_defence(
    a: Any, v: Any, cell: Any, th: Any, n: Any, e: Any, here: Any, lottery: Any, defence: Any, made: Any
) -> Any:
    """Add how often defence is proposed in wars on which n was found and e was executed."""
    column = column_of_cell(v.shape, cell)
    what = attack_at(v, cell, spot_of(n, e), entry(v.success, (slice_of_cell(v.shape, cell), e)))
    chance = here * response_of(v, v.z, cell, th, n, e)
    for attack, persists in ((SEIZURE, what.resisted), (INVASION, what.invaded)):
        m = v.governs[attack - SEIZURE, n]
        wars = total(chance * found_on(v, n, attack) * persists)
        _put(a, made, war_question(m, e), lottery.gain[column, e, th], wars * defence.proposed[column, m, e, th])
    return 0


@inlined
def _put(a: Any, made: Any, question: Any, gain: Any, often: Any) -> Any:
    at, share = place_of(a, gain)
    made[question, at] += often * (1.0 - share)
    made[question, at + 1] += often * share
    return 0
