"""Field types of the arrangement language: how a word, a duration or a list of parties is read."""

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any, TypeAlias, TypeVar

from foedus.arrangement.conditions import Condition, parse_condition
from foedus.arrangement.fields.marks import About, After, Before, Holds, OneOrMore, Read, Within
from foedus.arrangement.vocabulary import Unspecified
from foedus.text.strictness import escaped
from foedus.values.duration import Duration
from foedus.values.quantity import Forces, Money

ID = "an id: two or more lower-case letters a to z, digits and underscores, the first a letter"
LINK = "an address that begins with http:// or https://"

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_T = TypeVar("_T")


def about(description: str, example: object, /) -> About:
    """Describe a key for the reference page and the JSON Schema, with one example."""
    return About(description, example)


def _reader(parse: Callable[[str], _T], *, what: str, may_be_unspecified: bool) -> Callable[[Any], _T | Unspecified]:
    def read(value: Any) -> _T | Unspecified:
        if value is None:
            raise ValueError(f"is empty; write {what}")
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not {what}")
        if may_be_unspecified and value in set(Unspecified):
            return Unspecified(value)
        return parse(value)

    return read


def _parse_date(text: str) -> str:
    padded = text + "-01" * (2 - text.count("-"))
    try:
        datetime.date.fromisoformat(padded)
    except ValueError:
        padded = ""
    if not padded or not _DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
    return text


def _no_repeats(values: tuple[_T, ...]) -> tuple[_T, ...]:
    repeated = sorted(str(value) for value, count in Counter(values).items() if count > 1)
    if repeated:
        raise ValueError(f"names {', '.join(repeated)} twice")
    return values


UNIQUE = After(_no_repeats)
"""Refuses an entry that stands in a list twice."""


def _whole(value: Any) -> Any:
    if type(value) is not int:
        raise ValueError(f"{value!r} is not a whole number")
    return value


WHOLE = Before(_whole)
"""Refuses true and 1.0 where 1 is meant: in Python they are equal."""


def _printable(text: str) -> str:
    # Texts are printed in terminals, where a control character could rewrite what stands above it.
    odd = [char for char in text if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t"]
    if odd:
        raise ValueError(f"holds the control character {odd[0]!r}")
    if escaped(text) != text:
        raise ValueError(f"holds a sign that nobody sees: {escaped(text)[:60]}")
    return text


def _on_one_line(text: str) -> str:
    # A name with a line break could write a line of its own into a table.
    if "\n" in text or "\t" in text:
        raise ValueError("is a name, and stands on one line without tabs")
    return text


ShortText: TypeAlias = Annotated[
    str,
    Within(strip_whitespace=True, min_length=1, max_length=40),
    After(_printable),
    After(_on_one_line),
    Holds("text"),
]
Text: TypeAlias = Annotated[
    str, Within(strip_whitespace=True, min_length=1, max_length=4000), After(_printable), Holds("text")
]
Name: TypeAlias = Annotated[Text, After(_on_one_line)]
Slug: TypeAlias = Annotated[str, Within(pattern=r"^[a-z][a-z0-9_]{1,63}$"), Holds(ID)]
PartyId: TypeAlias = Annotated[str, Within(pattern=r"^[a-z][a-z0-9_]{1,63}$"), Holds("a party id")]
Link: TypeAlias = Annotated[
    str, Within(strip_whitespace=True, pattern=r"^https?://[^\s<>]+$", max_length=2000), After(_printable), Holds(LINK)
]
Share: TypeAlias = Annotated[float, Within(ge=0, le=1, strict=True), Holds("a number from 0 to 1")]
LogRatio: TypeAlias = Annotated[float, Within(ge=-10, le=10, strict=True), Holds("a number from -10 to 10")]
Spread: TypeAlias = Annotated[float, Within(ge=0, le=10, strict=True), Holds("a number from 0 to 10")]
Flag: TypeAlias = Annotated[bool, Within(strict=True), Holds("true or false")]

Date: TypeAlias = Annotated[
    str | Unspecified,
    Read(
        _reader(_parse_date, what="a date in quotes, such as '2022-04-15'", may_be_unspecified=True),
        words="YYYY, YYYY-MM or YYYY-MM-DD, or unknown",
        example="2022-04-15",
    ),
    Holds("a date"),
]
Span: TypeAlias = Annotated[
    Duration | Unspecified,
    Read(
        _reader(Duration.parse, what="a duration with its unit, such as '72 h'", may_be_unspecified=True),
        words="a number and a unit (min, h, d, weeks, months, y), or none, or unknown",
        example=Duration.EXAMPLE,
    ),
    Holds("a duration"),
]
Sum: TypeAlias = Annotated[
    Money | Unspecified,
    Read(
        _reader(Money.parse, what="money with its currency, such as '2.5 bn GBP per year'", may_be_unspecified=True),
        words="an amount, m or bn, a currency, and 'per year' or 'per month'; or none, or unknown",
        example=Money.EXAMPLE,
    ),
    Holds("money"),
]
Force: TypeAlias = Annotated[
    Forces | Unspecified,
    Read(
        _reader(Forces.parse, what="forces with their unit, such as '15000 troops'", may_be_unspecified=True),
        words="a whole number or range and what is counted; or none, or unknown",
        example=Forces.EXAMPLE,
    ),
    Holds("forces"),
]
When: TypeAlias = Annotated[
    Condition,
    Read(
        _reader(parse_condition, what="a condition, such as 'external and not provoked'", may_be_unspecified=False),
        words="a condition in facts, and, or, not",
        example="external and not provoked",
    ),
    Holds("a condition"),
]
PartyList: TypeAlias = Annotated[tuple[Slug, ...], OneOrMore(), UNIQUE, Holds("party ids")]
"""Party ids; a single id may stand without brackets. See `PARTY_WORDS` for the words that stand for groups."""
SomeParties: TypeAlias = Annotated[tuple[Slug, ...], Within(min_length=1), OneOrMore(), UNIQUE, Holds("party ids")]
"""Party ids, at least one."""

PARTY_WORDS: dict[str, str] = {
    "all_guarantors": "every guarantor",
    "any_party": "any party to the arrangement",
    "nobody": "nobody",
    "unknown": "it could not be confirmed",
}
"""Words that may stand in a list of parties instead of an id."""
