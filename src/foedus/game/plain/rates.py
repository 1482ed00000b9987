"""What happens in one period, on average, for each true type and state, when policies are followed."""

from dataclasses import dataclass

import numpy as np

from foedus.game.plain.board import Board
from foedus.game.plain.stage import Play
from foedus.values.arrays import FloatArray
from foedus.values.words import Threat, Tier


@dataclass(frozen=True, eq=False)
class Rates:
    """Chances of the courses of a period. The state axes (b, k, s) come last."""

    found: FloatArray
    """(n, b, k, s) chance of each determination; it does not depend on the type."""
    event: FloatArray
    """(type, g, l, n, e, b, k, s) chance of what is done, found and executed; sums to one."""
    war: FloatArray
    """(type, g, e, b, k, s) chance of war."""
    withdrawal: FloatArray
    """(type, n, e, b, k, s) chance that the adversary withdraws."""
    capture: FloatArray
    """(type, n, e, b, k, s) chance that a seizure succeeds."""
    quiet: FloatArray
    """(type, n, e, b, k, s) chance that the game goes on with no slice lost."""


def rates_of(play: Play, *, board: Board) -> Rates:
    """Return the chances of every course of a period; war, capture and quiet add up to one."""
    policy = play.position
    done = np.einsum("gbks,glbks,gln->glnbks", policy.conduct, policy.threat, board.compiled.confusion)
    event = done[None, :, :, :, None] * policy.response[:, None, None]
    carried = event * play.persist
    seize, invade = carried[:, :, Threat.SEIZE], carried[:, :, Threat.INVADE]
    defended = (np.arange(4) == Tier.DEFEND)[:, None, None, None]
    fight = invade + np.where(defended, seize, 0.0)
    capture = np.where(defended, 0.0, seize * board.seize_success[:, None, None, :]).sum(axis=1)
    return Rates(
        found=done.sum(axis=(0, 1)),
        event=event,
        war=fight.sum(axis=2),
        withdrawal=(event - carried).sum(axis=(1, 2)),
        capture=capture,
        quiet=event.sum(axis=(1, 2)) - fight.sum(axis=1) - capture,
    )
