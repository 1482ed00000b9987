"""Read the declared figures and the packaged targets with the strict reader of the arrangement language."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError, with_config

from foedus.errors import Finding, InvalidFile
from foedus.evidence.targets.record import DeclaredFigure, Target
from foedus.text.source import read_source

Entry = TypeVar("Entry", DeclaredFigure, Target)

TARGETS_FILE = "targets.yaml"


def load_targets(file: Path | None = None) -> tuple[Target, ...]:
    """Return the targets of a file, or those that ship with the package; raise `InvalidFile` with all findings."""
    return _packaged_targets() if file is None else _read_all(file, _TARGET, name=str(file))


@cache
def declared_figures() -> dict[str, DeclaredFigure]:
    """Return every figure that foedus computes or quotes, by id, in the order of their letters and numbers."""
    folder = _evidence() / "targets" / "figures"
    parts = sorted((part for part in folder.iterdir() if part.name.endswith(".yaml")), key=lambda part: part.name)
    return {figure.id: figure for part in parts for figure in _read_all(part, _FIGURE, name=part.name)}


_TARGET = TypeAdapter(with_config({"extra": "forbid"})(Target))
_FIGURE = TypeAdapter(with_config({"extra": "forbid"})(DeclaredFigure))


@cache
def _packaged_targets() -> tuple[Target, ...]:
    return _read_all(_evidence() / TARGETS_FILE, _TARGET, name=TARGETS_FILE)


def _evidence() -> Traversable:
    return files("foedus") / "evidence"


def _read_all(place: Traversable, adapter: TypeAdapter[Entry], *, name: str) -> tuple[Entry, ...]:
    source = read_source(place.read_text(encoding="utf-8"), file=name)
    findings, entries = list(source.findings), []
    for key, fields in (source.data or {}).items():
        try:
            entries.append(adapter.validate_python({"id": key, **fields} if isinstance(fields, dict) else fields))
        except ValidationError as error:
            line, column = source.mark_of((key,))
            findings += [_finding(problem, file=name, key=key, mark=(line, column)) for problem in error.errors()]
    if findings:
        raise InvalidFile(findings)
    return tuple(entries)


def _finding(problem: Any, *, file: str, key: str, mark: tuple[int, int]) -> Finding:
    path = ".".join((key, *(str(step) for step in problem["loc"])))
    return Finding(
        file=file,
        line=mark[0],
        column=mark[1],
        path=path,
        code="wrong-figure",
        message=problem["msg"],
        why="a number that is not fully described cannot be held against anything",
        mend="write it anew with `foedus data figures --write FILE`",
    )
