"""Whether consultation settled, where the game reads it."""

import numpy as np

from foedus.game.plain.board import Board
from foedus.game.plain.stage import Play, never_proposed
from foedus.values.words import Determination, Tier


def joining_residual(play: Play, *, board: Board) -> float:
    """Return the largest distance of a guarantor's chance to join from its logit, in the entries that are read.

    In the crisis these lie around the gains X of ``play``, for every tier that may be proposed; in war around the gains
    from defence, for every finding that governs a war.
    """
    open_tiers = [r for r in (Tier.SUPPORT, Tier.DEPLOY) if not never_proposed(board)[r]]
    misses = [
        board.table.miss_read((n, r), gain=play.gain[:, n, r])
        for n in range(Determination.HYBRID, len(Determination))
        for r in open_tiers
    ]
    return float(np.max([board.defence.joining, *misses]))
