"""What stands in the cells of the tables of a comparison."""

from collections.abc import Mapping

from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Difference, Share, Spread
from foedus.report.page.table import Column
from foedus.report.words.numbers import count, out_of
from foedus.report.words.outcome_numbers import change, change_range, level, level_range
from foedus.report.words.small_sample import are_few, ends, ends_in_words

NAME = Column("Arrangement", is_number=False)


def row_label(name: str, *, comparison: Comparison, labels: Mapping[str, str]) -> str:
    """Name a row with all texts that are the same game, and say so where it is the baseline."""
    others = next((group[1:] for group in comparison.same_games if group[0] == name), ())
    called = " = ".join([labels[name], *(labels[other] for other in others if other in labels)])
    return f"{called} (baseline)" if name == comparison.baseline else called


def spread_cell(spread: Spread, *, outcome: str) -> str:
    """Write median and range of an outcome."""
    declared = OUTCOMES[outcome]
    return f"{level(spread.median, of=declared)}\n{level_range(*ends(spread), of=declared)}"


def mean_and_range_cell(spread: Spread, *, outcome: str) -> str:
    """Write average and range of an outcome."""
    declared = OUTCOMES[outcome]
    return f"{level(spread.mean, of=declared)}\n{level_range(*ends(spread), of=declared)}"


def mean_cell(spread: Spread, *, outcome: str) -> str:
    """Write the average of an outcome."""
    return level(spread.mean, of=OUTCOMES[outcome])


def share_cell(share: Share) -> str:
    """Write a share of futures as a count of a hundred, with its interval."""
    return f"{count(share.value, of=share.of)}\n{count(share.low, of=share.of)} to {count(share.high, of=share.of)}"


def difference_cell(difference: Difference, *, outcome: str) -> str:
    """Write average and range of a difference."""
    spread, declared = difference.spread, OUTCOMES[outcome]
    return f"{change(spread.mean, of=declared)}\n{change_range(*ends(spread), of=declared)}"


def count_cell(share: Share) -> str:
    """Write a share of futures as a count of a hundred."""
    return count(share.value, of=share.of)


def out_of_used(comparison: Comparison) -> str:
    """Say what futures are counted out of: a hundred, or those used where they are few."""
    return out_of(comparison.convergence.used)


def of_futures(comparison: Comparison) -> str:
    """Say what the ends of a range are of."""
    return ends_in_words(comparison) if are_few(comparison) else f"{ends_in_words(comparison)} of futures"
