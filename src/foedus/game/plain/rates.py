"""What happens in one period, on average, for each true type and state, when policies are followed."""

from dataclasses import dataclass

import numpy as np

from foedus.game.plain.board import Board
from foedus.game.plain.stage import INVASION, LOOKS_LIKE, SEIZURE, Play, grounds
from foedus.values.arrays import FloatArray
from foedus.values.words import Threat


@dataclass(frozen=True, eq=False)
class Rates:
    """Chances of the courses of a period. The state axes (b, k, s) come last."""

    found: FloatArray
    """(n, b, k, s) chance of each determination; it does not depend on the type."""
    event: FloatArray
    """(type, c, l, n, e, b, k, s) chance of what happens, is done, found and executed; sums to one."""
    war: FloatArray
    """(type, c, attack, n, e, b, k, s) chance of war."""
    withdrawal: FloatArray
    """(type, n, e, b, k, s) chance that the adversary withdraws."""
    yielded: FloatArray
    """(type, n, e, b, k, s) chance that the protected state yields to a seizure."""
    capture: FloatArray
    """(type, n, e, b, k, s) chance that a slice is lost."""
    quiet: FloatArray
    """(type, n, e, b, k, s) chance that the game goes on with no slice lost."""


def rates_of(play: Play, *, board: Board) -> Rates:
    """Return the chances of every course of a period; war, capture and quiet add up to one."""
    policy = play.position
    ground, threat = grounds(policy.conduct, board=board), policy.threat[LOOKS_LIKE]
    done = np.einsum("cbks,clbks,cln->clnbks", ground, threat, board.compiled.confusion)
    event = done[None, :, :, :, None] * policy.response[:, None, None]
    carried = event * play.persist
    war = carried[:, :, Threat.SEIZE :].copy()
    war[:, :, SEIZURE] *= play.resist
    yielded = (carried[:, :, Threat.SEIZE] * (1.0 - play.resist)).sum(axis=1)
    capture = yielded * board.seize_success[:, None, None, :]
    return Rates(
        found=done.sum(axis=(0, 1)),
        event=event,
        war=war,
        withdrawal=(event - carried).sum(axis=(1, 2)),
        yielded=yielded,
        capture=capture,
        quiet=event.sum(axis=(1, 2)) - war[:, :, [SEIZURE, INVASION]].sum(axis=(1, 2)) - capture,
    )
