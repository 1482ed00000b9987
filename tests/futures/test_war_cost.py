"""What a war costs the adversary: what it may win and lose by it, and what peace would have cost it."""

import math
from itertools import pairwise

import pytest

from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw
from foedus.futures.war_cost import peace_cost_of, war_cost_of

BALANCES = (-1.5, -0.5, 0.5, 1.5)


def _futures(count: int = 16) -> list[dict[str, float]]:
    sample = draw(default_parameters(), futures=count, seed=7)
    return [dict(zip(sample.names, row, strict=True)) for row in sample.values.tolist()]


def _wins(values: dict[str, float], balance: float) -> float:
    aided = values["tier_force.support"] - values["counter_force.support"]
    return 1 / (1 + math.exp(-values["decisiveness"] * (balance - aided)))


@pytest.mark.parametrize("balance", BALANCES)
def test_attacking_on_the_first_day_is_never_worth_much_more_than_the_peace(balance: float) -> None:
    """What a war may win, less its cost, beats the cost of peace by no more than the most that it may."""
    for values in _futures():
        gain = values["stake_A"] * _wins(values, balance)
        better = gain - war_cost_of(values, balance=balance) + peace_cost_of(values)
        assert better <= values["war_edge_A.most"] + 1e-12


def test_the_quantile_leads_from_the_floor_to_the_ceiling() -> None:
    """At 1 a war costs its ceiling and the cost of peace; at 0 what it destroys, or what makes it hardly pay."""
    for values in _futures():
        peace = peace_cost_of(values)
        dear = war_cost_of(values | {"war_cost_A.quantile": 1.0}, balance=0.0)
        cheap = war_cost_of(values | {"war_cost_A.quantile": 0.0}, balance=0.0)
        assert dear - peace == pytest.approx(values["war_cost_A.ceiling"])
        assert values["war_cost_A.least"] <= cheap - peace < values["war_cost_A.ceiling"]


def test_a_hopeless_war_is_worth_less_than_a_war_that_is_sure_to_be_won() -> None:
    """The stronger the adversary the more an attack on the first day is worth, whatever its cost of war."""
    for values in _futures():
        worth = [values["stake_A"] * _wins(values, k) - war_cost_of(values, balance=k) for k in BALANCES]
        assert all(weaker <= stronger + 1e-12 for weaker, stronger in pairwise(worth))
        assert worth[0] < worth[-1] - 0.05


def test_peace_without_incidents_and_errors_costs_nothing() -> None:
    """An adversary that hardly errs and is never humiliated pays nothing for peace; incidents make it pay."""
    for values in _futures():
        calm = values | {"friction": 0.0, "lam_A": 1e-4}
        assert peace_cost_of(calm) == pytest.approx(0.0, abs=1e-3)
        incidents = calm | {"friction": 0.2, "coerce_gain": 0.0}
        expected = 0.2 * values["humiliation"] / (1 - values["delta_A"])
        assert peace_cost_of(incidents) == pytest.approx(expected, abs=1e-3)
