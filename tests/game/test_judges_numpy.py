"""A third implementation, in whole arrays of NumPy (bench/judges/numpy_solver), in double and in single precision."""

import numpy as np
import pytest
from bench.judges.numpy_solver import solve_many

from foedus.game import Grid, Solution, solve
from tests.game.specimens import SMALL, compiled, future

HOT = {"lam_P": 0.06, "lam_A": 0.06, "lam_G": 0.3}
PAIRS = [(compiled(seed, members=1 + seed % 4), future(seed, **HOT)) for seed in range(30, 36)]


def apart(left: Solution, right: Solution) -> float:
    """Return the largest difference of any entry of the outcomes."""
    pairs = zip(left.outcome.to_mapping().values(), right.outcome.to_mapping().values(), strict=True)
    return max(float(np.max(np.abs(np.subtract(a, b)))) for a, b in pairs)


@pytest.mark.parametrize("together", [1, 4])
def test_whole_arrays_give_the_oracles_game(together: int) -> None:
    """Solved side by side in blocks, games of one to four guarantors come out as the kernel has them."""
    found = solve_many(PAIRS, grid=SMALL, horizon=8, tolerance=1e-8, max_sweeps=5000, together=together)
    for (arrangement, world), ours in zip(PAIRS, found, strict=True):
        assert ours.is_converged
        kernel = solve(arrangement, world, grid=SMALL, horizon=8, tolerance=1e-8, max_sweeps=5000)
        assert apart(ours, kernel) < 2e-6


def test_single_precision_is_enough_for_outcomes() -> None:
    """Solved in single precision, converged games differ by less than 1e-3 in every entry, and by 1e-4 typically."""
    terms = {"grid": Grid(7, 5, 2), "horizon": 20, "tolerance": 2e-5, "max_sweeps": 3000}
    double = solve_many(PAIRS, **terms)  # type: ignore[arg-type]
    single = solve_many(PAIRS, dtype=np.float32, **terms)  # type: ignore[arg-type]
    assert all(each.is_converged for each in (*double, *single))
    gaps = [apart(a, b) for a, b in zip(double, single, strict=True)]
    assert max(gaps) < 1e-3
    assert np.median(gaps) < 1e-4
    assert min(gaps) > 0.0


def test_points_of_x_must_be_even() -> None:
    """The whole-array version finds a point of X by one division, and says so where that cannot be."""
    uneven = compiled(1, x_grid=np.array([-0.5, 0.0, 0.1, 2.0]))
    with pytest.raises(ValueError, match="evenly spaced"):
        solve_many([(uneven, future(1))], grid=SMALL, horizon=1, tolerance=1e-4, max_sweeps=5)
