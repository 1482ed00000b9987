"""What the parser lets pass and other readers of YAML 1.2 refuse or read otherwise; told before anything is read.

Signs that nobody sees (line separators, zero-width signs, overrides of the writing direction) could hide a clause in a
tool about exact words. Comments glued to brackets and continuations that are not indented make a file that foedus would
take and others refuse.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Mark = tuple[int, int]

_HIDDEN = re.compile(
    "[\x85\xad\u2028\u2029\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""What Unicode lets a reader pass over (default ignorable, format controls), and blanks that are no blanks."""
_NAMES = {
    "\x85": "a next-line sign",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\ufeff": "a byte order mark",
}
_NEWLINE = re.compile("\r\n|[\n\r]")
_AFTER_CLOSED = frozenset(" \t\r\n,]}:")
"""What may stand directly behind a closed bracket or quotation."""


@dataclass(frozen=True)
class Oddity:
    """Something that readers of YAML disagree about, and where it stands."""

    message: str
    mend: str
    mark: Mark
    is_hidden: bool = False
    """Whether it is a sign that nobody sees."""
    stops: bool = False
    """Whether nothing after it can be read."""


def oddities(text: str) -> Iterator[Oddity]:
    """Yield what is wrong with the writing of a text, in the order in which it is looked for."""
    starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    yield from _hidden(text, starts)
    yield from _directives(text)
    yield from _glued(text, starts)


def escaped(text: str) -> str:
    """Write hidden signs as escapes, a backslash, u and four digits or U and eight, so that a reader sees them."""
    return _HIDDEN.sub(lambda match: _escape(ord(match[0])), text)


def _escape(sign: int) -> str:
    return f"\\u{sign:04x}" if sign <= 0xFFFF else f"\\U{sign:08x}"


def without_hidden(text: str) -> str:
    """Put blanks in the place of hidden signs, so that what follows can still be read where it stands."""
    return _HIDDEN.sub(" ", text.removeprefix("\ufeff"))


def _hidden(text: str, starts: list[int]) -> Iterator[Oddity]:
    body = text.removeprefix("\ufeff")
    skipped = len(text) - len(body)
    for match in _HIDDEN.finditer(body):
        sign = match[0]
        name = _NAMES.get(sign, "a sign that nobody sees or that turns the writing round")
        yield Oddity(
            f"{name}, {escaped(sign)}, stands in the text",
            "take it out",
            _mark(match.start() + skipped, starts),
            is_hidden=True,
        )


def _directives(text: str) -> Iterator[Oddity]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.startswith("%"):
            yield Oddity(
                f"the directive {line.split('#')[0].strip()[:40]!r} is not read: every file is YAML 1.2",
                "take the line out",
                (number, 1),
                stops=True,
            )
        elif line.strip() and not line.lstrip().startswith("#"):
            return


def _glued(text: str, starts: list[int]) -> Iterator[Oddity]:
    """Look behind every closed bracket and quotation, and at the continuation lines of what spans several lines."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    blocks: list[int] = []
    try:
        for token in YAML(typ="safe", pure=True).scan(text):
            kind = type(token).__name__
            if kind in ("BlockMappingStartToken", "BlockSequenceStartToken"):
                blocks.append(token.start_mark.column)
            elif kind == "BlockEndToken" and blocks:
                blocks.pop()
            elif _closes(token, kind):
                yield from _behind(text, token.end_mark.index, kind, starts)
            if kind == "ScalarToken" and not token.plain and token.style in ('"', "'"):
                yield from _continued(text, token.start_mark.index, token.end_mark.index, blocks, starts)
            if kind in ("FlowSequenceStartToken", "FlowMappingStartToken"):
                yield from _flow_continued(text, token.start_mark.index, blocks, starts)
    except (YAMLError, ValueError):
        return  # the parser says what is wrong, with its place


def _closes(token: Any, kind: str) -> bool:
    is_quoted = kind == "ScalarToken" and not token.plain and token.style in ('"', "'")
    return is_quoted or kind in ("FlowSequenceEndToken", "FlowMappingEndToken", "FlowEntryToken")


def _behind(text: str, end: int, kind: str, starts: list[int]) -> Iterator[Oddity]:
    sign = text[end : end + 1]
    if sign == "#":
        yield Oddity("a comment is glued to what stands before it", "put a blank before the #", _mark(end, starts))
    elif sign and kind != "FlowEntryToken" and sign not in _AFTER_CLOSED:
        what = "quotes" if kind == "ScalarToken" else "a bracket"
        yield Oddity(f"{sign!r} is glued to {what}", "put a blank or a comma between the two", _mark(end, starts))


def _continued(text: str, start: int, end: int, blocks: list[int], starts: list[int]) -> Iterator[Oddity]:
    """Refuse lines of a quotation or a bracket that are no deeper than the key to which they belong."""
    indent = blocks[-1] if blocks else -1
    for match in _NEWLINE.finditer(text, start, end):
        line = text[match.end() : end].split("\n", 1)[0]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            yield Oddity(
                "a line that continues brackets or quotes is not indented deeper than their key",
                "indent it",
                _mark(match.end(), starts),
            )
            return


def _flow_continued(text: str, start: int, blocks: list[int], starts: list[int]) -> Iterator[Oddity]:
    depth, at, quote = 0, start, ""
    while at < len(text):
        sign = text[at]
        if quote:
            quote = "" if sign == quote and text[at - 1] != "\\" else quote
        elif sign in "\"'":
            quote = sign if text[at - 1] in " [{,:\n" else ""
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
            if depth == 0:
                break
        at += 1
    yield from _continued(text, start, at, blocks, starts)


def _mark(index: int, starts: list[int]) -> Mark:
    line = bisect_right(starts, index)
    return line, index - starts[line - 1] + 1
