"""Money and forces with their units, as people write them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

_SCALES = {"": Decimal(1), "m": Decimal(10) ** 6, "bn": Decimal(10) ** 9}
_MONEY = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(m|bn)?\s+([A-Z]{3})(?:\s+per\s+(year|month))?")
_FORCES = re.compile(r"([0-9]+)(?:\s*-\s*([0-9]+))?\s+([a-z][a-z_]*)")


MOST_FORCES = 100_000_000
"""The largest count of forces that is read: more soldiers than ever stood under arms in the world."""
MOST_MONEY = Decimal(10) ** 16
"""The largest sum that is read, in units of its currency."""


@dataclass(frozen=True)
class Money:
    """An amount of a currency, once or per year or month, such as ``2.5 bn GBP per year``."""

    amount: Decimal
    scale: str
    """Empty, ``m`` (million) or ``bn`` (thousand million)."""
    currency: str
    """Three capital letters."""
    per: str = ""
    """Empty (once), ``year`` or ``month``."""

    EXAMPLE: ClassVar[str] = "2.5 bn GBP per year"

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read ``2.5 bn GBP per year``; raise ``ValueError`` that says what is expected."""
        match = _MONEY.fullmatch(text.strip())
        if match is None:
            raise ValueError(
                f"{text!r} is not an amount of money: write it as '2.5 bn GBP per year' "
                "(number, optional m or bn, three-letter currency, optional 'per year' or 'per month')"
            )
        money = cls(Decimal(match[1]), match[2] or "", match[3], match[4] or "")
        if money.amount * _SCALES[money.scale] > MOST_MONEY:
            raise ValueError(f"{text[:40]!r} is more than there can be: {MOST_MONEY / 10**9:f} bn at most")
        return money

    @property
    def in_a_year(self) -> float | None:
        """The amount of a year in units of its currency; None where it is paid once."""
        times = {"year": 1, "month": 12}.get(self.per)
        return None if times is None else float(self.amount * _SCALES[self.scale] * times)

    def __str__(self) -> str:
        words = [f"{self.amount.normalize():f}", self.scale, self.currency, f"per {self.per}" if self.per else ""]
        return " ".join(word for word in words if word)


@dataclass(frozen=True)
class Forces:
    """A number of something countable, or a range, such as ``15000 troops`` or ``10000 - 30000 troops``."""

    low: int
    high: int
    unit: str
    """What is counted, in the plural: ``troops``, ``tanks``, ``guns``, ``aircraft``, ``km`` for a range limit."""

    EXAMPLE: ClassVar[str] = "15000 - 30000 troops"

    @classmethod
    def parse(cls, text: str) -> "Forces":
        """Read ``15000 troops`` or ``10000 - 30000 troops``; raise ``ValueError`` that says what is expected."""
        match = _FORCES.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a count of forces: write it as '15000 troops' or '10000 - 30000 troops'")
        low, high = int(match[1]), int(match[2] or match[1])
        if high > MOST_FORCES:
            raise ValueError(f"{text[:40]!r} is more than there can be: {MOST_FORCES} at most")
        if low > high:
            raise ValueError(f"{text!r}: the range runs backwards; write the smaller number first")
        return cls(low, high, match[3])

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        span = f"{self.low}" if self.low == self.high else f"{self.low} - {self.high}"
        return f"{span} {self.unit}"

    @property
    def in_prose(self) -> str:
        """The same as a sentence has it: ``15,000 to 30,000 troops``."""
        span = f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"
        return f"{span} {self.unit}"
