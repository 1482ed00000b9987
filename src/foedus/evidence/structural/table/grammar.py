"""What the regressors of one utility may say: an allow-list, read before anything else sees the text.

    part   = ["+"] summand { ("+" | "-") summand }     summand = 0 | 1 | product
    product = crossed { ("*" | "/") crossed }          crossed = power { ":" power }
    power  = atom [ "**" 2 to 6 ]                      atom = column | call | "(" part ")"
    call   = function "(" sum { "," [name "="] number } ")"

Inside the brackets of a call stands arithmetic over columns and numbers (see ``arithmetic``). Nothing else is read: no
braces, attributes, subscripts, strings that are run, or calls of functions that are not listed. What is read is written
down anew, so that only text made here is ever evaluated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from foedus.evidence.structural.table.arithmetic import Arithmetic
from foedus.evidence.structural.table.tokens import NotAllowed, TokenKind, as_written

MOST_TERMS = 500
"""Terms of one part, crossed ones written out."""
_OWN: Mapping[str, Mapping[str, tuple[int, int]]] = MappingProxyType(
    {"I": {}, "C": {}, "poly": {"degree": (1, 10)}, "bs": {"df": (3, 50), "degree": (1, 10)}}
)
"""Functions that stand by themselves, with the whole numbers that they take and their bounds."""


@dataclass(frozen=True)
class Regressors:
    """What a part says, after it was read."""

    text: str
    """The part written anew."""
    columns: Mapping[str, int]
    """Every column that it uses, with the place of its first mention."""
    bare: frozenset[str]
    """Columns that are regressors as they stand."""
    labels: frozenset[str]
    """Columns that `C` takes as labels, whatever they hold."""
    numbers: frozenset[str]
    """Columns that are reckoned with."""


def read_part(text: str) -> Regressors:
    """Read the regressors of one utility; raise `NotAllowed` at the first thing that they may not say."""
    reader = _FormulaPart(text)
    written, terms = reader.part()
    reader.expect(TokenKind.END)
    if terms > MOST_TERMS:
        raise _too_many(0)
    called = {name for name in reader.called if name in reader.columns}
    if called:
        name = min(called)
        raise NotAllowed(
            f"{name} is a column and a function here", place=reader.columns[name], mend="give the column another name"
        )
    sets = (frozenset(names) for names in (reader.bare, reader.labels, reader.numbers))
    return Regressors(written, MappingProxyType(dict(reader.columns)), *sets)


class _FormulaPart(Arithmetic):
    """Reads a part from left to right; each method returns (the text anew, how many terms it can come to)."""

    def part(self) -> tuple[str, int]:
        self.deeper()
        begins, sign = self.place, self.take("+", "-")
        if sign == "-" and self.now.kind is not TokenKind.NUMBER:
            told = "nothing stands before the minus that could be left out"
            raise NotAllowed(told, place=begins, mend="write I(-x) for a column with its sign turned")
        text, terms = self._summand()
        written = f"{sign} {text}" if sign else text
        while sign := self.take("+", "-"):
            text, more = self._summand()
            written, terms = f"{written} {sign} {text}", terms + more
        self.higher()
        return written, terms

    def _summand(self) -> tuple[str, int]:
        word = self.now
        if word.kind is not TokenKind.NUMBER:
            return self._product()
        is_alone = self.after.kind is TokenKind.END or self.after.text in ("+", "-", ")")
        if word.text not in ("0", "1") or not is_alone:
            raise NotAllowed(
                f"the number {word.text} is no regressor here",
                place=word.place,
                mend="1 by itself is the constant, 0 none; write I(2 * x) to reckon with a column",
            )
        return self.advance().text, 1

    def _product(self) -> tuple[str, int]:
        written, terms = self._crossed()
        while sign := self.take("*", "/"):
            text, more = self._crossed()
            written, terms = f"{written} {sign} {text}", _bounded(terms * more + terms + more, self.place)
        return written, terms

    def _crossed(self) -> tuple[str, int]:
        written, terms = self._power()
        while self.take(":"):
            text, more = self._power()
            written, terms = f"{written}:{text}", _bounded(terms * more, self.place)
        return written, terms

    def _power(self) -> tuple[str, int]:
        begins, is_group = self.place, self.sees("(")
        written, terms = self._atom()
        if not self.take("**", "^"):
            return written, terms
        if not is_group or self.now.text not in {"2", "3", "4", "5", "6"}:
            alone = written if not is_group else "x"
            raise NotAllowed(
                "a power outside I() crosses regressors, from 2 to 6 of those in a bracket",
                place=begins,
                mend=f"write I({alone}**2) for the square of a column, (a + b)**2 for a + b + a:b",
            )
        order = int(self.advance().text)
        return f"{written}**{order}", _bounded((terms + 1) ** order, begins)

    def _atom(self) -> tuple[str, int]:
        if self.take("("):
            written, terms = self.part()
            self.expect(")")
            return f"({written})", terms
        word = self.now
        if word.kind is TokenKind.NUMBER:
            mend = "write I(2 * x) to reckon with a column"
            raise NotAllowed(f"the number {word.text} is no regressor here", place=word.place, mend=mend)
        if word.kind is TokenKind.NAME and self.after.text == "(":
            return self._call(), 1
        name = self.column()
        self.bare.add(name)
        return as_written(name), 1

    def _call(self) -> str:
        name, place = self.now.text, self.now.place
        if name not in _OWN:
            before = len(self.mentions)
            written = self.call()
            self._refuse_constant(name, before, place)
            return written
        self.called.add(name)
        self.advance()
        self.expect("(")
        if name == "C":
            column = self.enclosed()
            self.labels.add(self.mentions[-1])
            self.expect(")")
            return f"C({column})"
        before = len(self.mentions)
        inner = self.logic() if name == "I" else self.sum()
        self._refuse_constant(name, before, place)
        options = self._options(_OWN[name])
        self.expect(")")
        return f"{name}({inner}{options})"

    def _refuse_constant(self, name: str, before: int, place: int) -> None:
        if len(self.mentions) == before:
            raise NotAllowed(
                f"{name}(…) uses no column", place=place, mend="1 is the constant; name a column inside the brackets"
            )
        self.numbers.update(set(self.mentions[before:]) - self.compared)

    def _options(self, bounds: Mapping[str, tuple[int, int]]) -> str:
        written, free = "", list(bounds)
        while self.take(","):
            word = self.now
            name = word.text if word.kind is TokenKind.NAME else next(iter(free), "")
            if name not in free:
                told = f"it takes {', '.join(bounds)}, each once" if bounds else "it takes one thing"
                raise NotAllowed(f"{word.shown} is not taken here", place=word.place, mend=told)
            free.remove(name)
            if word.kind is TokenKind.NAME:
                self.advance()
                self.expect("=")
            value, (least, most) = self.now, bounds[name]
            if not (value.text.isascii() and value.text.isdecimal() and least <= int(value.text[:6]) <= most):
                raise NotAllowed(
                    f"{name} is {value.shown}", place=value.place, mend=f"give a whole number from {least} to {most}"
                )
            written += f", {f'{name}=' if word.kind is TokenKind.NAME else ''}{int(self.advance().text)}"
        return written


def _bounded(terms: int, place: int) -> int:
    if terms > MOST_TERMS:
        raise _too_many(place)
    return terms


def _too_many(place: int) -> NotAllowed:
    return NotAllowed(
        f"the part comes to more than {MOST_TERMS} terms", place=place, mend="cross fewer regressors", code="too-large"
    )
