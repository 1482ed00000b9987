"""What YAML text is read into: a tree of entries that know where they stand, within limits no text needs to pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MOST_OPEN = 200
"""Brackets that are open at once, whether they count or stand in words: the parser's time grows with their square."""
MAX_ALIASES = 50
MAX_ENTRIES = 20_000

Mark: TypeAlias = tuple[int, int]
"""Line and column, counted from 1."""

_BRACKET = re.compile(r"[\[\]{}]")
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True)
class Scalar:
    """A word, number or text as it is written."""

    text: str
    is_plain: bool
    """Whether it stands without quotes."""
    tag: str | None
    mark: Mark


@dataclass(frozen=True, eq=False)
class Sequence:
    """A list."""

    tag: str | None
    mark: Mark
    entries: "list[Tree]" = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Mapping:
    """Keys with values; keys and values take turns in `entries`."""

    tag: str | None
    mark: Mark
    entries: "list[Tree]" = field(default_factory=list)

    @property
    def pairs(self) -> "Iterator[tuple[Tree, Tree]]":
        """Key and value, in the order of the file."""
        return zip(self.entries[::2], self.entries[1::2], strict=True)


Tree: TypeAlias = Scalar | Sequence | Mapping


class UnreadableYaml(ValueError):
    """Text that gives no tree: ``code`` as in a finding, and where reading stopped."""

    def __init__(self, message: str, *, code: str, mark: Mark) -> None:
        self.code, self.mark = code, mark
        super().__init__(message)


def refuse_what_never_closes(text: str) -> None:
    """Refuse a text with far more open brackets than it may nest, which the parser would take hours over."""
    left = 0
    for found in _BRACKET.finditer(text):
        left = left + 1 if found[0] in "[{" else max(0, left - 1)
        if left > MOST_OPEN:
            lines = lines_of(text[: found.start()])
            message = f"it nests too deeply ({MAX_DEPTH} at most)"
            raise UnreadableYaml(message, code="too-deep", mark=(len(lines), len(lines[-1]) + 1))


def lines_of(text: str) -> tuple[str, ...]:
    """Split text into lines as YAML counts them."""
    return tuple(_LINE_END.split(text))
