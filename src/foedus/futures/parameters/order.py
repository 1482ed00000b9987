"""Scales that a file would turn over: what may not lie below another parameter, in every future that could be drawn."""

from collections.abc import Iterator

import numpy as np

from foedus.errors import Finding
from foedus.futures.parameters.amiss import wrong
from foedus.futures.parameters.record import TIER_NAMES, Parameter, Parameters
from foedus.text.source import ParsedText
from foedus.values.arrays import FloatArray

_ENDS = np.array([0.0, 1.0])
_QUANTILES = np.linspace(0.0, 1.0, 101)
_SLACK = 1e-12
_WHY = "words and tiers that change places would be solved as if the text said the opposite"


def find_turned_over(overlay: Parameters, merged: Parameters, source: ParsedText) -> list[Finding]:
    """Find the entries of a file that would turn a declared order over, each pair told once."""
    pairs = dict.fromkeys(pair for entry in overlay.entries for pair in _pairs_of(entry, merged))
    return [
        _told(merged[lower], merged[upper], overlay, source)
        for lower, upper in pairs
        if not _is_kept(merged[lower], merged[upper])
    ]


def _pairs_of(entry: Parameter, merged: Parameters) -> Iterator[tuple[str, str]]:
    yield from ((lower, entry.name) for lower in entry.domain.not_below)
    yield from ((entry.name, other.name) for other in merged.entries if entry.name in other.domain.not_below)


def _is_kept(lower: Parameter, upper: Parameter) -> bool:
    """Members of a group are drawn at the same quantile; others keep the order of their ends."""
    shares: FloatArray = _QUANTILES if lower.group == upper.group else _ENDS
    return bool((lower.at(shares) <= upper.at(shares) + _SLACK).all())


def _told(lower: Parameter, upper: Parameter, overlay: Parameters, source: ParsedText) -> Finding:
    named, other, side = (upper, lower, "below") if upper.name in overlay else (lower, upper, "above")
    return wrong(
        source,
        place_of(named, source),
        f"({named.describe()}) would lie {side} {other.name} ({other.describe()})",
        f"keep {lower.name} at or below {upper.name} from end to end, or move both",
        code="turned-over",
        why=_WHY,
    )


def place_of(entry: Parameter, source: ParsedText) -> tuple[str | int, ...]:
    """Return the place of an entry in the file that it stands in; that of its tier where it has one."""
    if entry.name in source.data:
        return (entry.name,)
    name, _, tier = entry.name.rpartition(".")
    place = (name, "per_tier", TIER_NAMES.index(tier))
    return place if place in source.marks else (name,)
