"""The numbers that hold where nobody names others, all in this one place."""

from collections.abc import Mapping
from types import MappingProxyType

from foedus.game.grid import Grid

GRID = Grid()
"""The grid of the game wherever ensembles are solved (docs/decisions/007-default-grid.md)."""
HORIZON_PERIODS = 20
"""Ten years, in periods of half a year."""
SEED = 1
TOLERANCE = 1e-4
"""Largest change in a sweep at which a solution counts as found."""
MAX_SWEEPS = 2000

FUTURES: Mapping[str, int] = MappingProxyType(
    {
        "compare": 200,
        "claims": 100,
        "negotiate": 60,
        "price": 50,
        "anatomy": 30,
        "design": 24,
        "trial": 60,
        "screen": 200,
        "sweep": 50,
    }
)
"""[question] futures drawn for it: fewer where each future takes many games. ``design`` searches and ``trial`` tries
again what was found; ``screen`` ranks the assumptions of which `foedus sensitivity` then estimates shares."""
