"""What was forecast, what happened, and who forecast it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from foedus.evidence.backtest.scores import Bin, Margin, Score
from foedus.values.arrays import FloatArray

MODEL_AFTER = "foedus, weighted by history"
MODEL_BEFORE = "foedus, ranges as assumed"
BASE_RATE = "base rate of the other cases"
FORESIGHT = "share in these cases, known beforehand"
"""No forecast: what a single number for all cases could get at best."""
LOGIT = "logit on local balance"
PROBIT = "strategic probit, fitted anew"
UNSCALED = "foedus, ranges as assumed, nothing learnt"
LOGIT_OF_THREE = "logit on balance, alliance and nearness"
LOGIT_OF_ALL = "logit on all that is known"
BOOSTED = "gradient boosting, all that is known"


class ForecastEvent(StrEnum):
    """What is forecast of a case."""

    WAR = "war"
    """Major war within the years."""
    ATTACK = "attack"
    """An attack carried through within the years, a war included."""
    KEPT = "kept"
    """What was promised was done when it fell due."""
    ATTACKED = "attacked"
    """The attacker that threatened attacked."""
    FOUGHT = "fought"
    """The defender fought when the attack came."""
    THREAT_ATTACKED = "threat_attacked"
    """A state under threat was attacked."""
    THREAT_WAR = "threat_war"
    """A threat became full-scale war."""
    ALLY_JOINED = "ally_joined"
    """An ally came to the side of a state that was attacked."""


THREATS = frozenset({ForecastEvent.THREAT_ATTACKED, ForecastEvent.THREAT_WAR, ForecastEvent.ALLY_JOINED})
"""Events of which there are hundreds of cases, taken from data sets that may not be passed on case by case."""


@dataclass(frozen=True)
class HistoricalCase:
    """What became of a text in the library; dates as years with their fraction."""

    text: str
    """Name in the library."""
    begins: float
    war: float | None
    """When major war came; None: not so far."""
    attack: float | None
    """When the first attack was carried through; None: none so far."""
    kept: bool | None
    """Whether what fell due was done; None where nothing fell due or nothing was promised."""
    watched_until: float
    why: str
    """How the case is read, and what could be read otherwise."""
    left_out: str = ""
    """Why the case is not used; empty for those that are."""


@dataclass(frozen=True)
class Forecaster:
    """One forecaster's forecasts, and how they fared."""

    name: str
    forecasts: FloatArray
    """(case)"""
    score: Score
    against_base: Margin
    """This forecaster's score less that of the base rate of the other cases; above 0 it is worse."""
    model_against: Margin
    """The weighted model's score less this forecaster's; above 0 the model is worse."""
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Trial:
    """Forecasters compared on the same event in the same cases."""

    name: str
    title: str
    event: ForecastEvent
    cases: tuple[str, ...]
    happened: FloatArray
    """(case) 0 or 1."""
    forecasters: Mapping[str, Forecaster]
    """By name, in the order in which they are shown; the model's own first."""
    note: str = ""
    """What to know when reading the score."""

    @property
    def losses(self) -> tuple[Forecaster, ...]:
        """Forecasters that did better than the weighted model, the model without weights included."""
        return tuple(each for each in self.forecasters.values() if each.model_against.difference > 0)


@dataclass(frozen=True)
class Backtest:
    """Every trial, and what was not tried."""

    trials: tuple[Trial, ...]
    cases: tuple[HistoricalCase, ...]
    not_tried: tuple[str, ...]
    """Sentences: what was left out, and why."""
