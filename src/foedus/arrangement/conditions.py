"""The condition grammar: one tree, evaluated by the mechanism and proven about by the checks.

condition  = conjunction {"or" conjunction}
conjunction = negation {"and" negation}
negation   = "not" negation | "(" condition ")" | atom
atom       = FACT | "acts(" PARTY ")" | LEVEL_FACT ("<" | "<=" | "==" | "!=" | ">=" | ">") LEVEL
"""

import difflib
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

FACTS: dict[str, str] = {
    "provoked": "the protected state used force first",
    "requested": "the protected state asked for help",
    "consulted": "the guarantors have met",
    "council_decides": "the council named in the text has taken the decision",
    "adversary_agrees": "the adversary agrees",
    "parliament_approves": "the guarantor's parliament has approved",
    "funds_appropriated": "the money has been voted",
    "ceasefire_in_force": "a ceasefire is in force",
    "settlement_in_force": "the settlement is in force",
    "nuclear_weapons_used": "nuclear weapons are used in the aggression or its threat",
    "external": "the attack comes from outside",
    "persists": "the breach goes on after the first response",
    "flagrant": "the breach is flagrant",
    "significant": "the attack is significant",
    "deliberate": "the attack is deliberate",
    "sustained": "the attack is sustained",
    "named_scenario": "the act is one of the scenarios that the text names",
    "in_scope": "the act falls on territory that the text covers",
    "constitution_overthrown": "the constitutional order of the protected state has been overthrown",
}
"""Facts that hold or not, with their meaning."""

LEVELS: dict[str, tuple[str, ...]] = {
    "threat": ("hold", "coerce", "seize", "invade"),
    "attribution": ("none", "suspected", "likely", "established"),
}
"""Facts that take one of several levels, from lowest to highest."""

LEVEL_MEANINGS: dict[str, dict[str, str]] = {
    "threat": {
        "hold": "the adversary keeps the peace",
        "coerce": "grey-zone pressure: sabotage, cyber attacks, coercion below open force",
        "seize": "a limited armed incursion",
        "invade": "a major offensive",
    },
    "attribution": {
        "none": "nobody can say who did it",
        "suspected": "the adversary is suspected",
        "likely": "it was probably the adversary",
        "established": "it is established that it was the adversary",
    },
}
"""What each level means."""

RELATIONS: MappingProxyType[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">=": operator.ge, ">": operator.gt}
)
"""What each comparison of the grammar means, of places of levels or of anything that compares like them."""
_TOKEN = re.compile(r"\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|==|!=|[<>()])|(\S))", re.ASCII)
_RESERVED = frozenset({"and", "or", "not"})
_MAX_LENGTH = 400
_MAX_DEPTH = 20
MOST_WAYS = 2048
"""Ways in which a condition may be decided: its chance is worked out over all of them, in every future."""


class BadCondition(ValueError):
    """A condition that does not follow the grammar."""


@dataclass(frozen=True)
class Fact:
    """A fact holds."""

    name: str


@dataclass(frozen=True)
class Acts:
    """A named guarantor acts."""

    party: str


@dataclass(frozen=True)
class Level:
    """A levelled fact stands in a relation to one of its levels."""

    name: str
    relation: str
    level: str

    def is_met_by(self, value: str) -> bool:
        """Tell whether one of the levels stands in the relation."""
        return bool(self.compare(LEVELS[self.name].index(value)))

    def compare(self, place: Any) -> Any:
        """Put the place of a level, counted from the lowest, into the relation; a term gives a term."""
        return RELATIONS[self.relation](place, LEVELS[self.name].index(self.level))


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True)
class And:
    """All parts hold."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Or:
    """At least one part holds."""

    parts: tuple["Condition", ...]


Atom: TypeAlias = Fact | Acts | Level
Condition: TypeAlias = Fact | Acts | Level | Not | And | Or
Truth = TypeVar("Truth")
"""What a condition is evaluated to: a truth value, an array of them, a term of a solver."""


def evaluate(
    condition: Condition,
    *,
    atom: Callable[[Atom], Truth],
    part: Callable[[Condition], Truth],
    no: Callable[[Truth], Truth],
    every: Callable[[Iterable[Truth]], Truth],
    some: Callable[[Iterable[Truth]], Truth],
) -> Truth:
    """Evaluate a condition: the one place that says what its words mean, whatever truth is made of.

    ``part`` evaluates the parts, one by one as ``every`` and ``some`` ask for them.
    """
    match condition:
        case Not(inner):
            return no(part(inner))
        case And(parts):
            return every(map(part, parts))
        case Or(parts):
            return some(map(part, parts))
        case Fact() | Acts() | Level():
            return atom(condition)


def parse_condition(text: str) -> Condition:
    """Read a condition such as ``external and not provoked``; raise `BadCondition` that says what is wrong."""
    if len(text) > _MAX_LENGTH:
        raise BadCondition(f"the condition is longer than {_MAX_LENGTH} characters")
    reader = _ConditionParser(_tokens(text))
    condition = reader.condition(depth=0)
    reader.expect(None)
    count = sum(_ways(condition))
    if count > MOST_WAYS:
        raise BadCondition(
            f"the condition can be decided in {count} ways, and at most {MOST_WAYS} are looked at; "
            "write it as several clauses, each with a part of it"
        )
    return condition


def _ways(condition: Condition) -> tuple[int, int]:
    """Return in how many ways a condition is found to hold, and not to, looking at one part after the other."""
    match condition:
        case Not(part):
            holds, fails = _ways(part)
            return fails, holds
        case And(parts):
            return _ways_of_all([_ways(part) for part in parts])
        case Or(parts):
            fails, holds = _ways_of_all([_ways(part)[::-1] for part in parts])
            return holds, fails
        case _:
            return 1, 1


def _ways_of_all(parts: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the ways in which all parts hold, and those in which one fails after those before it held."""
    all_hold, one_fails = 1, 0
    for holds, fails in parts:
        one_fails += all_hold * fails
        all_hold *= holds
    return all_hold, one_fails


def write_condition(condition: Condition) -> str:
    """Write a condition so that `parse_condition` reads the same tree."""
    match condition:
        case Fact(name):
            return name
        case Acts(party):
            return f"acts({party})"
        case Level(name, relation, level):
            return f"{name} {relation} {level}"
        case Not(part):
            return f"not {_bracketed(part)}"
        case And(parts):
            return " and ".join(_bracketed(part) for part in parts)
        case Or(parts):
            return " or ".join(_bracketed(part) for part in parts)


def parties_in(condition: Condition) -> Iterator[str]:
    """Name the parties whose action the condition waits for."""
    match condition:
        case Acts(party):
            yield party
        case Not(part):
            yield from parties_in(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from parties_in(part)
        case _:
            return


def _tokens(text: str) -> list[str]:
    found = list(_TOKEN.finditer(text))
    odd = next((match[3] for match in found if match[3]), None)
    if odd is not None:
        raise BadCondition(f"{odd!r} is not part of the condition grammar: facts, and, or, not, brackets, comparisons")
    return [match[1] or match[2] for match in found]


class _ConditionParser:
    """Reads tokens by the grammar at the head of this file, one method a line of it."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def condition(self, *, depth: int) -> Condition:
        parts = [self._conjunction(depth=depth)]
        while self._take("or"):
            parts.append(self._conjunction(depth=depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def expect(self, token: str | None) -> None:
        """Take a token, or the end where None is expected."""
        if self._next != token:
            wanted = f"{token!r}" if token else "'and', 'or' or the end"
            raise BadCondition(f"expected {wanted}, found {self._shown}")
        self._at += 1

    def _conjunction(self, *, depth: int) -> Condition:
        parts = [self._negation(depth=depth)]
        while self._take("and"):
            parts.append(self._negation(depth=depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _negation(self, *, depth: int) -> Condition:
        if depth > _MAX_DEPTH:
            raise BadCondition(f"the condition nests more than {_MAX_DEPTH} deep")
        if self._take("not"):
            return Not(self._negation(depth=depth + 1))
        if self._take("("):
            inner = self.condition(depth=depth + 1)
            self.expect(")")
            return inner
        return self._atom()

    def _atom(self) -> Condition:
        name = self._name("a fact")
        if self._take("("):
            party = self._name("a party")
            self.expect(")")
            if name != "acts":
                raise BadCondition(
                    f"{name}({party}) is not part of the condition grammar: only acts(PARTY) has brackets"
                )
            return Acts(party)
        if self._next in RELATIONS:
            relation = self._tokens[self._at]
            self._at += 1
            return _level(name, relation=relation, level=self._name("a level"))
        return _fact(name)

    def _name(self, wanted: str) -> str:
        token = self._next
        if token is None or token in _RESERVED or not token.isidentifier():
            raise BadCondition(f"expected {wanted}, found {self._shown}")
        self._at += 1
        return token

    def _take(self, token: str) -> bool:
        is_here = self._next == token
        self._at += is_here
        return is_here

    @property
    def _next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    @property
    def _shown(self) -> str:
        return "the end" if self._next is None else repr(self._next)


def _fact(name: str) -> Fact:
    if name in FACTS:
        return Fact(name)
    if name == "acts":
        raise BadCondition("'acts' needs a party in brackets, such as 'acts(france)'")
    if name in LEVELS:
        raise BadCondition(f"{name!r} needs a comparison, such as '{name} >= {LEVELS[name][1]}'")
    raise BadCondition(f"{name!r} is not a known fact{_suggestion(name, [*FACTS, *LEVELS])}")


def _level(name: str, *, relation: str, level: str) -> Level:
    if name not in LEVELS:
        raise BadCondition(f"{name!r} has no levels to compare{_suggestion(name, list(LEVELS))}")
    if level not in LEVELS[name]:
        raise BadCondition(f"{level!r} is not a level of {name}: use one of {', '.join(LEVELS[name])}")
    return Level(name, relation, level)


def _suggestion(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"


def _bracketed(part: Condition) -> str:
    return f"({write_condition(part)})" if isinstance(part, And | Or) else write_condition(part)
