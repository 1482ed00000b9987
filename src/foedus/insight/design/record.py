"""The record of a search for designs: what was tried, and the texts that no other beats on every aim."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from foedus.futures.ensemble import Settings
from foedus.insight.design.holes import Holes
from foedus.insight.statistics.spread import MeanOverFutures, Share


class Aim(StrEnum):
    """What a design is judged by; less is better of each."""

    LOSS = "loss"
    ENTRAP = "entrap"
    COST = "cost"
    REFUSAL = "refusal"


AIMS: dict[Aim, str] = {
    Aim.LOSS: "what the protected state expects to lose, in units of the stake: less its value at the start",
    Aim.ENTRAP: "chance that guarantors are drawn into a war after a provocation by the protected state",
    Aim.COST: "expected cost to all guarantors together over the horizon, in units of the stake",
    Aim.REFUSAL: "share of futures in which those whose signature is asked for do not all gain by signing",
}
"""The aims, in order, with their meaning."""


class Signers(StrEnum):
    """Whose signature is asked for."""

    EVERYONE = "everyone"
    ADVERSARY = "adversary"
    GUARANTORS = "guarantors"


@dataclass(frozen=True)
class LeverRecord:
    """A clause that could be written otherwise, and how."""

    id: str
    words: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class TriedDesign:
    """One design, tried again in futures that the search did not see."""

    id: str
    """Id of its text; empty for the text that the search began with."""
    file: str
    """Name of its file; empty for the text that the search began with."""
    changes: Mapping[str, str]
    """[lever] how the clause is written; levers that leave the text as it is are not listed."""
    searched: Mapping[Aim, float]
    """[aim] in the futures of the search."""
    aims: Mapping[Aim, MeanOverFutures]
    """[aim] in the futures of the trial."""
    differences: Mapping[Aim, MeanOverFutures]
    """[aim] less the text that the search began with, future by future; that text itself has none."""
    war: MeanOverFutures
    """Chance of renewed major war, in the futures of the trial."""
    adversary_signs: Share
    """Futures of the trial in which the adversary gains by signing; no less than 0 counts."""
    holes: Holes
    """What the checks find in it."""
    is_on_front: bool
    """Whether no other point beats it on every aim in the trial too."""
    used: int
    """Futures of the trial in which it converged, and the text that the search began with too."""


@dataclass(frozen=True)
class Front:
    """What a search found."""

    start: str
    """Id of the text that it began with."""
    levers: tuple[LeverRecord, ...]
    start_point: TriedDesign
    """The text as it is."""
    points: tuple[TriedDesign, ...]
    """The front of the search, least loss in the trial first."""
    signers: Signers
    designs: int
    """Designs that there are."""
    judged: int
    """Designs that were judged."""
    games: int
    """Distinct games among them, which were solved."""
    unusable: int
    """Designs judged that could not be written, or of which too few futures converged."""
    is_complete: bool
    """Whether every design was judged, so that the front is that of them all in the futures of the search."""
    is_stopped: bool
    """Whether somebody stopped it."""
    is_tried: bool
    """Whether the front was tried again; where somebody stopped that, the trial is the search itself."""
    volumes: tuple[float, ...]
    """Hypervolume of the front after each round of the search."""
    left_out: int
    """Designs on the front beyond those that were tried again."""
    margin: float
    """Averages that lie no further apart count as equal."""
    search: Settings
    trial: Settings

    @property
    def clearly_better(self) -> tuple[TriedDesign, ...]:
        """The points that are better than the start on some aim, as far as the trial tells, and worse on none."""
        return tuple(
            point
            for point in self.points
            if all(difference.value <= self.margin for difference in point.differences.values())
            and any(each.is_clear and each.value < -self.margin for each in point.differences.values())
        )
