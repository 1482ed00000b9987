"""YAML text to a tree, by a parser that says what is wrong and where.

A tree is made from the parser's events in one pass. An alias gives the very entry that its anchor names, so a file that
refers to itself gives a tree that contains itself; whoever walks a tree must watch for that.
"""

import re
import sys
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from foedus.text.yaml_tree import (
    MAX_ALIASES,
    MAX_DEPTH,
    MAX_ENTRIES,
    Mapping,
    Mark,
    Scalar,
    Sequence,
    Tree,
    UnreadableYaml,
    lines_of,
    refuse_what_never_closes,
)

_ESCAPE = re.compile(r"\\U([0-9A-Fa-f]{8})")


def read_tree(text: str) -> Tree | None:
    """Read one YAML document; give None for an empty one and raise `UnreadableYaml` for what is no document."""
    try:
        return _Builder().build(_within_limits(text))
    except MarkedYAMLError as error:
        # What never ends is best shown where it begins.
        is_endless = error.problem == "found unexpected end of stream"
        mark = error.context_mark if is_endless else error.problem_mark or error.context_mark
        words = " ".join(str(part) for part in (error.context, error.problem) if part)
        if "found character '\\t'" in words:
            at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise UnreadableYaml("tabs are not accepted here: write blanks", code="not-yaml", mark=at) from error
        raise _not_yaml(words, mark=(mark.line + 1, mark.column + 1) if mark else (1, 1)) from error
    except UnreadableYaml:
        raise
    except (ValueError, OverflowError) as error:
        found = next((match for match in _ESCAPE.finditer(text) if int(match[1], 16) > sys.maxunicode), None)
        if found is None:
            words = (str(error).splitlines() or [type(error).__name__])[0]
            raise _not_yaml(words, mark=_unprintable_mark(text)) from error
        lines = lines_of(text[: found.start()])
        message = f"the escape {found[0]} names no character"
        raise UnreadableYaml(message, code="not-yaml", mark=(len(lines), len(lines[-1]) + 1)) from error
    except Exception as error:  # whatever the parser raises on a text is a finding about the text
        words = (str(error).splitlines() or [type(error).__name__])[0]
        raise _not_yaml(words, mark=_unprintable_mark(text)) from error


class _Builder:
    """The entries that are still open while events arrive, and the anchors met so far."""

    def __init__(self) -> None:
        self._roots: list[Tree] = []
        self._open: list[list[Tree]] = [self._roots]
        self._anchors: dict[str, Tree] = {}

    def build(self, events: Iterator[Any]) -> Tree | None:
        for event in events:
            if isinstance(event, DocumentStartEvent) and self._roots:
                raise _not_yaml("a second document begins here", mark=_mark(event))
            if isinstance(event, CollectionEndEvent):
                self._open.pop()
            elif isinstance(event, NodeEvent):
                self._add(event)
        return self._roots[0] if self._roots else None

    def _add(self, event: Any) -> None:
        entry = self._entry(event)
        self._open[-1].append(entry)
        if event.anchor is not None and not isinstance(event, AliasEvent):
            self._anchors[event.anchor] = entry
        if isinstance(event, CollectionStartEvent) and not isinstance(entry, Scalar):
            self._open.append(entry.entries)

    def _entry(self, event: Any) -> Tree:
        if isinstance(event, AliasEvent):
            if event.anchor not in self._anchors:
                raise _not_yaml(f"the alias '*{event.anchor}' has no anchor before it", mark=_mark(event))
            return self._anchors[event.anchor]
        if isinstance(event, ScalarEvent):
            return Scalar(text=str(event.value), is_plain=not event.style, tag=event.tag, mark=_mark(event))
        kind = Mapping if isinstance(event, MappingStartEvent) else Sequence
        return kind(tag=event.tag, mark=_mark(event))


def _within_limits(text: str) -> Iterator[Any]:
    refuse_what_never_closes(text)
    depth = aliases = 0
    for count, event in enumerate(YAML(typ="safe", pure=True).parse(text), start=1):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        aliases += isinstance(event, AliasEvent)
        for code, what, number, limit in (
            ("too-deep", "it nests too deeply", depth, MAX_DEPTH),
            ("too-many-aliases", "it uses too many aliases", aliases, MAX_ALIASES),
            ("too-large", "it has too many entries", count, MAX_ENTRIES),
        ):
            if number > limit:
                raise UnreadableYaml(f"{what} ({limit} at most)", code=code, mark=_mark(event))
        yield event


def _not_yaml(problem: str, *, mark: Mark) -> UnreadableYaml:
    return UnreadableYaml(f"the file is not YAML: {problem}", code="not-yaml", mark=mark)


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _unprintable_mark(text: str) -> Mark:
    """Find the character that YAML does not admit; the parser says only how far into the text it is."""
    found = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    lines = lines_of(text[: found.start()]) if found else ("",)
    return len(lines), len(lines[-1]) + 1
