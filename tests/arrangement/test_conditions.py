import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.arrangement.conditions import (
    FACTS,
    LEVEL_MEANINGS,
    LEVELS,
    Acts,
    And,
    BadCondition,
    Condition,
    Fact,
    Level,
    Not,
    Or,
    parse_condition,
    parties_in,
    write_condition,
)
from foedus.report.words.plain_words import NEGATIONS
from tests.arrangement.written import conditions


@given(conditions)
@settings(deadline=None)
def test_a_condition_that_is_written_is_read_again(condition: Condition) -> None:
    """A condition and its text are the same thing, brackets included."""
    text = write_condition(condition)
    if len(text) <= 400:
        assert parse_condition(text) == condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("provoked", Fact("provoked")),
        ("not provoked", Not(Fact("provoked"))),
        ("external and not provoked", And((Fact("external"), Not(Fact("provoked"))))),
        ("flagrant or external and persists", Or((Fact("flagrant"), And((Fact("external"), Fact("persists")))))),
        ("(flagrant or external) and persists", And((Or((Fact("flagrant"), Fact("external"))), Fact("persists")))),
        ("not (flagrant or external)", Not(Or((Fact("flagrant"), Fact("external"))))),
        ("acts(france)", Acts("france")),
        ("threat >= seize", Level("threat", ">=", "seize")),
        (" attribution\n  != none ", Level("attribution", "!=", "none")),
        ("(((provoked)))", Fact("provoked")),
    ],
)
def test_and_binds_closer_than_or_and_not_closest(text: str, condition: Condition) -> None:
    """The grammar reads as lawyers and programmers read it."""
    assert parse_condition(text) == condition


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "expected a fact, found the end"),
        ("externl", "did you mean 'external'?"),
        ("threat", "needs a comparison"),
        ("threat >= attack", "use one of hold, coerce, seize, invade"),
        ("provoked >= seize", "has no levels"),
        ("threat = seize", "'=' is not part"),
        ("threat >= seize >= invade", "found '>='"),
        ("acts", "needs a party in brackets"),
        ("acts(", "expected a party, found the end"),
        ("acts(france", "expected ')', found the end"),
        ("does(france)", "only acts(PARTY) has brackets"),
        ("external provoked", "expected 'and', 'or' or the end, found 'provoked'"),
        ("external and", "expected a fact, found the end"),
        ("or external", "expected a fact, found 'or'"),
        ("(external", "expected ')'"),
        ("external)", "found ')'"),
        ("__import__('os')", "is not part of the condition grammar"),
        ("external # why", "'#' is not part"),
        ("not " * 60 + "external", "nests more than"),
        ("(" * 150 + "external" + ")" * 150, "nests more than"),
        ("-" * 399, "'-' is not part"),
        ("external and " * 50 + "external", "longer than 400"),
    ],
)
def test_what_is_no_condition_is_told(text: str, says: str) -> None:
    """A condition that does not follow the grammar is refused with words that say what was expected."""
    with pytest.raises(BadCondition) as caught:
        parse_condition(text)
    assert says in str(caught.value)


@given(st.text(max_size=60) | st.text("()<>=! \nandorotex1", max_size=60))
@settings(deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text is either a condition or refused as one."""
    try:
        condition = parse_condition(text)
    except BadCondition:
        return
    assert parse_condition(write_condition(condition)) == condition


def test_parties_that_a_condition_waits_for() -> None:
    """The parties named in a condition are found wherever they stand."""
    condition = parse_condition("external and (acts(france) or not acts(poland))")
    assert list(parties_in(condition)) == ["france", "poland"]


def test_every_fact_and_level_has_its_words() -> None:
    """Each fact can be said and denied in plain English, and each level has a meaning."""
    assert set(NEGATIONS) == set(FACTS)
    assert all(NEGATIONS[name] != FACTS[name] for name in FACTS)
    assert {name: tuple(levels) for name, levels in LEVEL_MEANINGS.items()} == LEVELS


def _pairs(count: int) -> str:
    facts = [name for name in sorted(FACTS, key=len) if name != "provoked"]
    return " and ".join(
        f"({one} or {other})" for one, other in zip(facts[:count], facts[count : 2 * count], strict=True)
    )


def test_a_condition_costs_as_many_ways_as_it_can_be_decided_in_and_they_are_limited() -> None:
    """A chain of every fact is cheap; what would take millions of worlds is refused, with what to write instead."""
    parse_condition(" or ".join(sorted(FACTS)))
    parse_condition(_pairs(7))
    parties = ("italy", "spain", "france", "poland", "norway", "canada", "greece", "latvia")
    waits = " and ".join(
        f"({fact} or acts({party}) or acts(us{i}))"
        for i, (fact, party) in enumerate(zip(_SHORT, parties, strict=False))
    )
    with pytest.raises(
        BadCondition, match=r"can be decided in \d+ ways, and at most 2048 .* write it as several clauses"
    ):
        parse_condition(waits)


_SHORT = sorted(FACTS, key=len)
