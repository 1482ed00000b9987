"""How strong one side is: personnel, spending and capabilities of its parties, added up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.facts.capabilities import CapabilityReading, Component, find_reading

PARTS = (Component.PERSONNEL, Component.SPENDING, Component.CINC)
LEAST = {Component.PERSONNEL: 0.25, Component.SPENDING: 0.25, Component.CINC: 1e-6}
"""What a printed 0 stands for in a ratio: half of the half unit that would still be rounded to it."""


@dataclass(frozen=True)
class Strength:
    """The strength of one or more parties in one year; the figures of several add up."""

    parties: tuple[str, ...]
    at: int
    readings: tuple[CapabilityReading, ...]
    """Every figure that it rests on."""

    def total(self, part: Component) -> float | None:
        """Return the sum of a part over the parties, in its unit; None unless each of them has a figure."""
        known = [each.value for each in self.readings if each.component is part]
        return sum(known) if len(known) == len(self.parties) else None

    @property
    def without_facts(self) -> tuple[str, ...]:
        """The parties of which no figure is known."""
        known = {each.party for each in self.readings}
        return tuple(party for party in self.parties if party not in known)


def strength(party: str, *, at: int) -> Strength:
    """Return the strength of one party in a year, from the figures nearest in time."""
    return strength_of([party], at=at)


def strength_of(parties: Sequence[str], *, at: int) -> Strength:
    """Return the strength of several parties together."""
    found = (find_reading(party, part, at=at) for party in parties for part in PARTS)
    return Strength(tuple(parties), at, tuple(reading for reading in found if reading))


def log_ratio(side: Strength, other: Strength) -> float | None:
    """Return the natural logarithm of side : other; None where they have no part in common.

    mean over the parts p that each party of both sides has a figure of: ln(sum of x_p over side) - ln(sum over other)

    That is the logarithm of the geometric mean of the ratios of personnel, spending and CINC. No party's strength is
    guessed: a part that one of them lacks is left out for all. Only strengths of one time compare, since money is
    counted in the prices of its day.
    """
    ratios = [_log(side, part) - _log(other, part) for part in common_parts(side, other)]
    return sum(ratios) / len(ratios) if ratios else None


def common_parts(side: Strength, other: Strength) -> tuple[Component, ...]:
    """Return the parts of strength that every party of both sides has a figure of."""
    return tuple(part for part in PARTS if side.total(part) is not None and other.total(part) is not None)


def _log(side: Strength, part: Component) -> float:
    return math.log(max(side.total(part) or 0.0, LEAST[part]))
