from dataclasses import replace

import pytest

from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement, StatedBalance
from foedus.facts.balance import Balance, balance_of, year_of
from foedus.facts.capabilities import has_figures
from foedus.facts.strength import common_parts, log_ratio, strength, strength_of
from foedus.values.quantity import Forces

TEXT = """\
foedus: 1
id: sweden_and_finland
name: A guarantee for Sweden and Finland
theatre: nordic
date: '2022-05-11'
legal_form: political_declaration
status: in_force
parties: {protected_state: [sweden, finland], adversary: ADVERSARY, guarantor: united_kingdom}
scope: {territory: Sweden and Finland}
sources: [{title: The text}]
"""


def against(adversary: str) -> Arrangement:
    return loads(TEXT.replace("ADVERSARY", adversary))


def balance(arrangement: Arrangement, *, at: int | None = None) -> Balance:
    return balance_of(arrangement, exponent=1, shift=0, at=at)


def ratio(adversary: str) -> float:
    found = balance(against(adversary)).log_ratio
    assert found is not None
    return found


def test_who_the_adversary_is_counts() -> None:
    """Against Sweden and Finland, Russia is much stronger, Belarus weaker, Luxembourg hardly an army at all."""
    russia, belarus, luxembourg = ratio("russia"), ratio("belarus"), ratio("luxembourg")
    assert russia > 2
    assert -2 < belarus < 0
    assert luxembourg < -3
    assert russia - belarus > 2
    assert belarus - luxembourg > 1.5


def test_several_adversaries_add_up() -> None:
    """Belarus beside Russia makes the adversary stronger, by less than another Russia would."""
    assert ratio("russia") < ratio("[russia, belarus]") < ratio("russia") + 0.5


def test_the_balance_turns_its_sign_with_the_sides() -> None:
    """Who is twice as strong seen from here is half as strong seen from there."""
    ours, theirs = strength_of(["sweden", "finland"], at=2025), strength("russia", at=2025)
    forth, back = log_ratio(ours, theirs), log_ratio(theirs, ours)
    assert forth is not None
    assert back is not None
    assert forth == pytest.approx(-back)


def test_the_order_of_adversaries_does_not_matter() -> None:
    """A list of adversaries is a set."""
    assert ratio("[russia, belarus]") == pytest.approx(ratio("[belarus, russia]"))


def test_exponent_and_shift_are_applied_to_the_ratio() -> None:
    """The balance that a game begins with is exponent times the log ratio plus the shift."""
    found = balance_of(against("russia"), exponent=0.3, shift=-0.1)
    assert found.log_ratio is not None
    assert found.value == pytest.approx(0.3 * found.log_ratio - 0.1)


def test_korea_in_1953_and_finland_in_1948() -> None:
    """China and North Korea outweigh the South about tenfold or more; the Soviet Union outweighs Finland far more."""
    korea, finland = (balance(load_from_library(name)).log_ratio for name in ("korea_1953", "finland_yya_1948"))
    assert korea is not None
    assert finland is not None
    assert 2 < korea < 3.5
    assert finland > korea + 1


def test_an_adversary_without_forces_adds_nothing() -> None:
    """Germany, named beside the Soviet Union in 1948 and occupied then, changes nothing and is no gap."""
    text = load_from_library("finland_yya_1948")
    alone = replace(text, parties=replace(text.parties, adversary=("soviet_union",)))
    assert balance(text).log_ratio == pytest.approx(balance(alone).log_ratio)


def test_a_side_without_any_forces_is_not_weighed() -> None:
    """Where the only adversary had no army, nothing is known of the army that would attack."""
    text = load_from_library("finland_yya_1948")
    found = balance(replace(text, parties=replace(text.parties, adversary=("germany",))))
    assert not found.is_known
    assert "had forces of its own" in found.because


@pytest.mark.parametrize("name", library_files())
def test_every_text_of_the_library_has_a_balance_or_says_why_not(name: str) -> None:
    """Either there is a number with what it rests on, or the parties without facts are named."""
    arrangement = load_from_library(name)
    found = balance(arrangement)
    assert found.because
    if found.is_known:
        assert found.log_ratio is not None
        assert abs(found.log_ratio) < 7
        assert (found.rests_on != ()) == (arrangement.balance is None)
    else:
        assert found.missing
        assert not any(has_figures(party) for party in found.missing)
        assert all(party in found.because for party in found.missing)


def test_only_one_text_of_the_library_has_no_balance() -> None:
    """In Bosnia in 1995 the adversaries are two armies inside the protected state itself."""
    unknown = [name for name in library_files() if not balance(load_from_library(name)).is_known]
    assert unknown == ["history/bosnia_ifor_1995"]


def test_a_party_without_facts_is_not_counted_as_weak() -> None:
    """One adversary of whom nothing is known makes the whole balance unknown, and is named."""
    text = TEXT.replace("ADVERSARY", "[russia, pirates]") + "party_names: {pirates: Pirates}\n"
    found = balance(loads(text))
    assert not found.is_known
    assert found.missing == ("pirates",)


def test_a_part_that_one_party_lacks_is_left_out_for_all() -> None:
    """North Korea's spending of today is not known, so that of the South is not held against it."""
    north, south = strength("north_korea", at=2025), strength("south_korea", at=2025)
    assert [str(part) for part in common_parts(north, south)] == ["personnel", "cinc"]


def test_what_the_text_states_comes_first() -> None:
    """A stated balance is taken as it stands, in either form, with its source."""
    text = against("russia")
    as_ratio = balance(replace(text, balance=StatedBalance(source="A book", log_ratio=0.7, give_or_take=0.2)))
    assert (as_ratio.log_ratio, as_ratio.give_or_take) == (0.7, 0.2)
    assert "A book" in as_ratio.because
    many, few = Forces(100, 300, "troops"), Forces(100, 100, "troops")
    sides = StatedBalance(source="A book", adversary=many, protected_state=few)
    assert balance(replace(text, balance=sides)).log_ratio == pytest.approx(0.693, abs=1e-3)


def test_texts_of_one_theatre_share_its_year() -> None:
    """A memorandum of 1994 and a plan of 2026 for Ukraine are held against the same Russia."""
    names = [name for name in library_files() if name.startswith("ukraine/")]
    assert {year_of(load_from_library(name)) for name in names} == {2025}


def test_a_text_without_profile_is_held_against_its_own_year() -> None:
    """Poland's guarantee belongs to 1939; a text without date and profile to no year."""
    poland = load_from_library("poland_1939")
    assert year_of(poland) == 1939
    undated = replace(poland, date="unknown")
    assert year_of(undated) is None
    assert "no date" in balance(undated).because
