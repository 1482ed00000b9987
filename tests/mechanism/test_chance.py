"""How likely a condition is held to be met."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.arrangement.conditions import FACTS, Acts, And, Condition, Fact, Level, Not, Or, parse_condition
from foedus.mechanism.numbers.chances import chance_of
from foedus.values.words import Determination

NAMES = sorted(set(FACTS) - {"provoked"})
FINDINGS = [Determination.HYBRID, Determination.INCURSION, Determination.INVASION]


class _Half(dict[str, float]):
    """Yardsticks by which every fact has a chance of its own, away from 0, 1/2 and 1."""

    def __missing__(self, key: str) -> float:
        return 0.1 + 0.8 * (sum(key.encode()) % 97) / 97


def _conditions(names: list[str]) -> st.SearchStrategy[Condition]:
    """Trees in which each fact stands once, so that the parts are independent."""
    if len(names) == 1:
        return st.booleans().map(lambda b: Fact(names[0]) if b else Not(Fact(names[0])))
    return st.tuples(st.booleans(), _conditions(names[: len(names) // 2]), _conditions(names[len(names) // 2 :])).map(
        lambda t: And((t[1], t[2])) if t[0] else Or((t[1], t[2]))
    )


def _holds(condition: Condition, facts: dict[str, bool]) -> bool:
    match condition:
        case Fact(name):
            return facts[name]
        case Not(part):
            return not _holds(part, facts)
        case And(parts):
            return all(_holds(part, facts) for part in parts)
        case Or(parts):
            return any(_holds(part, facts) for part in parts)
        case Acts() | Level():
            raise AssertionError


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True).flatmap(
        lambda names: st.tuples(st.just(names), _conditions(names))
    ),
    st.sampled_from(FINDINGS),
)
def test_the_chance_is_the_sum_over_all_worlds(drawn: tuple[list[str], Condition], finding: Determination) -> None:
    """Counting every combination of facts gives the same chance, as long as no fact stands twice."""
    names, condition = drawn
    single = {name: chance_of(Fact(name), finding=finding, yardsticks=_Half()) for name in names}
    total = 0.0
    for world in itertools.product([False, True], repeat=len(names)):
        facts = dict(zip(names, world, strict=True))
        weight = 1.0
        for name, holds in facts.items():
            weight *= single[name] if holds else 1 - single[name]
        total += weight * _holds(condition, facts)
    assert chance_of(condition, finding=finding, yardsticks=_Half()) == pytest.approx(total)


@pytest.mark.parametrize("finding", FINDINGS)
@pytest.mark.parametrize("fact", ["threat", "attribution"])
def test_levels_are_a_distribution(fact: str, finding: Determination) -> None:
    """The chances of being at each level add up to one, and each comparison agrees with its opposite."""
    levels = {
        "threat": ("hold", "coerce", "seize", "invade"),
        "attribution": ("none", "suspected", "likely", "established"),
    }
    yardsticks = {"attribution.suspected": 0.9, "attribution.likely": 0.7, "attribution.established": 0.4}

    def chance(relation: str, level: str) -> float:
        return chance_of(parse_condition(f"{fact} {relation} {level}"), finding=finding, yardsticks=yardsticks)

    assert sum(chance("==", level) for level in levels[fact]) == pytest.approx(1)
    for level in levels[fact]:
        for one, other in ((">=", "<"), (">", "<="), ("==", "!=")):
            assert chance(one, level) + chance(other, level) == pytest.approx(1)


def test_a_finding_of_provocation_settles_whether_the_state_provoked() -> None:
    """`provoked` holds for sure when that is what was determined."""
    assert chance_of(Fact("provoked"), finding=Determination.PROVOKED, yardsticks=_Half()) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("flagrant", "flagrant and flagrant"),
        ("flagrant", "flagrant and (flagrant or not flagrant)"),
        ("attribution >= established", "attribution >= likely and attribution >= established"),
        ("not (flagrant or sustained)", "not flagrant and not sustained"),
    ],
)
def test_equivalent_wordings_have_equal_chances(one: str, other: str) -> None:
    """Saying the same twice, or for the avoidance of doubt, moves nothing."""
    yardsticks = _Half({"attribution.suspected": 0.9, "attribution.likely": 0.7, "attribution.established": 0.4})
    chances = [
        chance_of(parse_condition(text), finding=Determination.INVASION, yardsticks=yardsticks) for text in (one, other)
    ]
    assert chances[0] == pytest.approx(chances[1])
