"""How often two states have been in a militarised dispute with each other before."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from pandas import DataFrame

YEARS = 10
"""Years before that are counted: disputes between rivals come in clusters (Diehl and Goertz 2000)."""


@dataclass(frozen=True)
class Rivalries:
    """The years in which disputes between two states began."""

    began: Mapping[frozenset[int], tuple[int, ...]]
    """[the two states] one year for each dispute, that in which the later of the two entered it."""

    def before(self, one: int, other: int, *, year: int) -> int:
        """Count disputes that began in the ten years before ``year``, the year itself left out."""
        return sum(year - YEARS <= each < year for each in self.began.get(frozenset({one, other}), ()))


def rivalries_of(participants: DataFrame) -> Rivalries:
    """Pair the two sides of every dispute."""
    began: dict[frozenset[int], list[int]] = {}
    for rows in _by_dispute(participants).values():
        for pair, year in _pairs(rows):
            began.setdefault(pair, []).append(year)
    return Rivalries({pair: tuple(sorted(years)) for pair, years in began.items()})


def _by_dispute(participants: DataFrame) -> dict[int, list[dict[Hashable, Any]]]:
    rows: dict[int, list[dict[Hashable, Any]]] = {}
    for row in participants.to_dict("records"):
        rows.setdefault(row["dispute"], []).append(row)
    return rows


def _pairs(rows: list[dict[Hashable, Any]]) -> Iterator[tuple[frozenset[int], int]]:
    sides = [[each for each in rows if bool(each["is_initiator_side"]) is first] for first in (True, False)]
    for one, other in product(*sides):
        years = max(int(one["start_year"]), int(other["start_year"]))
        yield frozenset({one["state"], other["state"]}), years
