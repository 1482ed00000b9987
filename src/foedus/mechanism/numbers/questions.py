"""What the rules want to know of an uncertain world before they answer: a tree of questions, found by asking them.

The rules are put a world of which nothing is settled yet but what was determined. Whatever they look at becomes a
question; each answer to it is tried in turn, until they need no more. What they never look at is never asked, so that
a long condition costs as many worlds as it has ways to be decided, and not two for every fact.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from foedus.arrangement.conditions import LEVELS
from foedus.arrangement.vocabulary import Finds
from foedus.mechanism.rules.world import WARRANTED, World

Answer: TypeAlias = bool | str
T = TypeVar("T")

REFUSES = "the adversary refuses"
"""Whether the adversary votes against the finding and the response, wherever it has a say."""
ATTRIBUTION = "attribution"
_VOTES = frozenset({"against_finding", "against_response"})
_ACTS = "acts "
_THREATS = {finding: threat for threat, finding in WARRANTED.items()} | {Finds.PROVOKED: "seize"}
"""What the adversary did, given the determination; of a provoked one no more is known than that there was fighting."""


@dataclass(frozen=True)
class Settled(Generic[T]):
    """What the rules say once they need to know no more."""

    value: T


@dataclass(frozen=True)
class Question(Generic[T]):
    """What the rules want to know next, and how they go on upon each answer."""

    about: str
    """A fact, ``acts PARTY``, ``attribution`` or ``REFUSES``."""
    then: tuple[tuple[Answer, "Tree[T]"], ...]


Tree: TypeAlias = Settled[T] | Question[T]


def ask(rule: Callable[[World], T], *, finding: Finds, adversary: frozenset[str], at_least: str = "none") -> "Tree[T]":
    """Return all that a rule can say of a world in which a determination was made, question by question.

    ``at_least`` is the attribution that whoever determined it took as proven.
    """
    return _grow(rule, _Supposed(finding, adversary, at_least), {})


def leaves(tree: "Tree[T]", chance: Callable[[str, Answer], float]) -> Iterator[tuple[T, float]]:
    """Yield what is said in the end, each with its chance, answers to different questions taken as independent."""
    match tree:
        case Settled(value):
            yield value, 1.0
        case Question(about, then):
            for answer, rest in then:
                likely = chance(about, answer)
                if likely > 0:
                    for value, further in leaves(rest, chance):
                        yield value, likely * further


@dataclass(frozen=True)
class _Supposed:
    """What is settled of an uncertain world from the start."""

    finding: Finds
    adversary: frozenset[str]
    at_least: str

    def answers_to(self, about: str) -> tuple[Answer, ...]:
        if about == ATTRIBUTION:
            levels = LEVELS[ATTRIBUTION]
            return levels[levels.index(self.at_least) :]
        return (True,) if about == "provoked" and self.finding is Finds.PROVOKED else (True, False)


class _Unanswered(Exception):
    """The rules looked at something that has not been settled."""

    def __init__(self, about: str) -> None:
        self.about = about
        super().__init__(about)


class _PartlyKnownSet(frozenset[str]):
    """A set of which it is known only of some things whether they are in it."""

    known: Mapping[str, Answer]
    prefix: str
    inside: bool

    def __contains__(self, name: object) -> bool:
        about = f"{self.prefix}{name}"
        if about not in self.known:
            raise _Unanswered(about)
        return self.known[about] is self.inside


@dataclass(frozen=True)
class _UncertainWorld(World):
    """A world that asks what it is not told."""

    known: Mapping[str, Answer] = field(default_factory=dict)
    adversary: frozenset[str] = frozenset()

    def __getattribute__(self, name: str) -> Any:
        if name == ATTRIBUTION:
            return _answer(super().__getattribute__("known"), ATTRIBUTION)
        if name in _VOTES:
            refuses = _answer(super().__getattribute__("known"), REFUSES)
            return super().__getattribute__("adversary") if refuses else frozenset()
        return super().__getattribute__(name)


def _answer(known: Mapping[str, Answer], about: str) -> Answer:
    if about not in known:
        raise _Unanswered(about)
    return known[about]


def _grow(rule: Callable[[World], T], supposed: _Supposed, known: dict[str, Answer]) -> "Tree[T]":
    try:
        return Settled(rule(_world(supposed, known)))
    except _Unanswered as unanswered:
        about = unanswered.about
    then = [(answer, _grow(rule, supposed, known | {about: answer})) for answer in supposed.answers_to(about)]
    first = then[0][1]
    return first if all(rest == first for _, rest in then) else Question(about, tuple(then))


def _world(supposed: _Supposed, known: Mapping[str, Answer]) -> World:
    return _UncertainWorld(
        threat=_THREATS[supposed.finding],
        facts=_asked(known, "", inside=True),
        idle=_asked(known, _ACTS, inside=False),
        determined=supposed.finding,
        known=known,
        adversary=supposed.adversary,
    )


def _asked(known: Mapping[str, Answer], prefix: str, *, inside: bool) -> _PartlyKnownSet:
    found = _PartlyKnownSet()
    found.known, found.prefix, found.inside = known, prefix, inside
    return found
