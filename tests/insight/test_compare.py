import dataclasses
from itertools import pairwise

import numpy as np
import pytest

from foedus.errors import NotConverged, UnknownName
from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.record import MEASURES
from tests.insight.specimens import TWELVE, made_up, tiny

WAR = [[0.5, 0.1], [0.6, 0.2], [0.1, 0.4], [0.9, 0.3]]


def test_it_measures_against_the_named_baseline() -> None:
    """B less a is -0.4, -0.4, 0.3 and -0.6: the middle is -0.4, and b is lower in three of four futures."""
    comparison = compare(tiny({"war": WAR}), baseline="a")
    difference = comparison.differences["b"]["war"]
    assert difference.spread.median == pytest.approx(-0.4)
    assert difference.lower.value == 0.75
    assert set(comparison.differences) == {"b"}
    assert compare(tiny({"war": WAR}), baseline="b").differences["a"]["war"].higher.value == 0.75


def test_more_value_for_the_protected_state_is_better() -> None:
    """War ranks upwards from the least, the protected state's value downwards from the most."""
    comparison = compare(tiny({"war": WAR, "value_P": [[-0.1, -0.7]] * 4}), baseline="a")
    assert comparison.leader == "b"
    assert comparison.rankings["value_P"].order == ("a", "b")
    assert comparison.rankings["value_P"].standings["b"].regret.median == pytest.approx(0.6)
    assert tuple(comparison.rankings) == tuple(MEASURES)


def test_numbers_of_unconverged_futures_are_never_read() -> None:
    """Poison in a future that did not converge for one of them changes no figure, and the future is counted."""
    good = compare(tiny({"war": WAR}), baseline="a")
    ensemble = tiny({"war": [*WAR, [np.nan, 0.0]]}, converged=np.array([[1, 1]] * 4 + [[0, 1]], dtype=bool))
    comparison = compare(ensemble, baseline="a")
    assert comparison.spreads == good.spreads
    assert comparison.rankings == good.rankings
    assert (comparison.convergence.used, comparison.convergence.left_out) == (4, (4,))
    assert comparison.convergence.converged == {"a": 4, "b": 5}


def test_no_future_left_is_told_with_advice() -> None:
    """Where nothing converged for b there is no comparison, and the message names b."""
    ensemble = tiny({"war": WAR}, converged=np.array([[1, 0]] * 4, dtype=bool))
    with pytest.raises(NotConverged, match="'b' did so in 0"):
        compare(ensemble, baseline="a")


def test_an_unknown_baseline_is_told_with_the_nearest() -> None:
    """A slip of the pen is answered with the name that was meant."""
    ensemble = tiny({"war": WAR}, names=("budapest_1994", "istanbul_2022"))
    with pytest.raises(UnknownName, match="did you mean 'istanbul_2022'"):
        compare(ensemble, baseline="instanbul_2022")


def test_one_arrangement_is_no_comparison() -> None:
    """There must be two to compare."""
    with pytest.raises(ValueError, match="two"):
        compare(tiny({"war": [[0.1]]}, names=("a",)), baseline="a")


def test_war_never_goes_back_over_the_years() -> None:
    """The cumulative chance of war does not fall, and at the horizon it is the chance of war."""
    ensemble = made_up(futures=80)
    comparison = compare(ensemble, baseline="budapest_memorandum_1994")
    for name, path in comparison.war_by_year.items():
        assert all(before.median <= after.median for before, after in pairwise(path))
        assert path[-1].median == pytest.approx(comparison.spreads[name]["war"].median)
    assert len(path) == 2 * comparison.horizon_years


def test_the_runner_up_and_the_baseline_challenge_the_leader() -> None:
    """On war the leader is tried against the runner-up and the baseline, on other measures against the runner-up."""
    comparison = compare(made_up(), baseline="minsk_package_of_measures_2015")
    found = [(entry.measure, entry.leader, entry.rival) for entry in comparison.challenges]
    rankings = comparison.rankings
    assert found == [
        ("war", comparison.leader, comparison.order[1]),
        ("war", comparison.leader, "minsk_package_of_measures_2015"),
        ("lost", rankings["lost"].leader, rankings["lost"].runner_up),
        ("value_P", rankings["value_P"].leader, rankings["value_P"].runner_up),
    ]


def test_a_leader_does_not_challenge_itself() -> None:
    """When the baseline leads, it is tried against the runner-up only."""
    comparison = compare(tiny({"war": [[0.1, 0.5]] * 5}), baseline="a")
    assert [(entry.leader, entry.rival) for entry in comparison.challenges if entry.measure == "war"] == [("a", "b")]


def test_how_often_the_leader_is_ahead_is_the_same_from_both_sides() -> None:
    """The challenge, the ranking and the paired difference count the same futures."""
    comparison = compare(made_up(), baseline="budapest_memorandum_1994")
    for entry in comparison.challenges:
        assert entry.ahead.value == pytest.approx(comparison.rankings[entry.measure].ahead[entry.leader][entry.rival])
    against = comparison.differences[comparison.leader]["war"]
    entry = comparison.challenges[1]
    assert entry.ahead.value == pytest.approx(against.lower.value + against.level.value / 2)


def test_what_members_pay_adds_up() -> None:
    """Mean costs of the members add up to the mean cost of all guarantors."""
    comparison = compare(made_up(), baseline="budapest_memorandum_1994")
    for name, members in comparison.member_costs.items():
        assert sum(cost.mean for cost in members.values()) == pytest.approx(comparison.spreads[name]["cost"].mean)


def test_the_order_of_the_files_changes_no_figure() -> None:
    """Given backwards, every arrangement has the same spread, the same first places and the same order."""
    ensemble = made_up()
    backwards = dataclasses.replace(
        ensemble,
        arrangements=ensemble.arrangements[::-1],
        outcomes=ensemble.outcomes[:, ::-1],
        war_by_period=ensemble.war_by_period[:, ::-1],
        converged=ensemble.converged[:, ::-1],
        residual=ensemble.residual[:, ::-1],
        sweeps=ensemble.sweeps[:, ::-1],
        cost_by_member=ensemble.cost_by_member[::-1],
        members=ensemble.members[::-1],
    )
    one = compare(ensemble, baseline="istanbul_communique_2022")
    other = compare(backwards, baseline="istanbul_communique_2022")
    assert one.order == other.order
    assert one.spreads == other.spreads
    assert one.challenges == other.challenges
    assert {name: one.rankings["war"].standings[name].first for name in TWELVE} == {
        name: other.rankings["war"].standings[name].first for name in TWELVE
    }


def test_every_outcome_is_told_for_every_arrangement() -> None:
    """No outcome is left out of the summary."""
    comparison = compare(made_up(futures=60), baseline="budapest_memorandum_1994")
    assert all(list(comparison.spreads[name]) == list(OUTCOMES) for name in TWELVE)
