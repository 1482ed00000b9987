"""Who would rather sign than fight on."""

from dataclasses import dataclass

import numpy as np

from foedus.insight.statistics.spread import Share, share_of
from foedus.values.arrays import BoolArray, FloatArray


@dataclass(frozen=True)
class Acceptance:
    """Shares of futures in which a party's value under the arrangement is above its value of fighting on."""

    adversary: Share
    protected_state: Share
    guarantors: Share
    everyone: Share
    """All three in the same future."""
    adversary_level: Share
    """Futures in which the two values cannot be told apart; likewise below."""
    protected_state_level: Share
    guarantors_level: Share
    everyone_level: Share
    """Nobody would rather fight on, and for at least one it cannot be told."""


def acceptance_of(
    *, adversary: FloatArray, protected_state: FloatArray, guarantors: FloatArray, margin: float
) -> Acceptance:
    """Count the futures in which a gain over fighting on (future) is above the margin, and those within it."""
    gains = (adversary, protected_state, guarantors)
    signs = [gain > margin for gain in gains]
    refuses = [gain < -margin for gain in gains]
    everyone, all_level = _counted(np.logical_and.reduce(signs), np.logical_or.reduce(refuses))
    counts = [_counted(yes, no) for yes, no in zip(signs, refuses, strict=True)]
    return Acceptance(
        adversary=counts[0][0],
        protected_state=counts[1][0],
        guarantors=counts[2][0],
        everyone=everyone,
        adversary_level=counts[0][1],
        protected_state_level=counts[1][1],
        guarantors_level=counts[2][1],
        everyone_level=all_level,
    )


def _counted(yes: BoolArray, no: BoolArray) -> tuple[Share, Share]:
    """Return the share of those who would, and of those of whom it cannot be told."""
    return share_of(yes.astype(np.float64)), share_of((~yes & ~no).astype(np.float64))
