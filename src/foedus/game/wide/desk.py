"""The desk: seats side by side on the device, filled with games, cleared when most are over, filled again."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from itertools import islice
from typing import NamedTuple, TypeAlias

import jax
import numpy as np

from foedus.game.grid import Grid
from foedus.game.wide.forward import Tally, judge
from foedus.game.wide.lanes import Lane, empty, seat, work
from foedus.game.wide.sheet import Game, Sheet, answer
from foedus.values.arrays import BoolArray, IntArray

BURSTS = 5
"""Bursts of sweeps after which the device stops for a moment: questions are answered, Ctrl-C is heard."""
LEAVE = 0.75
"""Share of the seats that have to be over before the desk is cleared."""
NARROWER = 4
"""When no game waits any more, the last ones move to a desk so many times as narrow."""
NARROWEST = 8
"""Seats below which that is not worth compiling for."""


class Terms(NamedTuple):
    """How games are to be solved."""

    grid: Grid
    horizon: int
    tolerance: float
    max_sweeps: int


class Done(NamedTuple):
    """A game that is over."""

    number: int
    game: Game
    sweeps: int
    tally: Tally


Seat: TypeAlias = tuple[int, Game]


def solve_at_desk(games: Iterator[Seat], *, terms: Terms, width: int, pool: Executor) -> Iterator[Done]:
    """Solve numbered games as they come, ``width`` side by side, and give each when it is over.

    What they ask of the consultation is answered by the pool.
    """
    seats: list[Seat | None] = list(islice(games, width))
    if not seats:
        return
    sheets = [game.sheet for _, game in filter(None, seats)]
    lanes, is_new = empty(_stacked(sheets), grid=terms.grid), np.ones(len(seats), np.bool_)
    while any(seats):
        boards, lanes = seat(_stacked(sheets), lanes, is_new, grid=terms.grid)
        leave, most = _leave(len(seats)), terms.max_sweeps * terms.grid.slices
        lanes = work(boards, lanes, terms.tolerance, most, BURSTS, leave, grid=terms.grid)
        _answer(seats, sheets, lanes, pool)
        is_over, is_new = np.asarray(lanes.is_over), np.zeros(len(seats), np.bool_)
        if is_over.sum() < leave:
            continue
        tallies = judge(boards, lanes.found, grid=terms.grid, horizon=terms.horizon)
        yield from _those_over(seats, is_over, _on_this_side(tallies), np.asarray(lanes.sweeps), terms)
        seats = [None if over else each for each, over in zip(seats, is_over, strict=True)]
        for place, newcomer in zip(np.flatnonzero(is_over).tolist(), games, strict=False):
            seats[place], sheets[place], is_new[place] = newcomer, newcomer[1].sheet, True
        if not is_new.any() and _can_narrow(len(seats)):
            stay = np.argsort(is_over, kind="stable")[: len(seats) // NARROWER]
            seats, sheets, is_new = [seats[i] for i in stay], [sheets[i] for i in stay], is_new[stay]
            lanes = jax.tree.map(lambda part, stay=stay: part[stay], lanes)


def _can_narrow(width: int) -> bool:
    return width >= NARROWER * NARROWEST


def _leave(width: int) -> int:
    """Return how many have to be over before the desk is cleared: all, where the last cannot move to a narrower one."""
    return int(np.ceil(LEAVE * width)) if _can_narrow(width) else width


def _answer(seats: list[Seat | None], sheets: list[Sheet], lanes: Lane, pool: Executor) -> None:
    """Write the sheets of those who ask anew."""
    asks, reach = np.asarray(lanes.asks), np.asarray(lanes.reach)
    asking = [(place, each) for place, each in enumerate(seats) if each is not None and asks[place]]
    games = pool.map(answer, [game for _, (_, game) in asking], [tuple(reach[place]) for place, _ in asking])
    for (place, (number, _)), game in zip(asking, games, strict=True):
        seats[place], sheets[place] = (number, game), game.sheet


def _those_over(
    seats: Sequence[Seat | None], is_over: BoolArray, tallies: Tally, count: IntArray, terms: Terms
) -> Iterator[Done]:
    for place in np.flatnonzero(is_over).tolist():
        taken = seats[place]
        if taken is not None:
            tally = Tally(*(part[place] for part in tallies))
            yield Done(*taken, sweeps=-(-int(count[place]) // terms.grid.slices), tally=tally)


def _stacked(sheets: Sequence[Sheet]) -> Sheet:
    stacked: Sheet = jax.tree.map(lambda *parts: np.stack(parts), *sheets)
    return stacked


def _on_this_side(tallies: Tally) -> Tally:
    return Tally(*(np.asarray(part) for part in tallies))  # type: ignore[arg-type]
