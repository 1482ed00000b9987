"""One period of the game solved by Gambit, by the plain oracle and by the kernel: `python -m bench.peers`.

Gambit is given the file that this project exports; its logit equilibrium at lambda = 1 is the equilibrium of the period
with nothing to come. Oracle and kernel are given the same game as one whose players care for nothing beyond the period
(discount factors of 1e-9), and solve it in every state of their grid at once; Gambit solves it in the one state in
which the outcomes are read. Guarantors can tell what was done: monitoring is perfect. The gains that arise in the state
are among the points at which oracle and kernel tabulate responses, so that nothing is interpolated there.
"""

import argparse
import dataclasses
import io
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from bench.designs import futures
from bench.repeats import in_turns, print_table, ratios, spread
from foedus.game import Future, Grid, Solution, solve
from foedus.game.export_gambit import one_period_efg
from foedus.game.kernel import solve_batch
from foedus.game.plain import Board, iterate
from foedus.mechanism.compiled import CompiledArrangement

GRID = Grid(beliefs=3, balances=3, slices=2)
STATE = (1, 1, 0)
"""Even odds of resolve, even forces, nothing lost: the state in which the one period begins."""
TERMS = {"grid": GRID, "horizon": 1, "tolerance": 1e-8, "max_sweeps": 5000}
TIMES = 20
"""How often the kernel solves every game in one repeat, so that the clock has something to measure."""
TIMES = 20
"""How often the kernel solves every game in one repeat, so that the clock has something to measure."""
SHOCKS = 0.06
"""lam of all three parties; Gambit's path to the equilibrium grows longer with 1 / lam."""


def main() -> None:
    """Print games per second of all three and ratios to Gambit, for one and for two guarantors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--games", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    try:
        import pygambit
    except ImportError:
        sys.exit("pygambit is not installed")
    rows = [_row(pygambit, guarantors=n, games=options.games, repeats=options.repeats) for n in (1, 2)]
    print_table(
        ("guarantors", "kernel, games/s", "plain oracle, games/s", "Gambit, games/s", "Gambit with the file",
         "kernel is faster than Gambit by", "oracle is faster than Gambit by", "chances apart by"),
        rows,
        title=f"{options.games} games, one thread each, {options.repeats} repeats; kernel and oracle solve "
        f"{GRID.beliefs * GRID.balances * GRID.slices} states, Gambit {pygambit.__version__} one; ratios leave out "
        "writing and reading the file:",
    )  # fmt: skip


def _row(gambit: Any, *, guarantors: int, games: int, repeats: int) -> tuple[object, ...]:
    worlds = [_with_one_period(future) for future in futures(seed=11, count=games)]
    boards = [_exact_board(_arrangement(guarantors), world) for world in worlds]
    compiled = [board.compiled for board in boards]
    trees = [_read(gambit, board) for board in boards]
    theirs: list[Mapping[str, list[float]]] = []
    works: list[Callable[[], object]] = [
        lambda: solve_batch(compiled * TIMES, worlds * TIMES, threads=1, **TERMS),  # type: ignore[arg-type]
        lambda: [solve(*pair, method="plain", **TERMS) for pair in zip(compiled, worlds, strict=True)],  # type: ignore[arg-type]
        lambda: theirs.extend(_logit(gambit, tree) for tree in trees),
        lambda: [_read(gambit, board) for board in boards],
    ]
    works[0]()  # compiled, or read from the cache, before any clock runs
    batch, plain, traced, read = in_turns(works, repeats=repeats)
    kernel = [x / TIMES for x in batch]
    solved = solve_batch(compiled, worlds, threads=1, **TERMS)  # type: ignore[arg-type]
    gap = max(_gap(chances, solution) for chances, solution in zip(theirs, solved, strict=False))
    whole = [a + b for a, b in zip(traced, read, strict=True)]
    rates = [spread([games / x for x in times]) for times in (kernel, plain, traced, whole)]
    return guarantors, *rates, ratios(traced, kernel), ratios(traced, plain), f"{gap:.1e}"


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
            "weight": [1] * guarantors, "interest": [1.0] * guarantors, "cost_weight": [1.0] * guarantors,
            "confusion": as_done, "oblige": oblige, "quorum": [0, *[guarantors] * 3], "must": [False] * guarantors,
            "proposer": 0, "blocked": [False] * 4, "timeliness": 1.0, "opacity": 0.0, "deployed_force": 0.2,
            "self_defence": 1.0, "demilitarised": 0.0, "aid": 1.0,
        }
    )  # fmt: skip


def _with_one_period(future: Future) -> Future:
    """Let nothing beyond the period count, and let it begin in the state that Gambit is given."""
    values = future.to_mapping() | dict.fromkeys(("delta_A", "delta_P", "delta_G"), 1e-9)
    values |= dict.fromkeys(("lam_A", "lam_P", "lam_G"), SHOCKS)
    return Future.from_mapping(values | {"prior": 0.5, "balance_0": float(GRID.balance[STATE[1]])})


def _read(gambit: Any, board: Board) -> Any:
    return gambit.read_efg(io.StringIO(one_period_efg(board, state=STATE)))


def _logit(gambit: Any, tree: Any) -> Mapping[str, list[float]]:
    """Return Gambit's chances of the actions, by label of the information set."""
    chances = gambit.qre.logit_solve_lambda(tree, lam=1.0)[0]
    infosets = [infoset for player in tree.players for infoset in player.infosets]
    flat = iter(float(chances[i]) for i in range(sum(len(infoset.actions) for infoset in infosets)))
    return {infoset.label: [next(flat) for _ in infoset.actions] for infoset in infosets}


def _gap(theirs: Mapping[str, list[float]], ours: Solution) -> float:
    """Return the largest difference in the chances of provocation, coercion and seizure."""
    conduct = theirs["conduct"]
    coerce, seize = (sum(conduct[g] * theirs[f"threat {g}"][act] for g in range(2)) for act in (1, 2))
    told = (ours.outcome.provocations, ours.outcome.coercions, ours.outcome.seizures)
    return max(abs(a - b) for a, b in zip(told, (conduct[1], coerce, seize), strict=True))


if __name__ == "__main__":
    main()
