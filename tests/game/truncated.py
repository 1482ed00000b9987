"""The game cut off after one or two periods, solved by the plain oracle's own stage functions, nothing interpolated.

The beliefs of the grid are put where the responses of the first period take them, and T is tabulated so densely that a
line between two points misses it by less than 1e-7. What is left is ``sweep`` itself.
"""

import dataclasses
from dataclasses import dataclass

import numpy as np

from foedus.game import Future
from foedus.game.gambit import PlacedGrid
from foedus.game.plain import Board, Play, Position
from foedus.game.plain.consultation import consult_in_crisis, consult_in_war
from foedus.game.plain.defence import defend
from foedus.game.plain.iterate import change, first_position, relaxed
from foedus.game.plain.movement import next_log_odds, posterior, reading
from foedus.game.plain.stage import sweep
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray

SETTLED = 1e-12
GAINS = np.linspace(-0.5, 1.5, 2001)
State = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Truncated:
    """Both periods of the solution: policies at the start, and at every belief that the first period leads to."""

    board: Board
    state: State
    first: Play
    """Read it at ``state`` only."""
    last: Play
    """Every state (b, k, s) of the last period."""
    belief_after: FloatArray
    """(n, e) log-odds of belief with which the last period begins."""

    def place_after(self, n: int, e: int) -> int:
        """Return the index b of the belief after (n, e)."""
        return int(np.argmin(np.abs(self.board.grid.log_odds - self.belief_after[n, e])))


def one_period(board: Board, *, ending: FloatArray | float = 0.0, start: Position | None = None) -> Play:
    """Return the equilibrium of the last period in every state.

    ``ending`` (party, s), or a number, is the value that comes next, the same for every belief and balance.
    """
    value = np.zeros((4, *board.shape))
    value += 0.0 if np.ndim(ending) == 0 else np.asarray(ending)[:, None, None, :]
    position = dataclasses.replace(start or first_position(board), value=value)
    for _ in range(5000):
        play = sweep(position, board=board)
        new = dataclasses.replace(play.position, value=value)
        if change(position, new) < SETTLED:
            return play
        position = relaxed(position, new, share=0.5)
    raise AssertionError("one period did not settle")


def two_periods(
    arrangement: CompiledArrangement,
    world: Future,
    *,
    belief: float,
    balance: tuple[float, ...],
    slices: int,
    k: int = 0,
    ending: FloatArray | float = 0.0,
) -> Truncated:
    """Return the equilibrium of two periods that start at log-odds ``belief``, balance index ``k``, nothing lost.

    ``ending`` is what follows the last period, as in `one_period`. The responses of the first period are conjectured,
    beliefs put where they lead, the last period solved there, the first one swept, and the conjectures moved
    halfway, until all of it stands still.
    """
    dense = dataclasses.replace(arrangement, x_grid=GAINS)
    table, in_war = (f(compiled=dense, future=world) for f in (consult_in_crisis, consult_in_war))
    slight = dataclasses.replace(arrangement, x_grid=GAINS[:2])
    response = np.full((2, 5, 3), 1.0 / 3.0)
    response[:, 0] = [1.0, 0.0, 0.0]
    conduct, threat = np.full(2, 0.5), np.full((2, 4), 0.25)
    warm: Position | None = None
    for _ in range(3000):
        after = _beliefs(response, belief=belief, arrangement=arrangement, world=world)
        nodes = tuple(np.unique([belief, *after.ravel(), after.max() + 1.0]).tolist())
        placed = PlacedGrid(beliefs_at=nodes, balances_at=balance, slices=slices)
        board = Board.lay_out(compiled=slight, future=world, grid=placed)
        defence = defend(war=board.war, table=in_war, compiled=arrangement, future=world)
        board = dataclasses.replace(board, table=table, war_table=in_war, defence=defence)
        usable = warm is not None and warm.value.shape[1:] == board.shape
        last = one_period(board, ending=ending, start=warm if usable else None)
        warm = last.position
        start = (nodes.index(belief), k, 0)
        conjecture = _with(first_position(board), start, conduct=conduct, threat=threat, response=response)
        first = sweep(dataclasses.replace(conjecture, value=last.position.value), board=board)
        here = (..., *start)
        new = (first.position.conduct[here], first.position.threat[here], first.position.response[here])
        old = (conduct, threat, response)
        if max(float(np.max(np.abs(a - b))) for a, b in zip(old, new, strict=True)) < 1e-11:
            return Truncated(board=board, state=start, first=first, last=last, belief_after=after)
        conduct, threat, response = ((a + b) / 2 for a, b in zip(old, new, strict=True))
    raise AssertionError("two periods did not settle")


def _beliefs(response: FloatArray, *, belief: float, arrangement: CompiledArrangement, world: Future) -> FloatArray:
    read = reading(response=response, future=world, opacity=arrangement.opacity)
    post = posterior(log_odds=np.array(belief), read_low=read[0], read_high=read[1])
    return next_log_odds(post, future=world)


def _with(
    position: Position, state: State, *, conduct: FloatArray, threat: FloatArray, response: FloatArray
) -> Position:
    """Put the conjectures of the first period into its one state."""
    at = (..., *state)
    position.conduct[at], position.threat[at], position.response[at] = conduct, threat, response
    return position
