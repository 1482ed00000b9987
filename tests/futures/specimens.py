"""Ensembles small enough to be solved many times, and a judge of whether two are the same to the last bit."""

from pathlib import Path

import numpy as np

from foedus.futures.chunks.chunking import Chunking
from foedus.futures.ensemble import Ensemble, Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import run_ensemble
from tests.mechanism.specimens import changed, compact

SMALL = Settings(
    futures=8,
    seed=11,
    horizon_periods=4,
    beliefs=5,
    balances=5,
    slices=2,
    tolerance=1e-3,
    max_sweeps=300,
    method="kernel",
)
PAIR = (compact(), changed("shall_discretionary", "intends"))


def solved(settings: Settings = SMALL, chunking: Chunking | None = None) -> Ensemble:
    """Solve two arrangements under the default parameters."""
    return run_ensemble(PAIR, default_parameters(), settings=settings, workers=1, chunking=chunking)


def assert_same_bits(one: Ensemble, two: Ensemble) -> None:
    """Fail where any array of two ensembles differs in type, shape or a single bit."""
    for name in ("outcomes", "war_by_period", "converged", "residual", "sweeps"):
        first, second = getattr(one, name), getattr(two, name)
        assert first.dtype == second.dtype, name
        np.testing.assert_array_equal(first, second, err_msg=name)
    assert len(one.cost_by_member) == len(two.cost_by_member)
    for first, second in zip(one.cost_by_member, two.cost_by_member, strict=True):
        np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(one.sample.values, two.sample.values)


def stamps(folder: Path) -> dict[str, int]:
    """Return when each chunk was written, in nanoseconds."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.npz")}
