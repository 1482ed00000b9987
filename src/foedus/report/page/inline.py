"""Words of a page: plain text, in which code and links are marked as such and never by signs in the text."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class CodeSpan:
    """Something that is typed as it stands: a command, a symbol, a path in a file."""

    text: str


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    address: str
    """``#place`` on the same page, a file beside it, or an address; empty where it is not known."""


Inline: TypeAlias = str | CodeSpan | Link
Words: TypeAlias = str | tuple[Inline, ...]


def parts_of(words: Words) -> tuple[Inline, ...]:
    """Return the pieces that words are made of."""
    return (words,) if isinstance(words, str) else words


def plain_text(words: Words) -> str:
    """Return words without their marks."""
    return "".join(part if isinstance(part, str) else part.text for part in parts_of(words))


def with_codes(text: str) -> tuple[Inline, ...]:
    """Mark as code what stands between backticks in a sentence of ours, such as one that names a command."""
    pieces = text.split("`")
    return tuple(CodeSpan(piece) if place % 2 else piece for place, piece in enumerate(pieces) if piece)


def readable(text: str) -> str:
    """Put a blank for every sign that is none to a reader, such as a bell; line ends stay."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
