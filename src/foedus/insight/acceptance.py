"""Who would rather sign than fight on."""

from dataclasses import dataclass

import numpy as np

from foedus.insight.spread import Share, share_of
from foedus.values.arrays import FloatArray


@dataclass(frozen=True)
class Acceptance:
    """Shares of futures in which a party's value under the arrangement is at least its value of fighting on."""

    adversary: Share
    protected_state: Share
    guarantors: Share
    everyone: Share
    """All three in the same future."""


def acceptance_of(*, adversary: FloatArray, protected_state: FloatArray, guarantors: FloatArray) -> Acceptance:
    """Count the futures in which a gain over fighting on (future) is at least 0."""
    signs = [gain >= 0 for gain in (adversary, protected_state, guarantors)]
    shares = [share_of(np.where(sign, 1.0, 0.0)) for sign in (*signs, np.logical_and.reduce(signs))]
    return Acceptance(adversary=shares[0], protected_state=shares[1], guarantors=shares[2], everyone=shares[3])
