"""The zone of a clock on a wall: times are kept in UTC, and written and read as somebody's own clock shows them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_WRITTEN = "%Y-%m-%d %H:%M"
_PLACES = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
"""What the names of places begin with; the other names are abbreviations and old spellings."""


class NotATime(ValueError):
    """Words that no clock of a zone shows, or shows twice."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of the IANA database, such as ``Europe/Kyiv``; ``UTC`` where nobody said."""

    name: str = "UTC"

    def __post_init__(self) -> None:
        if self.name != "UTC" and self.name not in zone_names():
            raise ValueError(f"no zone is called {self.name!r:.60}")

    @property
    def words(self) -> str:
        """The zone in a sentence: ``UTC``, ``the time of Kyiv``."""
        return "UTC" if self.name == "UTC" else f"the time of {self.short}"

    @property
    def short(self) -> str:
        """The zone behind a time: ``UTC``, ``Kyiv``."""
        return self.name.rpartition("/")[2].replace("_", " ")

    def written(self, moment: datetime | None) -> str:
        """Write a moment: ``Sat 25 Sep 2027, 03:40``; nothing where there is none."""
        if moment is None:
            return ""
        shown = moment.astimezone(self._info)
        return f"{shown:%a} {shown.day} {shown:%b %Y, %H:%M}"

    def entered(self, moment: datetime | None) -> str:
        """Write a moment as `read` reads it: ``2027-09-25 03:40``."""
        return f"{moment.astimezone(self._info):{_WRITTEN}}" if moment else ""

    def read(self, text: str) -> datetime:
        """Return the moment at which a clock of the zone shows ``2027-03-04 05:20``; with a Z behind, one of UTC.

        Raises `NotATime` where the text is no time, and where clocks are put forward over it or back to it.
        """
        value = text.strip().replace("T", " ")
        try:
            if value.endswith(("Z", "z")):
                return datetime.strptime(value[:-1].rstrip(), _WRITTEN).replace(tzinfo=UTC)
            shown = datetime.strptime(value, _WRITTEN).replace(tzinfo=self._info)
        except ValueError as error:
            raise NotATime(f"write a time in {self.name}, such as 2027-03-04 05:20 (found {text!r:.60})") from error
        earlier, later = (shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        if earlier != later:
            twice = (
                "twice, since clocks are put back" if earlier < later else "at no time, since clocks are put forward"
            )
            raise NotATime(f"{value} comes {twice} in {self.name}: write it in UTC, such as {earlier:{_WRITTEN}}Z")
        return earlier

    def ahead(self, moment: datetime) -> str:
        """Write how far the zone is ahead of UTC at a moment: ``UTC+2``, ``UTC+5:45``, ``UTC``."""
        offset = moment.astimezone(self._info).utcoffset() or timedelta()
        hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
        sign = "-" if offset < timedelta() else "+"
        return "UTC" if not offset else f"UTC{sign}{hours}{f':{minutes:02}' if minutes else ''}"

    @property
    def _info(self) -> ZoneInfo:
        return ZoneInfo(self.name)


UTC_ZONE = Zone()


@cache
def zone_names() -> tuple[str, ...]:
    """Return the names of zones, ``UTC`` first, and then places by their name."""
    places = (each for each in available_timezones() if each.partition("/")[0] in _PLACES and _is_known(each))
    return ("UTC", *sorted(places))


def _is_known(name: str) -> bool:
    # A system may list names of which it has no file.
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
