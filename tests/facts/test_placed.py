"""Texts of one theatre in another."""

import pytest

from foedus.arrangement.library import library_files, load_from_library
from foedus.facts.balance import balance_of
from foedus.facts.placed import placed_in
from foedus.facts.theatre import find_theatre, theatres

UKRAINE = [name for name in library_files() if name.startswith("ukraine/")]


@pytest.mark.parametrize("theatre", list(theatres()))
def test_every_text_can_be_put_into_every_theatre(theatre: str) -> None:
    """Protected states and adversaries are those of the profile, and nobody who is now protected guarantees that."""
    profile = find_theatre(theatre)
    for name in UKRAINE:
        placed = placed_in(load_from_library(name), profile)
        assert profile.has_the_sides_of(placed), name
        assert not {*profile.protected_state} & {*placed.parties.guarantor, *placed.parties.supporter}, name


def test_an_adversary_that_was_a_guarantor_keeps_its_seat() -> None:
    """The P5 guarantee gives the adversary a seat and a veto; put into the Strait it gives them to China."""
    placed = placed_in(load_from_library("ukraine/p5_guarantee_lavrov_2025"), find_theatre("taiwan_2025"))
    assert placed.parties.adversary == ("china",)
    assert "china" in placed.parties.guarantor


def test_clauses_stay_and_speak_of_the_new_parties() -> None:
    """What NATO membership promises stays; who may invoke it and what is feared are the new sides."""
    text = load_from_library("ukraine/vilnius_bilateral_agreements_2024")
    placed = placed_in(text, find_theatre("georgia_2008"))
    assert placed.trigger.invoked_by == ("georgia",)
    assert [each.tier for each in placed.commitments] == [each.tier for each in text.commitments]
    assert "ukraine" not in placed.parties.everyone


def test_the_balance_is_that_of_the_new_sides() -> None:
    """Russia against the Baltic states is a longer shot for the defenders than Russia against Ukraine."""
    text = load_from_library("ukraine/no_guarantee")
    placed = placed_in(text, find_theatre("baltic_2025"))
    here, there = (balance_of(each, exponent=1.0, shift=0.0).value for each in (text, placed))
    assert here is not None
    assert there is not None
    assert there > here + 1


def test_a_text_of_the_same_sides_stays_as_it_is() -> None:
    """Put into its own theatre a text is the same record."""
    text = load_from_library("ukraine/nato_membership")
    assert placed_in(text, find_theatre("ukraine_2025")) == text
