"""The inequalities of a claim: a closed, linear language, read by hand and never evaluated as code.

- inequalities: inequality ("and" inequality)*
- inequality: sum ("<" | "<=" | ">" | ">=") sum
- sum: ["-"] term (("+" | "-") term)*
- term: factor (("*" | "/") factor)*, in which at most one factor names something and only numbers divide
- factor: number | name | "(" sum ")"
- name: words with dots between them, such as strong.war or tier_aid.support
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([a-zA-Z_]\w*(?:\.\w+)*)|(<=|>=|[-+*/()<>]))")
_OPERATORS = ("<", "<=", ">", ">=")
_MOST = 400
_DEEPEST = 20

Lookup = Callable[[str], FloatArray]
"""Gives the values (future) of a name."""


class BadInequality(ValueError):
    """A text that is no inequality of this language; the message says what is expected."""


@dataclass(frozen=True)
class Linear:
    """A sum of names, each times a number, and a number."""

    terms: tuple[tuple[float, str], ...]
    constant: float = 0.0

    def at(self, lookup: Lookup) -> FloatArray | float:
        """Return its value in each future, or one number where it names nothing."""
        total: FloatArray | float = self.constant
        for factor, name in self.terms:
            total = total + factor * lookup(name)
        return total

    @property
    def names(self) -> tuple[str, ...]:
        """What it names, each once."""
        return tuple(dict.fromkeys(name for _, name in self.terms))


@dataclass(frozen=True)
class Inequality:
    """Two sums and what is said to hold between them."""

    text: str
    left: Linear
    operator: str
    """``<``, ``<=``, ``>`` or ``>=``."""
    right: Linear

    @property
    def names(self) -> tuple[str, ...]:
        """What it names, each once, from left to right."""
        return tuple(dict.fromkeys(self.left.names + self.right.names))

    @property
    def is_strict(self) -> bool:
        """Whether a tie speaks against it."""
        return self.operator in ("<", ">")

    def slack(self, lookup: Lookup) -> FloatArray:
        """Return by how much it holds in each future: above 0 the claimed side is ahead, below 0 the other."""
        apart = np.asarray(self.right.at(lookup) - self.left.at(lookup), dtype=np.float64)
        return apart if self.operator.startswith("<") else -apart

    def is_met(self, lookup: Lookup) -> BoolArray:
        """Return the futures in which it holds as it is written, without any margin."""
        slack = self.slack(lookup)
        met: BoolArray = slack > 0 if self.is_strict else slack >= 0
        return met


def parse_inequalities(text: str) -> tuple[Inequality, ...]:
    """Read inequalities that are to hold together; raise `BadInequality` that says what is expected where."""
    if len(text) > _MOST:
        raise BadInequality(f"is longer than {_MOST} characters")
    if text.count("(") > _DEEPEST:
        raise BadInequality(f"has more than {_DEEPEST} brackets")
    parts = [part.strip() for part in re.split(r"\band\b", text)]
    if not all(parts):
        raise BadInequality("has an 'and' with nothing on one side of it" if len(parts) > 1 else "is empty")
    return tuple(_Parser(part).inequality() for part in parts)


class _Parser:
    """Reads one inequality from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._place = 0

    def inequality(self) -> Inequality:
        left = self._sum()
        operator = self._next("one of <, <=, >, >=")
        if operator not in _OPERATORS:
            raise BadInequality(f"needs one of <, <=, >, >= before {operator!r}")
        right = self._sum()
        if self._place < len(self._tokens):
            raise BadInequality(f"goes on with {self._tokens[self._place]!r} where it should end; join two with 'and'")
        if not left.terms and not right.terms:
            raise BadInequality("names nothing")
        return Inequality(text=self._text, left=left, operator=operator, right=right)

    def _sum(self) -> Linear:
        sign = -1.0 if self._takes("-") else 1.0
        total = _scaled(self._term(), sign)
        while self._peek() in ("+", "-"):
            sign = 1.0 if self._next("") == "+" else -1.0
            term = _scaled(self._term(), sign)
            total = Linear(total.terms + term.terms, total.constant + term.constant)
        return total

    def _term(self) -> Linear:
        total = self._factor()
        while self._peek() in ("*", "/"):
            operator, factor = self._next(""), self._factor()
            total = _product(total, factor) if operator == "*" else _quotient(total, factor)
        return total

    def _factor(self) -> Linear:
        word = self._next("a name or a number")
        if word == "(":
            inner = self._sum()
            if not self._takes(")"):
                raise BadInequality("has a '(' that is not closed")
            return inner
        if word[0].isdigit():
            return Linear((), float(word))
        if word[0].isalpha() or word[0] == "_":
            return Linear(((1.0, word),))
        raise BadInequality(f"needs a name or a number before {word!r}")

    def _peek(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _takes(self, token: str, /) -> bool:
        is_there = self._peek() == token
        self._place += is_there
        return is_there

    def _next(self, wanted: str, /) -> str:
        token = self._peek()
        if not token:
            raise BadInequality(f"ends where {wanted} should follow")
        self._place += 1
        return token


def _tokens(text: str) -> Iterator[str]:
    place = 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise BadInequality(f"cannot be read from {text[place:].strip()[:20]!r} on")
        yield match[1] or match[2] or match[3]
        place = match.end()


def _scaled(linear: Linear, factor: float) -> Linear:
    return Linear(tuple((factor * each, name) for each, name in linear.terms), factor * linear.constant)


def _product(first: Linear, second: Linear) -> Linear:
    if first.terms and second.terms:
        raise BadInequality("multiplies two names; one side of '*' must be a number")
    return _scaled(second, first.constant) if second.terms else _scaled(first, second.constant)


def _quotient(first: Linear, second: Linear) -> Linear:
    if second.terms:
        raise BadInequality("divides by a name; write a ratio as a product: a.war < 0.5 * b.war")
    if second.constant == 0:
        raise BadInequality("divides by 0")
    return _scaled(first, 1 / second.constant)
