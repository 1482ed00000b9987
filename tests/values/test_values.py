"""Durations, money and forces keep the unit they were written in; digests know only content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.values.digest import digest_of
from foedus.values.duration import Duration
from foedus.values.quantity import Forces, Money

UNITS = ["min", "h", "d", "weeks", "months", "y"]


@given(st.floats(0, 1e9), st.sampled_from(UNITS))
def test_a_duration_is_read_back_as_it_was_written(amount: float, unit: str) -> None:
    """Writing a duration and reading it gives the same duration."""
    duration = Duration(amount, unit)
    assert Duration.parse(str(duration)) == duration


def test_seventy_two_hours_are_three_days() -> None:
    """Units convert: three days have seventy-two hours, a year twelve months."""
    assert Duration.parse("3 days").hours == Duration.parse("72 h").hours == 72
    assert Duration.parse("12 months").years == pytest.approx(1)


@pytest.mark.parametrize("text", ["72", "three days", "72 parsecs", "-3 h", ""])
def test_a_bare_or_odd_number_is_no_duration(text: str) -> None:
    """A duration without a known unit is refused, and the message shows how to write one."""
    with pytest.raises(ValueError, match="72 h"):
        Duration.parse(text)


@pytest.mark.parametrize("text", ["2.5 bn GBP per year", "700 m USD", "40 EUR per month"])
def test_money_is_read_back_as_it_was_written(text: str) -> None:
    """Writing money and reading it gives the same money."""
    assert str(Money.parse(text)) == text


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_forces_are_read_back_as_they_were_written(a: int, b: int) -> None:
    """A range of forces survives writing and reading, and its middle lies inside it."""
    forces = Forces(min(a, b), max(a, b), "troops")
    assert Forces.parse(str(forces)) == forces
    assert forces.low <= forces.middle <= forces.high


def test_a_range_of_forces_must_not_run_backwards() -> None:
    """The smaller number stands first."""
    with pytest.raises(ValueError, match="backwards"):
        Forces.parse("30000 - 10000 troops")


def test_a_digest_knows_content_and_not_order() -> None:
    """Keys in another order are the same content; another value is not; NaN is no content."""
    assert digest_of({"a": 1, "b": 2.5}) == digest_of({"b": 2.5, "a": 1}) != digest_of({"a": 1, "b": 2.6})
    with pytest.raises(ValueError, match="JSON"):
        digest_of(float("nan"))
