"""How much may be asked for: what is larger than any question needs would fill a machine, or judge nothing."""

import math

from foedus.game.grid import Grid

MOST_FUTURES = 1_000_000
MOST_WORKERS = 1024
MOST_SWEEPS = 10_000_000
MOST_TOLERANCE = 0.1
"""A tenth of the stake, or of certainty; above it every arrangement would count as solved."""
MOST_POINTS = Grid(beliefs=401, balances=401, slices=101)


def wrong_tolerance(tolerance: float) -> str:
    """Say what is wrong with a tolerance; nothing where it is a finite number that judges something."""
    if math.isfinite(tolerance) and 0 < tolerance <= MOST_TOLERANCE:
        return ""
    return f"the tolerance must be a finite number above 0 and at most {MOST_TOLERANCE}, is {tolerance}"


def wrong_grid(grid: Grid) -> str:
    """Say what is wrong with a grid that is finer than anybody needs and memory holds."""
    most = MOST_POINTS
    if grid.beliefs <= most.beliefs and grid.balances <= most.balances and grid.slices <= most.slices:
        return ""
    most_words = f"{most.beliefs} belief points, {most.balances} balance points and {most.slices} slices"
    return f"the grid may have at most {most_words}"


def wrong_count(name: str, count: int, *, least: int, most: int) -> str:
    """Say what is wrong with a number of something."""
    return "" if least <= count <= most else f"{name} must be at least {least} and at most {most}, is {count}"
