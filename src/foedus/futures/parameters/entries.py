"""One entry of a parameter file: its keys, its range, the cause behind it."""

import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from foedus.errors import Finding
from foedus.futures.parameters.record import TIER_NAMES, Cause, Parameter, ParameterStatus, Shape
from foedus.text.source import ParsedText
from foedus.text.source import Path as Place

Read = tuple[list[Parameter], list[Finding]]
"""What was read of an entry, and what is wrong with it."""

_KEYS = {"what", "unit", "status", "source"}
_OPTIONAL = {"group", "note", "cause", "history"}
_SHAPES = {"fixed", "uniform", "loguniform", "per_tier"}
_CAUSE = {"name", "correlation", "status", "source"}


def read_entry(name: str, fields: Any, *, source: ParsedText, defaults: Mapping[str, Parameter] | None) -> Read:
    """Read one entry; with ``defaults`` it must name one of them, and what it leaves out is theirs."""
    place: Place = (name,)
    if not isinstance(fields, dict):
        mend = "write what, unit, uniform: [low, high], status, source"
        return [], [wrong(source, place, "is not a parameter", mend)]
    known = _default_of(name, defaults)
    if defaults is not None and known is None:
        return [], [wrong(source, place, "is no parameter of foedus", nearest(name, defaults))]
    cause, findings = _read_cause(fields.get("cause"), (name, "cause"), source)
    inherited = {key: getattr(known, key) for key in ("what", "unit", "group", "cause")} if known else {"group": name}
    stated = inherited | {key: value for key, value in fields.items() if key in _KEYS | _OPTIONAL}
    stated["cause"] = cause if "cause" in fields else inherited.get("cause")
    findings += _find_wrong_keys(fields, stated, place, source)
    shapes = [key for key in fields if key in _SHAPES]
    if len(shapes) != 1:
        findings.append(wrong(source, place, "needs exactly one range", f"write one of {', '.join(sorted(_SHAPES))}"))
    if findings:
        return [], findings
    return _read_ranges(name, fields[shapes[0]], shape=shapes[0], stated=stated, source=source)


def nearest(name: str, known: Mapping[str, Parameter]) -> str:
    """Suggest the parameter that may have been meant."""
    near = get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else "see `foedus params` for all names"


def wrong(source: ParsedText, place: Place, message: str, mend: str) -> Finding:
    """Make the finding for a place in a parameter file."""
    return source.finding(
        place,
        code="wrong-parameter",
        message=f"{'.'.join(str(step) for step in place)!r} {message}",
        why="a number without unit, range and source cannot be argued about",
        mend=mend,
    )


def _default_of(name: str, defaults: Mapping[str, Parameter] | None) -> Parameter | None:
    if defaults is None:
        return None
    return defaults.get(name) or defaults.get(f"{name}.{TIER_NAMES[1]}")


def _read_cause(written: Any, place: Place, source: ParsedText) -> tuple[Cause | None, list[Finding]]:
    if written is None:
        return None, []
    mend = "write cause: {name: lead_power_politics, correlation: 0.6, source: why}"
    if not isinstance(written, dict) or not {"name", "correlation"} <= set(written) <= _CAUSE:
        return None, [wrong(source, place, f"needs name and correlation, and may have {_listed(_CAUSE)}", mend)]
    words = {key: value for key, value in written.items() if key != "correlation"}
    if any(not isinstance(value, str) or not value for value in words.values()):
        return None, [wrong(source, place, "needs words for all but the correlation", mend)]
    if words.get("status", ParameterStatus.ASSUMED) not in set(ParameterStatus):
        return None, [wrong(source, (*place, "status"), "is not a status", f"use one of {', '.join(ParameterStatus)}")]
    correlation = written["correlation"]
    if not _is_number(correlation) or not -1 <= correlation <= 1:
        return None, [wrong(source, (*place, "correlation"), "is not in [-1, 1]", "write a number such as 0.6 or -0.3")]
    status = ParameterStatus(words.get("status", ParameterStatus.ASSUMED))
    return Cause(words["name"], float(correlation), status, words.get("source", "")), []


def _find_wrong_keys(fields: dict[str, Any], stated: dict[str, Any], place: Place, source: ParsedText) -> list[Finding]:
    allowed = _KEYS | _OPTIONAL | _SHAPES
    unknown = [key for key in fields if key not in allowed]
    findings = [
        wrong(source, (*place, key), "is not a key of a parameter", f"keys are {_listed(allowed)}") for key in unknown
    ]
    missing = [key for key in sorted(_KEYS) if not isinstance(stated.get(key), str) or not stated[key]]
    findings += [wrong(source, place, f"has no {key}", f"add {key}: in words") for key in missing]
    for key in ("group", "note", "history"):
        if key in fields and (not isinstance(fields[key], str) or not fields[key]):
            findings.append(wrong(source, (*place, key), "is not in words", f"write {key}: in words, or leave it out"))
    if isinstance(stated.get("status"), str) and stated["status"] not in set(ParameterStatus):
        findings.append(
            wrong(source, (*place, "status"), "is not a status", f"use one of {', '.join(ParameterStatus)}")
        )
    return findings


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(words))


def _read_ranges(name: str, written: Any, *, shape: str, stated: dict[str, Any], source: ParsedText) -> Read:
    ranges: list[tuple[str, str, Any, Place]]
    if shape != "per_tier":
        ranges = [(name, shape, written, (name, shape))]
    elif not isinstance(written, list) or len(written) != len(TIER_NAMES):
        mend = "one for each of none, support, deploy, defend"
        return [], [wrong(source, (name, shape), "needs four entries", mend)]
    else:
        ranges = [
            (f"{name}.{tier}", *next(iter(entry.items())), (name, shape, i))
            if isinstance(entry, dict) and len(entry) == 1
            else (f"{name}.{tier}", "fixed", entry, (name, shape, i))
            for i, (tier, entry) in enumerate(zip(TIER_NAMES, written, strict=True))
        ]
    found = [_read_range(*entry, stated=stated, source=source) for entry in ranges]
    return [x for x in found if isinstance(x, Parameter)], [x for x in found if isinstance(x, Finding)]


def _read_range(
    name: str, shape: str, written: Any, place: Place, *, stated: dict[str, Any], source: ParsedText
) -> Parameter | Finding:
    ends = [written, written] if shape == "fixed" else written
    if not _is_range(ends) or shape not in set(Shape):
        return wrong(source, place, "is not a range", "write two finite numbers, the smaller one first: [0.1, 0.4]")
    if shape == "loguniform" and ends[0] <= 0:
        return wrong(source, place, "cannot be uniform in the logarithm", "give a range above 0")
    return Parameter(
        name=name,
        what=stated["what"],
        unit=stated["unit"],
        shape=Shape(shape),
        low=float(ends[0]),
        high=float(ends[1]),
        status=ParameterStatus(stated["status"]),
        source=stated["source"],
        group=stated["group"],
        file=source.file,
        note=stated.get("note", ""),
        history=stated.get("history", ""),
        cause=stated["cause"],
    )


def _is_range(ends: Any) -> bool:
    return isinstance(ends, list) and len(ends) == 2 and all(map(_is_number, ends)) and ends[0] <= ends[1]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
