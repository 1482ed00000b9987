import re
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings

from foedus.arrangement.dump import dump
from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.errors import InvalidFile
from tests.arrangement.written import SHORT, arrangements


@given(arrangements())
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_again(arrangement: Arrangement) -> None:
    """An arrangement that is written down and read again is the same arrangement, whatever stands in it."""
    again = loads(dump(arrangement))
    for field in fields(Arrangement):
        assert getattr(again, field.name) == getattr(arrangement, field.name)
    assert again == arrangement


@given(arrangements())
@settings(max_examples=15, deadline=None)
def test_writing_is_settled_at_once(arrangement: Arrangement) -> None:
    """Writing what was read gives the same text; no file drifts by being saved."""
    text = dump(arrangement)
    assert dump(loads(text)) == text


@pytest.mark.parametrize("name", library_files())
def test_every_packaged_arrangement_survives_writing(name: str) -> None:
    """Every packaged arrangement can be written and read again without loss."""
    arrangement = load_from_library(name)
    assert loads(dump(arrangement)) == arrangement


def test_defaults_are_left_out() -> None:
    """What stands at its default is not written, so that a file holds what was meant."""
    text = dump(loads(SHORT))
    assert "outside_action" not in text
    assert "publicity" not in text
    assert "bindingness: intends" in text


def test_a_tab_in_a_long_text_comes_back_as_it_was() -> None:
    """Folded beside it, the line would come back with a blank more."""
    arrangement = replace(
        load_from_library("ukraine/no_guarantee"), summary=f"{'word ' * 20}mil\titary {'word ' * 30}end"
    )
    assert loads(dump(arrangement), file="again.yaml") == arrangement


def test_a_date_of_raised_digits_is_refused_in_words() -> None:
    """What Python calls a digit is no number of a year."""
    text = dump(load_from_library("ukraine/no_guarantee"))
    with pytest.raises(InvalidFile):
        loads(
            re.sub(r"(?m)^date: .*$", "date: \u00b9", text) if "\ndate:" in text else f"{text}date: \u00b9\n", file="a"
        )
