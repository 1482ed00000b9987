"""Read what became of the library's texts, with the strict reader of the arrangement language."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError, with_config

from foedus.arrangement.record import Arrangement
from foedus.errors import Finding, InvalidFile
from foedus.evidence.backtest.record import HistoricalCase
from foedus.futures.compile import compile_all
from foedus.futures.parameters.record import Parameters
from foedus.text.source import read_source

_DATES = ("begins", "war", "attack", "watched_until")
_CASE = TypeAdapter(with_config({"extra": "forbid"})(HistoricalCase))


def load_cases(text: str | None = None) -> tuple[HistoricalCase, ...]:
    """Return the packaged cases, or those of a text; raise `InvalidFile` with all findings."""
    packaged = files("foedus") / "evidence" / "backtest" / "cases.yaml"
    source = read_source(packaged.read_text(encoding="utf-8") if text is None else text, file="cases.yaml")
    cases, findings = [], list(source.findings)
    for name, fields in (source.data or {}).items():
        try:
            cases.append(
                _CASE.validate_python({"text": name, "war": None, "attack": None, "kept": None, **_dated(fields)})
            )
        except (ValidationError, ValueError, TypeError) as error:
            findings.append(_finding(name, str(error), mark=source.mark_of((name,))))
    if findings:
        raise InvalidFile(findings)
    return tuple(cases)


def forces_in_place(texts: Mapping[str, Arrangement], parameters: Parameters) -> dict[str, float]:
    """Return [text] the force in place in log-ratio units, at the middle of every range."""
    compiled = compile_all(list(texts.values()), parameters.central)
    return {name: float(each.deployed_force) for name, each in zip(texts, compiled, strict=True)}


def year_of(date: str) -> float:
    """Return a date such as ``1974-07`` or ``1974-07-20`` as a year with its fraction."""
    parts = date.split("-")
    if not 1 <= len(parts) <= 3:
        raise ValueError(f"{date!r} is no date; write it as '1974-07-20' or '1974-07'")
    day, year = np.datetime64("-".join([*parts, *["01"] * (3 - len(parts))])), int(parts[0])
    first, after = (np.datetime64(f"{year + more:04d}-01-01") for more in (0, 1))
    return year + float((day - first) / (after - first))


def _dated(fields: Any) -> dict[str, Any]:
    if not isinstance(fields, dict):
        raise TypeError("a case is written as keys with values")
    return {key: year_of(value) if key in _DATES and isinstance(value, str) else value for key, value in fields.items()}


def _finding(name: str, message: str, *, mark: tuple[int, int]) -> Finding:
    return Finding(
        file="cases.yaml",
        line=mark[0],
        column=mark[1],
        path=name,
        code="wrong-case",
        message=message,
        why="a case that is not fully described cannot be scored",
        mend="see the other cases of the file",
    )
