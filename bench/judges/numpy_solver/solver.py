"""Time iteration over blocks of games, every conjecture in every state with a share of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.judges.numpy_solver.consultation import Pair, tabulate
from bench.judges.numpy_solver.stage import Array, Block, Point, first_point, lay_out, sweep
from foedus.game.grid import Grid
from foedus.game.plain.board import Board
from foedus.game.plain.consultation import ConsultationTable
from foedus.game.plain.fighting import war
from foedus.game.plain.forward import outcome_of
from foedus.game.plain.iterate import change
from foedus.game.plain.movement import balance_transition
from foedus.game.plain.stage import Position
from foedus.game.plain.stage import sweep as sweep_plainly
from foedus.game.solution import Solution, SolverStatus
from foedus.values.arrays import FloatArray

TOGETHER = 8
"""Games in a block: as many as keep the arrays of a sweep in the processor's cache."""
FALL, RISE, LEAST, MOST = 0.7, 1.02, 0.02, 0.5
"""The share of a conjecture falls when its miss changes sign and rises otherwise, between bounds (decision 006)."""


@dataclass(eq=False)
class _Work:
    """A block of games on their way; a game that is done leaves."""

    block: Block
    point: Point
    shares: list[Array]
    misses: list[Array]
    places: Array
    """(f) which game of the batch."""


def solve_many(
    pairs: Sequence[Pair],
    *,
    grid: Grid,
    horizon: int,
    tolerance: float,
    max_sweeps: int,
    dtype: type = np.float64,
    together: int = TOGETHER,
) -> list[Solution]:
    """Solve every pair; residual and outcome come from one sweep of the plain oracle at the point that is found.

    Raises:
        ValueError: the points of X are not evenly spaced.
    """
    tables = tabulate(pairs)
    found: dict[int, Solution] = {}
    for first in range(0, len(pairs), together):
        part = list(pairs[first : first + together])
        block = lay_out(part, [table.executed for table in tables[first : first + together]], grid=grid, dtype=dtype)
        for place, (point, sweeps) in _iterate(block, tolerance=tolerance, max_sweeps=max_sweeps).items():
            found[first + place] = _solution(
                part[place],
                tables[first + place],
                point,
                grid=grid,
                horizon=horizon,
                tolerance=tolerance,
                sweeps=sweeps,
            )
    return [found[place] for place in range(len(pairs))]


def _iterate(block: Block, *, tolerance: float, max_sweeps: int) -> dict[int, tuple[Point, int]]:
    """Return the point and the sweeps of each game, by its place in the block."""
    games = len(block.move)
    start = first_point(games, grid=block.grid, dtype=block.move.dtype.type)
    work = _Work(
        block,
        start,
        [np.full_like(x, MOST) for x in start.conjectures],
        [np.zeros_like(x) for x in start.conjectures],
        np.arange(games),
    )
    done: dict[int, tuple[Point, int]] = {}
    for count in range(1, max_sweeps + 1):
        new = sweep(work.point, work.block)
        misses = [b - a for a, b in zip(work.point.conjectures, new.conjectures, strict=True)]
        residual = _residual(work.point, new, misses)
        ready = residual < tolerance if count < max_sweeps else np.ones_like(residual, dtype=bool)
        for f in np.flatnonzero(ready):
            done[int(work.places[f])] = (work.point.only(np.array([f])), count)
        if ready.all():
            break
        _relax(work, new, misses)
        if ready.any():
            _leave(work, np.flatnonzero(~ready))
    return done


def _residual(old: Point, new: Point, misses: Sequence[Array]) -> FloatArray:
    """Return (f) the largest change of any value or policy."""
    games = len(old.value)
    none = misses[2].sum(axis=3)
    changes = [new.value - old.value, *misses, none]
    return np.asarray(np.max([np.abs(x).reshape(games, -1).max(axis=1) for x in changes], axis=0))


def _relax(work: _Work, new: Point, misses: list[Array]) -> None:
    """Replace values; move each conjecture its own share of the way."""
    moved = []
    for old, miss, last, share in zip(work.point.conjectures, misses, work.misses, work.shares, strict=True):
        np.multiply(share, np.where(miss * last < 0, FALL, RISE).astype(share.dtype), out=share)
        np.clip(share, LEAST, MOST, out=share)
        moved.append(old + share * miss)
    work.point, work.misses = Point(new.value, *moved), misses


def _leave(work: _Work, staying: Array) -> None:
    work.block, work.point = work.block.only(staying), work.point.only(staying)
    work.shares, work.misses = [x[staying] for x in work.shares], [x[staying] for x in work.misses]
    work.places = work.places[staying]


def _solution(
    pair: Pair, table: ConsultationTable, point: Point, *, grid: Grid, horizon: int, tolerance: float, sweeps: int
) -> Solution:
    compiled, future = pair
    success = np.tile(np.array(future.seize_success)[:, None], (1, grid.slices))
    success[:, -1] = 0.0
    board = Board(
        compiled=compiled,
        future=future,
        grid=grid,
        war=war(compiled=compiled, future=future, balance=grid.balance, slices=grid.slices),
        transition=balance_transition(compiled=compiled, future=future, balance=grid.balance),
        table=table,
        seize_success=success,
    )
    position = _position(point)
    play = sweep_plainly(position, board=board)
    residual = change(position, play.position)
    return Solution(
        outcome=outcome_of(play, board=board, horizon=horizon),
        status=SolverStatus.CONVERGED if residual < tolerance else SolverStatus.NOT_CONVERGED,
        residual=residual,
        sweeps=sweeps,
        tolerance=tolerance,
        method="numpy",
        grid=grid,
        horizon=horizon,
    )


def _position(point: Point) -> Position:
    """Write the point of one game in the oracle's axes: the state is (b, k, s) there, and no breach is a row."""
    response = np.zeros((2, 5, 4, *point.response.shape[4:]))
    response[:, 1:, 1:] = point.response[0]
    response[:, :, 0] = 1.0 - response[:, :, 1:].sum(axis=2)
    provoke = point.conduct[0, 0].astype(np.float64)
    return Position(
        value=point.value[0].transpose(1, 2, 0, 3).astype(np.float64),
        conduct=np.stack([1.0 - provoke, provoke]).swapaxes(1, 2),
        threat=point.threat[0].swapaxes(2, 3).astype(np.float64),
        response=response.swapaxes(3, 4),
    )
