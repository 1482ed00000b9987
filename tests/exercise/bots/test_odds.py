"""What bots play by: the equilibrium of a text in one drawn future."""

from functools import cache
from time import process_time

from foedus.exercise.bots.equilibrium import BREACHES, odds_for
from foedus.exercise.bots.play_odds import PlayOdds
from foedus.futures.parameters.load import default_parameters
from foedus.jobs.asking.texts import load_text

_TEXT = "ukraine/kyiv_security_compact_2022"


@cache
def _odds() -> PlayOdds:
    return odds_for(load_text(_TEXT).arrangement, parameters=default_parameters(), seed=1)


def test_bots_play_the_machine_code_that_is_kept() -> None:
    """A rehearsal compiles nothing of its own: where the code is there, its odds take seconds and not minutes.

    Where it is not, other processes make it, whose time is not counted here.
    """
    began = process_time()
    assert _odds().is_settled
    assert process_time() - began < 40


def test_the_odds_are_chances() -> None:
    """What is moved on a finding adds up; whoever leads joins what it moves; everybody has a chance of each."""
    odds = _odds()
    for finding in BREACHES:
        moved = odds.proposes[finding.name.lower()]
        assert abs(moved["none"] + moved["support"] + moved["deploy"] - 1000) <= 2
    members = load_text(_TEXT).arrangement.responders
    for joining in odds.joins.values():
        assert set(joining) == set(members)
        assert all(0 <= each <= 1000 for each in joining.values())
        assert joining[odds.proposer] == 1000
