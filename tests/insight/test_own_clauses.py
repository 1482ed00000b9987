"""A text beside its empty twin."""

import dataclasses

import numpy as np
import pytest

from foedus.arrangement.dump import dump
from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import loads
from foedus.insight.anatomy.clauses import groups_of
from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.empty_twin import empty_twin
from foedus.insight.comparison.own_clauses import own_clauses_of
from tests.insight.specimens import tiny
from tests.mechanism.specimens import compiled

OF_MEMBERS = {"weight", "interest", "cost_weight", "oblige", "quorum", "must", "proposer", "standing_cost"}
UKRAINE = [name for name in library_files() if name.startswith("ukraine/")]


@pytest.mark.parametrize("name", UKRAINE)
def test_a_twin_has_the_same_parties_and_leader_and_says_nothing(name: str) -> None:
    """Who takes part and who leads stay; no group of clauses has anything left to say but that leader."""
    text = load_from_library(name)
    twin = empty_twin(text)
    assert twin.parties == text.parties
    assert twin.decision.framework_nation == text.decision.framework_nation
    assert {group.id for group in groups_of(twin)} <= {"decision"}
    assert twin.id != text.id


@pytest.mark.parametrize("name", UKRAINE)
def test_the_game_reads_nothing_of_a_twin_but_its_parties(name: str) -> None:
    """All that does not belong to a member is as in the settlement without a guarantee: no alliance, force or clock."""
    twin, nothing = (compiled(empty_twin(load_from_library(text))).compiled for text in (name, "ukraine/no_guarantee"))
    for field in dataclasses.fields(twin):
        if field.name not in OF_MEMBERS:
            there, here = getattr(twin, field.name), getattr(nothing, field.name)
            np.testing.assert_array_equal(there, here, err_msg=field.name)


@pytest.mark.parametrize("name", ["ukraine/nato_membership", "ukraine/multinational_force_paris_2026"])
def test_a_twin_is_a_text_of_the_language(name: str) -> None:
    """Written out and read again it is the same record."""
    twin = empty_twin(load_from_library(name))
    assert loads(dump(twin), file="twin.yaml") == twin


def test_what_clauses_do_is_the_text_less_its_twin() -> None:
    """The text has 10 % war and its twin 40 % in one future, 20 and 20 in the other, and a third is not solved."""
    converged = np.array([[True, True], [True, True], [True, False]])
    ensemble = tiny({"war": [[0.1, 0.4], [0.2, 0.2], [0.3, 0.9]]}, names=("text", "twin"), converged=converged)
    found = own_clauses_of(ensemble, twins={"text": "twin"}, used=np.ones(3, dtype=bool), margin=0.001)["text"]
    assert found.futures == 2
    war = found.differences["war"]
    assert war.spread.mean == pytest.approx(-0.15)
    assert (war.lower.value, war.higher.value, war.level.value) == (0.5, 0, 0.5)


def test_signing_is_asked_beside_both_alternatives() -> None:
    """The adversary would rather sign than fight on in both futures, but than stay as it is in one only."""
    ensemble = tiny(
        {
            "value_A": [[0.2, 0.1], [0.2, 0.3]],
            "value_P": [[1.0, 0.0]] * 2,
            "value_G": [[1.0, 0.0]] * 2,
            "gain_A": [[0.5, 0.5]] * 2,
            "gain_P": [[0.5, 0.5]] * 2,
            "gain_G": [[0.5, 0.5]] * 2,
        },
        names=("text", "twin"),
    )
    found = own_clauses_of(ensemble, twins={"text": "twin"}, used=np.ones(2, dtype=bool), margin=0.001)["text"]
    assert found.than_status_quo.adversary.value == 0.5
    assert found.than_status_quo.protected_state.value == 1
    assert found.everywhere.value == 0.5


def test_a_twin_is_no_row_of_the_comparison() -> None:
    """Beside two texts and the twin of one, two are compared, and that one has its own clauses told."""
    text = load_from_library("ukraine/nato_membership")
    twin = empty_twin(text)
    ensemble = tiny({"war": [[0.1, 0.3, 0.4]] * 30}, names=(text.id, "other", twin.id))
    found = compare(ensemble, baseline="other", twins={text.id: twin})
    assert set(found.order) == {text.id, "other"}
    assert found.own_clauses[text.id].differences["war"].spread.mean == pytest.approx(-0.3)
