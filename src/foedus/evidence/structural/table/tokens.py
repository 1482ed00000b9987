"""The words of a formula: names, numbers, strings and signs, each with its place."""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST_FORMULA = 10_000
"""Characters of a whole formula."""
_WORDS = re.compile(
    r"""(?P<blank>\s+)
    |`(?P<quoted>[^`]*)`
    |(?P<text>"[^"\\\n`]*"|'[^'\\\n`]*')
    |(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![\w.]))
    |(?P<name>[^\W\d][\w.]*|\.(?:[^\W\d][\w.]*))
    |(?P<sign>\*\*|==|!=|<=|>=|[-+*/:^(),=<>&|~])
    |(?P<strange>.)""",
    re.VERBOSE | re.DOTALL,
)


class TokenKind(StrEnum):
    """What a word is."""

    NAME = "name"
    QUOTED = "quoted"
    TEXT = "text"
    NUMBER = "number"
    SIGN = "sign"
    STRANGE = "strange"
    END = "end"


@dataclass(frozen=True)
class Token:
    """One word of a formula."""

    kind: TokenKind
    text: str
    """As it is written, without the backticks of a quoted name."""
    place: int
    """Characters before it, in the text that was read."""

    @property
    def shown(self) -> str:
        """The word as a reader finds it."""
        return "the end" if self.kind is TokenKind.END else f"`{self.text}`"


class NotAllowed(Exception):
    """Something in a formula that is not among what a formula may say; the message is what, ``mend`` what to write."""

    def __init__(self, message: str, *, place: int, mend: str, code: str = "not-allowed") -> None:
        super().__init__(message)
        self.message, self.place, self.mend, self.code = message, place, mend, code


def tokens(text: str) -> tuple[Token, ...]:
    """Take a text apart into words, blanks left out; one that ends the text comes last."""
    found = [
        Token(TokenKind(str(match.lastgroup)), str(match.group(str(match.lastgroup))), match.start())
        for match in _WORDS.finditer(text)
        if match.lastgroup != "blank"
    ]
    return (*found, Token(TokenKind.END, "", len(text.rstrip())))


def as_written(name: str) -> str:
    """Write a column's name as formulas do: in backticks, unless it is a plain one."""
    return name if name.isidentifier() and name.isascii() else f"`{name}`"
