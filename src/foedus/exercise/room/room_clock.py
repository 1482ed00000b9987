"""The clock of a room: what time it is in the scenario when the wall says what.

``scenario = since + rate (wall - set)`` from each setting on. A rate of 0 is a pause, 1 real time, more is accelerated;
a step leaves the wall alone and moves the scenario. Deadlines live in the time of the scenario.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FASTEST = 10_000
"""Seconds of the scenario in a second of the wall; an hour in less than half a second."""


@dataclass(frozen=True)
class RoomClock:
    """The setting in force."""

    wall: datetime
    """When it was set."""
    scenario: datetime
    """What time it was then in the scenario."""
    rate: int = 0
    """Seconds of the scenario in a second of the wall."""
    has_run: bool = False
    """Whether it ever ran."""

    def at(self, wall: datetime) -> datetime:
        """Return the time of the scenario; a wall clock that goes back stops it."""
        return self.scenario + self.rate * max(wall - self.wall, timedelta(0))

    def set_to(self, rate: int, *, wall: datetime, scenario: datetime) -> "RoomClock":
        """Return the clock with another rate from now on."""
        return RoomClock(wall=wall, scenario=scenario, rate=rate, has_run=self.has_run or rate > 0)

    def stepped(self, to: datetime, *, wall: datetime) -> "RoomClock":
        """Return the clock after a step, going on as before."""
        return replace(self, wall=wall, scenario=to, has_run=True)
