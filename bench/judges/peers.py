"""The game solved by others, in turns with the kernel and the plain oracle: `python -m bench.judges.peers`.

NumPy: `bench/judges/numpy_solver`, the same game in whole arrays, many games at a time.
Gambit: its agent logit equilibrium at lambda = 1 of the tree that this project exports. One period is given to kernel
and oracle as a game whose players care for nothing beyond it (discount factors of 1e-9); monitoring is perfect, and the
gains that arise are among the points of X. Two periods are given to the kernel as the game of
`bench/games/two_periods.py`, which is over after two; attacks are told from peace there, and not from each other,
and one tier is open: a larger tree takes Gambit minutes.
OpenSpiel, where it is installed, reads the same tree. It has no solver for this equilibrium; the nearest that takes the
tree, counterfactual regret minimisation, seeks another (and is sure to find one in zero-sum games of two only), so its
time alone is shown and its choices are not compared.
"""

import argparse
import dataclasses
import importlib
import importlib.metadata
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from bench.games.designs import designs, futures
from bench.games.two_periods import BALANCES, LARGE_SLICES, on_the_clock, the_end, what_follows
from bench.judges.numpy_solver import solve_many
from bench.measuring.repeats import in_turns, print_table, ratios, spread
from foedus.game import Future, Grid, Solution, solve
from foedus.game.gambit import one_period_efg, periods_efg
from foedus.game.kernel import solve_batch
from foedus.game.plain import Board, iterate
from foedus.mechanism.compiled import CompiledArrangement

Game = tuple[CompiledArrangement, Future]
WHOLE = {"grid": Grid(11, 7, 3), "horizon": 20, "tolerance": 1e-4, "max_sweeps": 2000}
GRID = Grid(beliefs=3, balances=3, slices=2)
STATE = (1, 1, 0)
"""Even odds of resolve, even forces, nothing lost: the state in which the one period begins."""
ONE = {"grid": GRID, "horizon": 1, "tolerance": 1e-8, "max_sweeps": 5000}
FINE = Grid(beliefs=401, balances=3, slices=2)
TWO = {"grid": FINE, "horizon": 2, "tolerance": 1e-8, "max_sweeps": 5000}
TIMES = 20
"""How often the kernel solves every small game in one repeat, so that the clock has something to measure."""
SHOCKS = 0.06
"""lam of all three parties; Gambit's path to the equilibrium grows longer with 1 / lam."""
STRIDE = {"first_step": 0.3, "max_accel": 2.0}
"""Gambit's fastest settings here: a fifth to a half of the time of its own, the same equilibrium."""
CFR_ROUNDS = 100


def main() -> None:
    """Print games per second of each, and the ratios within the run."""
    parser = argparse.ArgumentParser(prog="python -m bench.judges.peers", description=__doc__)
    parser.add_argument("--games", type=int, default=2, help="games of one period; as many futures of whole games")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", type=Path, help="also write the rows as JSON")
    options = parser.parse_args()
    tables = [_whole_games(games=options.games, repeats=options.repeats)]
    try:
        gambit: Any = importlib.import_module("pygambit")
    except ImportError:
        print("pygambit is not installed: no trees are solved\n")
    else:
        tables.append(_trees(gambit, games=options.games, repeats=options.repeats))
        tables.append(_openspiel(repeats=options.repeats))
    if options.json:
        options.json.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, Any]:
    print_table(columns, rows, title=title)
    return {"title": title, "rows": [dict(zip(columns, map(str, row), strict=True)) for row in rows]}


def _whole_games(*, games: int, repeats: int) -> dict[str, Any]:
    """Time kernel, NumPy and oracle on the same whole games, one after the other, over and over."""
    some = ("coalition with forces", "article 5, required members")
    pairs = [(designs()[name], future) for future in futures(seed=2, count=games) for name in some]
    found: dict[str, list[Solution]] = {}
    works: list[Callable[[], object]] = [
        lambda: found.update(kernel=solve_batch(*_columns(pairs), threads=1, **WHOLE)),  # type: ignore[arg-type]
        lambda: found.update(numpy=solve_many(pairs, **WHOLE)),  # type: ignore[arg-type]
        lambda: found.update(plain=[solve(*pair, method="plain", **WHOLE) for pair in pairs]),  # type: ignore[arg-type]
    ]
    works[0]()  # compiled, or read from the cache, before any clock runs
    kernel, whole_array, plain = in_turns(works, repeats=repeats)
    rates = [spread([len(pairs) / x for x in times]) for times in (kernel, whole_array, plain)]
    both = [trio for trio in zip(*found.values(), strict=True) if all(each.is_converged for each in trio)]
    gap = max((abs(a.outcome.war - b.outcome.war) for a, b, _ in both), default=float("nan"))
    return _table(
        f"{len(pairs)} games of six guarantors, grid 11,7,3, one thread each, residual below 1e-4, {repeats} repeats:",
        (
            "kernel, games/s",
            "NumPy, games/s",
            "plain oracle, games/s",
            "kernel is faster than NumPy by",
            "NumPy is faster than the oracle by",
            "kernel and NumPy: war apart by",
        ),
        [
            (
                *rates,
                ratios(whole_array, kernel),
                ratios(plain, whole_array),
                f"{gap:.1e} in {len(both)} of {len(pairs)}, where all three converged",
            )
        ],
    )


def _trees(gambit: Any, *, games: int, repeats: int) -> dict[str, Any]:
    rows = [_one_period(gambit, guarantors=n, games=games, repeats=repeats) for n in (1, 2)]
    rows.append(_two_periods(gambit, repeats=min(repeats, 2)))
    return _table(
        f"Games of which Gambit {gambit.__version__} solves the tree, one thread each; kernel and oracle solve every "
        "state of their grid, Gambit one; reading the file is left out:",
        (
            "guarantors",
            "periods",
            "kernel, games/s",
            "plain oracle, games/s",
            "Gambit, games/s",
            "kernel is faster than Gambit by",
            "oracle is faster than Gambit by",
            "chances apart by",
        ),
        rows,
    )


def _one_period(gambit: Any, *, guarantors: int, games: int, repeats: int) -> tuple[object, ...]:
    worlds = [_with_one_period(future) for future in futures(seed=11, count=games)]
    boards = [_exact_board(_arrangement(guarantors), world) for world in worlds]
    pairs = [(board.compiled, world) for board, world in zip(boards, worlds, strict=True)]
    trees = [_read(gambit, one_period_efg(board, state=STATE)) for board in boards]
    theirs: list[Mapping[str, list[float]]] = []
    works: list[Callable[[], object]] = [
        lambda: solve_batch(*_columns(pairs * TIMES), threads=1, **ONE),  # type: ignore[arg-type]
        lambda: [solve(*pair, method="plain", **ONE) for pair in pairs],  # type: ignore[arg-type]
        lambda: theirs.extend(_logit(gambit, tree) for tree in trees),
    ]
    works[0]()
    batch, plain, traced = in_turns(works, repeats=repeats)
    kernel = [x / TIMES for x in batch]
    solved = solve_batch(*_columns(pairs), threads=1, **ONE)  # type: ignore[arg-type]
    gap = max(_gap(chances, solution) for chances, solution in zip(theirs, solved, strict=False))
    rates = [spread([games / x for x in times]) for times in (kernel, plain, traced)]
    return guarantors, 1, *rates, ratios(traced, kernel), ratios(traced, plain), f"{gap:.1e}"


def _two_periods(gambit: Any, *, repeats: int) -> tuple[object, ...]:
    """Solve the game that is over after two periods; the oracle on its default grid is left out, being too coarse."""
    arrangement, world, text = _clock_game()
    tree = _read(gambit, text)
    theirs: list[Mapping[str, list[float]]] = []
    works: list[Callable[[], object]] = [
        lambda: [solve(arrangement, world, **TWO) for _ in range(TIMES)],  # type: ignore[arg-type]
        lambda: theirs.append(_logit(gambit, tree)),
    ]
    works[0]()
    batch, traced = in_turns(works, repeats=repeats)
    kernel = [x / TIMES for x in batch]
    # choices of the first period alone; the second period is in them
    first = solve(arrangement, world, **(TWO | {"horizon": 1}))  # type: ignore[arg-type]
    rates = [spread([1 / x for x in times]) for times in (kernel, traced)]
    return 1, 2, rates[0], "-", rates[1], ratios(traced, kernel), "-", f"{_gap(theirs[0], first):.1e}"


def _openspiel(*, repeats: int) -> dict[str, Any]:
    """Time OpenSpiel's nearest solver on the tree of two periods."""
    try:
        spiel: Any = importlib.import_module("pyspiel")
    except ImportError:
        print("OpenSpiel is not installed (pip install open_spiel): not timed\n")
        return {"title": "OpenSpiel is not installed", "rows": []}
    _, _, text = _clock_game()
    game = spiel.load_efg_game(re.sub(r"\d+/\d+", lambda chance: f"{float(Fraction(chance[0])):.17g}", text))

    def minimise() -> None:
        solver = spiel.CFRSolver(game)
        for _ in range(CFR_ROUNDS):
            solver.evaluate_and_update_policy()

    minimise()
    (times,) = in_turns([minimise], repeats=repeats)
    return _table(
        f"OpenSpiel {importlib.metadata.version('open_spiel')} on the same tree of two periods, "
        f"{game.num_distinct_actions()} actions; another equilibrium is sought, so only the time is shown:",
        ("solver", "rounds", "seconds"),
        [("counterfactual regret minimisation", CFR_ROUNDS, spread(times))],
    )


def _clock_game() -> tuple[CompiledArrangement, Future, str]:
    """Return one guarantor's game that is over after two periods, and its tree."""
    told = np.zeros((2, 4, 5))
    told[:, :2, 0] = 1.0
    told[:, 2:, 2] = 1.0
    arrangement = dataclasses.replace(
        _arrangement(1), confusion=told, blocked=np.array([False, True, False, True]), deployed_force=0.0
    )
    world = on_the_clock(next(iter(futures(seed=11, count=1))), **LARGE_SLICES)
    end = the_end(arrangement, world, slices=FINE.slices)
    board = Board.lay_out(compiled=arrangement, future=world, grid=Grid(3, len(BALANCES), FINE.slices))
    text = periods_efg(board, state=(1, 0, 0), periods=2, ending=what_follows(end, world))
    return arrangement, world, text


def _columns(pairs: Sequence[Game]) -> tuple[list[CompiledArrangement], list[Future]]:
    return [arrangement for arrangement, _ in pairs], [world for _, world in pairs]


def _exact_board(arrangement: CompiledArrangement, world: Future) -> Board:
    """Lay the game out with the gains that arise in the state among the points of the response table."""
    board = Board.lay_out(compiled=arrangement, future=world, grid=GRID)
    for _ in range(12):
        play = iterate(board, tolerance=1e-11, max_sweeps=5000).play
        gains = np.unique(play.gain[(..., *STATE)])
        if np.abs(gains[:, None] - board.compiled.x_grid).min(axis=1).max() < 1e-10:
            return board
        points = np.unique(np.round(np.concatenate([arrangement.x_grid, gains]), 12))
        exact = dataclasses.replace(arrangement, x_grid=points)
        board = Board.lay_out(compiled=exact, future=world, grid=GRID)
    raise RuntimeError("the gains did not settle")


def _arrangement(guarantors: int) -> CompiledArrangement:
    oblige = np.zeros((guarantors, 5, 4))
    oblige[:, 1:, 1:] = np.linspace(0.2, 0.7, guarantors)[:, None, None]
    as_done = np.zeros((2, 4, 5))
    as_done[:, range(4), range(4)] = 1.0
    return CompiledArrangement.from_mapping(
        {
            "weight": [1] * guarantors,
            "interest": [1.0] * guarantors,
            "cost_weight": [1.0] * guarantors,
            "confusion": as_done,
            "oblige": oblige,
            "quorum": [0, *[guarantors] * 3],
            "must": [False] * guarantors,
            "proposer": 0,
            "blocked": [False] * 4,
            "timeliness": 1.0,
            "opacity": 0.0,
            "deployed_force": 0.2,
            "self_defence": 1.0,
            "demilitarised": 0.0,
            "aid": 1.0,
        }
    )


def _with_one_period(future: Future) -> Future:
    """Let nothing beyond the period count, and let it begin in the state that Gambit is given."""
    values = future.to_mapping() | dict.fromkeys(("delta_A", "delta_P", "delta_G"), 1e-9)
    values |= dict.fromkeys(("lam_A", "lam_P", "lam_G"), SHOCKS)
    return Future.from_mapping(values | {"prior": 0.5, "balance_0": float(GRID.balance[STATE[1]])})


def _read(gambit: Any, text: str) -> Any:
    return gambit.read_efg(io.StringIO(text))


def _logit(gambit: Any, tree: Any) -> Mapping[str, list[float]]:
    """Return Gambit's chances of the actions, by label of the information set."""
    chances = gambit.qre.logit_solve_lambda(tree, lam=1.0, **STRIDE)[0]
    infosets = [infoset for player in tree.players for infoset in player.infosets]
    flat = iter(float(chances[i]) for i in range(sum(len(infoset.actions) for infoset in infosets)))
    return {infoset.label: [next(flat) for _ in infoset.actions] for infoset in infosets}


def _gap(theirs: Mapping[str, list[float]], ours: Solution) -> float:
    """Return the largest difference in the chances of provocation, coercion and seizure in the first period."""
    conduct = theirs["conduct"]
    coerce, seize = (sum(conduct[g] * theirs[f"threat {g}"][act] for g in range(2)) for act in (1, 2))
    told = (ours.outcome.provocations, ours.outcome.coercions, ours.outcome.seizures)
    return max(abs(a - b) for a, b in zip(told, (conduct[1], coerce, seize), strict=True))


if __name__ == "__main__":
    main()
