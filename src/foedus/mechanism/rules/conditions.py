"""Whether a condition holds in a world."""

import operator

from foedus.arrangement.conditions import Acts, Atom, Condition, Fact, Level, evaluate
from foedus.mechanism.rules.world import World


def holds(condition: Condition, world: World) -> bool:
    """Tell whether a condition holds in a world; no more of the world is looked at than is needed to tell."""

    def so(part: Condition) -> bool:
        return evaluate(part, atom=atom, part=so, no=operator.not_, every=all, some=any)

    def atom(part: Atom) -> bool:
        return _is_so(part, world)

    return so(condition)


def _is_so(atom: Atom, world: World) -> bool:
    match atom:
        case Fact(name):
            return name in world.facts
        case Acts(party):
            return party not in world.idle
        case Level(name, _, _):
            return atom.is_met_by(world.threat if name == "threat" else world.attribution)
