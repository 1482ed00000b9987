"""Which engine looks for a witness: the plain one, or the solver where worlds are too many to look at each."""

from typing import Literal, Protocol

from foedus.arrangement.conditions import Condition
from foedus.checks.search.plain_engine import MAX_FLAGS, PlainEngine
from foedus.checks.search.space import CannotTell, Space
from foedus.mechanism.rules.world import World

EngineName = Literal["auto", "plain", "z3"]


class Engine(Protocol):
    """Searches a space of worlds."""

    space: Space

    def worst(self, condition: Condition) -> World | None:
        """Return the worst world in which a condition holds."""

    def is_possible(self, condition: Condition) -> bool:
        """Tell whether a condition holds in some world."""


def engine_for(space: Space, *, name: EngineName = "auto") -> Engine:
    """Return the engine for a space; raise `CannotTell` where it takes a solver and none is installed."""
    is_small = len(space.facts) + len(space.parties) <= MAX_FLAGS
    if name == "plain" or (name == "auto" and is_small):
        return PlainEngine(space)
    try:
        from foedus.checks.search.z3_engine import Z3Engine  # a large library, loaded where it is needed
    except ModuleNotFoundError as error:
        raise CannotTell(
            f"{space.size} worlds are too many to look at one by one, and the solver is not installed: "
            "pip install 'foedus[solver]'"
        ) from error
    return Z3Engine(space)
