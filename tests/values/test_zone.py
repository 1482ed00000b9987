"""Times as somebody's own clock shows them."""

from datetime import UTC, datetime

import pytest

from foedus.values.zone import UTC_ZONE, NotATime, Zone, zone_names

SUMMER = datetime(2027, 9, 25, 3, 40, tzinfo=UTC)
WINTER = datetime(2027, 12, 31, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "summer", "winter", "ahead"),
    [
        ("UTC", "Sat 25 Sep 2027, 03:40", "Fri 31 Dec 2027, 23:30", "UTC"),
        ("Europe/Kyiv", "Sat 25 Sep 2027, 06:40", "Sat 1 Jan 2028, 01:30", "UTC+2"),
        ("America/New_York", "Fri 24 Sep 2027, 23:40", "Fri 31 Dec 2027, 18:30", "UTC-5"),
        ("Asia/Kathmandu", "Sat 25 Sep 2027, 09:25", "Sat 1 Jan 2028, 05:15", "UTC+5:45"),
    ],
)
def test_a_moment_is_written_as_the_clock_of_its_zone_shows_it(zone: str, summer: str, winter: str, ahead: str) -> None:
    """In summer and in winter, on the day that it is there."""
    assert Zone(zone).written(SUMMER) == summer
    assert Zone(zone).written(WINTER) == winter
    assert Zone(zone).ahead(WINTER) == ahead


@pytest.mark.parametrize("zone", ["UTC", "Europe/Kyiv", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Chatham"])
def test_what_a_form_shows_is_read_back(zone: str) -> None:
    """Nobody who sends a form unchanged moves an event by an hour."""
    for moment in (SUMMER, WINTER):
        assert Zone(zone).read(Zone(zone).entered(moment)) == moment


def test_a_time_with_a_z_behind_is_in_utc() -> None:
    """Whoever copies a time of the log need not reckon."""
    assert Zone("Europe/Kyiv").read("2027-09-25T03:40Z") == SUMMER


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2027-10-31 03:30", "twice, since clocks are put back"),
        ("2027-03-28 03:30", "at no time, since clocks are put forward"),
        ("25.9.2027", "such as 2027-03-04 05:20"),
        ("", "such as 2027-03-04 05:20"),
        ("2027-02-30 10:00", "such as 2027-03-04 05:20"),
    ],
)
def test_what_a_clock_does_not_show_just_once_is_told(text: str, told: str) -> None:
    """An hour that is left out or repeated is not guessed at, and what to write instead is said."""
    with pytest.raises(NotATime, match=told):
        Zone("Europe/Kyiv").read(text)


def test_the_way_out_of_a_doubtful_hour_is_read() -> None:
    """What the message proposes is a time."""
    with pytest.raises(NotATime) as told:
        Zone("Europe/Kyiv").read("2027-10-31 03:30")
    assert Zone("Europe/Kyiv").read(str(told.value).rpartition("such as ")[2]) == datetime(
        2027, 10, 31, 0, 30, tzinfo=UTC
    )


def test_no_moment_is_written_as_nothing() -> None:
    """A step without a deadline has no time beside it."""
    assert UTC_ZONE.written(None) == ""
    assert UTC_ZONE.entered(None) == ""


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "EST5EDT", "Europe/kyiv "])
def test_what_is_no_zone_is_refused(name: str) -> None:
    """Names come from browsers."""
    with pytest.raises(ValueError, match="no zone"):
        Zone(name)


def test_zones_are_told_in_words() -> None:
    """A place, as people call it."""
    assert UTC_ZONE.words == "UTC"
    assert Zone("America/New_York").words == "the time of New York"
    assert zone_names()[0] == "UTC"
    assert {"Europe/Kyiv", "Europe/Warsaw", "Asia/Seoul"} < set(zone_names())
