from pathlib import Path

import numpy as np
import pytest
from bench.derive_balance_slope import WARS, read_pairs, slope
from bench.derive_strengths import TABLE, read_table

from foedus.futures.parameters.load import default_parameters

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "raw"


def test_a_known_slope_is_found_again() -> None:
    """Wars whose chances follow a slope of 0.4 give that slope back."""
    rng = np.random.default_rng(3)
    ratio = rng.normal(0, 2, 20_000)
    score = (rng.random(20_000) < 1 / (1 + np.exp(-0.4 * ratio))).astype(float)
    assert slope(ratio, score) == pytest.approx(0.4, abs=0.03)


@pytest.mark.skipif(not (DATA / WARS).exists(), reason="the tables of wars are not on this machine (../shared/data)")
def test_the_stronger_side_won_more_often() -> None:
    """The slope over principal belligerents is the one that the exponent of the balance cites."""
    ratio, score = read_pairs(DATA / WARS, read_table(DATA / TABLE))
    cited = default_parameters()["balance.exponent"].source
    assert f"rise by {slope(ratio, score):.2f} " in cited
    assert f"n = {len(ratio)};" in cited
