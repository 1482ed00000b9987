"""Tell how far another way of compiling the kernel moves what games answer (decisions 054 and 066).

With the kernel before: `python -m bench.kernel.moved --keep before.npz`; with the other one: the same with `--beside`.
The distance of a game is the largest of its chances and expected numbers; processor time is told for both.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from bench.games.pairs import Games, designed, ukraine
from foedus.game import Grid
from foedus.game.kernel import solve_batch
from foedus.game.solution import Solution
from foedus.values.arrays import FloatArray

NUMBERS = (
    *("war", "defend", "entrap", "accidental", "conquest", "lost", "seizures", "invasions", "coercions"),
    *("provocations", "accidents", "withdrawals", "resisted", "yielded", "honoured", "breached"),
)
ELSEWHERE = 1e-3
"""Distance from which a game has ended at another equilibrium."""


def main() -> None:
    """Solve, then keep the answers or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=60)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--beside", type=Path)
    options = parser.parse_args()
    both = {"library": ukraine(count=options.futures), "designs": designed(count=options.futures // 2)}
    answers = {name: _answers(games, name=name) for name, games in both.items()}
    if options.keep:
        np.savez(options.keep, **answers)  # type: ignore[arg-type]
    if options.beside:
        with np.load(options.beside) as before:
            for name, after in answers.items():
                _tell(name, np.abs(after - before[name]).max(axis=1))


def _answers(games: Games, *, name: str) -> FloatArray:
    """Return (game, number)."""
    _solve((games[0][:1], games[1][:1]))  # loads the kernel
    began = time.process_time()
    solved = _solve(games)
    print(f"{name}: {len(solved) / (time.process_time() - began):.1f} games a second of processor time", flush=True)
    return np.array([[getattr(each.outcome, number) for number in NUMBERS] for each in solved])


def _solve(games: Games) -> list[Solution]:
    return solve_batch(*games, grid=Grid(), horizon=20, tolerance=1e-4, max_sweeps=2000, threads=1)


def _tell(name: str, distance: FloatArray) -> None:
    median, most, nearly_all = np.quantile(distance, [0.5, 0.95, 0.99])
    print(
        f"{name}, {len(distance)} games: median {median:.0e}, 95 % {most:.0e}, 99 % {nearly_all:.0e}, "
        f"largest {distance.max():.0e}; {(distance > ELSEWHERE).sum()} end elsewhere"
    )


if __name__ == "__main__":
    main()
