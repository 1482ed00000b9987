"""Read parameter files with the strict reader of the arrangement language."""

import math
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from foedus.arrangement.source import Path as Place
from foedus.arrangement.source import Source, read_source
from foedus.errors import Finding, InvalidFile
from foedus.futures.parameters import TIER_NAMES, Parameter, Parameters, Shape, Status

_KEYS = {"what", "unit", "status", "source"}
_OPTIONAL = {"group"}
_SHAPES = {"fixed", "uniform", "loguniform", "per_tier"}


def load_parameters(overlays: Sequence[Path] = ()) -> Parameters:
    """Return the default parameters with the user's files laid over them; raise `InvalidFile` with all findings."""
    parameters = default_parameters()
    findings: list[Finding] = []
    for file in overlays:
        try:
            overlay = read_parameters(file.read_text(encoding="utf-8"), file=str(file), defaults=parameters)
            parameters = parameters.overlaid_with(overlay)
        except InvalidFile as error:
            findings += error.findings
    if findings:
        raise InvalidFile(findings)
    return parameters


@cache
def default_parameters() -> Parameters:
    """Return the parameters that ship with the package."""
    folder = files("foedus") / "parameters"
    entries: list[Parameter] = []
    for name in ("game.yaml", "yardsticks.yaml"):
        entries += read_parameters((folder / name).read_text(encoding="utf-8"), file=name).entries
    return Parameters(tuple(entries))


def read_parameters(text: str, *, file: str, defaults: Parameters | None = None) -> Parameters:
    """Read a parameter file; an overlay must name parameters that exist and may leave out what and unit."""
    source = read_source(text, file=file)
    findings = list(source.findings)
    entries: list[Parameter] = []
    for name, fields in (source.data or {}).items():
        read, wrong = _read_entry(name, fields, source, defaults)
        entries, findings = entries + read, findings + wrong
    if findings:
        raise InvalidFile(findings)
    return Parameters(tuple(entries))


def _read_entry(
    name: str, fields: Any, source: Source, defaults: Parameters | None
) -> tuple[list[Parameter], list[Finding]]:
    place: Place = (name,)
    if not isinstance(fields, dict):
        return [], [
            _wrong(source, place, "is not a parameter", "write what, unit, uniform: [low, high], status, source")
        ]
    known = _default_of(name, defaults)
    if defaults is not None and known is None:
        near = get_close_matches(name, list(defaults), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "see `foedus params` for all names"
        return [], [_wrong(source, place, "is no parameter of foedus", hint)]
    inherited = {"what": known.what, "unit": known.unit, "group": known.group} if known else {"group": name}
    stated = {**inherited, **{key: value for key, value in fields.items() if key in _KEYS | _OPTIONAL}}
    findings = _find_wrong_keys(fields, stated, place, source)
    shapes = [key for key in fields if key in _SHAPES]
    if len(shapes) != 1:
        findings.append(_wrong(source, place, "needs exactly one range", f"write one of {', '.join(sorted(_SHAPES))}"))
    if findings:
        return [], findings
    return _read_ranges(name, fields[shapes[0]], shape=shapes[0], stated=stated, source=source)


def _default_of(name: str, defaults: Parameters | None) -> Parameter | None:
    if defaults is None:
        return None
    return defaults.get(name) or defaults.get(f"{name}.{TIER_NAMES[1]}")


def _find_wrong_keys(fields: dict[str, Any], stated: dict[str, Any], place: Place, source: Source) -> list[Finding]:
    allowed = _KEYS | _OPTIONAL | _SHAPES
    unknown = [key for key in fields if key not in allowed]
    findings = [
        _wrong(source, (*place, key), "is not a key of a parameter", f"keys are {', '.join(sorted(allowed))}")
        for key in unknown
    ]
    missing = [key for key in sorted(_KEYS) if not isinstance(stated.get(key), str) or not stated[key]]
    findings += [_wrong(source, place, f"has no {key}", f"add {key}: in words") for key in missing]
    if isinstance(stated.get("status"), str) and stated["status"] not in set(Status):
        findings.append(_wrong(source, (*place, "status"), "is not a status", f"use one of {', '.join(Status)}"))
    return findings


def _read_ranges(
    name: str, written: Any, *, shape: str, stated: dict[str, Any], source: Source
) -> tuple[list[Parameter], list[Finding]]:
    ranges: list[tuple[str, str, Any, Place]]
    if shape != "per_tier":
        ranges = [(name, shape, written, (name, shape))]
    elif not isinstance(written, list) or len(written) != len(TIER_NAMES):
        return [], [
            _wrong(source, (name, shape), "needs four entries", "one for each of none, support, deploy, defend")
        ]
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
    name: str, shape: str, written: Any, place: Place, *, stated: dict[str, Any], source: Source
) -> Parameter | Finding:
    ends = [written, written] if shape == "fixed" else written
    if not _is_range(ends) or shape not in set(Shape):
        return _wrong(source, place, "is not a range", "write two finite numbers, the smaller one first: [0.1, 0.4]")
    if shape == "loguniform" and ends[0] <= 0:
        return _wrong(source, place, "cannot be uniform in the logarithm", "give a range above 0")
    return Parameter(
        name=name,
        what=stated["what"],
        unit=stated["unit"],
        shape=Shape(shape),
        low=float(ends[0]),
        high=float(ends[1]),
        status=Status(stated["status"]),
        source=stated["source"],
        group=stated["group"],
        file=source.file,
    )


def _is_range(ends: Any) -> bool:
    if not isinstance(ends, list) or len(ends) != 2:
        return False
    numbers = [x for x in ends if isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x)]
    return len(numbers) == 2 and numbers[0] <= numbers[1]


def _wrong(source: Source, place: Place, message: str, mend: str) -> Finding:
    return source.finding(
        place, code="wrong-parameter", message=f"{'.'.join(str(step) for step in place)!r} {message}",
        why="a number without unit, range and source cannot be argued about", mend=mend,
    )  # fmt: skip
