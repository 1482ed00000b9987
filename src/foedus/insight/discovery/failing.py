"""Where an arrangement fails: the futures in which it is not good enough, described."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.futures.ensemble import Sample
from foedus.insight.discovery.scenario import Condition, Discovery, discover
from foedus.insight.ranking.satisficing import Requirement
from foedus.values.arrays import BoolArray, FloatArray

_MOST_POINTS = 500
"""A picture with more points than this shows no more."""


@dataclass(frozen=True)
class PlottedFuture:
    """One future in a picture of two parameters."""

    across: float
    up: float
    """Value of the second parameter; where there is none, of the figure itself."""
    holds: bool


@dataclass(frozen=True)
class Picture:
    """The futures in the plane of a rule's two leading conditions."""

    across: str
    """Parameter."""
    up: str
    """Parameter; empty where the rule has one condition and the figure itself goes up."""
    points: tuple[PlottedFuture, ...]
    """The first 500 futures used."""


@dataclass(frozen=True)
class Failure:
    """In which futures an arrangement fails."""

    arrangement: str
    requirements: tuple[Requirement, ...]
    """It fails where it misses any of them."""
    is_own: bool
    """Whether the threshold is taken from its own futures, the quarter with the most war, as none was set."""
    discovery: Discovery
    picture: Picture | None
    """None where no rule was found."""


def failure_of(
    fails: BoolArray,
    figure: FloatArray,
    *,
    arrangement: str,
    requirements: Sequence[Requirement],
    is_own: bool,
    sample: Sample,
    seed: int,
) -> Failure:
    """Describe the futures in which it fails (future); figure (future) is drawn where the rule has one parameter."""
    found = discover(sample.values, sample.names, fails, seed=seed)
    return Failure(
        arrangement=arrangement,
        requirements=tuple(requirements),
        is_own=is_own,
        discovery=found,
        picture=picture_of(found, holds=fails, figure=figure, sample=sample),
    )


def worst_quarter(figures: FloatArray) -> float:
    """Return the threshold that a quarter of the figures (future) lie above."""
    return float(np.quantile(figures, 0.75))


def picture_of(found: Discovery, *, holds: BoolArray, figure: FloatArray, sample: Sample) -> Picture | None:
    """Return the futures in the plane of the first rule's two leading conditions, None where there is no rule."""
    if not found.boxes:
        return None
    across, up = _axes(found.boxes[0].conditions)
    columns = (sample.values[:, sample.names.index(across)], sample.values[:, sample.names.index(up)] if up else figure)
    points = zip(columns[0].tolist(), columns[1].tolist(), holds.tolist(), strict=True)
    return Picture(across=across, up=up, points=tuple(PlottedFuture(*point) for point in list(points)[:_MOST_POINTS]))


def _axes(conditions: Sequence[Condition]) -> tuple[str, str]:
    """Return the first two different parameters of a rule."""
    names = list(dict.fromkeys(condition.parameter for condition in conditions))
    return names[0], names[1] if len(names) > 1 else ""
