"""Who is how strong and who is allied with whom in a year, from the tables of capabilities and alliances."""

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas import DataFrame

from foedus.evidence.dyads.record import Pact, pact_of
from foedus.facts.capabilities import CapabilityReading, Component
from foedus.facts.strength import Strength, log_ratio

_COLUMNS = {
    "personnel": (Component.PERSONNEL, 1.0),
    "spending": (Component.SPENDING, 1e-3),
    "capability": (Component.CINC, 1.0),
}
"""[column] what it is, and what its figures are multiplied by for the unit that strengths are counted in."""
LEAST_SHARE = 1e-4
"""Share of the world's capabilities that a state counts as having at the least; the smallest have a few of these."""
_REGION_ENDS = (200, 400, 600, 700, 900)
"""First numbers of Europe, Africa, the Middle East, Asia and Oceania in the Correlates of War; below, the Americas."""


@dataclass(frozen=True)
class AlliedStrength:
    """What the allies of a state under threat have, in logarithms; 0 without any."""

    beside: float
    """To the state: ln((state + allies) : state)."""
    against: float
    """To who threatens: ln(allies : who threatens)."""


@dataclass(frozen=True)
class Membership:
    """One state's time in one treaty with a promise to defend."""

    treaty: int
    state: int
    first: int
    last: int
    is_bilateral: bool


@dataclass(frozen=True)
class StatesOfTheWorld:
    """Strengths and defence pacts of all states, by year."""

    strengths: Mapping[tuple[int, int], Strength]
    """[state, year]"""
    by_state: Mapping[int, tuple[Membership, ...]]
    by_treaty: Mapping[int, tuple[Membership, ...]]

    def ratio(self, threatening: int, threatened: int, *, year: int) -> float | None:
        """Return the log ratio of strengths; None where they have no figure in common."""
        sides = (self.strengths.get((state, year)) for state in (threatening, threatened))
        first, second = sides
        return log_ratio(first, second) if first and second else None

    def allies(self, state: int, *, year: int) -> tuple[frozenset[int], bool]:
        """Return who has promised to defend a state, and whether one of the treaties is between two."""
        mine = [each for each in self.by_state.get(state, ()) if each.first <= year <= each.last]
        found = {
            other.state
            for each in mine
            for other in self.by_treaty[each.treaty]
            if other.first <= year <= other.last and other.state != state
        }
        return frozenset(found), any(each.is_bilateral for each in mine)

    def pact(self, state: int, *, year: int, without: frozenset[int]) -> tuple[Pact, frozenset[int]]:
        """Return the pact that protects a state and its allies, those ``without`` left out."""
        allies, is_bilateral = self.allies(state, year=year)
        left = allies - without
        shares = [share for ally in left if (share := self._share(ally, year)) is not None]
        strongest = max(shares, default=0.0) if left else None
        return pact_of(is_bilateral=is_bilateral, strongest=strongest), left

    def allied_strength(
        self, allies: frozenset[int], *, threatening: int, threatened: int, year: int
    ) -> AlliedStrength:
        """Weigh the allies' capabilities against those of the state and of who threatens it."""
        if not allies:
            return AlliedStrength(0.0, 0.0)
        together = max(LEAST_SHARE, sum(self._share(ally, year) or 0.0 for ally in allies))
        own, other = (max(LEAST_SHARE, self._share(each, year) or 0.0) for each in (threatened, threatening))
        return AlliedStrength(beside=math.log1p(together / own), against=math.log(together / other))

    def _share(self, state: int, year: int) -> float | None:
        strength = self.strengths.get((state, year))
        return strength.total(Component.CINC) if strength else None


def region(state: int) -> int:
    """Return the number of the region that a state lies in."""
    return sum(state >= end for end in _REGION_ENDS)


def world_of(capabilities: DataFrame, members: DataFrame) -> StatesOfTheWorld:
    """Put strengths and pacts together."""
    by_state: dict[int, list[Membership]] = {}
    by_treaty: dict[int, list[Membership]] = {}
    for each in _memberships(members):
        by_state.setdefault(each.state, []).append(each)
        by_treaty.setdefault(each.treaty, []).append(each)
    return StatesOfTheWorld(
        strengths={(row["state"], row["year"]): _strength(row) for row in capabilities.to_dict("records")},
        by_state={key: tuple(found) for key, found in by_state.items()},
        by_treaty={key: tuple(found) for key, found in by_treaty.items()},
    )


_STILL_IN_FORCE = 9999


def _memberships(members: DataFrame) -> Iterator[Membership]:
    for row in members.to_dict("records"):
        if pd.notna(row["defence"]) and row["defence"]:
            last = row["exit_year"] if pd.notna(row["exit_year"]) else _STILL_IN_FORCE
            yield Membership(row["treaty"], row["state"], row["enter_year"], last, bool(row["is_bilateral"]))


def _strength(row: Mapping[Hashable, Any]) -> Strength:
    state, year = str(row["state"]), int(row["year"])
    readings = (
        CapabilityReading(state, part, float(value) * unit, year, year, 1, "National Material Capabilities")
        for name, (part, unit) in _COLUMNS.items()
        if pd.notna(value := row[name])
    )
    return Strength((state,), year, tuple(readings))
