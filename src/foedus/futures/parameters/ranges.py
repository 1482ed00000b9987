"""The range of an entry: one for a number, one for each tier, within what the parameter may be."""

import math
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from foedus.errors import Finding
from foedus.futures.parameters.amiss import wrong
from foedus.futures.parameters.domain import Domain
from foedus.futures.parameters.record import TIERS_OF, Parameter, ParameterStatus, Shape
from foedus.text.source import ParsedText
from foedus.text.source import Path as Place

Ranges = tuple[list[Parameter], list[Finding]]
"""What was read of an entry's ranges, and what is wrong with them."""
_Written = tuple[str, str, Any, Place]
"""A name, the shape of its range, what is written, and where."""
_WHY_DOMAIN = "a number that means nothing there would be solved all the same, and its results believed"
_WHY_TIERS = "the game reads one number for each tier, and would go on with the old ones without a word"


def names_of(name: str) -> tuple[str, ...]:
    """Return the names under which an entry's numbers are kept: its own, or one for each tier."""
    return tuple(f"{name}.{tier}" for tier in TIERS_OF[name]) if name in TIERS_OF else (name,)


def read_ranges(
    name: str, written: Any, *, shape: str, stated: Mapping[str, Any], source: ParsedText, domains: Mapping[str, Domain]
) -> Ranges:
    """Read what stands under ``uniform``, ``loguniform``, ``fixed`` or ``per_tier``; ``domains`` are by name."""
    found = [
        _read_range(*entry, stated=stated, source=source, domains=domains) if isinstance(entry, tuple) else entry
        for entry in _entries(name, written, shape=shape, source=source)
    ]
    return [x for x in found if isinstance(x, Parameter)], [x for x in found if isinstance(x, Finding)]


def _entries(name: str, written: Any, *, shape: str, source: ParsedText) -> Sequence[_Written | Finding]:
    place: Place = (name, shape)
    if (name in TIERS_OF) != (shape == "per_tier"):
        return [_wrong_tiers(name, place, source)]
    if name not in TIERS_OF:
        return [(name, shape, written, place)]
    tiers = TIERS_OF[name]
    if not isinstance(written, list) or len(written) != len(tiers):
        return [wrong(source, place, f"needs {len(tiers)} entries", f"one for each of {', '.join(tiers)}")]
    return [
        (each, *next(iter(entry.items())), (*place, i))
        if isinstance(entry, dict) and len(entry) == 1
        else (each, "fixed", entry, (*place, i))
        for i, (each, entry) in enumerate(zip(names_of(name), written, strict=True))
    ]


def _wrong_tiers(name: str, place: Place, source: ParsedText) -> Finding:
    if name not in TIERS_OF:
        return wrong(source, place, "is not read: this parameter is one number", "write uniform: [low, high]")
    tiers = TIERS_OF[name]
    return wrong(
        source,
        place,
        f"is not read: {name} has a number for each tier ({', '.join(tiers)})",
        f"write per_tier: [...] with {len(tiers)} entries, or {name}.{tiers[-1]} for one of them",
        why=_WHY_TIERS,
    )


def _read_range(
    name: str,
    shape: str,
    written: Any,
    place: Place,
    *,
    stated: Mapping[str, Any],
    source: ParsedText,
    domains: Mapping[str, Domain],
) -> Parameter | Finding:
    ends = [written, written] if shape == "fixed" else written
    if not _is_range(ends) or shape not in set(Shape):
        is_one = shape == "fixed"
        mend = (
            "write one finite number: 0.4" if is_one else "write two finite numbers, the smaller one first: [0.1, 0.4]"
        )
        return wrong(source, place, "is not a number" if is_one else "is not a range", mend)
    if shape == "loguniform" and ends[0] <= 0:
        return wrong(source, place, "cannot be uniform in the logarithm", "give a range above 0")
    domain = domains[name]
    if not domain.has(*ends):
        shown = f"{ends[0]:g}" if ends[0] == ends[1] else f"{ends[0]:g} to {ends[1]:g}"
        message = f"is {shown}, which is outside what {name} ({stated['unit']}) may be"
        return wrong(source, place, message, domain.hint(*ends), code="out-of-domain", why=_WHY_DOMAIN)
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
        file=PurePath(source.file).name,
        note=stated.get("note", ""),
        history=stated.get("history", ""),
        cause=stated["cause"],
        domain=domain,
    )


def _is_range(ends: Any) -> bool:
    return isinstance(ends, list) and len(ends) == 2 and all(map(is_number, ends)) and ends[0] <= ends[1]


def is_number(value: Any) -> bool:
    """Tell whether a value is a number that can be reckoned with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
