"""Strict YAML 1.2: text to plain data, with the line and column of every key and value.

Refused, each with a finding: duplicate keys, keys that are not text, words that other YAML versions read as something
else (``no``, ``on``, ``12:30``), tags, files that are too large, too deep or use too many aliases.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from foedus.errors import Finding, InvalidFile
from foedus.text.codes import TextCode
from foedus.text.kept import kept
from foedus.text.quick_tree import quick_tree
from foedus.text.strictness import oddities, without_hidden
from foedus.text.yaml_tree import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ENTRIES,
    Mapping,
    Mark,
    Scalar,
    Sequence,
    Tree,
    UnreadableYaml,
    refuse_what_never_closes,
)
from foedus.values.word import Word

MAX_DIGITS = 30

Path: TypeAlias = tuple[str | int, ...]

_SURPRISING_WORD = re.compile(r"(?i)yes|no|on|off|y|n")
_SEXAGESIMAL = re.compile(r"[-+]?\d+(:[0-5]?\d)+(\.\d*)?", re.ASCII)
_TRUTH_VALUE = re.compile(r"(?i)true|false|null")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?", re.ASCII)
_ODD_NUMBER = re.compile(r"(?i)[-+]?0\d+(\.\d*)?|[-+]?0[xob][0-9a-f_]+|[-+]?\.(inf|nan)|[-+]?\d[\d.]*_[\d_.]*")
_FOREIGN_NUMBER = re.compile(r"[-+]?[\d.]+")

_MEND_YAML = "look at the indentation, colons and quotes here and on the line above"
_MOST_ODDITIES = 20
_MEND_SIZE = "split the file, or write it without aliases"


@dataclass
class ParsedText:
    """Plain data with positions, and what was wrong on the way."""

    file: str
    data: Any = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    """Where each key (or list entry) stands."""
    findings: list[Finding] = field(default_factory=list)

    def mark_of(self, path: Path) -> Mark:
        """Return the position of a path, or of the nearest place above it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def finding(
        self, path: Path, *, code: str, message: str, mend: str, why: str | None = None, mark: Mark | None = None
    ) -> Finding:
        """Make a finding at a path, or at a mark of its own; a `Word` brings its own why."""
        line, column = mark or self.mark_of(path)
        reason = why if why is not None else code.meaning if isinstance(code, Word) else ""
        return Finding(
            file=self.file,
            line=line,
            column=column,
            path=write_path(path),
            code=str(code),
            message=message,
            why=reason,
            mend=mend,
        )

    def add(self, path: Path, *, code: Word, message: str, mend: str, mark: Mark | None = None) -> None:
        """Note what is wrong at a path."""
        self.findings.append(self.finding(path, code=code, message=message, mend=mend, mark=mark))


def write_path(path: Path) -> str:
    """Write a path as ``commitments[0].tier``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def read_file(file: FilePath | Traversable) -> str:
    """Return the text of a file; raise `InvalidFile` where it is too large or not UTF-8, or ``OSError``.

    No more is read than a file may hold.
    """
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise InvalidFile([_too_large(str(file))])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        told = ParsedText(file=str(file)).finding(
            (),
            code=TextCode.NOT_UTF8,
            message=f"the file is not UTF-8 text (byte {error.start})",
            mend="save the file as UTF-8",
            mark=(0, 0),
        )
        raise InvalidFile([told]) from error


def read_shipped(text: str, *, file: str = "") -> ParsedText:
    """Read YAML that ships with the package, quickly; what is wrong with it is told as `read_source` tells it."""
    tree = quick_tree(text)
    source = ParsedText(file=file)
    if tree is not None:
        source.data = _read_root(tree, source)
    return read_source(text, file=file) if tree is None or source.findings else source


def shipped_data(text: str) -> Any:
    """Return the plain data of YAML that ships with the package; raise ``ValueError`` for what is wrong with it."""
    source = read_shipped(text)
    if source.findings:
        raise ValueError("; ".join(f"line {each.line}: {each.message}" for each in source.findings))
    return source.data


def read_source_file(file: FilePath | Traversable) -> ParsedText:
    """Read a YAML file into plain data with positions; raise `InvalidFile` as `read_file` does, or ``OSError``."""
    text = read_file(file)
    if not is_shipped(file):
        return read_source(text, file=str(file))
    where = f"{file}\n{text}"
    return kept("source", where, rooms=("text", "values"), make=lambda: read_shipped(text, file=str(file)))


def is_shipped(file: FilePath | Traversable) -> bool:
    """Tell whether a file lies inside the installed package, so that nobody else wrote it."""
    return isinstance(file, FilePath) and file.is_absolute() and file.is_relative_to(str(files("foedus")))


def read_source(text: str, *, file: str) -> ParsedText:
    """Read YAML text into plain data with positions; everything wrong becomes a finding, all at once."""
    from foedus.text.strict_tree import read_tree  # takes longer to load than a text that ships takes to read

    source = ParsedText(file=file)
    if len(text.encode(errors="replace")) > MAX_BYTES:
        source.findings.append(_too_large(file))
        return source
    try:
        refuse_what_never_closes(text)
    except UnreadableYaml as error:
        source.add((), code=TextCode(error.code), message=str(error), mend=_MEND_SIZE, mark=error.mark)
        return source
    found = tuple(islice(oddities(text), _MOST_ODDITIES))
    for oddity in found:
        code = TextCode.HIDDEN_SIGN if oddity.is_hidden else TextCode.LOOSE_YAML
        source.add((), code=code, message=oddity.message, mend=oddity.mend, mark=oddity.mark)
    if any(oddity.stops for oddity in found):
        return source
    try:
        source.data = _read_root(read_tree(without_hidden(text)), source)
    except UnreadableYaml as error:
        mend = _MEND_YAML if error.code == TextCode.NOT_YAML else _MEND_SIZE
        source.add((), code=TextCode(error.code), message=str(error), mend=mend, mark=error.mark)
    return source


def _too_large(file: str) -> Finding:
    message = f"the file is larger than {MAX_BYTES // 1024} kB"
    return ParsedText(file=file).finding((), code=TextCode.TOO_LARGE, message=message, mend=_MEND_SIZE, mark=(0, 0))


def _read_root(root: Tree | None, source: ParsedText) -> Any:
    if isinstance(root, Mapping):
        return _TreeReader(source).read(root, ())
    what = "is a list" if isinstance(root, Sequence) else "is a single value" if root and root.text else "is empty"
    source.add(
        (), code=TextCode.NOT_A_MAPPING, message=f"the file {what}", mend="write keys with values, as `foedus new` does"
    )
    return None


class _TreeReader:
    """Walks a tree once, noting where everything stands and what is wrong with it."""

    def __init__(self, source: ParsedText) -> None:
        self._source = source
        self._open: list[Tree] = []
        self._budget: Iterator[int] = iter(range(MAX_ENTRIES))

    def read(self, tree: Tree, path: Path) -> Any:
        self._refuse_endless(tree, path)
        if tree.tag is not None:
            self._source.add(
                path,
                code=TextCode.TAG,
                message=f"the tag {tree.tag!r} is not part of the language",
                mend="remove the tag and write the value as plain text",
                mark=tree.mark,
            )
        if isinstance(tree, Scalar):
            return self._scalar(tree, path)
        self._open.append(tree)
        data = self._mapping(tree, path) if isinstance(tree, Mapping) else self._sequence(tree, path)
        self._open.pop()
        return data

    def _refuse_endless(self, tree: Tree, path: Path) -> None:
        """Stop at what aliases make without end, or nearly so; nothing that follows would be worth telling."""
        is_spent = next(self._budget, None) is None
        for is_wrong, code, message in (
            (any(tree is outer for outer in self._open), TextCode.ALIAS_LOOP, "an alias stands inside what it names"),
            (len(self._open) >= MAX_DEPTH, TextCode.TOO_DEEP, f"its aliases nest too deeply ({MAX_DEPTH} at most)"),
            (is_spent, TextCode.ALIAS_BOMB, f"its aliases unfold into more than {MAX_ENTRIES} entries"),
        ):
            if is_wrong:
                raise UnreadableYaml(message, code=code, mark=self._source.mark_of(path))

    def _sequence(self, tree: Sequence, path: Path) -> list[Any]:
        data = []
        for index, entry in enumerate(tree.entries):
            place = (*path, index)
            self._source.marks[place] = entry.mark
            data.append(self.read(entry, place))
        return data

    def _mapping(self, tree: Mapping, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in tree.pairs:
            if not isinstance(key, Scalar) or key.tag is not None or key.text == "<<":
                self._source.add(
                    path,
                    code=TextCode.ODD_KEY,
                    message="a key is not a plain word",
                    mend="write the key as a word, without brackets, tags or merging",
                    mark=key.mark,
                )
                continue
            place = (*path, key.text)
            if key.text in data:
                self._source.add(
                    place,
                    code=TextCode.DUPLICATE_KEY,
                    message=f"the key {key.text!r} stands on line {self._source.marks[place][0]} already",
                    mend="keep one of the two, or merge them",
                    mark=key.mark,
                )
                continue
            self._source.marks[place] = key.mark
            data[key.text] = self.read(value, place)
        return data

    def _scalar(self, scalar: Scalar, path: Path) -> Any:
        text = scalar.text
        if not scalar.is_plain or scalar.tag is not None:
            return text
        if _is_surprising(text):
            self._source.add(
                path,
                code=TextCode.SURPRISING_WORD,
                message=f"{text!r} stands without quotes",
                mend=f'write "{text}" if the text is meant, true or false if a truth value is meant',
                mark=scalar.mark,
            )
            return text
        if _is_odd_number(text):
            self._source.add(
                path,
                code=TextCode.SURPRISING_NUMBER,
                message=f"{text[:40]!r} is a number that readers disagree about",
                mend="write a plain decimal number, or put quotes around text",
                mark=scalar.mark,
            )
            return text
        return _plain_value(text)


def _is_surprising(text: str) -> bool:
    if _TRUTH_VALUE.fullmatch(text):
        return text != text.lower()
    return bool(_SURPRISING_WORD.fullmatch(text) or _SEXAGESIMAL.fullmatch(text))


def _is_odd_number(text: str) -> bool:
    is_long = len(text) > MAX_DIGITS and _NUMBER.fullmatch(text) is not None
    is_foreign = not text.isascii() and _FOREIGN_NUMBER.fullmatch(text) is not None
    return is_long or is_foreign or _ODD_NUMBER.fullmatch(text) is not None


def _plain_value(text: str) -> Any:
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "null", "~"}:
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
