"""The record of a comparison: several arrangements, the same futures."""

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.futures.ensemble import Settings
from foedus.insight.assumptions.information import Information
from foedus.insight.assumptions.overturning import Challenge, Movement
from foedus.insight.assumptions.sensitivity import Sensitivity
from foedus.insight.comparison.money import MoneyCost
from foedus.insight.comparison.own_clauses import OwnClauses
from foedus.insight.discovery.failing import Failure
from foedus.insight.ranking.acceptance import Acceptance
from foedus.insight.ranking.dominance import Dominated
from foedus.insight.ranking.order import Ranking
from foedus.insight.ranking.regret import Regrets
from foedus.insight.ranking.satisficing import Requirement, Satisficing, most_often
from foedus.insight.statistics.convergence import Convergence
from foedus.insight.statistics.spread import Difference, Spread

MEASURES = ("war", "lost", "value_P")
"""The outcomes that arrangements are ranked on; ``value_P`` is the game's own sum of what the protected state loses."""


@dataclass(frozen=True)
class Reluctance:
    """Which party is the hardest to win over to an arrangement, and what moves whether it would rather sign."""

    arrangement: str
    gain: str
    """The outcome that is its gain over fighting on: ``gain_A``, ``gain_P`` or ``gain_G``."""
    movement: Movement
    """What moves whether that gain is above nothing."""


@dataclass(frozen=True)
class Comparison:
    """What the futures say about arrangements; every figure is over the futures in which all of them converged."""

    arrangements: tuple[str, ...]
    """Ids, in the order in which they were given; of texts that are one game the first stands for all."""
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
    own_clauses: Mapping[str, OwnClauses]
    """[arrangement] what its clauses do beyond the same parties without any; empty where no twins were solved."""
    reluctance: Reluctance | None
    """Who is the hardest to win over to the leader; None where every party would sign it in every future."""
    money: Mapping[str, MoneyCost]
    """[arrangement] yearly cost in money; one is missing where the GDP of none of its payers is known."""
    challenges: tuple[Challenge, ...]
    """What changes how often a leader stays ahead: for each measure the runner-up, and for war the baseline too."""
    regrets: Mapping[str, Regrets]
    """[measure] how far each falls behind the best of each future."""
    dominated: Mapping[str, tuple[Dominated, ...]]
    """[measure] who is never the better choice, and beside whom."""
    requirements: tuple[Requirement, ...]
    """What the user calls good enough; empty where nothing was asked for."""
    satisficing: Mapping[str, Satisficing]
    """[arrangement] how often it is good enough; empty without requirements."""
    information: tuple[Information, ...]
    """What it is worth to know before choosing: on war, on the protected state's value, on war without the leader."""
    sensitivities: tuple[Sensitivity, ...]
    """What moves war under the leader, under the baseline, and the difference between them."""
    failures: tuple[Failure, ...]
    """Where the leader fails; and where the arrangement does that is good enough most often, if that is another."""
    unread: tuple[str, ...]
    """Parameters that no text compared reads; they can matter to none of this and are left out of every search."""
    same_games: tuple[tuple[str, ...], ...]
    """Ids of texts whose arrays are equal: to the game they are one, whatever else tells them apart. The first of each
    group is among the arrangements, the others are not."""
    unread_entries: Mapping[str, tuple[str, ...]]
    """[arrangement] places of what its text states and the game does not read; empty where no texts were given."""
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

    @property
    def good_enough(self) -> str:
        """Id of the arrangement that meets all requirements in most futures; of equals, the one with less war."""
        return most_often(self.satisficing, order=self.order)
