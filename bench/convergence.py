"""Measure how often, and how fast, each way of seeking the fixed point reaches it: `python -m bench.convergence`."""

import argparse
from collections import Counter
from time import perf_counter

import numpy as np

from bench.designs import designs, futures
from foedus.game.grid import Grid
from foedus.game.kernel import solve_batch
from foedus.game.kernel.iterate import ANDERSON, FALLING, HEATS, LADDER, RELAX
from foedus.game.solution import Solution

WAYS: dict[str, dict[str, object]] = {
    "falling relaxation": {"ladder": np.array([[FALLING, 1e9, 0.5, 1.0]]), "heats": ()},
    "relaxation 0.1": {
        "ladder": np.array([[FALLING, 60, 0.5, 1.0], [RELAX, 1, 0.5, 1.0], [FALLING, 1e9, 0.1, 1.0]]),
        "heats": (),
    },
    "relaxation by entry": {"ladder": np.array([[RELAX, 1e9, 0.02, 1.0]]), "heats": ()},
    "Anderson": {"ladder": np.array([[ANDERSON, 1e9, 0.5, 1.0]]), "heats": ()},
    "ladder": {"ladder": LADDER, "heats": ()},
    "down from high lam": {"ladder": LADDER[:0], "heats": HEATS},
    "ladder, then down": {"ladder": LADDER, "heats": HEATS},
}


def main() -> None:
    """Print a line for each way: share converged, quartiles of sweeps, seconds; and what resists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--max-sweeps", type=int, default=6000)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("--ways", nargs="*", default=list(WAYS))
    options = parser.parse_args()
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
            **WAYS[way],
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


if __name__ == "__main__":
    main()
