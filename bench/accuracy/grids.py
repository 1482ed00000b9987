"""How far the outcomes move when a grid is doubled: `python -m bench.accuracy.grids [--futures N]`."""

import argparse
import dataclasses

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.games.pairs import ukraine
from foedus.game import Future, Grid
from foedus.game.kernel import solve_batch
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray

TRIED = (
    ("11,7,3", Grid(11, 7, 3), 41),
    ("11,13,3", Grid(11, 13, 3), 41),
    ("11,25,3", Grid(11, 25, 3), 41),
    ("21,13,3", Grid(21, 13, 3), 41),
    ("11,13,3, fine X", Grid(11, 13, 3), 81),
    ("11,13,6", Grid(11, 13, 6), 41),
)
REFERENCE = ("21,49,3, fine X", Grid(21, 49, 3), 81)
OUTCOMES = ("war", "lost", "defend", "conquest")


def main() -> None:
    """Print, for each grid, the distance of the outcomes from those on the finest grid."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=10)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    pairs = list(zip(*ukraine(count=options.futures, seed=options.seed), strict=True))
    finest, fine = _solve(pairs, REFERENCE[1], REFERENCE[2])
    table = Table(
        "grid (B,K,S)",
        *(f"{name}: mean shift, 95 %, largest" for name in OUTCOMES),
        "pairs",
        title=f"Distance from the grid {REFERENCE[0]}, absolute",
    )
    for label, grid, points in TRIED:
        found, good = _solve(pairs, grid, points)
        both = good & fine
        gap = found[both] - finest[both]
        cells = [
            f"{gap[:, j].mean():+.4f}, {np.quantile(abs(gap[:, j]), 0.95):.4f}, {abs(gap[:, j]).max():.4f}"
            for j in range(len(OUTCOMES))
        ]
        table.add_row(label, *cells, str(int(both.sum())))
    Console(width=150).print(table)


def _solve(pairs: list[tuple[CompiledArrangement, Future]], grid: Grid, points: int) -> tuple[FloatArray, FloatArray]:
    fine = np.linspace(-0.5, 2.0, points)
    solutions = solve_batch(
        [dataclasses.replace(compiled, x_grid=fine) for compiled, _ in pairs],
        [future for _, future in pairs],
        grid=grid,
        horizon=20,
        tolerance=1e-5,
        max_sweeps=3000,
    )
    outcomes = np.array([[getattr(solution.outcome, name) for name in OUTCOMES] for solution in solutions])
    return outcomes, np.array([solution.is_converged for solution in solutions])


if __name__ == "__main__":
    main()
