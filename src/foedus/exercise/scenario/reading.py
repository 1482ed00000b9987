"""Read a mapping key by key, noting everything that is wrong with it where it stands."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, TypeVar

from foedus.errors import Finding, InvalidFile
from foedus.exercise.scenario.codes import ScenarioCode
from foedus.text.source import ParsedText, Path, read_source

_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_REQUIRED = object()
Value = TypeVar("Value")


def parsed(text: str, *, file: str) -> ParsedText:
    """Read text into plain data with positions; raise `InvalidFile`."""
    source = read_source(text, file=file)
    if source.findings:
        raise InvalidFile(source.findings)
    return source


class Entries:
    """One mapping of a file: each key is asked for once, and what was not asked for is unknown."""

    def __init__(self, source: ParsedText, path: Path, data: Any, findings: list[Finding]) -> None:
        self.source, self.path, self.findings = source, path, findings
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}
        self._asked: list[str] = []
        if not isinstance(data, dict):
            self._tell(path, ScenarioCode.WRONG_VALUE, "should be keys with values", "write `key: value` lines")

    @classmethod
    def of(cls, source: ParsedText) -> "Entries":
        """Begin at the top of a file."""
        return cls(source, (), source.data, [])

    def has(self, key: str) -> bool:
        """Tell whether a key is written."""
        return key in self._data

    def text(self, key: str, *, default: str | None = None, example: str = "a few words") -> str:
        """Return text."""
        value = self._get(key, default, example)
        if isinstance(value, str) and (value or default is not None):
            return " ".join(value.split())
        self._wrong(key, value, f"text, such as {example!r}")
        return ""

    def name(self, key: str, *, default: str | None = None) -> str:
        """Return a name: lower-case letters, digits and underscores."""
        value = self.text(key, default=default, example="name_of_it")
        if value and not _ID.fullmatch(value):
            self._wrong(key, value, "a name in lower-case letters, digits and underscores")
        return value

    def word(self, key: str, known: Collection[str], *, default: str | None = None) -> str:
        """Return one of some words."""
        value = self._get(key, default, next(iter(known), ""))
        if value == default and default is not None:
            return default
        if isinstance(value, str) and value in known:
            return value
        if value is not None:
            self._unknown((*self.path, key), str(value), known)
        return next(iter(known), "")

    def words(self, key: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of names, one of which may stand alone; of known ones only, where they are given."""
        value = self._get(key, (), "a_name")
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, Sequence) or not all(isinstance(each, str) for each in items):
            self._wrong(key, value, "a list of names")
            return ()
        for each in items:
            if known is not None and each not in known:
                self._unknown((*self.path, key), each, known)
        return tuple(items)

    def number(self, key: str, *, default: float | None = None, low: float = 0.0, high: float = 1e9) -> float:
        """Return a number between limits."""
        value = self._get(key, default, "0.5")
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self._wrong(key, value, f"a number from {low:g} to {high:g}")
        return low

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._get(key, default, "true")
        if isinstance(value, bool):
            return value
        self._wrong(key, value, "true or false")
        return default

    def time(self, key: str, *, default: datetime | None = None) -> datetime:
        """Return a time, written ``2027-03-04 05:20`` and meant in UTC."""
        if default is not None and not self.has(key):
            self._asked.append(key)
            return default
        value = self._get(key, None, "'2027-03-04 05:20'")
        if isinstance(value, str) and _TIME.fullmatch(value):
            try:
                return datetime.strptime(value, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
            except ValueError:
                pass
        if value is not None:
            self._wrong(key, value, "a time in UTC, such as '2027-03-04 05:20'")
        return datetime(1970, 1, 1, tzinfo=UTC)

    def numbers(self, key: str, *, count: int | None = None) -> tuple[float, ...]:
        """Return a list of numbers from 0 to 1."""
        value = self._get(key, None, "[0.5, 0.5]")
        items = value if isinstance(value, list) else []
        is_right = bool(items) and all(type(each) in (int, float) and 0 <= each <= 1 for each in items)
        if not is_right or (count is not None and len(items) != count):
            self._wrong(key, value, f"a list of {count or 'some'} numbers from 0 to 1")
            return (0.0,) * (count or 1)
        return tuple(float(each) for each in items)

    def inner(self, key: str) -> "Entries":
        """Return the mapping under a key."""
        return Entries(self.source, (*self.path, key), self._get(key, None, "keys with values"), self.findings)

    def keyed(self, key: str) -> "dict[str, Entries]":
        """Return the mappings under a key, by the names that the file gives them."""
        data = self._get(key, None, "names with their keys")
        if not isinstance(data, dict):
            self._wrong(key, data, "names, each with keys of its own")
            return {}
        return {name: Entries(self.source, (*self.path, key, name), each, self.findings) for name, each in data.items()}

    def each(self, key: str) -> "list[Entries]":
        """Return the mappings of a list under a key."""
        data = self._get(key, None, "a list")
        if not isinstance(data, list):
            self._wrong(key, data, "a list")
            return []
        return [Entries(self.source, (*self.path, key, i), each, self.findings) for i, each in enumerate(data)]

    def rows(self, key: str) -> tuple[tuple[float, ...], ...]:
        """Return rows of numbers."""
        data = self._get(key, None, "rows of numbers")
        rows = data if isinstance(data, list) and all(isinstance(row, list) for row in data) else None
        if rows is not None and all(type(each) in (int, float) for row in rows for each in row):
            return tuple(tuple(float(each) for each in row) for row in data)
        self._wrong(key, data, "rows of numbers")
        return ()

    def texts(self, key: str) -> dict[str, str]:
        """Return names with text under a key."""
        data = self._get(key, None, "names with text")
        if isinstance(data, dict) and all(isinstance(each, str) for each in data.values()):
            return dict(data)
        self._wrong(key, data, "names with text")
        return {}

    def done(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                mend = f"did you mean {near[0]!r}?" if near else f"keys here are: {', '.join(self._asked)}"
                self._tell((*self.path, key), ScenarioCode.UNKNOWN_KEY, f"the key {key!r} is unknown here", mend)

    def tell(self, key: str, code: ScenarioCode, message: str, mend: str) -> None:
        """Note something that is wrong at a key."""
        self._tell((*self.path, key), code, message, mend)

    def _get(self, key: str, default: Any, example: str) -> Any:
        self._asked.append(key)
        if key in self._data:
            return self._data[key]
        if default is None:
            message = f"the key {key!r} is missing"
            self._tell((*self.path, key), ScenarioCode.MISSING_KEY, message, f"add it, as in `{key}: {example}`")
        return default

    def _wrong(self, key: str, value: Any, wanted: str) -> None:
        if key in self._data:
            message = f"{key!r} should be {wanted} (found {value!r:.60})"
            self._tell((*self.path, key), ScenarioCode.WRONG_VALUE, message, f"write {wanted}")

    def _unknown(self, path: Path, word: str, known: Collection[str]) -> None:
        near = get_close_matches(word, list(known), n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        mend = f"{hint}Words are: {', '.join(known)}"
        self._tell(path, ScenarioCode.UNKNOWN_WORD, f"{word!r} is not known here", mend)

    def _tell(self, path: Path, code: ScenarioCode, message: str, mend: str) -> None:
        self.findings.append(self.source.finding(path, code=code, message=message, mend=mend))


def checked(top: Entries, read: Callable[[Entries], Value]) -> Value:
    """Return what is read, or raise `InvalidFile` with everything that is wrong."""
    value = read(top)
    top.done()
    if top.findings:
        raise InvalidFile(tuple(dict.fromkeys(top.findings)))
    return value
