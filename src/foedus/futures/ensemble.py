"""What an ensemble run gives: exact outcomes of every arrangement in the same sampled futures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from foedus.game.grid import Grid
from foedus.game.solve import Method
from foedus.values.arrays import BoolArray, FloatArray, IntArray

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
    """Which implementation of the game: ``plain`` or ``kernel``."""
    design: Design = "lhs"

    @property
    def grid(self) -> Grid:
        """The grid on which each game is solved."""
        return Grid(self.beliefs, self.balances, self.slices)


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


def part_of(ensemble: Ensemble, names: Sequence[str]) -> Ensemble:
    """Return the ensemble of some of its arrangements, in the order in which they are named."""
    places = [ensemble.arrangements.index(name) for name in names]
    return replace(
        ensemble,
        arrangements=tuple(names),
        outcomes=ensemble.outcomes[:, places],
        war_by_period=ensemble.war_by_period[:, places],
        cost_by_member=tuple(ensemble.cost_by_member[place] for place in places),
        members=tuple(ensemble.members[place] for place in places),
        converged=ensemble.converged[:, places],
        residual=ensemble.residual[:, places],
        sweeps=ensemble.sweeps[:, places],
    )


def stacked(ensembles: Sequence[Ensemble]) -> Ensemble:
    """Return one ensemble of the futures of several, one after the other; of the same arrangements and parameters."""
    one = ensembles[0]
    values = np.concatenate([each.sample.values for each in ensembles])
    return replace(
        one,
        sample=replace(one.sample, values=values),
        outcomes=np.concatenate([each.outcomes for each in ensembles]),
        war_by_period=np.concatenate([each.war_by_period for each in ensembles]),
        cost_by_member=tuple(
            np.concatenate(costs) for costs in zip(*(each.cost_by_member for each in ensembles), strict=True)
        ),
        converged=np.concatenate([each.converged for each in ensembles]),
        residual=np.concatenate([each.residual for each in ensembles]),
        sweeps=np.concatenate([each.sweeps for each in ensembles]),
        settings=replace(one.settings, futures=len(values)),
    )
