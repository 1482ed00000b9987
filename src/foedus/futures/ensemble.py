"""What an ensemble run gives: exact outcomes of every arrangement in the same sampled futures."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from foedus.game.solve import Method
from foedus.values.arrays import BoolArray, FloatArray, IntArray

OUTCOMES: dict[str, str] = {
    "war": "probability of renewed major war within the horizon",
    "lost": "expected share of the stake lost to seizures, below the threshold of major war",
    "defend": "probability that guarantors are at war with the adversary",
    "entrap": "probability of that after a provocation by the protected state",
    "conquest": "probability that the adversary wins a war",
    "seizures": "expected number of seizures attempted",
    "coercions": "expected number of half-years of coercion",
    "provocations": "expected number of provocations by the protected state",
    "withdrawals": "expected number of withdrawals by the adversary",
    "honoured": "expected number of times an obligation fell due and was met",
    "breached": "expected number of times an obligation fell due and was not met",
    "cost": "expected undiscounted cost to all guarantors together, in units of the stake",
    "value_A": "the adversary's value at the start",
    "value_P": "the protected state's value at the start",
    "value_G": "the coalition's value at the start, per unit of interest, over its types",
    "gain_A": "value_A less the adversary's value of fighting on; clearly above 0: it would rather sign",
    "gain_P": "value_P less the protected state's value of fighting on",
    "gain_G": "value_G less the coalition's value of the war going on, per unit of interest",
}
"""Names on the outcome axis, in order, with their meaning."""


Design: TypeAlias = Literal["lhs", "sobol"]
"""How futures are spread over the ranges: a Latin hypercube, or scrambled Sobol points."""


@dataclass(frozen=True)
class Settings:
    """How an ensemble was run."""

    futures: int
    seed: int
    horizon_periods: int
    """Periods of half a year."""
    beliefs: int
    balances: int
    slices: int
    tolerance: float
    max_sweeps: int
    method: Method
    """Which implementation of the game: ``plain``, ``kernel`` or ``wide``, which is the GPU's."""
    design: Design = "lhs"


@dataclass(frozen=True, eq=False)
class Sample:
    """Draws of every parameter."""

    names: tuple[str, ...]
    """(parameter) names, of the game's parameters and the yardsticks."""
    values: FloatArray
    """(future, parameter)"""
    seed: int


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Exact outcomes; axes by name."""

    arrangements: tuple[str, ...]
    """(arrangement) ids, in the order in which they were given."""
    sample: Sample
    outcomes: FloatArray
    """(future, arrangement, outcome) in the order of `OUTCOMES`; use only where ``converged``."""
    war_by_period: FloatArray
    """(future, arrangement, period) unconditional probability that war breaks out in that half-year."""
    cost_by_member: tuple[FloatArray, ...]
    """One array (future, member) for each arrangement: expected cost to each guarantor."""
    members: tuple[tuple[str, ...], ...]
    """(arrangement) ids of the guarantors and supporters, in the order of ``cost_by_member``."""
    converged: BoolArray
    """(future, arrangement) whether the residual is below the tolerance."""
    residual: FloatArray
    """(future, arrangement) largest change in one full undamped sweep."""
    sweeps: IntArray
    """(future, arrangement) sweeps taken."""
    settings: Settings
