"""How the kernel compares with the plain oracle, and how its time grows: `python -m bench.kernel.scaling`."""

import argparse
import dataclasses
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from bench.games.pairs import Games, designed
from bench.measuring.repeats import in_turns, print_table, ratios, seconds, spread
from foedus.game import Grid, Solution, solve
from foedus.game.kernel import solve_batch
from foedus.mechanism.compiled import CompiledArrangement

GRIDS = (Grid(balances=7), Grid(balances=13), Grid(), Grid(21, 25, 3), Grid(11, 25, 6))
GUARANTORS = (1, 2, 6, 10, 20, 30, 40)
BATCHES = (10, 100, 1000)
TERMS = {"horizon": 20, "tolerance": 1e-4, "max_sweeps": 2000}


def main() -> None:
    """Print every table, or those that are named."""
    tables: dict[str, Callable[[argparse.Namespace], None]] = {
        "oracle": _oracle,
        "threads": _threads,
        "grids": _grids,
        "guarantors": _guarantors,
        "futures": _futures,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=list(tables), default=list(tables), metavar="TABLE")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--futures", type=int, default=4, help="futures of each of ten designs, for the kernel alone")
    parser.add_argument("--oracle", type=int, default=4, help="games of the comparison with the plain oracle")
    parser.add_argument("--most", type=int, default=max(BATCHES), help="games in the largest batch")
    options = parser.parse_args()
    _kernel(designed(count=1), grid=Grid(), threads=1)  # compiled, or read from the cache, before any clock runs
    for name in options.only:
        tables[name](options)


def _oracle(options: argparse.Namespace) -> None:
    every = designed(count=-(-options.oracle // 10))
    pairs = every[0][: options.oracle], every[1][: options.oracle]
    rows = []
    for grid in (Grid(balances=7), Grid()):
        kernel, plain = in_turns(
            [lambda: _kernel(pairs, grid=grid, threads=1), lambda: _plain(pairs, grid=grid)],  # noqa: B023
            repeats=options.repeats,
        )
        gap = _largest_gap(_kernel(pairs, grid=grid, threads=1), _plain(pairs, grid=grid))
        rows.append((_named(grid), _rate(kernel, pairs), _rate(plain, pairs), ratios(plain, kernel), gap))
    print_table(
        ("grid B,K,S", "kernel, games/s", "plain oracle, games/s", "kernel is faster by", "chance of war apart by"),
        rows,
        title=f"{options.oracle} games, one thread each, residual below 1e-4, {options.repeats} repeats:",
    )


def _threads(options: argparse.Namespace) -> None:
    pairs = designed(count=options.futures)
    rows = []
    for grid in (Grid(balances=7), Grid()):
        one, two = in_turns(
            [lambda: _kernel(pairs, grid=grid, threads=1), lambda: _kernel(pairs, grid=grid, threads=2)],  # noqa: B023
            repeats=options.repeats,
        )
        rows.append((_named(grid), _rate(one, pairs), _rate(two, pairs), ratios(one, two)))
    print_table(
        ("grid B,K,S", "one thread, games/s", "two threads, games/s", "two are faster by"),
        rows,
        title=f"{len(pairs[0])} games, {options.repeats} repeats:",
    )


def _grids(options: argparse.Namespace) -> None:
    pairs = designed(count=1)
    times = in_turns(
        [lambda grid=grid: _kernel(pairs, grid=grid, threads=1) for grid in GRIDS],  # type: ignore[misc]
        repeats=options.repeats,
    )
    rows = [
        (
            _named(grid),
            grid.beliefs * grid.balances * grid.slices,
            _milliseconds(taken, pairs),
            ratios(taken, times[0]),
            _sweeps(_kernel(pairs, grid=grid, threads=1)),
            _megabytes(pairs, grid=grid),
        )
        for grid, taken in zip(GRIDS, times, strict=True)
    ]
    print_table(
        ("grid B,K,S", "states", "ms a game", "times the first", "sweeps, median", "memory of one game, MB"),
        rows,
        title=f"{len(pairs[0])} games of six guarantors, one thread, {options.repeats} repeats:",
    )


def _guarantors(options: argparse.Namespace) -> None:
    base = designed(count=1)
    sized = [([_with_guarantors(design, count) for design in base[0]], base[1]) for count in GUARANTORS]
    times = in_turns(
        [lambda pairs=pairs: _kernel(pairs, grid=Grid(), threads=1) for pairs in sized],  # type: ignore[misc]
        repeats=options.repeats,
    )
    rows = [
        (
            count,
            _milliseconds(taken, pairs),
            ratios(taken, times[0]),
            _sweeps(_kernel(pairs, grid=Grid(), threads=1)),
            _megabytes(pairs, grid=Grid()),
        )
        for count, pairs, taken in zip(GUARANTORS, sized, times, strict=True)
    ]
    print_table(
        ("guarantors", "ms a game", "times the first", "sweeps, median", "memory of one game, MB"),
        rows,
        title=f"{len(base[0])} games on the grid {_named(Grid())}, one thread, {options.repeats} repeats:",
    )


def _futures(options: argparse.Namespace) -> None:
    rows = []
    first: float | None = None
    for count in sorted({min(count, options.most) for count in BATCHES}):
        every = designed(count=-(-count // 10))
        pairs = every[0][:count], every[1][:count]
        taken = [seconds(lambda: _kernel(pairs, grid=Grid(), threads=2)) for _ in range(3 if count < 1000 else 1)]  # noqa: B023
        each = [x / count for x in taken]
        first = first or float(np.median(each))
        rows.append((count, _rate(taken, pairs), spread([x / first for x in each])))
    print_table(
        ("games", "games/s", "seconds a game, times the first"),
        rows,
        title=f"Batches of games on the grid {_named(Grid())}, two threads; the largest ran once:",
    )


def _kernel(pairs: Games, *, grid: Grid, threads: int) -> list[Solution]:
    return solve_batch(*pairs, grid=grid, threads=threads, **TERMS)  # type: ignore[arg-type]


def _plain(pairs: Games, *, grid: Grid) -> list[Solution]:
    return [solve(*pair, grid=grid, method="plain", **TERMS) for pair in zip(*pairs, strict=True)]  # type: ignore[arg-type]


def _with_guarantors(design: CompiledArrangement, count: int) -> CompiledArrangement:
    """Repeat the design's six guarantors until there are ``count``; quorums keep their share of the weight."""
    which = np.resize(np.arange(len(design.weight)), count)
    weight = design.weight[which]
    share = design.quorum / design.weight.sum()
    return dataclasses.replace(
        design,
        weight=weight,
        interest=design.interest[which],
        cost_weight=design.cost_weight[which],
        oblige=design.oblige[which],
        must=design.must[which],
        quorum=np.maximum(np.ceil(share * weight.sum() - 1e-9), [0, 1, 1, 1]).astype(np.int64),
    )


def _largest_gap(first: Sequence[Solution], second: Sequence[Solution]) -> str:
    """Over the games where both converged."""
    gaps = [
        abs(a.outcome.war - b.outcome.war)
        for a, b in zip(first, second, strict=True)
        if a.is_converged and b.is_converged
    ]
    return f"{max(gaps):.1e} in {len(gaps)} of {len(first)}, where both converged" if gaps else "none converged"


def _sweeps(solutions: Sequence[Solution]) -> int:
    return int(np.median([solution.sweeps for solution in solutions]))


def _megabytes(pairs: Games, *, grid: Grid) -> str:
    """Measure the arrays that one game asks Python for."""
    one = list(islice(pairs[0], 1)), list(islice(pairs[1], 1))
    tracemalloc.start()
    _kernel(one, grid=grid, threads=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"{peak / 1e6:.1f}"


def _rate(taken: Sequence[float], pairs: Games) -> str:
    return spread([len(pairs[0]) / x for x in taken])


def _milliseconds(taken: Sequence[float], pairs: Games) -> str:
    return spread([1000 * x / len(pairs[0]) for x in taken])


def _named(grid: Grid) -> str:
    return f"{grid.beliefs},{grid.balances},{grid.slices}"


if __name__ == "__main__":
    main()
