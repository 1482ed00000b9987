"""From a published interval to the one that counts."""

import math
from dataclasses import replace

import pytest

from foedus.evidence.calibration.band import band_of
from foedus.evidence.calibration.observation import BindingEnds, Scale, Statistic
from foedus.evidence.targets.record import FigureMeasure, Target, TargetOrigin
from tests.evidence.calibration.made_up import demand

PLAIN = demand(Statistic.WAR).observation


def test_sampling_and_discrepancy_add_as_squares() -> None:
    """An interval of 0.4 to 0.6 has sd 0.2 / 3.92; with discrepancy 0.1 the band reaches 1.645 of both together."""
    band = band_of(replace(PLAIN, discrepancy=0.1), None, limit=1.645)
    reach = 1.645 * math.hypot(0.2 / 3.919928, 0.1)
    assert (band.low, band.high) == pytest.approx((0.5 - reach, 0.5 + reach), abs=1e-6)
    assert band.sd == pytest.approx(reach / 1.645)


def test_what_stood_is_turned_into_what_fell() -> None:
    """The record of survival tells of failure with its ends exchanged."""
    band = band_of(replace(PLAIN, value=0.7, low=0.5, high=0.8, is_complement=True), None, limit=1.96)
    assert band.value == pytest.approx(0.3)
    assert band.high - band.low == pytest.approx(0.3, abs=1e-4)


def test_ratios_are_widened_in_logarithms() -> None:
    """A ratio's band has the same factor up and down."""
    band = band_of(replace(PLAIN, scale=Scale.RATIO, value=0.2, low=0.1, high=0.4), None, limit=1.959964)
    assert band.value / band.low == pytest.approx(2.0, rel=1e-6)
    assert band.high / band.value == pytest.approx(2.0, rel=1e-6)


def test_one_side_may_bind_alone() -> None:
    """A bound from above leaves the lower end open, and the other way round."""
    assert band_of(replace(PLAIN, side=BindingEnds.AT_MOST), None, limit=1.0).low == -math.inf
    assert band_of(replace(PLAIN, side=BindingEnds.AT_LEAST), None, limit=1.0).high == math.inf


def test_chances_end_at_nothing_and_at_certainty() -> None:
    """No band of a chance reaches beyond 0 and 1."""
    band = band_of(replace(PLAIN, value=0.05, low=0.0, high=0.3, discrepancy=0.2), None, limit=1.645)
    assert band.low == 0.0


def test_an_observation_without_an_interval_is_refused() -> None:
    """A number that does not say how sure it is cannot be held against anything."""
    with pytest.raises(ValueError, match="both ends"):
        band_of(replace(PLAIN, low=None), None, limit=1.0)


def test_a_rate_over_another_carries_the_doubt_of_both() -> None:
    """A ratio of two rates, each known to a factor of two, is known to a factor of two to the root of two."""
    band = band_of(
        replace(PLAIN, scale=Scale.RATIO), _target(2.0, 1.0, 4.0), per=_target(10.0, 5.0, 20.0), limit=1.959964
    )
    assert band.value == pytest.approx(0.2)
    assert band.high / band.value == pytest.approx(2 ** math.sqrt(2), rel=1e-6)


def _target(value: float, low: float | None, high: float | None) -> Target:
    return Target(
        id="made_up",
        what="made up",
        value=value,
        low=low,
        high=high,
        interval="",
        n=10,
        unit="",
        measure=FigureMeasure.RATE,
        origin=TargetOrigin.PROVIDED,
        data=(),
        citation="",
        command="",
    )


def test_a_target_without_an_interval_takes_that_of_the_observation() -> None:
    """Where the record states none, whoever declares the observation has to."""
    band = band_of(replace(PLAIN, low=0.3, high=0.7), _target(0.5, None, None), limit=1.959964)
    assert (band.low, band.high) == pytest.approx((0.3, 0.7), abs=1e-6)
