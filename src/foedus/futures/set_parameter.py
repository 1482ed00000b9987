"""The same futures with one parameter set, and everything else as it was drawn."""

from foedus.futures.ensemble import Sample
from foedus.futures.sample import future_of, war_winnings

_EDGE = "war_edge_A"
_BEHIND_WINNINGS = frozenset({"balance_0", "stake_A", "decisiveness", "tier_force.support", "counter_force.support"})
"""What `war_winnings` depends on."""


def set_parameter(sample: Sample, *, name: str, value: float) -> Sample:
    """Return the futures with one parameter at a value, and the adversary's cost of war as it was drawn.

    A future is drawn by the adversary's edge, from which its cost of war follows by the parameters drawn with it. Where
    one of these is set, the cost stays and the edge moves, ``edge' = stake_A w(balance_0, F_1) - war_cost_A``: what
    changes success on the battlefield changes who would win, not what a war costs. Raises ``ValueError`` for a
    parameter that was not drawn.
    """
    values = sample.values.copy()
    place = sample.names.index(name)
    if name not in _BEHIND_WINNINGS:
        values[:, place] = value
        return Sample(names=sample.names, values=values, seed=sample.seed)
    edge = sample.names.index(_EDGE)
    for row in values:
        cost = future_of(dict(zip(sample.names, row.tolist(), strict=True))).war_cost_A
        row[place] = value
        row[edge] = war_winnings(dict(zip(sample.names, row.tolist(), strict=True))) - cost
    return Sample(names=sample.names, values=values, seed=sample.seed)
