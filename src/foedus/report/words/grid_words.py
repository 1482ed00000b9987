"""What the grid costs in accuracy, in a sentence."""

from foedus.futures.ensemble import Settings

_MEASURED = {
    13: "the mean over futures of the chance of war is off by less than 0.003, and in one future of twenty that chance "
    "is off by more than 0.03",
    25: "the mean over futures of the chance of war is off by less than 0.001, and in one future of twenty that chance "
    "is off by more than 0.01",
}
"""[balance points] errors on 11 beliefs and 3 slices (`python -m bench.accuracy.grids --futures 20`; decision 007)."""


def grid_words(settings: Settings) -> str:
    """Say how far outcomes may lie from those on a fine grid, or that this has not been measured."""
    grid = f"{settings.beliefs}, {settings.balances}, {settings.slices}"
    known = settings.beliefs == 11 and settings.slices == 3 and settings.balances in _MEASURED
    error = _MEASURED[settings.balances] if known else "how far outcomes are off has not been measured"
    return f"The grid ({grid}) has an error of its own: {error}. A finer one (--grid 11,25,3) is nearer and slower."
