"""The plain engine: every world of the space has a bit, and a condition is the number whose bits are its worlds.

The bits of worlds that share a threat and an attribution lie together, the worst pair in the lowest bits. Among them a
world's place, written in binary, says which flags depart from the plain case, the first flag in the highest digit. So
"and", "or" and "not" of conditions are those of whole numbers, and no library of arrays is loaded for a check.
"""

import operator
from collections.abc import Iterable
from functools import reduce
from itertools import product

from foedus.arrangement.conditions import Acts, Atom, Condition, Fact, Level, evaluate
from foedus.checks.search.space import ATTRIBUTIONS, DOMAIN, THREATS, CannotTell, Space
from foedus.mechanism.rules.world import PLAIN_FACTS, World

MAX_FLAGS = 17
"""Facts and parties with which a condition takes 200 kB; a large text has some thousand conditions."""
_PAIRS = tuple(product(THREATS, ATTRIBUTIONS))


class PlainEngine:
    """Looks at every world."""

    def __init__(self, space: Space) -> None:
        """Lay out the worlds; raise `CannotTell` where there are too many."""
        self._flags = space.facts + space.parties
        if len(self._flags) > MAX_FLAGS:
            raise CannotTell(f"{space.size} worlds are too many to look at one by one")
        self.space = space
        self._rows = 2 ** len(self._flags)
        """Worlds that share a threat and an attribution."""
        self._all = (1 << space.size) - 1
        self._by_departures = _by_departures(len(self._flags))
        self._atoms: dict[Atom, int] = {}
        self._known: dict[int, tuple[Condition, int]] = {}
        self._domain = self.truth(DOMAIN)

    def worst(self, condition: Condition) -> World | None:
        """Return the worst world in which a condition holds."""
        found = self.truth(condition) & self._domain
        if not found:
            return None
        first = _lowest(found) // self._rows * self._rows
        pair = found >> first & ((1 << self._rows) - 1)
        fewest = next(rows for departing in self._by_departures if (rows := pair & departing))
        return self.world_at(first + _lowest(fewest))

    def world_at(self, place: int, /) -> World:
        """Return the world that has a bit."""
        pair, row = divmod(place, self._rows)
        threat, attribution = _PAIRS[pair]
        digits = f"{row:0{len(self._flags)}b}"
        departing = [name for name, digit in zip(self._flags, digits, strict=False) if digit == "1"]
        return self.space.world(threat=threat, attribution=attribution, departures=departing)

    def is_possible(self, condition: Condition) -> bool:
        """Tell whether a condition holds in some world."""
        return bool(self.truth(condition) & self._domain)

    def truth(self, condition: Condition) -> int:
        """Return the worlds in which a condition holds, those outside the domain among them."""
        if isinstance(condition, Fact | Acts | Level):
            return self._atom(condition)
        known = self._known.get(id(condition))
        if known is None:  # the condition is kept, so that no other takes its identity
            value = evaluate(condition, atom=self._atom, part=self.truth, no=self._no, every=self._every, some=_some)
            known = self._known[id(condition)] = (condition, value)
        return known[1]

    def _atom(self, atom: Atom) -> int:
        known = self._atoms.get(atom)
        if known is None:
            match atom:
                case Fact(name):
                    known = self._flag(name, plain=name in PLAIN_FACTS)
                case Acts(party):
                    known = self._flag(party, plain=True)
                case Level(name, _, _):
                    known = self._level(atom, side=0 if name == "threat" else 1)
            self._atoms[atom] = known
        return known

    def _flag(self, name: str, *, plain: bool) -> int:
        if name not in self._flags:
            return self._all if plain else 0
        digit = 2 ** (len(self._flags) - 1 - self._flags.index(name))
        departs = _repeated(((1 << digit) - 1) << digit, width=2 * digit, times=self.space.size // (2 * digit))
        return self._no(departs) if plain else departs

    def _level(self, atom: Level, *, side: int) -> int:
        pair = (1 << self._rows) - 1
        return _some(pair << self._rows * place for place, levels in enumerate(_PAIRS) if atom.is_met_by(levels[side]))

    def _no(self, part: int) -> int:
        return self._all ^ part

    def _every(self, parts: Iterable[int]) -> int:
        return reduce(operator.and_, parts, self._all)


def _some(parts: Iterable[int]) -> int:
    return reduce(operator.or_, parts, 0)


def _lowest(bits: int) -> int:
    """Return the place of the lowest bit."""
    return (bits & -bits).bit_length() - 1


def _repeated(bits: int, *, width: int, times: int) -> int:
    """Return bits of this width, one copy beside the other."""
    if times == 1:
        return bits
    half = _repeated(bits, width=width, times=times // 2)
    whole = half | half << width * (times // 2)
    return whole | bits << width * (times - 1) if times % 2 else whole


def _by_departures(flags: int) -> tuple[int, ...]:
    """Return for each number of departures, fewer first, the rows that have so many."""
    rows = [1]
    for flag in range(flags):
        without, with_it = [*rows, 0], [0, *(each << 2**flag for each in rows)]
        rows = [one | other for one, other in zip(without, with_it, strict=True)]
    return tuple(rows)
