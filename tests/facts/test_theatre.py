from pathlib import Path

import pytest

from foedus.arrangement.library import load_from_library
from foedus.errors import InvalidFile, UnknownName
from foedus.facts.capabilities import has_figures
from foedus.facts.strength import log_ratio, strength_of
from foedus.facts.theatre import Theatre, find_theatre, load_theatre, read_theatre, theatre_of, theatres

WRITTEN = """\
name: ruritania
title: Ruritania
theatre: ruritania
at: 2020
protected_state: sweden
adversary: russia
guarantors: [norway]
own_forces: few
interest:
  - {by: norway, level: vital, source: A book}
"""


@pytest.mark.parametrize("theatre", theatres().values(), ids=lambda theatre: theatre.name)
def test_the_dated_facts_agree_with_the_judgement_of_each_profile(theatre: Theatre) -> None:
    """The log ratio from the figures lies within the range that the profile states with its source."""
    assert theatre.balance is not None
    assert theatre.balance.log_ratio is not None
    sides = (strength_of(side, at=theatre.at) for side in (theatre.adversary, theatre.protected_state))
    found = log_ratio(*sides)
    assert found is not None
    assert abs(found - theatre.balance.log_ratio) <= theatre.balance.give_or_take


@pytest.mark.parametrize("theatre", theatres().values(), ids=lambda theatre: theatre.name)
def test_each_profile_speaks_of_states_that_there_are(theatre: Theatre) -> None:
    """Both sides have facts, and every guarantor has an interest in words or a record that speaks for it."""
    assert all(has_figures(party) for party in (*theatre.protected_state, *theatre.adversary))
    told = {party for stated in theatre.interest for party in stated.by}
    silent = set(theatre.guarantors) - told - set(theatre.adversary)
    assert theatre.record or not silent


def test_a_text_belongs_to_its_theatre_and_time() -> None:
    """Korea 1953 is not Korea 2025, and the treaty of 1954 is not the law of 1979."""
    names = ("korea_1953", "taiwan_treaty_1954", "taiwan_relations_act_1979", "no_guarantee", "poland_1939")
    found = [theatre_of(load_from_library(name)) for name in names]
    told = [theatre.name if theatre else None for theatre in found]
    assert told == ["korea_1953", "taiwan_1954", "taiwan_1979", "ukraine_2025", None]


def test_a_users_profile_is_read_as_written(tmp_path: Path) -> None:
    """A profile of one's own is a file with the same keys."""
    (tmp_path / "mine.yaml").write_text(WRITTEN, encoding="utf-8")
    theatre = find_theatre(str(tmp_path / "mine.yaml"))
    assert (theatre.name, theatre.theatre, theatre.guarantors) == ("ruritania", ("ruritania",), ("norway",))
    assert theatre.holds(1900)


def test_an_unknown_profile_brings_the_list() -> None:
    """Whoever misspells a profile is told which there are."""
    with pytest.raises(UnknownName, match="korea_1953"):
        find_theatre("corea")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("at: 2020\n", "", "'at' is missing"),
        ("level: vital", "level: huge", "'interest.0.level' is not one of the words here"),
        (", source: A book", "", "'interest.0.source' is missing"),
        ("own_forces: few", "own_forces: few\nmood: good", "'mood' is no key of a theatre profile"),
        ("own_forces: few", "own_forces: few\nbalance: {source: A book}", "needs either log_ratio"),
        ("theatre: ruritania", "theatre: Ruritania!", "'theatre.0'"),
        ("name: ruritania\n", "- a list\n", "not-"),
    ],
)
def test_what_is_wrong_with_a_profile_is_told(old: str, new: str, says: str) -> None:
    """Each mistake is a finding with a line, a reason and a remedy; none is a traceback."""
    with pytest.raises(InvalidFile) as caught:
        read_theatre(WRITTEN.replace(old, new), file="mine.yaml")
    assert says in str(caught.value)
    assert all(finding.line and finding.why and finding.mend for finding in caught.value.findings)


def test_all_mistakes_of_a_profile_are_told_at_once() -> None:
    """Two mistakes give two findings."""
    text = WRITTEN.replace("level: vital", "level: huge").replace("title: Ruritania\n", "")
    with pytest.raises(InvalidFile) as caught:
        read_theatre(text, file="mine.yaml")
    assert len(caught.value.findings) == 2


def test_a_profile_that_is_no_utf8_is_told_as_that(tmp_path: Path) -> None:
    """Not as an empty file, which it is not."""
    file = tmp_path / "own.yaml"
    file.write_bytes(b"name: caf\xe9\n")
    with pytest.raises(InvalidFile, match="not UTF-8"):
        load_theatre(file)
