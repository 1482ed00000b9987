"""Variants of a text: a clause changed, and everything the language asks for checked again."""

import copy
import json
import re
from typing import Any

from foedus.arrangement.dump import to_plain
from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.errors import InvalidFile
from foedus.insight.claims.reader import ClaimReader
from foedus.insight.claims.record import Act, TextEdit
from foedus.text.source import Path

_STEP = re.compile(r"([a-z_]+)((?:\[[A-Za-z0-9_]+\])*)")
_ACTS = (Act.TO, Act.ADD, Act.REMOVE)


class _NoSuchPlace(ValueError):
    """A path that leads nowhere; the message says where it ends."""


def read_changes(place: Path, value: Any, *, reader: ClaimReader) -> tuple[TextEdit, ...] | None:
    """Read a list of edits; None where one of them is wrong."""
    before = len(reader.findings)
    found = []
    for i, entry in enumerate(reader.entries(place, value)):
        here: Path = (*place, i)
        data = reader.mapping(here, entry, required=("path",), optional=_ACTS)
        acts = [act for act in _ACTS if data and act in data]
        if data is None or not isinstance(data.get("path"), str) or len(acts) != 1:
            if data is not None:
                reader.wrong(here, "is no change", "write path: and one of to:, add:, remove: true")
            continue
        if acts[0] is Act.REMOVE and data["remove"] is not True:
            reader.wrong((*here, "remove"), f"is {data['remove']!r}", "write remove: true")
        value = None if acts[0] is Act.REMOVE else data[acts[0]]
        found.append(TextEdit(path=data["path"], act=acts[0], value=value))
    return tuple(found) if len(reader.findings) == before else None


def change_text(
    base: Arrangement, changes: tuple[TextEdit, ...], *, place: Path, reader: ClaimReader
) -> Arrangement | None:
    """Return the text with its changes; None, with findings, where the language does not admit them."""
    if not changes:
        return base
    data = to_plain(base)
    for i, change in enumerate(changes):
        try:
            _apply(change, data)
        except _NoSuchPlace as error:
            reader.wrong((*place, i, "path"), f"leads nowhere in {base.id}: {error}", "see `foedus show` for the text")
            return None
    try:
        # JSON is YAML, so the whole of the language's own checks reads the changed text.
        changed = loads(json.dumps(data, ensure_ascii=False, indent=1), file=base.id)
    except InvalidFile as error:
        for finding in error.findings:
            at = f" at {finding.path}" if finding.path else ""
            reader.wrong(place, f"makes no arrangement of {base.id}{at}: {finding.message}", finding.mend)
        return None
    if changed == base:
        reader.wrong(place, f"leaves {base.id} as it is", "change something, or leave `change` out")
        return None
    return changed


def _apply(change: TextEdit, data: Any) -> None:
    *steps, last = _steps(change.path)
    for step in steps:
        data = _inside(data, step, path=change.path)
    if change.act is Act.TO:
        _put(data, last, copy.deepcopy(change.value))
    elif change.act is Act.ADD:
        data = _inside(data, last, path=change.path, otherwise=[])
        if not isinstance(data, list):
            raise _NoSuchPlace(f"{change.path} is no list, so nothing can be added to it")
        data.append(copy.deepcopy(change.value))
    else:
        _inside(data, last, path=change.path, otherwise=None)
        del data[_key(data, last)]


def _steps(path: str) -> list[str]:
    """Split ``commitments[aid].tier`` into ``commitments``, ``[aid]``, ``tier``."""
    steps = []
    for part in path.split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            raise _NoSuchPlace(f"{part!r} is no step of a path; write it as commitments[assistance].tier")
        steps += [match[1], *re.findall(r"\[[A-Za-z0-9_]+\]", match[2])]
    return steps


_MISSING: Any = object()


def _inside(data: Any, step: str, *, path: str, otherwise: Any = _MISSING) -> Any:
    """Go one step into plain data; a key that is left out is made where something may be put there."""
    key = _key(data, step)
    if isinstance(data, dict) and key not in data:
        if otherwise is None:
            raise _NoSuchPlace(f"{path} is not there, so it cannot be taken out")
        data[key] = {} if otherwise is _MISSING else otherwise
    if not isinstance(data, dict | list):
        raise _NoSuchPlace(f"nothing stands inside {path}")
    return data[key]


def _put(data: Any, step: str, value: Any) -> None:
    if not isinstance(data, dict | list):
        raise _NoSuchPlace(f"nothing stands inside it at {step}")
    data[_key(data, step)] = value


def _key(data: Any, step: str) -> Any:
    """Return the key or index that a step means: ``[2]`` by place, ``[aid]`` by the id of the entry."""
    if not step.startswith("["):
        if not isinstance(data, dict):
            raise _NoSuchPlace(f"{step!r} is no place in a list; name the entry, as in commitments[assistance]")
        return step
    word = step[1:-1]
    if not isinstance(data, list):
        raise _NoSuchPlace(f"{step} asks for an entry of something that is no list")
    places = [i for i, entry in enumerate(data) if isinstance(entry, dict) and entry.get("id") == word]
    if word.isdigit() and int(word) < len(data):
        return int(word)
    if not places:
        ids = ", ".join(str(entry["id"]) for entry in data if isinstance(entry, dict) and "id" in entry)
        raise _NoSuchPlace(f"there is no entry {word!r}" + (f"; there are: {ids}" if ids else ""))
    return places[0]
