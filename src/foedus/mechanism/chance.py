"""How likely it is that a condition is held to be met, given what was determined."""

import math

from foedus.arrangement.conditions import LEVELS, Acts, And, Condition, Fact, Level, Not, Or
from foedus.mechanism.trace import Yardsticks
from foedus.values.words import Determination

_COLUMN = {
    Determination.HYBRID: "hybrid",
    Determination.INCURSION: "incursion",
    Determination.INVASION: "invasion",
    Determination.PROVOKED: "incursion",  # the yardsticks know no column of its own; only `provoked` differs
}
_THREAT = {
    Determination.HYBRID: "coerce",
    Determination.INCURSION: "seize",
    Determination.INVASION: "invade",
    Determination.PROVOKED: "seize",
}


def chance_of(condition: Condition, *, finding: Determination, yardsticks: Yardsticks) -> float:
    """Return P(condition is held to be met | finding), its facts taken as independent of each other."""
    match condition:
        case Fact("provoked") if finding is Determination.PROVOKED:
            return 1.0
        case Fact(name):
            return yardsticks[f"fact.{name}.{_COLUMN[finding]}"]
        case Acts():
            return yardsticks[f"fact.acts.{_COLUMN[finding]}"]
        case Level(name, relation, level):
            return _chance_of_level(name, relation=relation, level=level, finding=finding, yardsticks=yardsticks)
        case Not(part):
            return 1 - chance_of(part, finding=finding, yardsticks=yardsticks)
        case And(parts):
            return math.prod(chance_of(part, finding=finding, yardsticks=yardsticks) for part in parts)
        case Or(parts):
            return 1 - math.prod(1 - chance_of(part, finding=finding, yardsticks=yardsticks) for part in parts)


def _chance_of_level(name: str, *, relation: str, level: str, finding: Determination, yardsticks: Yardsticks) -> float:
    at_least = _reach(name, finding=finding, yardsticks=yardsticks)
    position = LEVELS[name].index(level)
    reached, passed = at_least[position], at_least[position + 1]
    return {
        ">=": reached,
        ">": passed,
        "<": 1 - reached,
        "<=": 1 - passed,
        "==": reached - passed,
        "!=": 1 - reached + passed,
    }[relation]


def _reach(name: str, *, finding: Determination, yardsticks: Yardsticks) -> list[float]:
    """Return P(level >= l) for each level, and 0 beyond the last."""
    if name == "threat":
        actual = LEVELS[name].index(_THREAT[finding])
        return [1.0 if position <= actual else 0.0 for position in range(len(LEVELS[name]))] + [0.0]
    reached = [1.0]
    for level in LEVELS["attribution"][1:]:
        reached.append(min(reached[-1], yardsticks[f"attribution.{level}"]))
    return [*reached, 0.0]
