"""Gambit: one or two periods of the game as a tree that somebody else's solver can read.

takes: a Board and a state. gives: an .efg file whose agent logit equilibrium at lambda = 1 is that of section 8.
promises: every player's payoff in units of its own noise; what the tree leaves out is said. never: solves anything.
"""

from foedus.game.gambit.grids import PlacedGrid, around_start
from foedus.game.gambit.members import finding_for_sure, keep_heaviest
from foedus.game.gambit.tree import MOST_ENDS, TooLarge, one_period_efg, periods_efg
from foedus.game.gambit.truncation import left_out

__all__ = [
    "MOST_ENDS",
    "PlacedGrid",
    "TooLarge",
    "around_start",
    "finding_for_sure",
    "keep_heaviest",
    "left_out",
    "one_period_efg",
    "periods_efg",
]
