"""What one arrangement gives in one future: exact probabilities and expectations."""

import dataclasses
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """Exact over the horizon; section 9 of the theory page defines each entry."""

    war: float
    """Probability of renewed major war within the horizon."""
    defend: float
    """Probability that guarantors are at war with the adversary."""
    entrap: float
    """Probability of that after a provocation by the protected state."""
    conquest: float
    """Probability that the adversary wins a war."""
    lost: float
    """Expected share of the stake lost to seizures, below the threshold of major war."""
    seizures: float
    """Expected number of seizures chosen."""
    coercions: float
    """Expected number of periods of coercion chosen."""
    provocations: float
    """Expected number of provocations chosen."""
    withdrawals: float
    """Expected number of withdrawals."""
    honoured: float
    """Expected number of determinations on which an obligation fell due and was met."""
    breached: float
    """Expected number on which it fell due and was not met."""
    cost_guarantors: tuple[float, ...]
    """(i) expected undiscounted cost of each guarantor."""
    value_A: float
    """The adversary's value at the start."""
    value_P: float
    """The protected state's value at the start."""
    value_G: tuple[float, float]
    """(type) the coalition's value at the start, low and high type."""
    fight_A: float
    """The adversary's value of fighting on: the war lottery at balance_0 with tier support executed."""
    fight_P: float
    """The protected state's value of fighting on."""
    fight_G: tuple[float, float]
    """(type) the coalition's value of fighting on, low and high type."""
    war_by_t: tuple[float, ...]
    """(period) unconditional probability that war breaks out in each period."""

    def to_mapping(self) -> dict[str, Any]:
        """Return plain numbers and lists."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in dataclasses.asdict(self).items()}
