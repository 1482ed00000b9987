"""Compile the kernel: every function that Python calls, for arguments like those that it is given.

Each of a kind's two halves is made by a process of its own, always in the same order; the halves take about as long.
Such a process reads its input to the end and stops there: when who has started it dies, so does it.
"""

import gc
import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np

from foedus.game.future import PER_CRISIS_TIER, PER_TIER, Future
from foedus.game.grid import Grid
from foedus.game.kernel.consultation.crisis import asked_in_cells, largest_miss
from foedus.game.kernel.consultation.table import Questions, nothing_known, refine, settle
from foedus.game.kernel.consultation.war import DefenceTable
from foedus.game.kernel.forward.costs import proposals_made
from foedus.game.kernel.forward.crises import count_warnings
from foedus.game.kernel.forward.events import count_courses, new_courses, wars_of
from foedus.game.kernel.forward.push import add_up, begin, push
from foedus.game.kernel.keeping import kept
from foedus.game.kernel.keeping.ready import CodeFor, Half
from foedus.game.kernel.machine.jit import leave_out_parts_of_numba
from foedus.game.kernel.search.find import DEFAULT_WAY, lay_out_game, marked_alike, new_memory, open_game, terms_of
from foedus.game.kernel.search.iterate import begin_search, iterate
from foedus.game.kernel.stage.clauses import Clauses, pack_clauses, pack_future
from foedus.game.kernel.stage.fighting import Lottery
from foedus.game.kernel.stage.game import Game, narrow
from foedus.game.kernel.stage.layout import CRISIS_TIERS, FINDINGS, PARTIES, QUESTIONS, SIGHTS, THREATS, TYPES
from foedus.mechanism.compiled import CompiledArrangement

Call = tuple[Any, tuple[Any, ...]]
"""A function and its arguments."""


def calls(kind: CodeFor, half: Half) -> Iterator[Call]:
    """Name what is compiled, in order; only the types of the arguments count."""
    grid = Grid(beliefs=17 if kind in (CodeFor.LARGE_GAMES, CodeFor.LARGE_RECORDS) else 3, balances=3, slices=2)
    f = pack_future(_future())
    a, terms = marked_alike(pack_clauses(_arrangement()), terms_of(grid=grid, horizon=2, tolerance=1.0, max_sweeps=1))
    game, (rough, fine) = _game(a, grid, terms.odds, terms.many_chunks), new_memory(grid=grid, points=len(a.x_grid))
    lottery, defence, questions = _lottery(grid), _defence(grid), _questions(len(a.weight))
    consultation = nothing_known(len(a.x_grid), len(a.weight))
    asked = np.zeros((QUESTIONS, len(a.x_grid)), dtype=np.bool_)
    courses, first = new_courses(game.shape), begin(f, game, terms.balance)
    visits = np.zeros((TYPES, *first.shape))
    wars = wars_of(a, lottery.win, defence.chi)
    if kind in (CodeFor.RECORDS, CodeFor.LARGE_RECORDS):
        if half is Half.OTHERS:
            yield count_warnings, (a, game, defence.chi, fine.work, fine.new)
    elif half is Half.SEARCH:
        for each, memory in ((narrow(game), rough), (game, fine)):
            yield (
                iterate,
                (f, a, each, consultation, memory, 0, 1.0, DEFAULT_WAY.relaxations, 1.0, 1, begin_search(0)),
            )
    else:
        yield open_game, (f, a, terms.balance, grid.slices)
        yield settle, (f, a, questions, consultation, asked)
        yield (
            lay_out_game,
            (f, a, questions, consultation, lottery, terms.odds, terms.many_chunks, terms.balance, grid.beliefs),
        )
        for memory in (rough, fine):
            yield asked_in_cells, (a.x_grid, game.open, consultation.span, memory.work.gain, 0, 1)
        yield largest_miss, (a.x_grid, game.open, consultation.miss, fine.work.gain, 1)
        yield count_courses, (a, game, wars, fine.work, fine.new, courses)
        yield push, (f, game, courses, first, 2)
        yield add_up, (game.shape, courses.event, visits, first, fine.new)
        yield proposals_made, (a, game, lottery, defence, fine.work, fine.new, visits)
        yield refine, (f, a, questions, consultation, asked)


def make(kind: CodeFor, half: Half) -> None:
    """Compile what half of a kind of work needs."""
    for function, arguments in calls(kind, half):
        function.compile(tuple(function.typeof_pyval(argument) for argument in arguments))


def _arrangement() -> CompiledArrangement:
    """Return two guarantors of different weight who decide together."""
    findings, tiers, members = 5, 4, 2
    return CompiledArrangement(
        weight=np.array([1, 2]),
        interest=np.ones(members),
        cost_weight=np.ones(members),
        confusion=np.full((3, 4, findings), 1.0 / findings),
        governs=np.array([[0, 1, 2, 3, 4]] * 2),
        oblige=np.zeros((members, findings, tiers)),
        quorum=np.array([0, 3, 3, 3]),
        must=np.zeros(members, dtype=np.bool_),
        proposer=0,
        blocked=np.zeros(tiers, dtype=np.bool_),
        timeliness=np.ones(tiers),
        calm=0.0,
        exposure=0.0,
        opacity=0.0,
        deployed_force=0.0,
        self_defence=0.0,
        demilitarised=0.0,
        aid=0.0,
    )


def _future() -> Future:
    """Return a future in which every number is a tenth, and no tier 0."""
    values: dict[str, Any] = {field.name: 0.1 for field in fields(Future)}
    values |= {name: (0.0, 0.1, 0.1, 0.1)[: 3 if name in PER_CRISIS_TIER else 4] for name in PER_TIER}
    return Future(**values)


def _game(a: Clauses, grid: Grid, odds: Any, many_chunks: Any) -> Game:
    """Return a game in which every number is 0."""
    party, columns = np.zeros(PARTIES), grid.slices * grid.balances
    return Game(
        shape=(grid.beliefs, grid.balances, grid.slices, len(odds)),
        many_chunks=many_chunks,
        odds=odds,
        move=np.zeros((CRISIS_TIERS, grid.balances, grid.balances)),
        band=np.zeros((CRISIS_TIERS, grid.balances, 2), dtype=np.int64),
        war=np.zeros((columns, FINDINGS, CRISIS_TIERS, 6)),
        success=np.zeros((grid.slices, CRISIS_TIERS)),
        coerced=party,
        taken=party,
        delta=party,
        resent=party,
        act=np.zeros((SIGHTS, THREATS)),
        confusion=a.confusion,
        governs=a.governs,
        duty=np.zeros((FINDINGS, CRISIS_TIERS)),
        x_grid=a.x_grid,
        open=np.zeros(CRISIS_TIERS),
        rho=0.0,
        phi=0.0,
        lam_A=0.0,
        lam_P=0.0,
        lam_G=0.0,
    )


def _lottery(grid: Grid) -> Lottery:
    columns = grid.slices * grid.balances
    return Lottery(np.zeros((grid.balances, CRISIS_TIERS, 2)), np.zeros((columns, CRISIS_TIERS, TYPES)))


def _defence(grid: Grid) -> DefenceTable:
    table = np.zeros((grid.slices * grid.balances, FINDINGS, CRISIS_TIERS, TYPES))
    return DefenceTable(table, table)


def _questions(kinds: int) -> Questions:
    whole = np.zeros(QUESTIONS, dtype=np.int64)
    return Questions(whole, np.zeros((QUESTIONS, kinds)), whole, whole, np.zeros(QUESTIONS, dtype=np.bool_))


def main() -> None:
    """Make the half that is named second of the kind of code that is named first, in the folder that is named last."""
    kind, half, folder = sys.argv[1:]
    Thread(target=_stop_with_who_has_started_this, daemon=True).start()
    # a compiler makes much and throws little away before it ends
    gc.disable()
    leave_out_parts_of_numba()
    kept.write_to(Path(folder))
    make(CodeFor(kind), Half(half))


def _stop_with_who_has_started_this() -> None:
    # not through sys.stdin, whose lock this thread would hold when the process ends by itself
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
