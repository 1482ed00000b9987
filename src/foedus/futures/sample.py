"""Draw futures: a Latin hypercube or Sobol points over every parameter, so that each range is covered evenly."""

from collections.abc import Mapping
from dataclasses import fields

import numpy as np

from foedus.facts.balance import Balance
from foedus.futures.design import shares_of
from foedus.futures.ensemble import Design, Sample
from foedus.futures.parameters.record import TIERS_OF, Parameters
from foedus.futures.war_cost import WAR_COST, war_cost_of
from foedus.game.future import PER_TIER, Future

_DERIVED = {
    "balance_0": ("balance.exponent", "balance.shift", "balance.within", "balance.not_known", "balance.moved"),
    "war_cost_A": WAR_COST,
    "cost_invade": ("cost_invade.above_seize",),
}
"""Numbers of a future that are worked out from others, and the parameters that they are worked out from."""
GAME_PARAMETERS = tuple(
    name
    for field in fields(Future)
    for name in _DERIVED.get(field.name)
    or ([f"{field.name}.{tier}" for tier in TIERS_OF[field.name]] if field.name in PER_TIER else [field.name])
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


def future_of(values: Mapping[str, float], *, balance: Balance | None = None) -> Future:
    """Build the future that a draw describes, for a text whose balance of strengths is known or not.

    ``balance_0 = balance.exponent (r + balance.within g) + balance.shift``, with r the log ratio of strengths of the
    text and g how far it may lie from it; ``balance.not_known`` where there is none. ``balance.moved`` is added after
    the cost of war is worked out, so that success in the field makes war neither dearer nor cheaper.

    What a war costs the adversary is worked out from the same balance: `war_cost_of`.
    """
    start = _start(values, balance)
    derived = {
        "balance_0": start + values["balance.moved"],
        "war_cost_A": war_cost_of(values, balance=start),
        "cost_invade": values["cost_seize"] + values["cost_invade.above_seize"],
    }
    read: dict[str, float | tuple[float, ...]] = {
        field.name: tuple(float(values[f"{field.name}.{tier}"]) for tier in TIERS_OF[field.name])
        if field.name in PER_TIER
        else float(derived[field.name] if field.name in derived else values[field.name])
        for field in fields(Future)
    }
    return Future(**read)  # type: ignore[arg-type]  # every field is there, one number for each tier that counts


def _start(values: Mapping[str, float], balance: Balance | None) -> float:
    if balance is None or balance.log_ratio is None:
        return float(values["balance.not_known"])
    ratio = balance.log_ratio + values["balance.within"] * balance.give_or_take
    return float(values["balance.exponent"] * ratio + values["balance.shift"])
