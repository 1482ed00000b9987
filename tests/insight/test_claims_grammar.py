import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.insight.claims.grammar import BadInequality, parse_inequalities
from foedus.values.arrays import FloatArray

VALUES = {"a.war": np.array([0.1, 0.4]), "b.war": np.array([0.2, 0.2]), "c.cost": np.array([1.0, 3.0])}


def lookup(name: str) -> FloatArray:
    return VALUES[name]


def slack(text: str) -> list[float]:
    (inequality,) = parse_inequalities(text)
    return [round(x, 12) for x in inequality.slack(lookup).tolist()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.war < b.war", [0.1, -0.2]),
        ("b.war > a.war", [0.1, -0.2]),
        ("a.war <= b.war", [0.1, -0.2]),
        ("a.war < 0.5", [0.4, 0.1]),
        ("a.war < b.war - 0.05", [0.05, -0.25]),
        ("a.war < 0.5 * b.war", [0.0, -0.3]),
        ("a.war < b.war * 0.5", [0.0, -0.3]),
        ("a.war / 2 < b.war / 8", [-0.025, -0.175]),
        ("-a.war > -b.war", [0.1, -0.2]),
        ("2 * (a.war + b.war) - c.cost < 0", [0.4, 1.8]),
        ("c.cost - (a.war - b.war) > 1", [0.1, 1.8]),
        ("1.5 - 0.5 - a.war < 2 * 3 / 6", [0.1, 0.4]),
    ],
)
def test_slack_is_the_side_said_to_be_ahead_less_the_other(text: str, expected: list[float]) -> None:
    """By hand: sums, products with numbers and brackets mean what they mean in school."""
    assert slack(text) == expected


def test_several_inequalities_are_joined_by_and() -> None:
    """Each keeps its text, its operator and what it names, in order."""
    first, second = parse_inequalities("a.war < b.war and c.cost >= 2 * a.war + 0.1")
    assert (first.text, first.is_strict, first.names) == ("a.war < b.war", True, ("a.war", "b.war"))
    assert (second.operator, second.is_strict, second.names) == (">=", False, ("c.cost", "a.war"))


def test_a_tie_meets_only_what_asks_for_no_more() -> None:
    """Without any margin, < is not met by equal sides and <= is."""
    assert parse_inequalities("a.war < a.war")[0].is_met(lookup).tolist() == [False, False]
    assert parse_inequalities("a.war <= a.war")[0].is_met(lookup).tolist() == [True, True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("a.war", "ends where"),
        ("a.war < ", "ends where"),
        ("a.war = b.war", "cannot be read from '= b.war'"),
        ("a.war == b.war", "cannot be read"),
        ("a.war < b.war < c.cost", "goes on with '<'"),
        ("a.war < b.war and", "nothing on one side"),
        ("a.war * b.war < 1", "multiplies two names"),
        ("a.war / b.war < 1", "divides by a name"),
        ("a.war / 0 < 1", "divides by 0"),
        ("(a.war < 1", "not closed"),
        ("1 < 2", "names nothing"),
        ("a.war ** 2 < 1", "needs a name or a number before '*'"),
        ("__import__('os').system('true') < 1", "cannot be read from"),
        ("a.war < 1; b.war", "cannot be read from '; b.war'"),
        ("a.war + < 1", "needs a name or a number before '<'"),
        ("(" * 21 + "a.war" + ")" * 21 + " < 1", "brackets"),
        ("a.war < " + "1 + " * 200 + "1", "longer than"),
    ],
)
def test_what_is_no_inequality_is_refused_in_words(text: str, told: str) -> None:
    """The language is closed: no powers, no calls, no division by what may be 0."""
    with pytest.raises(BadInequality) as caught:
        parse_inequalities(text)
    assert told in str(caught.value)


@given(st.text(alphabet="ab.war<>=+-*/() 0123and_", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but `BadInequality` comes of nonsense, and what is read has a finite value where its names have."""
    try:
        found = parse_inequalities(text)
    except BadInequality:
        return
    for inequality in found:
        values = inequality.slack(lambda _: np.array([0.25]))
        assert all(math.isfinite(x) for x in np.atleast_1d(values))
