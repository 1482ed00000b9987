"""Arrangements for the tests: a short one as text, and any number drawn at random."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from foedus.arrangement.conditions import FACTS, LEVELS, Acts, And, Condition, Fact, Level, Not, Or
from foedus.arrangement.language.keys import Key, Record, keys_of
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Unspecified
from foedus.text.strictness import without_hidden
from foedus.values.duration import Duration
from foedus.values.quantity import Forces, Money

SHORT = """\
foedus: 1
id: example
name: An example
theatre: ukraine
legal_form: treaty
status: in_force
parties:
  protected_state: ukraine
  adversary: russia
  guarantor: [france, united_kingdom]
scope: {territory: Ukraine}
sources: [{title: The text}]
commitments:
  - id: aid
    by: all_guarantors
    answers: invasion
    tier: support
    bindingness: intends
"""
"""About the shortest arrangement that promises something."""

PARTIES = ("ukraine", "russia", "france", "united_kingdom", "poland", "osce")

texts = (
    (
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40)
        | st.sampled_from(
            ["no", "on", "12:30", "0755", "null", "1e5", "- a: b", "# not a comment", "two\nlines", "{a: 1}"]
        )
    )
    .map(without_hidden)
    .map(str.strip)
    .filter(bool)
)
names = texts.map(lambda text: " ".join(text.split()))
_ON_ONE_LINE = frozenset({"name", "short_name"})
slugs = st.from_regex(r"[a-z][a-z0-9_]{1,12}", fullmatch=True)
unspecified = st.sampled_from(Unspecified)
spans = st.builds(Duration, st.integers(1, 9999).map(lambda n: n / 10), st.sampled_from(["min", "h", "weeks", "y"]))
sums = st.builds(
    Money,
    st.decimals(0, 999, places=2).map(Decimal.normalize),
    st.sampled_from(["", "m", "bn"]),
    st.sampled_from(["EUR", "GBP"]),
    st.sampled_from(["", "year", "month"]),
)
forces = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda n: Forces(min(n), max(n), "troops"))
dates = st.dates().map(str) | st.integers(1000, 2100).map(str) | st.just("2022-05")
levels = st.sampled_from([(name, level) for name, known in LEVELS.items() for level in known])
atoms: st.SearchStrategy[Condition] = (
    st.builds(Fact, st.sampled_from(sorted(FACTS)))
    | st.builds(Acts, st.sampled_from(PARTIES))
    | st.builds(lambda pair, relation: Level(pair[0], relation, pair[1]), levels, st.sampled_from(["<", "==", ">="]))
)


def _larger(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, parts) | st.builds(And, several) | st.builds(Or, several)


conditions = st.recursive(atoms, _larger, max_leaves=6)

_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "a date": dates,
    "a duration": spans,
    "money": sums,
    "forces": forces,
    "a condition": conditions,
    "true or false": st.booleans(),
    "a number from 0 to 1": st.floats(0, 1),
    "a number from -10 to 10": st.floats(-10, 10),
    "a number from 0 to 10": st.floats(0, 10),
    "party ids": st.sampled_from(PARTIES),
    "a party id": st.sampled_from(PARTIES),
    "party ids, each with a name": st.dictionaries(slugs, names, max_size=2),
    "the number 1": st.just(1),
}


def values_of(key: Key) -> st.SearchStrategy[Any]:
    """Draw what a key may hold, its default among it."""
    if key.record is not None:
        one: st.SearchStrategy[Any] = records(key.record)
    elif key.words is not None:
        one = st.sampled_from(list(key.words))
    elif key.kind.startswith("an id"):
        one = slugs
    elif key.kind.startswith("an address"):
        one = slugs.map(lambda slug: f"https://example.org/{slug}?a=b&c=%20")
    else:
        one = names if key.name in _ON_ONE_LINE else _PLAIN[key.kind]
    if key.may_be_unknown:
        one |= unspecified
    if key.is_list:
        one = st.lists(one, min_size=int(key.is_required), max_size=3, unique=key.record is None).map(tuple)
    return one if key.is_required else st.just(key.default) | one


def records(record: Record) -> st.SearchStrategy[Any]:
    """Draw a record of the language."""
    return st.builds(record, **{key.name: values_of(key) for key in keys_of(record)})


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    """Draw an arrangement in which everybody named takes part, nobody guarantees itself and ids are unique."""
    given = draw(records(Arrangement))
    changed: dict[str, Any] = {field.name: getattr(given, field.name) for field in fields(Arrangement)}
    parties = type(given.parties)(
        protected_state=("ukraine",),
        adversary=("russia",),
        guarantor=draw(
            st.sampled_from([("france", "united_kingdom", "poland"), ("poland", "united_kingdom", "france")])
        ),
        supporter=(),
        monitor=("osce",),
    )
    names = {"poland": "Poland", **given.party_names}
    clauses = tuple(
        type(clause)(
            **{
                **{field.name: getattr(clause, field.name) for field in fields(clause)},
                "id": f"clause_{number}",
                "by": draw(st.sampled_from([("all_guarantors",), ("france",), ("poland", "france")])),
            }
        )
        for number, clause in enumerate(given.commitments)
    )
    whole = Arrangement(**{**changed, "parties": parties, "party_names": names, "commitments": clauses})
    return _with_sound_circumstances(draw, whole)


def _with_sound_circumstances(draw: st.DrawFn, given: Arrangement) -> Arrangement:
    """Let interests be those of parties that take part, and a balance state the strength of both sides."""
    owners = st.sampled_from([("france",), ("osce", "poland")])
    interest = tuple(replace(each, by=draw(owners)) for each in given.interest)
    if given.balance is None:
        return replace(given, interest=interest)
    strong = forces.filter(lambda side: side.low > 0)
    balance = replace(given.balance, adversary=draw(strong), protected_state=draw(strong))
    return replace(given, interest=interest, balance=balance)
