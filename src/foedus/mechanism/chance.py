"""How likely it is that a condition is held to be met, given what was determined."""

import itertools
import math
import operator
from collections.abc import Callable, Iterator, Mapping

from foedus.arrangement.conditions import LEVELS, Acts, And, Condition, Fact, Level, Not, Or
from foedus.mechanism.trace import Yardsticks
from foedus.values.words import Determination

_COLUMN = {
    Determination.HYBRID: "hybrid",
    Determination.INCURSION: "incursion",
    Determination.INVASION: "invasion",
    Determination.PROVOKED: "incursion",  # the yardsticks know no column of its own; only `provoked` differs
}
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_THREAT = {
    Determination.HYBRID: "coerce",
    Determination.INCURSION: "seize",
    Determination.INVASION: "invade",
    Determination.PROVOKED: "seize",
}


def chance_of(condition: Condition, *, finding: Determination, yardsticks: Yardsticks) -> float:
    """Return P(condition is held to be met | finding), the facts in it taken as independent of each other.

    Sums over every combination of the facts that the condition names, so that equivalent wordings have equal chances.
    """
    facts = sorted({*_facts_in(condition)})
    spreads = [_spread(fact, finding=finding, yardsticks=yardsticks) for fact in facts]
    return sum(
        math.prod(chance for _, chance in world)
        for world in itertools.product(*spreads)
        if _holds(condition, dict(zip(facts, (value for value, _ in world), strict=True)))
    )


def _facts_in(condition: Condition) -> Iterator[str]:
    match condition:
        case Fact(name) | Level(name, _, _):
            yield name
        case Acts(party):
            yield f"acts {party}"
        case Not(part):
            yield from _facts_in(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _facts_in(part)


def _spread(fact: str, *, finding: Determination, yardsticks: Yardsticks) -> list[tuple[int, float]]:
    """Return the values that a fact can take, with their chances: 0 and 1, or the position of its level."""
    if fact in LEVELS:
        at_least = _reach(fact, finding=finding, yardsticks=yardsticks)
        return [(level, at_least[level] - at_least[level + 1]) for level in range(len(LEVELS[fact]))]
    if fact == "provoked" and finding is Determination.PROVOKED:
        return [(1, 1.0)]
    chance = yardsticks[f"fact.{fact.split()[0]}.{_COLUMN[finding]}"]
    return [(0, 1 - chance), (1, chance)]


def _holds(condition: Condition, world: Mapping[str, int]) -> bool:
    match condition:
        case Fact(name):
            return bool(world[name])
        case Acts(party):
            return bool(world[f"acts {party}"])
        case Level(name, relation, level):
            return _COMPARE[relation](world[name], LEVELS[name].index(level))
        case Not(part):
            return not _holds(part, world)
        case And(parts):
            return all(_holds(part, world) for part in parts)
        case Or(parts):
            return any(_holds(part, world) for part in parts)


def _reach(name: str, *, finding: Determination, yardsticks: Yardsticks) -> list[float]:
    """Return P(level >= l) for each level, and 0 beyond the last."""
    if name == "threat":
        actual = LEVELS[name].index(_THREAT[finding])
        return [1.0 if position <= actual else 0.0 for position in range(len(LEVELS[name]))] + [0.0]
    reached = [1.0]
    for level in LEVELS["attribution"][1:]:
        reached.append(min(reached[-1], yardsticks[f"attribution.{level}"]))
    return [*reached, 0.0]
