"""Read the catalogue with the strict reader of the arrangement language."""

from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter, ValidationError, with_config

from foedus.errors import Finding, InvalidFile, UnknownName
from foedus.evidence.data.record import DataSet
from foedus.text.source import read_source


@cache
def catalogue() -> dict[str, DataSet]:
    """Return every data set of the catalogue by id, in alphabetical order."""
    folder = files("foedus") / "evidence" / "data" / "catalogue"
    entries = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda e: e.name)
    return {e.name.removesuffix(".yaml"): read_entry(e.read_text(encoding="utf-8"), file=e.name) for e in entries}


def find_data_set(name: str) -> DataSet:
    """Return one data set; raise `UnknownName` with the nearest id."""
    known = catalogue()
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}?" if near else "see `foedus data` for all of them"
    raise UnknownName(f"{name!r} is no data set of the catalogue; {hint}")


def read_entry(text: str, *, file: str) -> DataSet:
    """Read one entry of the catalogue; raise `InvalidFile` with all findings."""
    source = read_source(text, file=file)
    if source.findings:
        raise InvalidFile(source.findings)
    data: dict[str, Any] = {"id": file.removesuffix(".yaml"), **source.data}
    columns = data.pop("columns", {})
    data["columns"] = [{"name": name, "source": name, **_with_text_codes(entry)} for name, entry in columns.items()]
    try:
        return _ENTRY.validate_python(data)
    except ValidationError as error:
        raise InvalidFile([_finding(problem, file=file) for problem in error.errors()]) from error


_ENTRY = TypeAdapter(with_config({"extra": "forbid"})(DataSet))


def _with_text_codes(entry: dict[str, Any]) -> dict[str, Any]:
    """Codes are compared as text, whatever they look like."""
    changed = dict(entry)
    if "missing" in entry:
        changed["missing"] = [str(code) for code in entry["missing"]]
    if "blank" in entry:
        changed["blank"] = str(entry["blank"])
    return changed


def _finding(problem: Any, *, file: str) -> Finding:
    path = ".".join(str(step) for step in problem["loc"])
    return Finding(
        file=file,
        line=0,
        column=0,
        path=path,
        code="wrong-entry",
        message=problem["msg"],
        why="a data set that is not described cannot be cited or checked",
        mend="see the other entries",
    )
