"""Arithmetic over columns, as it stands inside the brackets of a call.

logic = comparison { ("&" | "|") comparison }      only inside I()
comparison = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") (sum | text) ]
sum = product { ("+" | "-") product }              product = signed { ("*" | "/") signed }
signed = ["-" | "+"] power                         power = atom [ "**" ["-"] number up to 20 ]
atom = column | number | function "(" sum ")" | "(" logic ")"
"""

from keyword import iskeyword
from types import MappingProxyType

from foedus.evidence.structural.table.encoding import FUNCTIONS
from foedus.evidence.structural.table.tokens import NotAllowed, Token, TokenKind, as_written, tokens

DEEPEST = 40
"""Brackets inside brackets."""
_LARGEST_POWER = 20.0
_LONGEST_NUMBER = 30
_KNOWN_ELSEWHERE = MappingProxyType(
    {
        "factor": "C(…)",
        "as.factor": "C(…)",
        "ln": "log(…)",
        "np.power": "I(…**2)",
        "pow": "I(…**2)",
        "ns": "bs(…)",
        "as.numeric": "the column's name alone",
    }
)
_BEYOND = MappingProxyType(
    {
        "{": "write I(…) for arithmetic; formulas run no code",
        "}": "write I(…) for arithmetic; formulas run no code",
        "[": "take rows or values out in the table; formulas have no subscripts",
        "]": "take rows or values out in the table; formulas have no subscripts",
        "%": "write `a:b` to cross two regressors",
        "~": "one ~ stands between what was observed and the utilities",
        "`": "close the name with a second backtick",
        "'": "close the text with a second quotation mark",
        '"': "close the text with a second quotation mark",
    }
)
ALONE = ("I", "C", "poly", "bs")
"""Functions that make regressors of their own, and stand in no arithmetic."""
LISTED = (*ALONE, *FUNCTIONS, "center", "scale")
"""Every function that a formula may call."""


class Arithmetic:
    """Reads words from left to right, and writes down anew what it reads."""

    def __init__(self, text: str) -> None:
        self._words = tokens(text)
        self._next = 0
        self._depth = 0
        self.columns: dict[str, int] = {}
        self.mentions: list[str] = []
        self.bare: set[str] = set()
        self.labels: set[str] = set()
        self.numbers: set[str] = set()
        self.called: set[str] = set()
        self.compared: set[str] = set()

    @property
    def now(self) -> Token:
        """The word that comes next."""
        return self._words[self._next]

    @property
    def after(self) -> Token:
        """The word after that."""
        return self._words[min(self._next + 1, len(self._words) - 1)]

    @property
    def place(self) -> int:
        """Where the next word stands."""
        return self.now.place

    def advance(self) -> Token:
        """Take the next word, whatever it is."""
        word = self.now
        self._next += 1
        return word

    def sees(self, *signs: str) -> bool:
        """Tell whether one of these signs comes next."""
        return self.now.kind is TokenKind.SIGN and self.now.text in signs

    def inside(self) -> str:
        """Return the name that stands first in the brackets that come next; x where none does."""
        word = self._words[min(self._next + 2, len(self._words) - 1)]
        return as_written(word.text) if word.kind in (TokenKind.NAME, TokenKind.QUOTED) else "x"

    def take(self, *signs: str) -> str:
        """Take one of these signs if it comes next; nothing otherwise."""
        return self.advance().text if self.sees(*signs) else ""

    def expect(self, wanted: str) -> None:
        """Take this sign, or the end; raise `NotAllowed` where something else comes."""
        if self.now.kind is TokenKind.END and wanted == TokenKind.END:
            return
        if not self.take(wanted):
            raise self.unexpected("the end" if wanted == TokenKind.END else f"`{wanted}`")

    def deeper(self) -> None:
        """Step into a bracket."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotAllowed(
                f"more than {DEEPEST} brackets inside each other", place=self.place, mend="write it simpler"
            )

    def higher(self) -> None:
        """Step out of a bracket."""
        self._depth -= 1

    def unexpected(self, wanted: str) -> NotAllowed:
        """Return what is to be said of the next word, where something else is wanted."""
        word = self.now
        if word.kind is TokenKind.END:
            return NotAllowed("it ends too soon", place=word.place, mend=f"{wanted} is missing", code="unreadable-part")
        beyond = _BEYOND.get(word.text) if word.kind is TokenKind.STRANGE else None
        beyond = _BEYOND["~"] if word.text == "~" else beyond
        code = "unreadable-part" if beyond is None and word.kind is not TokenKind.STRANGE else "not-allowed"
        mend = beyond or f"{wanted} is wanted here"
        if word.text == "^":
            mend = "write x**2, inside I(): I(x**2)"
        return NotAllowed(f"{word.shown} cannot stand here", place=word.place, mend=mend, code=code)

    def column(self) -> str:
        """Take the name of a column."""
        name = column_name(self)
        self.columns.setdefault(name, self.place)
        self.mentions.append(name)
        self.advance()
        return name

    def logic(self) -> str:
        """Read comparisons joined by & and |, or a sum."""
        self.deeper()
        written = self._comparison()
        while sign := self.take("&", "|"):
            written = f"{written} {sign} {self._comparison()}"
        self.higher()
        return written

    def sum(self) -> str:
        """Read a sum."""
        self.deeper()
        written = self._multiplied()
        while sign := self.take("+", "-"):
            written = f"{written} {sign} {self._multiplied()}"
        self.higher()
        return written

    def call(self) -> str:
        """Read the call of a function of one number."""
        name = function_name(self)
        self.called.add(name)
        self.advance()
        self.expect("(")
        inner = self.sum()
        self.expect(")")
        return f"{name}({inner})"

    def _comparison(self) -> str:
        left, before = self.now, len(self.mentions)
        written = self.sum()
        sign = self.take("<=", "<", ">=", ">", "==", "!=")
        if not sign:
            return written
        if self.now.kind is not TokenKind.TEXT:
            return f"({written} {sign} {self.sum()})"
        if self.mentions[before:] != [written.strip("`")] or sign not in ("==", "!="):
            raise NotAllowed(
                "a text is compared with one column, by == or !=", place=left.place, mend='write g == "text"'
            )
        self.compared.add(self.mentions[-1])
        return f"({written} {sign} {self.advance().text})"

    def _multiplied(self) -> str:
        written = self._signed()
        while sign := self.take("*", "/"):
            written = f"{written} {sign} {self._signed()}"
        return written

    def _signed(self) -> str:
        sign = self.take("-", "+")
        return f"{sign}{self._raised()}"

    def _raised(self) -> str:
        before = len(self.mentions)
        place, base = self.place, self._value()
        if not self.take("**"):
            return base
        sign = self.take("-")
        power = self.now
        is_fine = power.kind is TokenKind.NUMBER and float(power.text) <= _LARGEST_POWER
        if not is_fine or len(self.mentions) == before:
            raise NotAllowed(
                "a power is that of a column, and a number of at most 20", place=place, mend="write x**2, or exp(x)"
            )
        return f"{base}**{sign}{self._number()}"

    def _value(self) -> str:
        if self.take("("):
            inner = self.logic()
            self.expect(")")
            return f"({inner})"
        if self.now.kind is TokenKind.NUMBER:
            return self._number()
        if self.now.kind is TokenKind.NAME and self.after.text == "(":
            return self.call()
        return self.enclosed()

    def enclosed(self) -> str:
        """Take the name of a column inside a call, where Python's own words and quotation marks are refused."""
        place, name = self.place, self.column()
        if iskeyword(name) or any(sign in name for sign in "'\"\\\n{}"):
            raise NotAllowed(
                f"the column {name!r} cannot stand inside a call", place=place, mend="give the column a plain name"
            )
        return as_written(name)

    def _number(self) -> str:
        word = self.advance()
        if len(word.text) > _LONGEST_NUMBER or not abs(float(word.text)) < 1e300:
            raise NotAllowed("the number is too long or too large", place=word.place, mend="write it shorter, as 1e6")
        # Leading noughts are no number to Python, and whole numbers beyond 64 bits none to numpy.
        is_whole = word.text.isdecimal() and len(word.text.lstrip("0")) <= 15
        return str(int(word.text)) if is_whole else repr(float(word.text))


def column_name(reader: Arithmetic) -> str:
    """Return the name of a column that comes next; raise `NotAllowed` where none does."""
    word = reader.now
    if word.kind not in (TokenKind.NAME, TokenKind.QUOTED) or not word.text.strip():
        raise reader.unexpected("a column")
    if any(part.startswith("__") for part in word.text.split(".")):
        raise NotAllowed(
            f"{word.shown} is refused: formulas run no code", place=word.place, mend="give the column another name"
        )
    if word.kind is TokenKind.NAME and iskeyword(word.text):
        told = f"{word.shown} is a word of Python, and formulas run no code"
        raise NotAllowed(told, place=word.place, mend="write a column of that name in backticks")
    if word.kind is TokenKind.QUOTED and word.text in {"0", "1"}:
        raise NotAllowed(
            f"a column called {word.text} is taken for the number", place=word.place, mend="give it another name"
        )
    if reader.after.text == "(":
        raise reader.unexpected("a column")
    return word.text


def function_name(reader: Arithmetic) -> str:
    """Return the name of a listed function of one number; raise `NotAllowed` with what to write for another."""
    word = reader.now
    last = word.text.rsplit(".", 1)[-1]
    if word.text in ALONE:
        raise NotAllowed(
            f"{word.text}(…) stands by itself", place=word.place, mend=f"write {word.text}(x) as a regressor of its own"
        )
    if word.text in LISTED:
        return word.text
    known = _KNOWN_ELSEWHERE.get(word.text)
    if known is None and "." in word.text and last in LISTED:
        known = f"{last}(…)"
    inner = reader.inside()
    mend = (
        f"write {known.replace('…', inner)}"
        if known
        else f"make a column of it in the table; formulas call {', '.join(LISTED)}"
    )
    raise NotAllowed(f"{word.text} is not a function of formulas", place=word.place, mend=mend)
