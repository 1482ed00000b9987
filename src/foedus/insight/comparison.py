"""The record of a comparison: several arrangements, the same futures."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from foedus.futures.ensemble import Settings
from foedus.insight.acceptance import Acceptance
from foedus.insight.convergence import Convergence
from foedus.insight.overturning import Challenge
from foedus.insight.ranking import Ranking
from foedus.insight.spread import Difference, Spread


class Better(StrEnum):
    """Which way a measure is good."""

    LOWER = "lower"
    HIGHER = "higher"


MEASURES: dict[str, Better] = {"war": Better.LOWER, "lost": Better.LOWER, "value_P": Better.HIGHER}
"""The outcomes that arrangements are ranked on; ``value_P`` is the game's own sum of what the protected state loses."""


@dataclass(frozen=True)
class Comparison:
    """What the futures say about arrangements; every figure is over the futures in which all of them converged."""

    arrangements: tuple[str, ...]
    """Ids, in the order in which they were given."""
    order: tuple[str, ...]
    """Ids from least to most renewed major war, by the mean over futures."""
    baseline: str
    """Id of the arrangement that the others are measured against."""
    spreads: Mapping[str, Mapping[str, Spread]]
    """[arrangement][outcome] how the outcome lies over the futures."""
    differences: Mapping[str, Mapping[str, Difference]]
    """[arrangement][outcome] arrangement less baseline, future by future; the baseline itself has no entry."""
    rankings: Mapping[str, Ranking]
    """[measure] who comes first, and how often; in the order of `MEASURES`."""
    acceptance: Mapping[str, Acceptance]
    """[arrangement] who would rather sign than fight on."""
    challenges: tuple[Challenge, ...]
    """What changes how often a leader stays ahead: for each measure the runner-up, and for war the baseline too."""
    war_by_year: Mapping[str, tuple[Spread, ...]]
    """[arrangement] chance that war has broken out by the end of each half-year."""
    member_costs: Mapping[str, Mapping[str, Spread]]
    """[arrangement][member] expected cost to each guarantor and supporter, in units of the stake."""
    convergence: Convergence
    """Which futures are used, and why the others are not."""
    margin: float
    """Two figures of one future that lie no further apart than this count as equal."""
    settings: Settings

    @property
    def horizon_years(self) -> float:
        """Length of the horizon; a period is half a year."""
        return self.settings.horizon_periods / 2

    @property
    def leader(self) -> str:
        """Id of the arrangement with the least renewed major war."""
        return self.order[0]
