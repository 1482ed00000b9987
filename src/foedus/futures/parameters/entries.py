"""One entry of a parameter file: its keys, its range, the cause behind it."""

from collections.abc import Mapping
from typing import Any

from foedus.errors import Finding
from foedus.futures.parameters.amiss import nearest, wrong
from foedus.futures.parameters.domain import Domain, read_domains
from foedus.futures.parameters.ranges import is_number, names_of, read_ranges
from foedus.futures.parameters.record import Cause, Parameter, ParameterStatus
from foedus.text.source import ParsedText
from foedus.text.source import Path as Place

Read = tuple[list[Parameter], list[Finding]]
"""What was read of an entry, and what is wrong with it."""

_KEYS = {"what", "unit", "status", "source"}
_OPTIONAL = {"group", "note", "cause", "history"}
_SHAPES = {"fixed", "uniform", "loguniform", "per_tier"}
_DECLARED = {"admits", "not_below", "order"}
"""What a packaged file alone says: the values that a parameter may take, and beside which others it lies."""
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
    findings += _find_wrong_keys(fields, stated, place, source, is_overlay=known is not None)
    findings += _find_departures(fields, known, place, source) if known else []
    shapes = [key for key in fields if key in _SHAPES]
    if len(shapes) != 1:
        findings.append(wrong(source, place, "needs exactly one range", f"write one of {', '.join(sorted(_SHAPES))}"))
    if findings:
        return [], findings
    domains = _domains_of(name, fields, defaults)
    return read_ranges(name, fields[shapes[0]], shape=shapes[0], stated=stated, source=source, domains=domains)


def _default_of(name: str, defaults: Mapping[str, Parameter] | None) -> Parameter | None:
    if defaults is None:
        return None
    return defaults.get(names_of(name)[0])


def _domains_of(name: str, fields: dict[str, Any], defaults: Mapping[str, Parameter] | None) -> dict[str, Domain]:
    names = names_of(name)
    if defaults is not None:
        return {each: defaults[each].domain for each in names}
    declared = read_domains(fields.get("admits"), fields.get("not_below"), fields.get("order"), names=names)
    return dict(zip(names, declared, strict=True))


def _find_departures(fields: dict[str, Any], known: Parameter, place: Place, source: ParsedText) -> list[Finding]:
    """Find units and groups that are not those of the parameter: its numbers would be read as something else."""
    return [
        wrong(source, (*place, key), f"is {fields[key]!r}, and that of the parameter is {its!r}", mend)
        for key, its, mend in (
            ("unit", known.unit, f"write the numbers in {known.unit}, or leave the unit out"),
            ("group", known.group, "leave it out: who is drawn together is not for a file to say"),
        )
        if isinstance(fields.get(key), str) and fields[key] != its
    ]


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
    if not is_number(correlation) or not -1 <= correlation <= 1:
        return None, [wrong(source, (*place, "correlation"), "is not in [-1, 1]", "write a number such as 0.6 or -0.3")]
    status = ParameterStatus(words.get("status", ParameterStatus.ASSUMED))
    return Cause(words["name"], float(correlation), status, words.get("source", "")), []


def _find_wrong_keys(
    fields: dict[str, Any], stated: dict[str, Any], place: Place, source: ParsedText, *, is_overlay: bool
) -> list[Finding]:
    allowed = _KEYS | _OPTIONAL | _SHAPES | (set() if is_overlay else _DECLARED)
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
