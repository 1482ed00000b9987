"""Mend an arrangement: apply the edits of a mending to the record or to its file, and see whether the hole closes."""

import copy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from foedus.arrangement.dump import to_plain
from foedus.arrangement.load import adapter, loads
from foedus.arrangement.record import Arrangement
from foedus.arrangement.references import find_broken_references
from foedus.checks.examine import check, examine
from foedus.checks.finding import CheckFinding
from foedus.checks.mending.mendings import Edit, Mending, mendings
from foedus.errors import InvalidFile, Severity
from foedus.text.source import ParsedText

_MOST = 60


class CannotMend(Exception):
    """A mending that cannot be written into a file; the message says why."""


@dataclass(frozen=True)
class Mended:
    """A hole that was closed."""

    finding: CheckFinding
    mending: Mending
    arrangement: Arrangement
    """The text with the hole closed."""
    opens: tuple[str, ...]
    """Checks that now find an error more often than before."""


def close(arrangement: Arrangement, finding: CheckFinding) -> Mended | None:
    """Close one hole by the first mending that does; None where none is known or none does.

    A hole is closed when its check finds fewer holes as grave as this one.
    """
    before = _found(arrangement, finding)
    for mending in mendings(arrangement, finding):
        mended = apply(mending, arrangement)
        if mended is not None and _found(mended, finding) < before:
            return Mended(finding, mending, mended, opens=_opened(arrangement, mended))
    return None


def is_closed_by(finding: CheckFinding, mending: Mending, arrangement: Arrangement) -> bool:
    """Tell whether a mending closes a hole."""
    mended = apply(mending, arrangement)
    return mended is not None and _found(mended, finding) < _found(arrangement, finding)


def close_all(arrangement: Arrangement, *, but: str = "") -> tuple[Arrangement, tuple[Mended, ...]]:
    """Close one hole of level error after the other until none is left that can be closed; those of one check stay."""
    done: list[Mended] = []
    current = arrangement
    while len(done) < _MOST:
        step = next((mended for each in grave(current) if each.id != but and (mended := close(current, each))), None)
        if step is None:
            break
        done.append(step)
        current = step.arrangement
    return current, tuple(done)


def grave(arrangement: Arrangement) -> tuple[CheckFinding, ...]:
    """Return the holes of level error, in order."""
    return tuple(each for each in check(arrangement) if each.severity is Severity.ERROR)


def apply(mending: Mending, arrangement: Arrangement, /) -> Arrangement | None:
    """Return the arrangement with the edits of a mending; None where the language does not admit them."""
    data = to_plain(arrangement)
    try:
        for edit in mending.edits:
            _set(data, edit)
        mended: Arrangement = adapter().validate_python(data)
    except (KeyError, IndexError, ValidationError):
        return None
    return None if find_broken_references(ParsedText(file="", data=data)) else mended


def apply_to_text(mending: Mending, text: str, /) -> str:
    """Return the text of a file with the edits of a mending; lines that it does not touch stay as they are.

    Raises `CannotMend` where the change cannot be told from the layout of the lines around it, or where the result
    would not read as the mended record.
    """
    wanted = apply(mending, loads(text))
    if wanted is None:
        raise CannotMend("the language does not admit the result")
    yaml = _round_trip(text)
    data = yaml.load(text)
    before = _written(yaml, data)
    for edit in mending.edits:
        _set(data, edit)
    merged = _merged(text.split("\n"), before.split("\n"), _written(yaml, data).split("\n"))
    try:
        is_same = loads(merged) == wanted
    except InvalidFile:
        is_same = False
    if not is_same:
        raise CannotMend("its lines are laid out in a way that this command does not rewrite; change it by hand")
    return merged


def _found(arrangement: Arrangement, finding: CheckFinding) -> int:
    found = examine(arrangement, only=[finding.id]).findings
    return sum(1 for each in found if each.severity is finding.severity and not each.cannot_tell)


def _opened(before: Arrangement, after: Arrangement) -> tuple[str, ...]:
    old, new = ([each.id for each in grave(text)] for text in (before, after))
    return tuple(name for name in dict.fromkeys(new) if new.count(name) > old.count(name))


def _set(data: Any, edit: Edit) -> None:
    """Change plain data, or data with comments, in place."""
    for step in edit.path[:-1]:
        data = data.setdefault(step, CommentedMap()) if isinstance(data, dict) else data[step]
    last: Any = edit.path[-1]
    if edit.value is None:
        if isinstance(data, list) or last in data:
            del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(copy.deepcopy(edit.value))
    elif isinstance(data, CommentedMap) and last not in data:
        data.insert(min(1, len(data)), last, _flow(edit.value))
    else:
        data[last] = _kept(data[last] if isinstance(data, list) or last in data else None, edit.value)


def _kept(old: Any, new: Any) -> Any:
    """Change a list with comments entry by entry, so that what stays keeps its place and layout."""
    if not isinstance(old, CommentedSeq) or not isinstance(new, list):
        return _flow(new)
    for index in reversed([i for i, entry in enumerate(old) if entry not in new]):
        del old[index]
    old.extend(entry for entry in new if entry not in old)
    return old


def _flow(value: Any) -> Any:
    """Write a list of words on one line."""
    if not isinstance(value, list):
        return copy.deepcopy(value)
    sequence = CommentedSeq(value)
    sequence.fa.set_flow_style()
    return sequence


def _round_trip(text: str) -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 1 << 16
    dashes = [len(found) for found in re.findall(r"(?m)^( *)- ", text)]
    offset = min(dashes, default=2)
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _written(yaml: YAML, data: Any) -> str:
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _merged(original: list[str], before: list[str], after: list[str]) -> str:
    """Carry the change from ``before`` to ``after`` over to ``original``, which differs from ``before`` in layout."""
    lines = list(original)
    for start, end, new in reversed(list(_changes(before, after))):
        first, last = _place_of(start, original, before), _place_of(end, original, before, is_end=True)
        if first is None or last is None or original[first:last] != before[start:end]:
            raise CannotMend("it stands among lines that would have to be laid out afresh; change it by hand")
        lines[first:last] = new
    return "\n".join(lines)


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield i, j, after[k:m]


def _place_of(boundary: int, original: list[str], before: list[str], *, is_end: bool = False) -> int | None:
    """Return where a boundary between lines of ``before`` lies in ``original``, if both read alike around it."""
    for kind, i, j, k, m in SequenceMatcher(None, original, before, autojunk=False).get_opcodes():
        inside = k < boundary <= m if is_end else k <= boundary < m
        if kind == "equal" and (inside or boundary in (k, m)):
            return i + boundary - k if boundary <= m else j
    return None
