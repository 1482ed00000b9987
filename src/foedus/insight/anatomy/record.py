"""The record of an anatomy: which clauses carry how much of what a text does."""

from dataclasses import dataclass
from enum import StrEnum

from foedus.futures.ensemble import Settings
from foedus.insight.statistics.spread import MeanOverFutures, Share


class ShapleyMethod(StrEnum):
    """How Shapley's value was found."""

    EXACT = "exact"
    SAMPLED = "sampled"


@dataclass(frozen=True)
class GroupContribution:
    """What one group of clauses carries; all figures are differences of the outcome."""

    group: str
    """Name of the group, such as ``commitments``."""
    words: str
    """What it is."""
    carries: MeanOverFutures
    """Shapley's value: what it adds, on average over all orders in which the text can be put together."""
    error: float
    """Standard error of that from the sampling of orders; 0 where every order counts."""
    lowers: Share
    """Futures in which it lowers the outcome by more than the margin."""
    raises: Share
    """Futures in which it raises it by more."""
    left_out: MeanOverFutures
    """The whole text less the text without it."""
    alone: MeanOverFutures
    """The text of nothing but it, less no clause at all."""


@dataclass(frozen=True)
class Pair:
    """Two groups of clauses that need each other, or stand in for each other."""

    first: str
    second: str
    interaction: MeanOverFutures
    """The whole, less it without the one, less it without the other, and with neither added again."""
    is_substitute: bool
    """Whether they stand in for each other: leaving out both shows more than leaving out each alone adds up to."""


@dataclass(frozen=True)
class Anatomy:
    """How much of an outcome each group of clauses carries."""

    arrangement: str
    outcome: str
    whole: MeanOverFutures
    """The outcome under the text."""
    nothing: MeanOverFutures
    """The outcome under the same parties with no clause at all."""
    difference: MeanOverFutures
    """The whole less nothing; what all parts carry sums to it."""
    parts: tuple[GroupContribution, ...]
    """The one that carries most first."""
    unread: tuple[str, ...]
    """Groups that change no number of the game in any text that was looked at; they carry nothing and are no parts."""
    pairs: tuple[Pair, ...]
    """The strongest interaction first."""
    division: ShapleyMethod
    orders: int
    """Orders drawn; 0 where the division is exact."""
    texts: int
    """Texts that were looked at."""
    games: int
    """Distinct games among them, which were solved in every future."""
    used: int
    """Futures in which all of them converged; only these count."""
    futures: int
    """Futures drawn."""
    margin: float
    settings: Settings
