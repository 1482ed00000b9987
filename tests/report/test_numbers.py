import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.report.words import numbers


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0"),
        (0.0001, "<0.1"),
        (0.0005, "0.1"),
        (0.0424, "4.2"),
        (0.0996, "10"),
        (0.43, "43"),
        (0.994, "99"),
        (0.9951, "99.5"),
        (0.9999, ">99.9"),
        (1, "100"),
    ],
)
def test_a_share_has_the_digits_that_it_deserves(share: float, text: str) -> None:
    """Small shares have one decimal, large ones none, and what is not certain is never written as certain."""
    assert numbers.percent(share) == f"{text}\u00a0%"


@given(st.floats(0, 1) | st.integers(0, 2000).map(lambda k: k / 2000))
def test_nothing_is_written_as_impossible_or_certain_that_is_not(share: float) -> None:
    """Only 0 reads as 0 % and only 1 as 100 %."""
    text = numbers.percent(share)
    assert (text == "0\u00a0%") == (share == 0)
    assert (text == "100\u00a0%") == (share == 1)


@given(st.floats(0, 1) | st.integers(0, 2000).map(lambda k: k / 2000))
def test_counts_of_a_hundred_are_as_careful(share: float) -> None:
    """None, all, fewer than one and more than 99 of a hundred are four different things."""
    text = numbers.counted(share, of=200)
    assert ("none" in text) == (share == 0)
    assert ("all" in text) == (share == 1)
    assert (numbers.count_of_100(share) == "0") == (share == 0)
    assert (numbers.count_of_100(share) == "100") == (share == 1)


@pytest.mark.parametrize(
    ("difference", "text"),
    [(-0.123, "\u221212"), (0.003, "+0.3"), (0.0, "0.0"), (-0.00001, "0.0"), (-0.0994, "\u22129.9"), (0.5, "+50")],
)
def test_a_difference_keeps_its_sign(difference: float, text: str) -> None:
    """Percentage points have a real minus sign, and what rounds to nothing has none."""
    assert numbers.points(difference) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.0002, "<0.001"), (0.0412, "0.041"), (0.236, "0.24"), (-1.5, "\u22121.50")]
)
def test_an_amount_has_two_or_three_decimals(value: float, text: str) -> None:
    """Amounts in units of the stake are written to about two digits."""
    assert numbers.amount(value) == text


def test_a_range_with_equal_ends_is_written_once() -> None:
    """From <0.1 to <0.1 % says no more than <0.1 %."""
    assert numbers.percent_range(0.0001, 0.0002) == "<0.1\u00a0%"
    assert numbers.percent_range(0.004, 0.13) == "0.4 to 13\u00a0%"
    assert numbers.amount_range(0, 0) == "0"


@pytest.mark.parametrize(
    ("value", "text"), [(0.4951, "0.495"), (0.0000855, "0.00009"), (-0.6, "\u22120.6"), (12345, "12,300")]
)
def test_a_parameter_has_three_digits(value: float, text: str) -> None:
    """Small and large values are written out, not as powers of ten."""
    assert numbers.plain(value) == text


def test_ticks_have_no_needless_zeros() -> None:
    """An axis says 5 %, not 5.0 %."""
    assert numbers.tick_percent(0.05) == "5\u00a0%"
    assert numbers.tick_percent(0.025) == "2.5\u00a0%"
    assert numbers.tick_points(-0.25) == "\u221225"
    assert numbers.tick_amount(0.1) == "0.1"
    assert numbers.tick_hundred(0.5) == "50"


@pytest.mark.parametrize(
    ("share", "of", "text"),
    [
        (0.62, 200, "62 of 100 futures"),
        (1.0, 200, "all futures"),
        (0.0, 200, "none of the futures"),
        (3 / 7, 7, "3 of 7 futures"),
        (1.0, 7, "7 of 7 futures"),
        (2.5 / 7, 7, "2.5 of 7 futures"),
        (1.0, 1, "1 of 1 future"),
    ],
)
def test_few_are_told_as_they_were_counted(share: float, of: int, text: str) -> None:
    """Below twenty futures a share is a count of them, above it is a count of a hundred."""
    assert numbers.counted(share, of=of).replace("\u00a0", " ") == text


def test_one_is_not_many() -> None:
    """A count of one is followed by the singular."""
    assert [numbers.plural(n, "futures") for n in (0, 1, 2)] == ["0 futures", "1 future", "2 futures"]
