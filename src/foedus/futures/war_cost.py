"""Work out what a war costs the adversary: what it may win and lose by it, and what peace would have cost it."""

import math
from collections.abc import Mapping

WAR_COST = ("war_cost_A.least", "war_cost_A.lost", "war_cost_A.ceiling", "war_cost_A.quantile", "war_edge_A.most")
"""Parameters that nothing but the cost of war is worked out from."""


def war_cost_of(values: Mapping[str, float], *, balance: float) -> float:
    """Return ``war_cost_A``, for the log force ratio on the first day (section 10a of the theory page).

    It is what the war itself costs, at ``war_cost_A.quantile`` between a floor and ``war_cost_A.ceiling``, and what
    peace costs. The floor is ``max(w least + (1 - w) lost, stake_A w - war_edge_A.most)``, w the chance of winning
    against support: losing is dear, and attacking at once is worth little more than the peace that was made.
    """
    wins = _wins(values, balance=balance)
    suffered = wins * values["war_cost_A.least"] + (1 - wins) * values["war_cost_A.lost"]
    floor = max(suffered, values["stake_A"] * wins - values["war_edge_A.most"])
    ceiling = max(floor, values["war_cost_A.ceiling"])
    return floor + values["war_cost_A.quantile"] * (ceiling - floor) + peace_cost_of(values)


def peace_cost_of(values: Mapping[str, float]) -> float:
    """Return what peace without a gain costs the adversary over the years: incidents, and attempts in vain.

    A war ends the game and every account with it. The years after a war are not free of what the years without it
    bring, and so the cost of war contains it; otherwise war would be a way out of peace for whoever cannot win it. Per
    period it is ``friction humiliation - sum_l p_l u_l``, p the logit of u at ``lam_A``, u_l what holding, coercing,
    and seizing or invading in vain are worth where support answers whatever is found.
    """
    in_vain = values["audience_A"] + values["penalty.support"]
    seizing = -values["cost_seize"] - in_vain
    worth = (
        0.0,
        values["coerce_gain"] - values["cost_coerce"] - values["penalty.support"],
        seizing,
        seizing - values["cost_invade.above_seize"],
    )
    shares = [math.exp(each / values["lam_A"]) for each in worth]
    chosen = sum(share * each for share, each in zip(shares, worth, strict=True)) / sum(shares)
    period = values["friction"] * values["humiliation"] - chosen
    return max(0.0, period) / (1 - values["delta_A"])


def _wins(values: Mapping[str, float], *, balance: float) -> float:
    aided = values["tier_force.support"] - values["counter_force.support"]
    return 1 / (1 + math.exp(-values["decisiveness"] * (balance - aided)))
