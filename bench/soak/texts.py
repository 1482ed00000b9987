"""Arrangements with mistakes: those of typing, of other writers of YAML, and of people who try what is not allowed."""

from collections.abc import Callable
from functools import cache
from random import Random
from zlib import crc32

from bench.soak.trial import Kind, NotRight
from foedus.arrangement.dump import dump
from foedus.arrangement.library import library_files
from foedus.arrangement.load import loads
from foedus.checks.examine import examine
from foedus.futures.parameters.load import default_parameters
from foedus.mechanism.from_arrangement import compile_arrangement

_SMALLEST = 12
"""Texts of the library that are taken: the smallest, so that many are tried."""
_ODD = (
    *("%YAML 1.3\n---\n", "\u2028", "\u0085", "\u202e", "\ufeff", "\t", "\0", "\x1b[31m", "\ud83d", "é", "а", "¹", "٧"),
    *("&a ", "*a", "!!python/object/apply:os.system ", "!!binary ", "<<: ", "? ", "- ", "|", ">-", "{", "}", "[", "]"),
    *(
        "'",
        '"',
        '"\\U00110000"',
        '"\\x"',
        "#",
        ": ",
        "::",
        "~",
        "null",
        "true",
        ".nan",
        ".inf",
        "1e999",
        "0x1f",
        "1_000",
    ),
    *(
        "9" * 40,
        "-1",
        "0",
        "1.0",
        "12:30",
        "no",
        "on",
        "unknown",
        "none",
        "[/x]",
        "[bold]",
        "{{x}}",
        "</td>",
        "%s",
        "{0}",
    ),
)
_VALUES = (
    *("0 h", "1e9 y", "99999999999999999999 troops", "0 troops", "-5 troops", "10 - 5 troops", "1 bn XXX", "0 bn EUR"),
    *("[]", "{}", "[[[[]]]]", "france", "[france, france]", "nobody", "all_guarantors", "acts(france)", "external"),
    *("not not not external", "external and", "threat >= invade", "threat", "(" * 60 + "external" + ")" * 60),
    *("a or b or c", " or ".join(["external", "provoked"] * 15), "2025-13-45", "2025-02-28", "1", "-0.0", "1.0e-300"),
)


def make_text(random: Random) -> str:
    """Return a text of the library with one to six changes."""
    text = random.choice(_library())
    for _ in range(random.choice([1, 1, 2, 3, 6])):
        text = random.choice(CHANGES)(text, random)
    return text[:65_536] if random.random() < 0.98 else text * 8


def use_text(text: str) -> None:
    """Read it; what is taken comes back the same when it is written, and a part of them is compiled and checked."""
    arrangement = loads(text, file="made.yaml")
    if loads(dump(arrangement), file="again.yaml") != arrangement:
        raise NotRight("what was written is not what was read")
    if crc32(text.encode(errors="replace")) % 10 == 0:
        compile_arrangement(arrangement, default_parameters().central)
        if kept_back := examine(arrangement).unreplayed:
            raise NotRight(f"found by {', '.join(kept_back)} and not confirmed by the rules")


TEXTS = Kind("arrangements", make_text, use_text)


@cache
def _library() -> tuple[str, ...]:
    texts = [file.read_text(encoding="utf-8") for file in library_files().values()]
    return tuple(sorted(texts, key=len)[:_SMALLEST])


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _insert(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(_ODD) + text[place:]


def _drop(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + text[place + random.choice([1, 1, 3, 40]) :]


def _double_line(text: str, random: Random) -> str:
    lines = _lines(text) or [""]
    place = random.randrange(len(lines))
    return "".join([*lines[:place], lines[place], *lines[place:]])


def _move_line(text: str, random: Random) -> str:
    lines = _lines(text) or [""]
    line = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randrange(len(lines) + 1), line)
    return "".join(lines)


def _indent(text: str, random: Random) -> str:
    lines = _lines(text) or [""]
    place = random.randrange(len(lines))
    lines[place] = random.choice([" ", "  ", "\t"]) + lines[place] if random.random() < 0.5 else lines[place].lstrip()
    return "".join(lines)


def _other_value(text: str, random: Random) -> str:
    lines = _lines(text)
    keyed = [place for place, line in enumerate(lines) if ": " in line]
    if not keyed:
        return text
    place = random.choice(keyed)
    key = lines[place].partition(": ")[0]
    lines[place] = f"{key}: {random.choice([*_VALUES, *_ODD])}\n"
    return "".join(lines)


def _flip(text: str, random: Random) -> str:
    if not text:
        return text
    place = random.randrange(len(text))
    return text[:place] + chr(random.choice([random.randrange(32, 127), random.randrange(0x2FFF)])) + text[place + 1 :]


CHANGES: tuple[Callable[[str, Random], str], ...] = (
    *(_insert, _drop, _double_line, _move_line, _indent, _flip),
    *(_other_value, _other_value, _other_value),
)
