"""Futures that are counted part by part say what futures held together say."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from foedus.errors import NotConverged
from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.record import Comparison
from foedus.insight.tally.count import BINS, tally
from foedus.insight.tally.record import Tally
from tests.insight.specimens import Profile, made_up

WHOLE = made_up(
    {"strong": Profile(strength=0.4), "weak": Profile(strength=0.1), "none": Profile(strength=0.0)}, futures=120, seed=3
)


def in_parts(ensemble: Ensemble, size: int) -> Iterator[Ensemble]:
    for first in range(0, len(ensemble.converged), size):
        here = slice(first, first + size)
        sample = replace(ensemble.sample, values=ensemble.sample.values[here])
        yield replace(ensemble, sample=sample, outcomes=ensemble.outcomes[here], converged=ensemble.converged[here])


def tallied(ensemble: Ensemble, *, size: int) -> Tally:
    return tally(
        lambda: in_parts(ensemble, size),
        names=ensemble.arrangements,
        baseline="none",
        margin=10 * ensemble.settings.tolerance,
        settings=ensemble.settings,
    )


@pytest.fixture(scope="module")
def whole() -> Comparison:
    return compare(WHOLE, baseline="none")


@pytest.mark.parametrize("size", [7, 120])
def test_what_is_counted_in_parts_is_what_a_comparison_says(whole: Comparison, size: int) -> None:
    """Averages, intervals, shares and the order are the same; quantiles to one part of the range."""
    counted = tallied(WHOLE, size=size)
    assert counted.order == whole.order
    assert (counted.futures, counted.used) == (whole.convergence.futures, whole.convergence.used)
    for name in WHOLE.arrangements:
        assert counted.first[name] == whole.rankings["war"].standings[name].first
        assert counted.everyone_signs[name] == whole.acceptance[name].everyone
        for outcome in OUTCOMES:
            near, exact = counted.spreads[name][outcome], whole.spreads[name][outcome]
            assert (near.least, near.most, near.futures) == (exact.least, exact.most, exact.futures)
            assert near.mean == pytest.approx(exact.mean, rel=1e-12, abs=1e-12)
    for name, told in whole.differences.items():
        for outcome, exact_difference in told.items():
            near_difference = counted.differences[name][outcome]
            assert (near_difference.lower, near_difference.higher) == (exact_difference.lower, exact_difference.higher)
            assert near_difference.mean.low == pytest.approx(exact_difference.mean.low, rel=1e-9, abs=1e-12)


def test_quantiles_are_right_to_a_part_of_the_range() -> None:
    """Between neighbours that lie close together a quantile read off counts is off by a bin at most."""
    many = made_up({"none": Profile(strength=0.0), "strong": Profile(strength=0.4)}, futures=5_000, seed=5)
    counted = tallied(many, size=1000)
    for name, column in (("none", 0), ("strong", 1)):
        values = many.outcomes[many.converged.all(axis=1), column, list(OUTCOMES).index("war")]
        spread = counted.spreads[name]["war"]
        exact = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95))
        near = (spread.low, spread.lower_quarter, spread.median, spread.upper_quarter, spread.high)
        assert near == pytest.approx(tuple(exact), abs=2 * (spread.most - spread.least) / BINS)


def test_futures_in_which_a_text_was_not_solved_are_left_out_and_counted() -> None:
    """A part without any usable future changes no figure, and where none is left that is said."""
    converged = WHOLE.converged.copy()
    converged[:100, 1] = False
    holed = replace(WHOLE, converged=converged)
    counted = tallied(holed, size=50)
    assert (counted.futures, counted.used) == (120, int(converged.all(axis=1).sum()))
    assert 0 < counted.used <= 20
    assert list(counted.converged.values()) == converged.sum(axis=0).tolist()
    with pytest.raises(NotConverged, match="larger tolerance"):
        tallied(replace(WHOLE, converged=np.zeros_like(converged)), size=50)
