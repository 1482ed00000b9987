"""The plain engine: every world of the space, as arrays of truth values, from worst to mildest.

A condition becomes an array with axes (threat, attribution, departures); an axis that does not matter has length one.
"""

import operator
from collections.abc import Iterable
from functools import reduce

import numpy as np

from foedus.arrangement.conditions import Acts, Atom, Condition, Fact, Level, evaluate
from foedus.checks.search.space import ATTRIBUTIONS, DOMAIN, THREATS, CannotTell, Space
from foedus.mechanism.rules.world import PLAIN_FACTS, World
from foedus.values.arrays import BoolArray

MAX_FLAGS = 14
_YES: BoolArray = np.ones((1, 1, 1), dtype=np.bool_)


class PlainEngine:
    """Looks at every world."""

    def __init__(self, space: Space) -> None:
        """Lay out the worlds; raise `CannotTell` where there are too many."""
        self._flags = space.facts + space.parties
        if len(self._flags) > MAX_FLAGS:
            raise CannotTell(f"{space.size} worlds are too many to look at one by one")
        self.space = space
        self._departs = _departures(len(self._flags))
        self._atoms: dict[Atom, BoolArray] = {}
        self._known: dict[int, tuple[Condition, BoolArray]] = {}
        self._domain = self.truth(DOMAIN)

    def worst(self, condition: Condition) -> World | None:
        """Return the worst world in which a condition holds."""
        found = self._all(condition)
        first = int(np.argmax(found))
        if not found.flat[first]:
            return None
        threat, attribution, row = (int(place) for place in np.unravel_index(first, found.shape))
        return self.world_at(threat, attribution, row)

    def world_at(self, threat: int, attribution: int, row: int, /) -> World:
        """Return the world at a place of the arrays."""
        departing = [name for name, departs in zip(self._flags, self._departs[row], strict=True) if departs]
        return self.space.world(threat=THREATS[threat], attribution=ATTRIBUTIONS[attribution], departures=departing)

    def is_possible(self, condition: Condition) -> bool:
        """Tell whether a condition holds in some world."""
        return bool((self.truth(condition) & self._domain).any())

    def share(self, condition: Condition, *, within: Condition) -> float:
        """Return the share of the worlds within which a condition holds; 1 where there are none."""
        worlds = self._all(within)
        return float((self._all(condition) & worlds).sum() / worlds.sum()) if worlds.any() else 1.0

    def truth(self, condition: Condition) -> BoolArray:
        """Return where a condition holds, with axes of length one where it does not matter."""
        if isinstance(condition, Fact | Acts | Level):
            return self._atom(condition)
        known = self._known.get(id(condition))
        if known is None:  # the condition is kept, so that no other takes its identity
            value: BoolArray = evaluate(condition, atom=self._atom, part=self.truth, no=_no, every=_every, some=_some)
            known = self._known[id(condition)] = (condition, value)
        return known[1]

    def _all(self, condition: Condition) -> BoolArray:
        shape = (len(THREATS), len(ATTRIBUTIONS), len(self._departs))
        return np.broadcast_to(self.truth(condition) & self._domain, shape)

    def _atom(self, atom: Atom) -> BoolArray:
        known = self._atoms.get(atom)
        if known is None:
            match atom:
                case Fact(name):
                    known = self._flag(name, plain=name in PLAIN_FACTS)
                case Acts(party):
                    known = self._flag(party, plain=True)
                case Level():
                    known = _level(atom)
            self._atoms[atom] = known
        return known

    def _flag(self, name: str, *, plain: bool) -> BoolArray:
        if name not in self._flags:
            return np.full((1, 1, 1), plain)
        departs: BoolArray = self._departs[:, self._flags.index(name)][None, None, :]
        return ~departs if plain else departs


def _departures(count: int) -> BoolArray:
    """Return (row, flag): every set of departures, fewer first, then those in later flags first."""
    numbers = np.arange(2**count)
    bits: BoolArray = ((numbers[:, None] >> np.arange(count)[::-1][None, :]) & 1).astype(np.bool_)
    order = np.lexsort((numbers, bits.sum(axis=1)))
    return bits[order]


def _level(atom: Level) -> BoolArray:
    values = THREATS if atom.name == "threat" else ATTRIBUTIONS
    shape = (len(values), 1, 1) if atom.name == "threat" else (1, len(values), 1)
    return np.array([atom.is_met_by(value) for value in values]).reshape(shape)


def _no(part: BoolArray) -> BoolArray:
    return ~part


def _every(parts: Iterable[BoolArray]) -> BoolArray:
    return reduce(operator.and_, parts, _YES)


def _some(parts: Iterable[BoolArray]) -> BoolArray:
    return reduce(operator.or_, parts, ~_YES)
