from functools import cache

import numpy as np
import pytest

from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.record import Comparison
from foedus.insight.discovery.scenario import DiscoveryVerdict
from foedus.insight.ranking.satisficing import parse_requirements
from tests.insight.specimens import TWELVE, made_up, tiny

FUTURES = 120
PRIOR = np.linspace(0.1, 0.9, FUTURES)
NOISE = np.random.default_rng(8).random((3, FUTURES))
PARAMETERS = {"prior": PRIOR.tolist(), **{f"noise{k}": row.tolist() for k, row in enumerate(NOISE)}}


BASELINE = "budapest_memorandum_1994"


@cache
def invented() -> Comparison:
    """Compare the twelve made-up arrangements."""
    return compare(made_up(), baseline=BASELINE)


def test_what_flips_a_ranking_is_found() -> None:
    """B leads but where the prior is below 0.35: the rule says so, covers every such future and is drawn."""
    war = np.column_stack([np.full(FUTURES, 0.3), np.where(PRIOR < 0.35, 0.5, 0.05)])
    challenge = compare(tiny({"war": war.tolist()}, parameters=PARAMETERS), baseline="a").challenges[0]
    (box,) = challenge.flips.boxes
    assert [(each.parameter, each.operator) for each in box.conditions] == [("prior", "<")]
    assert box.conditions[0].threshold == pytest.approx(0.35, abs=0.01)
    assert (box.density.value, box.coverage.value) == (1, 1)
    assert challenge.picture is not None
    assert (challenge.picture.across, challenge.picture.up) == ("prior", "")
    assert sum(point.holds for point in challenge.picture.points) == box.hits


def test_without_thresholds_it_fails_in_its_worst_quarter() -> None:
    """The leader's war rises with the prior: the quarter with the most war is where the prior is high."""
    war = np.column_stack([np.full(FUTURES, 0.9), PRIOR / 2])
    (failure,) = compare(tiny({"war": war.tolist()}, parameters=PARAMETERS), baseline="a").failures
    assert (failure.arrangement, failure.is_own) == ("b", True)
    assert failure.discovery.base.value == 0.25
    (condition,) = failure.discovery.boxes[0].conditions
    assert (condition.parameter, condition.operator) == ("prior", ">")
    assert condition.threshold == pytest.approx(2 * failure.requirements[0].threshold, abs=0.01)


def test_with_thresholds_it_fails_where_it_misses_one() -> None:
    """A is good enough most often though b has less war; both are looked into."""
    war = np.column_stack([np.full(FUTURES, 0.3), np.where(PRIOR < 0.5, 0.01, 0.35)])
    ensemble = tiny({"war": war.tolist()}, parameters=PARAMETERS)
    comparison = compare(ensemble, baseline="a", requirements=parse_requirements("war<=0.32"))
    assert (comparison.leader, comparison.good_enough) == ("b", "a")
    by_name = {failure.arrangement: failure for failure in comparison.failures}
    assert by_name["a"].discovery.verdict is DiscoveryVerdict.NEVER
    assert by_name["b"].discovery.boxes[0].conditions[0].threshold == pytest.approx(0.5, abs=0.01)
    assert comparison.satisficing["b"].jointly.value == 0.5


def test_without_war_there_is_no_failing() -> None:
    """Where the leader has next to no war in any quarter, no threshold is made up."""
    war = np.column_stack([PRIOR, np.zeros(FUTURES)])
    assert compare(tiny({"war": war.tolist()}, parameters=PARAMETERS), baseline="a").failures == ()


def test_what_is_worth_knowing_is_asked_with_and_without_the_leader() -> None:
    """On war, on the protected state's value, and on war among the others."""
    comparison = invented()
    asked = [(each.measure, each.without) for each in comparison.information]
    assert asked == [("war", ""), ("value_P", ""), ("war", comparison.leader)]
    assert comparison.information[0].choice == comparison.leader
    regret = comparison.regrets["war"].each[comparison.leader].expected
    assert comparison.information[0].perfect.value == pytest.approx(regret.value)


def test_sensitivity_is_asked_of_leader_baseline_and_difference() -> None:
    """In the made-up world a hostile edge makes war, and it is the first to be named under both."""
    comparison = invented()
    assert [(each.arrangement, each.less) for each in comparison.sensitivities] == [
        (comparison.leader, ""),
        (BASELINE, ""),
        (comparison.leader, BASELINE),
    ]
    assert all(each.influences[0].parameter == "war_edge_A" for each in comparison.sensitivities[:2])


def test_few_futures_are_compared_without_rules_and_values() -> None:
    """Seven futures give averages and counts; searches say that there are too few."""
    comparison = compare(made_up(futures=7, unconverged=0), baseline=next(iter(TWELVE)))
    assert all(each.worths == () for each in comparison.information)
    assert all(each.influences == () for each in comparison.sensitivities)
    assert all(each.flips.boxes == () for each in comparison.challenges)
