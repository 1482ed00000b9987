"""Good enough: in how many futures an arrangement meets thresholds that the user sets."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.game.outcomes import OUTCOMES, column_of, unknown_outcome
from foedus.insight.statistics.spread import Share, share_of
from foedus.values.arrays import BoolArray, FloatArray

_WRITTEN = re.compile(r"\s*([A-Za-z_]+)\s*(<=|>=)\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(%?)\s*")


@dataclass(frozen=True)
class Requirement:
    """An outcome that must not pass a threshold."""

    outcome: str
    operator: str
    """``<=`` or ``>=``"""
    threshold: float

    def __str__(self) -> str:
        return f"{self.outcome} {self.operator} {self.threshold:g}"


@dataclass(frozen=True)
class Satisficing:
    """How often one arrangement is good enough (the domain criterion: Starr 1963; Schneller and Sphicas 1983)."""

    alone: tuple[Share, ...]
    """Futures in which it meets each requirement, in their order."""
    jointly: Share
    """Futures in which it meets all of them at once."""


def parse_requirements(text: str) -> tuple[Requirement, ...]:
    """Read ``war<=0.2, defend<=10%``; raise ``ValueError`` that says everything that is wrong."""
    read, wrong = [], []
    for part in text.split(","):
        try:
            read.append(_parse(part))
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise ValueError("; ".join(wrong))
    return tuple(read)


def met(requirements: Sequence[Requirement], outcomes: FloatArray) -> BoolArray:
    """Return (future, arrangement, requirement) whether outcomes (future, arrangement, outcome) meet each."""
    return np.stack([_meets(each, outcomes[:, :, column_of(each.outcome)]) for each in requirements], axis=-1)


def satisficing_of(
    requirements: Sequence[Requirement], outcomes: FloatArray, *, names: Sequence[str]
) -> dict[str, Satisficing]:
    """Count for each arrangement the futures in which it meets each requirement, and all of them at once."""
    if not requirements:
        return {}
    table = met(requirements, outcomes).astype(np.float64)
    return {
        name: Satisficing(
            alone=tuple(share_of(table[:, a, r]) for r in range(len(requirements))),
            jointly=share_of(table[:, a].min(axis=1)),
        )
        for a, name in enumerate(names)
    }


def most_often(satisficing: Mapping[str, Satisficing], *, order: Sequence[str]) -> str:
    """Return the id that meets all requirements in most futures; of equals, the first in order."""
    return max(order, key=lambda name: satisficing[name].jointly.value)


def _parse(part: str) -> Requirement:
    found = _WRITTEN.fullmatch(part)
    if found is None:
        raise ValueError(f"{part.strip()!r} is no requirement: write an outcome and a threshold, as 'war<=0.2'")
    outcome, operator, number, per_cent = found.groups()
    if outcome not in OUTCOMES:
        raise ValueError(unknown_outcome(outcome))
    try:
        threshold = float(number) / (100 if per_cent else 1)
    except ValueError:
        threshold = math.nan
    if not math.isfinite(threshold):
        raise ValueError(f"{number!r} is no number")
    return Requirement(outcome=outcome, operator=operator, threshold=threshold)


def _meets(requirement: Requirement, figures: FloatArray) -> BoolArray:
    is_most = requirement.operator == "<="
    meets: BoolArray = figures <= requirement.threshold if is_most else figures >= requirement.threshold
    return meets
