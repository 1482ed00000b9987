"""The one count of wins: how often one is ahead, how often behind, and how often the two cannot be told apart."""

from foedus.insight.statistics.spread import Difference, Share
from foedus.report.words.numbers import count, counted


def said(share: Share) -> str:
    """Write a share of futures, such as "62 of 100 futures"."""
    return counted(share.value, of=share.of)


def bare(share: Share) -> str:
    """Write a share of futures as a bare count, beside one that said of how many."""
    return "none" if share.value == 0 else count(share.value, of=share.of)


def less_and_more(difference: Difference, *, what: str = "war") -> str:
    """Say in how many futures there is less, more and as much of something: every future is in one of the three."""
    lower, higher, level = difference.lower, difference.higher, difference.level
    if lower.value >= 1:
        return f"less {what} in all futures"
    if level.value >= 1:
        return f"as much {what} in all futures, as far as the two can be told apart"
    text = f"less {what} in {said(lower)}, more in {bare(higher)}"
    return text if level.value == 0 else f"{text}, and in {bare(level)} the two cannot be told apart"


def ahead_and_behind(*, ahead: Share, behind: Share, level: Share) -> str:
    """Say in how many futures a leader is ahead, behind and level."""
    if ahead.value >= 1:
        return "ahead in all futures"
    text = f"ahead in {said(ahead)}, behind in {bare(behind)}"
    return text if level.value == 0 else f"{text}, and in {bare(level)} the two cannot be told apart"
