"""Whether a condition holds in a world."""

import operator

from foedus.arrangement.conditions import Acts, Atom, Condition, Fact, Level, evaluate
from foedus.mechanism.rules.world import World


def holds(condition: Condition, world: World) -> bool:
    """Tell whether a condition holds in a world; no more of the world is looked at than is needed to tell."""
    return evaluate(
        condition,
        atom=lambda atom: _is_so(atom, world),
        part=lambda part: holds(part, world),
        no=operator.not_,
        every=all,
        some=any,
    )


def _is_so(atom: Atom, world: World) -> bool:
    match atom:
        case Fact(name):
            return name in world.facts
        case Acts(party):
            return party not in world.idle
        case Level(name, _, _):
            return atom.is_met_by(world.threat if name == "threat" else world.attribution)
