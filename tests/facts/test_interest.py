from dataclasses import replace

import pytest

from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.parties import load_party_facts
from foedus.arrangement.record import StatedInterest
from foedus.arrangement.vocabulary import Interest
from foedus.facts.interest import interest_in_numbers, interest_of
from foedus.futures.parameters.load import default_parameters

YARDSTICKS = default_parameters().central


@pytest.mark.parametrize("name", [name for name in library_files() if name.startswith("history/")])
def test_nobody_brings_what_it_gave_in_one_war_into_another(name: str) -> None:
    """No interest of a historical text rests on donations to Ukraine."""
    arrangement = load_from_library(name)
    assert all(interest_of(party, arrangement).record is None for party in arrangement.responders)


@pytest.mark.parametrize("name", library_files())
def test_every_interest_in_the_library_has_a_source(name: str) -> None:
    """Text, profile or record speaks of everybody who could answer a breach."""
    arrangement = load_from_library(name)
    assert not [party for party in arrangement.responders if not interest_of(party, arrangement).is_known]


def test_turkey_in_korea_is_told_by_its_brigade() -> None:
    """In 1953 Turkey's interest in Korea is that of a state that fought there."""
    found = interest_of("turkey", load_from_library("korea_1953"))
    assert found.level is Interest.IMPORTANT
    assert "brigades" in found.because


def test_donors_to_ukraine_are_told_by_what_they_gave_there() -> None:
    """In Ukraine itself the record of this war counts: Estonia's share of GDP, and its interest, exceed Italy's."""
    text = load_from_library("nato_membership")
    estonia, italy = (interest_of(party, text) for party in ("estonia", "italy"))
    assert estonia.record == load_party_facts()["estonia"].donor_share_gdp
    numbers = [interest_in_numbers(found, yardsticks=YARDSTICKS) for found in (estonia, italy)]
    assert numbers[0] > numbers[1]


def test_what_the_text_states_comes_first() -> None:
    """An interest stated for one party, or for all guarantors, overrules profile and record."""
    text = load_from_library("nato_membership")
    stated = StatedInterest(by=("all_guarantors",), level=Interest.LIMITED, source="A book")
    own = StatedInterest(by=("estonia",), level=Interest.VITAL, source="Another book")
    changed = replace(text, interest=(stated, own))
    assert interest_of("italy", changed).level is Interest.LIMITED
    assert interest_of("estonia", changed).level is Interest.VITAL


def test_an_interest_of_which_nobody_speaks_is_not_made_up() -> None:
    """Without text and profile the interest is not known, and its number is a wide range."""
    found = interest_of("canada", load_from_library("unef_1956"))
    assert not found.is_known
    assert interest_in_numbers(found, yardsticks=YARDSTICKS) == YARDSTICKS["interest.not_stated"]
    wide = default_parameters()["interest.not_stated"]
    assert wide.high / wide.low >= 10


def test_the_words_keep_their_order() -> None:
    """Vital is more than important, important more than limited, limited more than nothing known."""
    numbers = [YARDSTICKS[f"interest.{word}"] for word in ("vital", "important", "limited", "none_known")]
    assert numbers == sorted(numbers, reverse=True)
    assert all(f"interest.{word}" in YARDSTICKS for word in Interest)
