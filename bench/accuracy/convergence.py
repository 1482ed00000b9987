"""Measure how often, and how fast, the fixed point is reached: `python -m bench.accuracy.convergence`."""

import argparse
from collections import Counter
from collections.abc import Iterable
from time import perf_counter

import numpy as np

from bench.games.designs import designs, futures
from foedus.arrangement.library import library_files, load_from_library
from foedus.futures.compile import balances_of, games_of
from foedus.futures.parameters.load import load_parameters
from foedus.futures.sample import draw
from foedus.game.grid import Grid
from foedus.game.kernel import solve_batch
from foedus.game.kernel.search.find import FROM_HIGH_LAM, STRAIGHT, Way
from foedus.game.kernel.search.relax import EVEN, LAGGING, SLOW_ADVERSARY, SLOW_COALITION, Relaxation
from foedus.game.solution import Solution

FOREVER = 10**9
DEFAULT, BY_STEPS = "default", "from high lam, ten steps"


def _straight(*relaxations: Relaxation) -> Way:
    """Return the way that relaxes like that in turn in float64, the last one for as long as is allowed."""
    in_turn = np.array([*relaxations[:-1], relaxations[-1]._replace(sweeps=FOREVER)])
    return Way(relaxations=in_turn, paths=(STRAIGHT,), is_rough_first=False)


WAYS: dict[str, Way] = {
    "half of every miss": _straight(Relaxation(FOREVER, share=0.5, least=0.5, most=0.5, down=1.0, up=1.0, rounds=0)),
    "shares by choice": _straight(EVEN._replace(rounds=0)),
    "and rounds": _straight(EVEN),
    "lagging values": _straight(EVEN, LAGGING),
    "slow coalition": _straight(EVEN, SLOW_COALITION),
    "slow adversary": _straight(EVEN, SLOW_ADVERSARY),
    "all in turn": Way(paths=(STRAIGHT,)),
    DEFAULT: Way(),
    BY_STEPS: FROM_HIGH_LAM,
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
    parser.add_argument("--branch", action="store_true", help="with --library: also from high lam in ten steps")
    parser.add_argument("--views", nargs="*", default=[], help="with --library: views laid over the ranges")
    parser.add_argument("--threads", type=int, help="with --library: as many as there are cores if left out")
    options = parser.parse_args()
    if options.library:
        _try_library(options)
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
    for way in options.ways:
        if BY_STEPS in found and way != BY_STEPS:
            _print_agreement(way, found[way], found[BY_STEPS])


def _print(way: str, solutions: list[Solution], *, names: list[str], seconds: float) -> None:
    sweeps = np.array([solution.sweeps for solution in solutions])
    is_found = np.array([solution.is_converged for solution in solutions])
    resists = Counter(name for name, fine in zip(names, is_found, strict=True) if not fine)
    low, median, high, most = np.percentile(sweeps, [25, 50, 75, 95])
    print(
        f"{way:24s} converged {is_found.mean():7.2%}, sweeps {low:.0f} / {median:.0f} / {high:.0f} (quartiles), "
        f"{most:.0f} (95 %), {sweeps.mean():.0f} (mean), {seconds:.1f} s; resists: {dict(resists)}",
        flush=True,
    )


def _print_agreement(way: str, some: list[Solution], others: list[Solution]) -> None:
    both = [(a, b) for a, b in zip(some, others, strict=True) if a.is_converged and b.is_converged]
    gaps = np.array([max(abs(a.outcome.war - b.outcome.war), abs(a.outcome.lost - b.outcome.lost)) for a, b in both])
    print(
        f"{way} and {BY_STEPS}: of {len(both)} solved by both {np.mean(gaps > 0.001):.2%} differ by more than 0.001 "
        f"in war or lost, {np.mean(gaps > 0.01):.2%} by more than 0.01"
    )


def _try_library(options: argparse.Namespace) -> None:
    """Solve every text of the library in the futures of `foedus compare`; tell what resists and which branch it is."""
    texts = [load_from_library(name) for name in library_files()]
    balances = balances_of(texts)
    sample = draw(load_parameters(views=options.views), futures=options.futures, seed=options.seed)
    names = [text.id for text in texts] * options.futures
    print(f"{len(texts)} texts x {options.futures} futures, grid {Grid().beliefs}, {Grid().balances}, {Grid().slices}")
    found: dict[str, list[Solution]] = {}
    for way in (DEFAULT, BY_STEPS) if options.branch else (DEFAULT,):
        began, found[way] = perf_counter(), []
        for row in sample.values:
            values = dict(zip(sample.names, row.tolist(), strict=True))
            games = games_of(texts, values, balances=balances)
            found[way] += solve_batch(
                [game.compiled for game in games],
                [game.future for game in games],
                grid=Grid(),
                horizon=20,
                tolerance=1e-4,
                max_sweeps=options.max_sweeps,
                way=WAYS[way],
                threads=options.threads,
            )
        _print(way, found[way], names=names, seconds=perf_counter() - began)
    _print_missed(found[DEFAULT], names=[text.id for text in texts], files=library_files())
    if options.branch:
        _print_agreement(DEFAULT, found[DEFAULT], found[BY_STEPS])


def _print_missed(solutions: list[Solution], *, names: list[str], files: Iterable[str]) -> None:
    """Tell in how many futures all games count, of which kind the others are, and what they take."""
    missed = np.array([not solution.is_converged for solution in solutions]).reshape(-1, len(names))
    is_ukraine = np.array([file.startswith("ukraine/") for file in files])
    print(
        f"futures in which every text converged: {1 - missed.any(axis=1).mean():.1%}; "
        f"every text on Ukraine: {1 - missed[:, is_ukraine].any(axis=1).mean():.1%}"
    )
    others = [solution for solution in solutions if not solution.is_converged]
    if not others:
        return
    asking = sum(not solution.joining < solution.tolerance for solution in others)
    print(
        f"not converged: {len(others)}, of which {asking} by consultation; "
        f"{sum(each.sweeps for each in others) / sum(each.sweeps for each in solutions):.0%} of all sweeps"
    )
    residuals = np.array([solution.residual for solution in others])
    print(f"residuals of the others: median {np.median(residuals):.1g}, largest {residuals.max():.1g}")
    print(f"most of them in one future: {missed.sum(axis=1).max()}; futures with any: {missed.any(axis=1).sum()}")


if __name__ == "__main__":
    main()
