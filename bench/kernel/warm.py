"""Time what a person waits for who changes one clause: `python -m bench.kernel.warm [--futures 200]`.

All futures of one text are solved; then one clause is changed, and they are solved again, from nothing and from the
points where the first text came to rest.
"""

import argparse
from dataclasses import replace

import numpy as np

from bench.measuring.repeats import in_turns, ratios, spread
from foedus.arrangement.library import load_from_library
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness
from foedus.futures.compile import compile_all
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw, future_of
from foedus.game import Future, Grid
from foedus.game.kernel import solve_batch
from foedus.game.solution import Solution
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray

TEXT = "ukraine/nato_membership"
"""Its first promise is weakened to `intends`."""


def main() -> None:
    """Print seconds for all futures from nothing and from the last solution, their ratio, and how far they differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    before, after, futures = _games(count=options.futures)
    first = _solve(before, futures, threads=options.threads)
    points = [solution.point for solution in first]
    again = (
        lambda: _solve(after, futures, threads=options.threads),
        lambda: _solve(after, futures, threads=options.threads, warm=points),
    )
    times = in_turns(again, repeats=options.repeats)
    cold, warm = (work() for work in again)
    print(f"{options.futures} futures of {TEXT} with its first promise weakened, {options.threads} threads")
    print(f"from nothing {spread(times[0])} s, from the last solution {spread(times[1])} s, faster by {ratios(*times)}")
    print(f"sweeps, median: {_sweeps(cold):.0f} from nothing, {_sweeps(warm):.0f} from the last solution")
    _print_gap(cold, warm)


def _games(*, count: int) -> tuple[list[CompiledArrangement], list[CompiledArrangement], list[Future]]:
    text = load_from_library(TEXT)
    sample = draw(default_parameters(), futures=count, seed=1)
    rows = [dict(zip(sample.names, row, strict=True)) for row in sample.values.tolist()]
    pairs = [compile_all([text, _weakened(text)], row) for row in rows]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs], [future_of(row) for row in rows]


def _weakened(text: Arrangement) -> Arrangement:
    first, *rest = text.commitments
    return replace(text, commitments=(replace(first, bindingness=Bindingness.INTENDS), *rest))


def _solve(
    games: list[CompiledArrangement],
    futures: list[Future],
    *,
    threads: int,
    warm: list[FloatArray | None] | None = None,
) -> list[Solution]:
    return solve_batch(
        games,
        futures,
        grid=Grid(),
        horizon=20,
        tolerance=1e-4,
        max_sweeps=2000,
        threads=threads,
        warm=warm,
        keeps_points=True,
    )


def _sweeps(solutions: list[Solution]) -> float:
    return float(np.median([solution.sweeps for solution in solutions]))


def _print_gap(cold: list[Solution], warm: list[Solution]) -> None:
    both = [(a, b) for a, b in zip(cold, warm, strict=True) if a.is_converged and b.is_converged]
    gaps = np.array([abs(a.outcome.war - b.outcome.war) for a, b in both])
    converged = (sum(each.is_converged for each in solutions) for solutions in (cold, warm))
    print(
        f"chance of war: median gap {np.median(gaps):.1g}, above 0.001 in {np.mean(gaps > 0.001):.1%} of {len(both)} "
        f"games; converged {' and '.join(str(count) for count in converged)} of {len(cold)}"
    )


if __name__ == "__main__":
    main()
