"""Solve many pairs of arrangement and future, on as many cores as there are."""

import itertools
import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from threading import get_ident

import numpy as np

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.kernel.forward import events
from foedus.game.kernel.forward.account import Account, push_forward
from foedus.game.kernel.forward.events import Courses, new_courses
from foedus.game.kernel.keeping.ready import CodeFor, make_ready
from foedus.game.kernel.search.find import DEFAULT_WAY, Found, Terms, Way, find, marked_alike, new_memory, terms_of
from foedus.game.kernel.search.iterate import Memory
from foedus.game.kernel.stage.clauses import Clauses, pack_clauses, pack_future
from foedus.game.kernel.stage.game import odds_of
from foedus.game.outcome import Outcome
from foedus.game.solution import Solution, SolverStatus
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray


def solve_kernel(
    compiled: CompiledArrangement, future: Future, *, grid: Grid, horizon: int, tolerance: float, max_sweeps: int
) -> Solution:
    """Solve one arrangement in one future; see `solve_batch`."""
    return solve_batch(
        [compiled], [future], grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps, threads=1
    )[0]


def solve_batch(
    compiled: Sequence[CompiledArrangement],
    futures: Sequence[Future],
    *,
    grid: Grid,
    horizon: int,
    tolerance: float,
    max_sweeps: int,
    threads: int | None = None,
    way: Way = DEFAULT_WAY,
    warm: Sequence[FloatArray | None] | None = None,
    keeps_points: bool = False,
) -> list[Solution]:
    """Solve ``compiled[i]`` in ``futures[i]`` for every i; each on one core, the results independent of ``threads``.

    ``way`` says how the fixed point is sought (docs/decisions/006-convergence.md): slice by slice, by one relaxation
    after another, from zero values and uniform policies; a slice that resists is followed down from high lam.

    With ``keeps_points`` each solution carries its fixed point (`Solution.point`, some 150 kB on the default grid), and
    ``warm[i]`` is such a point to start game i from: when a clause has changed, much is still in its place. Where a
    game has several equilibria, a warm start may end at another one than a start from nothing.

    Raises:
        ValueError: the sequences differ in length, ``horizon`` or ``max_sweeps`` is below 1, ``tolerance`` is not above
            0, or the grid has more slices than the stake.
    """
    if horizon < 1 or max_sweeps < 1 or not tolerance > 0:
        raise ValueError(
            "solve_batch: horizon and max_sweeps must be at least 1 and tolerance above 0, "
            f"are {horizon}, {max_sweeps} and {tolerance}"
        )
    for future in futures:
        grid.refuse_slices_beyond(future.slice)
    clauses = {i: pack_clauses(arrangement) for i, arrangement in {id(each): each for each in compiled}.items()}
    points = warm if warm is not None else [None] * len(futures)
    terms = terms_of(grid=grid, horizon=horizon, tolerance=tolerance, max_sweeps=max_sweeps, way=way)
    games = [
        (*marked_alike(clauses[id(arrangement)], terms), future, point)
        for arrangement, future, point in zip(compiled, futures, points, strict=True)
    ]
    for marked in {bool(marked.many_chunks): marked for _, marked, _, _ in games}.values():
        make_ready_for(marked)
    found: list[Solution | None] = [None] * len(games)
    counter = itertools.count()

    def work() -> None:
        for i in counter:
            if i >= len(games):
                break
            a, marked, future, point = games[i]
            found[i] = _solve_one(a, future, grid=grid, terms=marked, warm=point, keeps_point=keeps_points)

    workers = min(threads or os.cpu_count() or 1, len(games))
    if workers <= 1:
        work()
    else:
        with ThreadPoolExecutor(max_workers=workers) as pool:
            for task in [pool.submit(work) for _ in range(workers)]:
                task.result()
    return [solution for solution in found if solution is not None]


def make_ready_for(terms: Terms) -> None:
    """Have the machine code at hand that games on such terms need."""
    make_ready(CodeFor.LARGE_GAMES if terms.many_chunks else CodeFor.GAMES)


@lru_cache(maxsize=64)
def memory_of(thread: int, grid: Grid, points: int) -> tuple[Memory, Memory, Courses]:
    """Return a thread's memory for a grid; fresh memory for every game would cost as much as some sweeps."""
    rough, fine = new_memory(grid=grid, points=points)
    shape = (grid.beliefs, grid.balances, grid.slices, odds_of(grid).shape[0])
    return rough, fine, new_courses(shape)


def _solve_one(
    a: Clauses, future: Future, *, grid: Grid, terms: Terms, warm: FloatArray | None, keeps_point: bool
) -> Solution:
    rough, fine, courses = memory_of(get_ident(), grid, len(a.x_grid))
    if warm is not None:
        fine.z[:] = warm
    f = pack_future(future)
    found = find(f, a, terms=terms, rough=rough, fine=fine, is_warm=warm is not None)
    account = push_forward(f, a, found, fine, courses, terms.balance, terms.horizon)
    solution = solution_of(found, account, future=future, terms=terms, grid=grid)
    return replace(solution, point=fine.z.astype(np.float32)) if keeps_point else solution


def solution_of(
    found: Found, account: Account, *, future: Future, terms: Terms, grid: Grid, method: str = "kernel"
) -> Solution:
    """Return what was found, with its pedigree."""
    return Solution(
        outcome=_outcome(future, account),
        status=SolverStatus.of(residual=found.residual, joining=found.miss, tolerance=terms.tolerance),
        residual=found.residual,
        joining=found.miss,
        sweeps=found.sweeps,
        tolerance=terms.tolerance,
        method=method,
        grid=grid,
        horizon=terms.horizon,
    )


def _outcome(future: Future, account: Account) -> Outcome:
    wins = _wins_fighting_on(future)
    number = account.expected.tolist()
    value = account.value.tolist()
    return Outcome(
        war=float(account.war_by_t.sum()),
        defend=number[events.DEFEND],
        entrap=number[events.ENTRAP],
        accidental=number[events.ACCIDENTAL],
        conquest=number[events.CONQUEST],
        lost=future.slice * number[events.CAPTURES],
        seizures=number[events.SEIZURES],
        invasions=number[events.INVASIONS],
        coercions=number[events.COERCIONS],
        provocations=number[events.PROVOCATIONS],
        accidents=number[events.ACCIDENTS],
        withdrawals=number[events.WITHDRAWALS],
        resisted=number[events.RESISTED],
        yielded=number[events.YIELDED],
        honoured=number[events.HONOURED],
        breached=number[events.BREACHED],
        cost_guarantors=tuple(account.cost.tolist()),
        value_A=value[0],
        value_P=value[1],
        value_G=(value[2], value[3]),
        fight_A=future.stake_A * wins - future.war_cost_A,
        fight_P=-wins - future.war_cost_P,
        fight_G=(-future.resolve_low * wins, -future.resolve_high * wins),
        war_by_t=tuple(account.war_by_t.tolist()),
    )


def _wins_fighting_on(future: Future) -> float:
    """Return w at balance_0 with tier support executed and no arrangement in force (section 9)."""
    force = future.tier_force[1] - future.counter_force[1]
    return 1.0 / (1.0 + math.exp(-future.decisiveness * (future.balance_0 - force)))
