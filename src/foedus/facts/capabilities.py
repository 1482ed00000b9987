"""Dated figures of a party: personnel, spending, share of world capabilities, population, each the nearest in time."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from foedus.arrangement.parties import SourcedNumber, load_party_facts

NEAR = 5
"""Years beyond which a figure of another time says nothing any more."""
NMC = "National Material Capabilities 7.0 (Singer, Bremer and Stuckey 1972; Singer 1987), derived"


class Component(StrEnum):
    """What strength is made of, and population."""

    PERSONNEL = "personnel"
    SPENDING = "spending"
    CINC = "cinc"
    POPULATION = "population"


UNITS = {
    Component.PERSONNEL: "thousand",
    Component.SPENDING: "million USD of the day; before 1914, million GBP",
    Component.CINC: "share of the world",
    Component.POPULATION: "thousand",
}


@dataclass(frozen=True)
class CapabilityReading:
    """One figure of one party, and the time and source that it comes from."""

    party: str
    component: Component
    value: float
    """In the unit of the component, at least 0."""
    first: int
    """First year that it speaks of."""
    last: int
    """Last year that it speaks of."""
    years: int
    """Years of which it is the mean; 0 where there was no armed state."""
    source: str

    def distance(self, year: int) -> int:
        """Return how many years it lies away from a year; 0 within."""
        return max(self.first - year, year - self.last, 0)

    def __str__(self) -> str:
        when = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.party}: {self.component} {self.value:g} {UNITS[self.component]} ({when}; {self.source})"


@cache
def find_reading(party: str, component: Component, *, at: int) -> CapabilityReading | None:
    """Return a party's figure nearest to a year, at most `NEAR` years away; None where there is none.

    Of figures that are as near, the one that covers the fewest years is taken: a year's own before a mean of five.
    """
    near = [each for each in _readings(party) if each.component is component and each.distance(at) <= NEAR]
    return min(near, key=lambda each: (each.distance(at), each.last - each.first), default=None)


def has_figures(party: str) -> bool:
    """Tell whether a party has dated figures at any time; one that never has is no state, or an unknown one."""
    return bool(_readings(party))


@cache
def _readings(party: str) -> tuple[CapabilityReading, ...]:
    """Return all figures of a party; those of the others are not read for it."""
    return (*_derived(party), *_of_today(party))


def _derived(party: str) -> Iterator[CapabilityReading]:
    names, rows = _table()
    for row in csv.DictReader(rows.get(party, ()), fieldnames=names):
        first, last, years = int(row["first"]), int(row["last"]), int(row["n"])
        for component in Component:
            if row[component]:
                yield CapabilityReading(party, component, float(row[component]), first, last, years, NMC)


@cache
def _table() -> tuple[Sequence[str], Mapping[str, Sequence[str]]]:
    """Return the names of the columns, and the lines of each party, who stands first in them."""
    text = (files("foedus") / "library" / "capabilities.csv").read_text(encoding="utf-8")
    head, *lines = (line for line in text.splitlines() if not line.startswith("#"))
    rows: dict[str, list[str]] = {}
    for line in lines:
        rows.setdefault(line.partition(",")[0], []).append(line)
    return head.split(","), rows


def _of_today(party: str) -> Iterator[CapabilityReading]:
    facts = load_party_facts().get(party)
    if facts is not None and facts.active_forces:
        yield _today(party, Component.PERSONNEL, facts.active_forces, unit=1e-3)
    if facts is not None and facts.defence_spending:
        yield _today(party, Component.SPENDING, facts.defence_spending, unit=1e3)


def _today(party: str, component: Component, figure: SourcedNumber, *, unit: float) -> CapabilityReading:
    year = int(figure.date[:4])
    return CapabilityReading(party, component, figure.value * unit, year, year, 1, figure.source)
