"""The solver engine: the same questions put to Z3, for spaces that are too large to look at world by world.

Each engine has a context of its own. Work is limited by memory and by a count of steps, the same on every machine.
"""

from collections.abc import Iterable
from typing import Any

import z3  # type: ignore[import-untyped]

from foedus.arrangement.conditions import LEVELS, Acts, Atom, Condition, Fact, Level, evaluate
from foedus.checks.search.space import ATTRIBUTIONS, DOMAIN, THREATS, CannotTell, Space
from foedus.mechanism.rules.world import PLAIN_FACTS, World

MAX_STEPS = 20_000_000
MAX_MEGABYTES = 512


class Z3Engine:
    """Asks a solver."""

    def __init__(self, space: Space) -> None:
        """Declare the facts and levels in a fresh context."""
        self.space = space
        self._context = z3.Context()
        self._levels = {name: z3.Int(name, self._context) for name in LEVELS}
        flags = space.facts + space.parties
        self._departs = {name: z3.Bool(f"departs_{name}", self._context) for name in flags}
        self._known: dict[int, tuple[Condition, Any]] = {}
        self._solver = z3.Solver(ctx=self._context)
        self._solver.set("rlimit", MAX_STEPS)
        self._solver.set("max_memory", MAX_MEGABYTES)
        for name, levels in LEVELS.items():
            low = 1 if name == "threat" else 0
            self._solver.add(self._levels[name] >= low, self._levels[name] < len(levels))
        self._solver.add(self.term(DOMAIN))

    def worst(self, condition: Condition) -> World | None:
        """Return the worst world in which a condition holds; raise `CannotTell` at the limits."""
        fixed = [self.term(condition)]
        if not self._holds(fixed):
            return None
        threat = self._first(fixed, [self._at("threat", level) for level in THREATS])
        attribution = self._first(fixed, [self._at("attribution", level) for level in ATTRIBUTIONS])
        departs = list(self._departs.values())
        if departs:
            self._first(fixed, [z3.PbLe([(flag, 1) for flag in departs], n) for n in range(len(departs) + 1)])
        departing = [
            name for name, flag in self._departs.items() if self._first(fixed, [z3.Not(flag, self._context), flag])
        ]
        return self.space.world(threat=THREATS[threat], attribution=ATTRIBUTIONS[attribution], departures=departing)

    def is_possible(self, condition: Condition) -> bool:
        """Tell whether a condition holds in some world; raise `CannotTell` at the limits."""
        return self._holds([self.term(condition)])

    def term(self, condition: Condition) -> Any:
        """Return a condition as a term of this engine's context."""
        known = self._known.get(id(condition))
        if known is None:  # the condition is kept, so that no other takes its identity
            known = self._known[id(condition)] = (condition, self._translate(condition))
        return known[1]

    def _first(self, fixed: list[Any], choices: list[Any]) -> int:
        """Fix the first choice that is still possible and return its place."""
        for place, choice in enumerate(choices[:-1]):
            if self._holds([*fixed, choice]):
                fixed.append(choice)
                return place
        fixed.append(choices[-1])
        return len(choices) - 1

    def _holds(self, terms: list[Any]) -> bool:
        self._solver.push()
        self._solver.add(*terms)
        answer = self._solver.check()
        self._solver.pop()
        if answer == z3.unknown:
            raise CannotTell(f"the solver gave up: {self._solver.reason_unknown()}")
        return bool(answer == z3.sat)

    def _at(self, name: str, level: str) -> Any:
        return self._levels[name] == LEVELS[name].index(level)

    def _translate(self, condition: Condition) -> Any:
        return evaluate(condition, atom=self._atom, part=self.term, no=self._no, every=self._every, some=self._some)

    def _atom(self, atom: Atom) -> Any:
        match atom:
            case Fact(name):
                return self._flag(name, plain=name in PLAIN_FACTS)
            case Acts(party):
                return self._flag(party, plain=True)
            case Level(name, _, _):
                return atom.compare(self._levels[name])

    def _no(self, part: Any) -> Any:
        return z3.Not(part, self._context)

    def _every(self, parts: Iterable[Any]) -> Any:
        return z3.And(*parts, self._constant(True), self._context)

    def _some(self, parts: Iterable[Any]) -> Any:
        return z3.Or(*parts, self._constant(False), self._context)

    def _constant(self, value: bool, /) -> Any:
        return z3.BoolVal(value, self._context)

    def _flag(self, name: str, *, plain: bool) -> Any:
        if name not in self._departs:
            return self._constant(plain)
        return z3.Not(self._departs[name], self._context) if plain else self._departs[name]
