"""What one arrangement gives in one future: exact probabilities and expectations."""

import dataclasses
import itertools
import math
from dataclasses import dataclass
from typing import Any

_CHANCES = ("war", "defend", "entrap", "accidental", "conquest", "lost")
_COUNTS = (
    *("seizures", "invasions", "coercions", "provocations", "accidents"),
    *("withdrawals", "resisted", "yielded", "honoured", "breached"),
)
_SLACK = 1e-6
"""What rounding may take a sum of chances beyond its bounds."""


@dataclass(frozen=True)
class Outcome:
    """Exact over the horizon; section 9 of the theory page defines each entry."""

    war: float
    """Probability of renewed major war within the horizon."""
    defend: float
    """Probability of a war in which guarantors fight."""
    entrap: float
    """Probability of that in a period in which the protected state provoked."""
    accidental: float
    """Probability of a war that begins in a period with an accident."""
    conquest: float
    """Probability that the adversary wins a war."""
    lost: float
    """Expected share of the stake lost to seizures, below the threshold of major war."""
    seizures: float
    """Expected number of seizures chosen."""
    invasions: float
    """Expected number of invasions chosen."""
    coercions: float
    """Expected number of periods of coercion chosen."""
    provocations: float
    """Expected number of provocations chosen."""
    accidents: float
    """Expected number of periods with an accident."""
    withdrawals: float
    """Expected number of withdrawals."""
    resisted: float
    """Expected number of seizures that persist and are resisted: war."""
    yielded: float
    """Expected number of seizures that persist and are yielded to, whether or not the slice is lost."""
    honoured: float
    """Expected number of obligations that fell due, on a determination or when war broke out, and were met."""
    breached: float
    """Expected number that fell due and were not met."""
    cost_guarantors: tuple[float, ...]
    """(i) expected undiscounted cost of each guarantor, standing cost in periods of peace included."""
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

    @property
    def peace_by_t(self) -> tuple[float, ...]:
        """(period) probability that the period does not end in war."""
        return tuple(1.0 - ended for ended in itertools.accumulate(self.war_by_t))

    @property
    def is_possible(self) -> bool:
        """Tell whether every entry is a number, and every chance and count one that can be."""
        chances = [*(getattr(self, name) for name in _CHANCES), *self.war_by_t]
        counts = [getattr(self, name) for name in _COUNTS]
        others = [
            *(self.value_A, self.value_P, *self.value_G, self.fight_A, self.fight_P, *self.fight_G),
            *self.cost_guarantors,
        ]
        return (
            all(math.isfinite(x) for x in (*chances, *counts, *others))
            and all(-_SLACK <= x <= 1 + _SLACK for x in chances)
            and all(x >= -_SLACK for x in counts)
        )

    def to_mapping(self) -> dict[str, Any]:
        """Return plain numbers and lists."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in dataclasses.asdict(self).items()}
