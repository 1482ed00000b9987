"""Durations as people write them: an amount and a unit, such as ``72 h`` or ``6 months``."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

_HOURS_PER_UNIT = {"min": 1 / 60, "h": 1.0, "d": 24.0, "weeks": 168.0, "months": 730.5, "y": 8766.0}
_NAMES = {"min": "minute", "h": "hour", "d": "day", "weeks": "week", "months": "month", "y": "year"}
_SPELLINGS = {
    "min": "min",
    "minute": "min",
    "minutes": "min",
    "h": "h",
    "hour": "h",
    "hours": "h",
    "d": "d",
    "day": "d",
    "days": "d",
    "w": "weeks",
    "week": "weeks",
    "weeks": "weeks",
    "month": "months",
    "months": "months",
    "y": "y",
    "year": "y",
    "years": "y",
}
_PATTERN = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]+)")


MOST_YEARS = 1000
"""The longest time that is read."""


@dataclass(frozen=True)
class Duration:
    """A length of time that keeps the unit it was written in; a year has 8,766 hours, a month a twelfth of that."""

    amount: float
    unit: str
    """One of ``min``, ``h``, ``d``, ``weeks``, ``months``, ``y``."""

    EXAMPLE: ClassVar[str] = "72 h"

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read ``72 h``, ``14 days``, ``6 months`` or ``10 y``; raise ``ValueError`` that says what is expected."""
        match = _PATTERN.fullmatch(text.strip().lower())
        if match is None or match[2] not in _SPELLINGS:
            raise ValueError(
                f"{text!r} is not a duration: write a number and a unit (min, h, d, weeks, months, y), such as '72 h'"
            )
        span = cls(float(match[1]), _SPELLINGS[match[2]])
        if span.years > MOST_YEARS:
            raise ValueError(f"{text[:40]!r} is longer than {MOST_YEARS} years, the most that is read")
        return span

    @property
    def hours(self) -> float:
        """The length in hours."""
        return self.amount * _HOURS_PER_UNIT[self.unit]

    @property
    def days(self) -> float:
        """The length in days."""
        return self.hours / 24

    @property
    def years(self) -> float:
        """The length in years."""
        return self.hours / _HOURS_PER_UNIT["y"]

    @property
    def in_words(self) -> str:
        """The length as people say it, such as "1 year" or "72 hours"."""
        return f"{self.amount:g} {_NAMES[self.unit]}{'' if self.amount == 1 else 's'}"

    @property
    def as_interval(self) -> str:
        """How often something happens that recurs after it, such as "every year" or "every 6 months"."""
        return f"every {_NAMES[self.unit]}" if self.amount == 1 else f"every {self.in_words}"

    def __str__(self) -> str:
        return f"{Decimal(repr(self.amount)).normalize():f} {self.unit}"
