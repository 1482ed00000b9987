"""Whether a condition holds in a world."""

import operator
from collections.abc import Callable

from foedus.arrangement.conditions import LEVELS, Acts, And, Condition, Fact, Level, Not, Or
from foedus.mechanism.rules.world import World

_RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def holds(condition: Condition, world: World) -> bool:
    """Tell whether a condition holds in a world."""
    match condition:
        case Fact(name):
            return name in world.facts
        case Acts(party):
            return party not in world.idle
        case Level(name, relation, level):
            value = world.threat if name == "threat" else world.attribution
            return _RELATIONS[relation](LEVELS[name].index(value), LEVELS[name].index(level))
        case Not(part):
            return not holds(part, world)
        case And(parts):
            return all(holds(part, world) for part in parts)
        case Or(parts):
            return any(holds(part, world) for part in parts)
