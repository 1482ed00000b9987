"""What a small sample can carry: its ends instead of percentiles, counts of its own instead of counts of a hundred."""

from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Spread
from foedus.report.words.numbers import FEW


def are_few(comparison: Comparison) -> bool:
    """Say whether too few futures are used for percentiles."""
    return comparison.convergence.used < FEW


def ends(spread: Spread) -> tuple[float, float]:
    """Return the 5 and 95 % points of a spread; of few futures, the smallest and the largest."""
    return (spread.least, spread.most) if spread.futures < FEW else (spread.low, spread.high)


def ends_in_words(comparison: Comparison) -> str:
    """Say what the ends of a range are."""
    return "smallest to largest" if are_few(comparison) else "5 to 95 %"
