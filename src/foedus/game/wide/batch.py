"""Solve many pairs of arrangement and future on one device: seats for so many games, filled as they fall free."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures import Future as Task
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.outcome import Outcome
from foedus.game.plain.fighting import fighting_on
from foedus.game.solution import Solution, SolverStatus
from foedus.game.wide.device import DeviceName, require_device
from foedus.game.wide.sheet import Game, write_sheet
from foedus.mechanism.compiled import CompiledArrangement

if TYPE_CHECKING:
    from jax import Device

    from foedus.game.wide.desk import Done, Terms
    from foedus.game.wide.forward import Tally

AT_MOST = 1024
"""Games side by side on a device with room for as many."""
ON_A_PROCESSOR = 32
"""Games side by side on a device that does not tell how much memory it has."""
BYTES = 1500
"""Memory that a game needs for each pair of beliefs in each balance and slice: 7 MB in all on the default grid."""
Pair: TypeAlias = tuple[CompiledArrangement, Future]


def solve_wide(
    compiled: Sequence[CompiledArrangement],
    futures: Sequence[Future],
    *,
    grid: Grid,
    horizon: int,
    tolerance: float,
    max_sweeps: int,
    device: DeviceName = "gpu",
    together: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Solution]:
    """Solve ``compiled[i]`` in ``futures[i]`` for every i, ``together`` of them side by side (as many as fit).

    The fixed points are those of docs/theory.md, section 8, sought in float64 as `lanes` says; the outcomes are exact
    (section 9). Where a game has several equilibria, another one than the kernel's may be found. Consultation is
    settled on the processor, in threads, as far as it is asked for. ``progress`` hears how many games are done.

    Raises:
        DeviceUnavailable: JAX is not installed, or sees no such device.
        ValueError: the sequences differ in length, or ``horizon`` or ``max_sweeps`` is below 1 or ``tolerance``
            not above 0.
    """
    if horizon < 1 or max_sweeps < 1 or not tolerance > 0:
        raise ValueError(
            "solve_wide: horizon and max_sweeps must be at least 1 and tolerance above 0, "
            f"are {horizon}, {max_sweeps} and {tolerance}"
        )
    pairs = list(zip(compiled, futures, strict=True))
    place = require_device(device)
    from jax import default_device, enable_x64

    from foedus.game.wide.desk import Terms, solve_at_desk

    solutions: dict[int, Solution] = {}
    points = max((len(arrangement.x_grid) for arrangement in compiled), default=0)
    width = max(1, min(together or _seats(place, grid), len(pairs)))
    terms = Terms(grid, horizon, tolerance, max_sweeps)
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        with enable_x64(True), default_device(place):
            games = _written(pairs, points=points, ahead=2 * width, pool=pool)
            for done in solve_at_desk(games, terms=terms, width=width, pool=pool):
                solutions[done.number] = _solution(done, terms)
                if progress:
                    progress(len(solutions))
    finally:
        pool.shutdown(cancel_futures=True)
    return [solutions[number] for number in range(len(pairs))]


def _seats(place: "Device", grid: Grid) -> int:
    """Return how many games fit into the memory of the device."""
    limit = (place.memory_stats() or {}).get("bytes_limit")
    if limit is None:
        return ON_A_PROCESSOR
    return max(1, min(AT_MOST, int(limit) // (BYTES * grid.slices * grid.balances * grid.beliefs**2)))


def _written(pairs: Iterable[Pair], *, points: int, ahead: int, pool: Executor) -> Iterator[tuple[int, Game]]:
    """Write the sheets of all games in the pool, in order and not too far ahead."""
    waiting: deque[tuple[int, Task[Game]]] = deque()
    for number, pair in enumerate(pairs):
        waiting.append((number, pool.submit(write_sheet, *pair, points=points)))
        if len(waiting) > ahead:
            yield _first(waiting)
    while waiting:
        yield _first(waiting)


def _first(waiting: deque[tuple[int, Task[Game]]]) -> tuple[int, Game]:
    number, task = waiting.popleft()
    return number, task.result()


def _solution(done: "Done", terms: "Terms") -> Solution:
    residual = float(done.tally.residual)
    return Solution(
        outcome=_outcome(done.game, done.tally),
        status=SolverStatus.CONVERGED if residual < terms.tolerance else SolverStatus.NOT_CONVERGED,
        residual=residual,
        sweeps=done.sweeps,
        tolerance=terms.tolerance,
        method="wide",
        grid=terms.grid,
        horizon=terms.horizon,
    )


def _outcome(game: Game, tally: "Tally") -> Outcome:
    fight_A, fight_P, fight_G = fighting_on(game.future)
    value = tally.value.tolist()
    return Outcome(
        war=float(tally.war_by_t.sum()),
        defend=float(tally.defend),
        entrap=float(tally.entrap),
        conquest=float(tally.conquest),
        lost=game.future.slice * float(tally.captures),
        seizures=float(tally.seizures),
        coercions=float(tally.coercions),
        provocations=float(tally.provocations),
        withdrawals=float(tally.withdrawals),
        honoured=float(tally.honoured),
        breached=float(tally.breached),
        cost_guarantors=_costs(game, tally),
        value_A=value[0],
        value_P=value[1],
        value_G=(value[2], value[3]),
        fight_A=fight_A,
        fight_P=fight_P,
        fight_G=fight_G,
        war_by_t=tuple(tally.war_by_t.tolist()),
    )


def _costs(game: Game, tally: "Tally") -> tuple[float, ...]:
    """Return (i) expected cost: tiers executed in which i joined, and its share of wars of defence (section 9)."""
    future, joined = game.future, game.answers.joined
    # points filled up beyond the end of X give the answer of the last
    number = np.add.reduceat(tally.proposed, np.arange(joined.shape[2]), axis=-1)
    spent = np.einsum("nrx,nrxi,r->i", number, joined, np.array(future.tier_cost))
    cost = game.compiled.cost_weight * (spent + future.war_cost_G * float(tally.defend))
    return tuple(cost.tolist())
