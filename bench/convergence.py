"""Measure how often, and how fast, each way of seeking the fixed point reaches it: `python -m bench.convergence`."""

import argparse
from collections import Counter
from time import perf_counter

import numpy as np

from bench.designs import designs, futures
from foedus.arrangement.library import library_files, load_from_library
from foedus.futures.from_arrangement import default_parameters
from foedus.futures.from_mechanism import compile_all
from foedus.futures.sample import draw, future_of
from foedus.game.grid import Grid
from foedus.game.kernel import solve_batch
from foedus.game.kernel.iterate import DAMPED, FINE_LADDER, PATIENT, ROUGH_LADDER, SWIFT
from foedus.game.kernel.search import HEATS, Way
from foedus.game.solution import Solution

_HALF = (1e9, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 0, 0.0)
_BY_ENTRY = (1e9, 0.5, 0.02, 0.5, 0.7, 1.02, 1.0, 0, 0.0)
_ANDERSON = (1e9, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 0, 0.01)
_LOOKING_FURTHER = (1e9, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 4, 0.0)


def _fine(*rungs: tuple[float, ...]) -> Way:
    """Return the way that climbs these rungs in float64 and gives up."""
    return Way(rough=ROUGH_LADDER[:0], fine=np.array(rungs), heats=HEATS[:0])


WAYS: dict[str, Way] = {
    "relaxation 1/2": _fine(_HALF),
    "relaxation by entry": _fine(_BY_ENTRY),
    "Anderson": _fine(_ANDERSON),
    "fixed policies between sweeps": _fine(_LOOKING_FURTHER),
    "swift rung, by entry": _fine(SWIFT, _BY_ENTRY),
    "ladder in float64": _fine(SWIFT, PATIENT, DAMPED),
    "down from high lam": Way(rough=ROUGH_LADDER[:0], fine=FINE_LADDER[:0]),
    "ladder": Way(heats=HEATS[:0]),
    "ladder, then down": Way(),
}


def main() -> None:
    """Print a line for each way: share converged, quartiles of sweeps, seconds; and what resists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--max-sweeps", type=int, default=2000)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("--ways", nargs="*", default=list(WAYS))
    parser.add_argument("--library", action="store_true", help="the whole library on the default grid, one way")
    options = parser.parse_args()
    if options.library:
        _try_library(count=options.futures, seed=options.seed, max_sweeps=options.max_sweeps)
        return
    named = designs()
    drawn = list(futures(seed=options.seed, count=options.futures))
    names = [name for name in named for _ in drawn]
    pairs = ([named[name] for name in names], drawn * len(named))
    print(f"{len(named)} designs x {len(drawn)} futures, residual below {options.tolerance:g}")
    found: dict[str, list[Solution]] = {}
    for way in options.ways:
        began = perf_counter()
        found[way] = solve_batch(
            *pairs,
            grid=Grid(balances=7),
            horizon=20,
            tolerance=options.tolerance,
            max_sweeps=options.max_sweeps,
            way=WAYS[way],
        )
        _print(way, found[way], names=names, seconds=perf_counter() - began)
    if {"down from high lam", "ladder"} <= set(found):
        _print_agreement(found["ladder"], found["down from high lam"])


def _print(way: str, solutions: list[Solution], *, names: list[str], seconds: float) -> None:
    sweeps = np.array([solution.sweeps for solution in solutions])
    is_found = np.array([solution.is_converged for solution in solutions])
    resists = Counter(name for name, fine in zip(names, is_found, strict=True) if not fine)
    low, median, high, most = np.percentile(sweeps, [25, 50, 75, 95])
    print(
        f"{way:20s} converged {is_found.mean():7.2%}, sweeps {low:.0f} / {median:.0f} / {high:.0f} (quartiles), "
        f"{most:.0f} (95 %), {sweeps.mean():.0f} (mean), {seconds:.1f} s; resists: {dict(resists)}",
        flush=True,
    )


def _print_agreement(first: list[Solution], second: list[Solution]) -> None:
    both = [(a, b) for a, b in zip(first, second, strict=True) if a.is_converged and b.is_converged]
    apart = [max(abs(a.outcome.war - b.outcome.war), abs(a.outcome.lost - b.outcome.lost)) > 0.001 for a, b in both]
    print(
        f"ladder and down from high lam: {np.mean(apart):.2%} of {len(both)} differ by more than 0.001 in war or lost"
    )


def _try_library(*, count: int, seed: int, max_sweeps: int) -> None:
    """Solve every text of the library in the futures of `foedus compare`, and tell where the residual stays high."""
    texts = [load_from_library(name) for name in library_files()]
    sample = draw(default_parameters(), futures=count, seed=seed)
    began, found = perf_counter(), []
    for row in sample.values:
        values = dict(zip(sample.names, row.tolist(), strict=True))
        games = compile_all(texts, values)
        found += solve_batch(
            games, [future_of(values)] * len(games), grid=Grid(), horizon=20, tolerance=1e-4, max_sweeps=max_sweeps
        )
    names = [text.id for text in texts] * count
    print(f"{len(texts)} texts x {count} futures, grid {Grid().beliefs}, {Grid().balances}, {Grid().slices}")
    _print("library", found, names=names, seconds=perf_counter() - began)
    missed = np.array([not solution.is_converged for solution in found]).reshape(count, -1)
    print(f"futures in which every text converged: {1 - missed.any(axis=1).mean():.1%}")
    residuals = np.array([solution.residual for solution in found if not solution.is_converged])
    if len(residuals):
        print(f"residuals of the others: median {np.median(residuals):.1g}, largest {residuals.max():.1g}")


if __name__ == "__main__":
    main()
