"""What is known of arrangements whose futures were counted one after the other and held nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.futures.ensemble import Settings
from foedus.insight.statistics.spread import MeanOverFutures, Share, Spread


@dataclass(frozen=True)
class CountedDifference:
    """An arrangement less the baseline, in each future before anything is summed up."""

    mean: MeanOverFutures
    spread: Spread
    lower: Share
    """Futures in which the arrangement's figure is lower by more than the margin."""
    higher: Share


@dataclass(frozen=True)
class Tally:
    """Several arrangements in the same futures, added up."""

    arrangements: tuple[str, ...]
    baseline: str
    order: tuple[str, ...]
    """Ids from the least war on average to the most; equal means as given."""
    futures: int
    used: int
    """Futures in which every arrangement converged."""
    converged: Mapping[str, int]
    """[arrangement] futures in which it converged."""
    means: Mapping[str, Mapping[str, MeanOverFutures]]
    """[arrangement][outcome] with what sampling leaves open."""
    spreads: Mapping[str, Mapping[str, Spread]]
    """[arrangement][outcome]; quantiles are read off counts and are right to one of ``bins`` parts of the range."""
    differences: Mapping[str, Mapping[str, CountedDifference]]
    """[arrangement but the baseline][outcome]"""
    first: Mapping[str, Share]
    """[arrangement] futures in which it alone has least war, by more than the margin."""
    everyone_signs: Mapping[str, Share]
    """[arrangement] futures in which adversary, protected state and guarantors all gain over fighting on."""
    bins: int
    margin: float
    settings: Settings
