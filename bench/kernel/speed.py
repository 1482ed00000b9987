"""Measure the kernel's speed in games per second, with the plain oracle beside it: `python -m bench.kernel.speed`."""

import argparse
import statistics
from time import perf_counter

from bench.games.pairs import Games, designed, ukraine
from foedus.game import Grid, solve
from foedus.game.kernel import solve_batch


def main() -> None:
    """Print games per second for two grids and one and two threads: median and range over repeats."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--max-sweeps", type=int, default=2000)
    parser.add_argument("--oracle", type=int, default=4, help="games given to the plain oracle; 0 leaves it out")
    parser.add_argument("--library", action="store_true", help="the Ukraine library in the futures of `foedus compare`")
    options = parser.parse_args()
    began = perf_counter()
    _run(designed(count=1), grid=Grid(), threads=1, max_sweeps=3)
    print(f"compile or load: {perf_counter() - began:.1f} s")
    games = ukraine(count=options.futures) if options.library else designed(count=options.futures)
    for grid in (Grid(balances=7), Grid()):
        for threads in (1, 2):
            rates = [
                _rate(games, grid=grid, threads=threads, max_sweeps=options.max_sweeps) for _ in range(options.repeats)
            ]
            print(
                f"grid {grid.beliefs}, {grid.balances}, {grid.slices}, threads {threads}: "
                f"{statistics.median(rates):.0f} games/s "
                f"({min(rates):.0f} to {max(rates):.0f} over {len(rates)} runs of {len(games[0])} games)",
                flush=True,
            )
        if options.oracle:
            _print_ratio(games, grid=grid, count=options.oracle, max_sweeps=options.max_sweeps)


def _rate(games: Games, *, grid: Grid, threads: int, max_sweeps: int) -> float:
    began = perf_counter()
    _run(games, grid=grid, threads=threads, max_sweeps=max_sweeps)
    return len(games[0]) / (perf_counter() - began)


def _run(games: Games, *, grid: Grid, threads: int, max_sweeps: int) -> None:
    solve_batch(*games, grid=grid, horizon=20, tolerance=1e-4, max_sweeps=max_sweeps, threads=threads)


def _print_ratio(games: Games, *, grid: Grid, count: int, max_sweeps: int) -> None:
    few = games[0][:count], games[1][:count]
    kernel = _rate(few, grid=grid, threads=1, max_sweeps=max_sweeps)
    began = perf_counter()
    for design, future in zip(*few, strict=True):
        solve(design, future, grid=grid, horizon=20, tolerance=1e-4, max_sweeps=max_sweeps, method="plain")
    oracle = count / (perf_counter() - began)
    print(
        f"  on {count} games: kernel {kernel:.0f}/s, plain oracle {oracle:.2f}/s, ratio {kernel / oracle:.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
