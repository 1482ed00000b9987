"""Chances inside a sentence: where a figure would be below a tenth of a per cent or next to all, words say so."""

from foedus.report.words.numbers import percent, percent_range

_NEXT_TO_NOTHING = 0.0005
_ALL_BUT_CERTAIN = 0.995


def below(share: float) -> str:
    """Say below what a chance lies: "below 14 %", or "next to nothing"."""
    return "next to nothing" if share < _NEXT_TO_NOTHING else f"below {percent(share)}"


def above(share: float) -> str:
    """Say above what a chance lies: "above 86 %", or "all but certain"."""
    if share < _NEXT_TO_NOTHING:
        return "next to nothing"
    return "all but certain" if share >= _ALL_BUT_CERTAIN else f"above {percent(share)}"


def between(low: float, high: float) -> str:
    """Say between what a chance lies: "0.4 to 13 %", "up to 32 %", "anything from 4 % to all but certain"."""
    if high < _NEXT_TO_NOTHING:
        return "next to nothing throughout"
    if low >= _ALL_BUT_CERTAIN:
        return "all but certain throughout"
    if high >= _ALL_BUT_CERTAIN:
        return f"anything from {'next to nothing' if low < _NEXT_TO_NOTHING else percent(low)} to all but certain"
    return f"up to {percent(high)}" if low < _NEXT_TO_NOTHING else percent_range(low, high)
