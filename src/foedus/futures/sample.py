"""Draw futures: a Latin hypercube or Sobol points over every parameter, so that each range is covered evenly."""

import math
from collections.abc import Mapping
from dataclasses import fields

import numpy as np

from foedus.futures.design import shares_of
from foedus.futures.ensemble import Design, Sample
from foedus.futures.parameters.record import TIER_NAMES, Parameters
from foedus.game.future import PER_TIER, Future

_DERIVED = frozenset({"war_cost_A"})
GAME_PARAMETERS = (
    *(
        name
        for field in fields(Future)
        if field.name not in _DERIVED
        for name in ([f"{field.name}.{tier}" for tier in TIER_NAMES] if field.name in PER_TIER else [field.name])
    ),
    "war_edge_A",
)
"""Names of the parameters that a `Future` is made of; all others are yardsticks of the mechanism."""


def draw(parameters: Parameters, *, futures: int, seed: int, design: Design = "lhs") -> Sample:
    """Draw ``futures`` points by a design; where the parameters bring weighted draws, their rows are taken instead.

    Every parameter's values are stratified: each N-th of its range holds one of N futures (Sobol: where N is a power
    of two). Parameters behind which one cause lies move together (`shares_of`). Raises ``ValueError`` below one future.
    """
    if futures < 1:
        raise ValueError("a comparison needs at least one future")
    entries = parameters.entries
    causes = {entry.group: entry.cause for entry in entries}
    shares = shares_of(causes, futures=futures, seed=seed, design=design)
    columns = {entry.name: entry.at(shares[entry.group]) for entry in entries}
    if parameters.given:
        rows = parameters.given.rows(futures, generator=np.random.default_rng([seed, _GIVEN]))
        columns |= dict(zip(parameters.given.names, parameters.given.values[rows].T, strict=True))
    return Sample(names=tuple(columns), values=np.column_stack(list(columns.values())), seed=seed)


_GIVEN = 1
"""Number of the stream of random numbers that takes rows of given draws; the design's own is the seed alone."""


def future_of(values: Mapping[str, float]) -> Future:
    """Build the future that a draw describes; the adversary's cost of war is derived from its edge.

    war_cost_A = stake_A w(balance_0, F_1) - war_edge_A, not below 0.02, with w the chance of winning against support.
    """
    read: dict[str, float | tuple[float, ...]] = {
        field.name: tuple(float(values[f"{field.name}.{tier}"]) for tier in TIER_NAMES)
        if field.name in PER_TIER
        else float(values[field.name])
        for field in fields(Future)
        if field.name not in _DERIVED
    }
    read["war_cost_A"] = _war_cost(values)
    return Future(**read)  # type: ignore[arg-type]  # every field is there, four numbers where a tier counts


def war_winnings(values: Mapping[str, float]) -> float:
    """Return what the adversary wins on average by a war against support, stake_A w(balance_0, F_1), its cost apart."""
    aided = values["tier_force.support"] - values["counter_force.support"]
    wins = 1 / (1 + math.exp(-values["decisiveness"] * (values["balance_0"] - aided)))
    return values["stake_A"] * wins


def _war_cost(values: Mapping[str, float]) -> float:
    return max(0.02, float(war_winnings(values) - values["war_edge_A"]))
