"""All that section 9 of docs/theory.md asks of a solved game, in one call."""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.forward.costs import member_costs, proposals_made
from foedus.game.kernel.forward.events import DEFEND, Courses, count_courses, wars_of
from foedus.game.kernel.forward.push import add_up, begin, push
from foedus.game.kernel.search.find import Found
from foedus.game.kernel.search.iterate import Memory
from foedus.game.kernel.stage.clauses import Clauses
from foedus.values.arrays import FloatArray


class Account(NamedTuple):
    """Chances and expectations over the horizon."""

    expected: FloatArray
    """(event) chance or expected number (`events`)."""
    value: FloatArray
    """(p) values at the start."""
    cost: FloatArray
    """(i) expected cost of each member."""
    war_by_t: FloatArray
    """(period) chance that war breaks out."""


def push_forward(
    f: Any, a: Clauses, found: Found, fine: Memory, courses: Courses, balance: FloatArray, horizon: int
) -> Account:
    """Push the start forward over ``horizon`` periods under the policies of the last sweep."""
    game, swept = found.game, fine.new
    count_courses(a, game, wars_of(a, found.lottery.win, found.defence.chi), fine.work, swept, courses)
    first = begin(f, game, balance)
    visits, war_by_t = push(f, game, courses, first, horizon)
    expected, value = add_up(game.shape, courses.event, visits, first, swept)
    made = proposals_made(a, game, found.lottery, found.defence, fine.work, swept, visits)
    peace = float(np.sum(1.0 - np.cumsum(war_by_t)))
    cost = member_costs(f, a, found.questions, found.consultation, made, expected[DEFEND], peace)
    return Account(expected, value, cost, war_by_t)
