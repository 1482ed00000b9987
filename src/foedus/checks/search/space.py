"""The finite space of worlds that the conditions of an arrangement can tell apart, from worst to mildest.

The order: threat from invade down, then attribution from established down, then fewer departures from the plain case,
then departures in later facts first. It is total, so that every engine names the same world.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from foedus.arrangement.conditions import FACTS, Acts, And, Condition, Fact, Level, Not, Or
from foedus.mechanism.rules.world import PLAIN_FACTS, World

THREATS = ("invade", "seize", "coerce")
ATTRIBUTIONS = ("established", "likely", "suspected", "none")
TRUE: Condition = And(())
FALSE: Condition = Or(())

DOMAIN: Condition = Or((Level("threat", "<", "invade"), And((Level("attribution", ">=", "likely"), Fact("external")))))
"""A major offensive comes from outside and cannot hide who leads it."""


class CannotTell(Exception):
    """An engine gave up within its limits."""


@dataclass(frozen=True)
class Space:
    """Facts and parties on which something depends; everything else stays as in the plain case."""

    facts: tuple[str, ...]
    parties: tuple[str, ...]

    @property
    def size(self) -> int:
        """The number of worlds."""
        return len(THREATS) * len(ATTRIBUTIONS) << len(self.facts) + len(self.parties)

    def world(self, *, threat: str, attribution: str, departures: Iterable[str]) -> World:
        """Return the world in which the named facts (or parties) depart from the plain case."""
        departing = set(departures)
        facts = frozenset(name for name in FACTS if (name in PLAIN_FACTS) != (name in departing and name in self.facts))
        idle = frozenset(party for party in self.parties if party in departing)
        return World(threat=threat, attribution=attribution, facts=facts, idle=idle)


def space_of(conditions: Iterable[Condition]) -> Space:
    """Return the space that some conditions can tell apart."""
    facts: set[str] = set()
    parties: set[str] = set()
    for condition in conditions:
        for atom in atoms(condition):
            if isinstance(atom, Fact):
                facts.add(atom.name)
            elif isinstance(atom, Acts):
                parties.add(atom.party)
    return Space(tuple(name for name in FACTS if name in facts), tuple(sorted(parties)))


def atoms(condition: Condition) -> Iterator[Fact | Acts | Level]:
    """Yield the atoms of a condition."""
    match condition:
        case Not(part):
            yield from atoms(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from atoms(part)
        case Fact() | Acts() | Level():
            yield condition


def both(parts: Iterable[Condition], /) -> Condition:
    """Return the condition that all parts hold, without parts that say nothing."""
    found: list[Condition] = []
    for part in parts:
        if part == FALSE:
            return FALSE
        found += part.parts if isinstance(part, And) else [part]
    return found[0] if len(found) == 1 else And(tuple(dict.fromkeys(found)))


def either(parts: Iterable[Condition], /) -> Condition:
    """Return the condition that one of the parts holds, each told once."""
    found: list[Condition] = []
    for part in parts:
        if part == TRUE:
            return TRUE
        found += part.parts if isinstance(part, Or) else [part]
    return found[0] if len(found) == 1 else Or(tuple(dict.fromkeys(found)))


def negated(part: Condition, /) -> Condition:
    """Return the condition that a part does not hold."""
    if part in (TRUE, FALSE):
        return FALSE if part == TRUE else TRUE
    return part.part if isinstance(part, Not) else Not(part)


def assume(condition: Condition, *, facts: dict[str, bool] | None = None, acts: bool | None = None) -> Condition:
    """Return the condition with some facts, or whether parties act, put to fixed values."""
    match condition:
        case Fact(name) if facts and name in facts:
            return TRUE if facts[name] else FALSE
        case Acts() if acts is not None:
            return TRUE if acts else FALSE
        case Not(part):
            assumed = assume(part, facts=facts, acts=acts)
            return condition if assumed is part else negated(assumed)
        case And(parts) | Or(parts):
            new = [assume(part, facts=facts, acts=acts) for part in parts]
            if all(one is other for one, other in zip(new, parts, strict=True)):
                return condition
            return both(new) if isinstance(condition, And) else either(new)
        case _:
            return condition


def is_threat(level: str) -> Condition:
    """Return the condition that the threat is at one level."""
    return Level("threat", "==", level)
