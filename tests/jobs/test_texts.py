"""Which texts a person means."""

from dataclasses import replace
from pathlib import Path

import pytest

from foedus.arrangement.library import library_files, load_from_library
from foedus.errors import InvalidFile, SeveralErrors, UnknownName, WrongRequest
from foedus.jobs.asking.texts import load_apart, load_text, load_texts, load_what_can_be, meant

MINSK, NATO = "ukraine/minsk_osce_2015", "ukraine/nato_membership"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Write a copy of a packaged text, in which one word was changed."""
    file = tmp_path / "My draft.yaml"
    text = library_files()[NATO].read_text(encoding="utf-8")
    file.write_text(text.replace("bindingness: shall_discretionary", "bindingness: intends"), encoding="utf-8")
    return file


def test_a_name_a_path_and_a_record_mean_the_same() -> None:
    """What is loaded is the same arrangement; only what came from a file has lines."""
    by_name, record = load_text(NATO), load_text(load_from_library(NATO))
    assert by_name.arrangement == record.arrangement
    assert by_name.lines
    assert record.lines == ()
    assert record.source is None


def test_a_theatre_and_a_folder_stand_for_what_is_in_them(copy: Path) -> None:
    """Each once, in order, whatever else is named beside them."""
    theatre = [name for name in library_files() if name.startswith("ukraine/")]
    assert meant(["ukraine", NATO, str(copy.parent)]) == [*theatre, str(copy)]


def test_a_changed_copy_goes_by_the_name_of_its_file(copy: Path) -> None:
    """Its id is the original's; on the page and in results the two are told apart."""
    texts = load_apart([NATO, str(copy), NATO])
    assert list(texts) == ["nato_membership", "nato_membership_my_draft"]
    assert texts["nato_membership_my_draft"].label == "NATO membership (My draft)"


def test_a_changed_record_is_told_apart_too() -> None:
    """A record that a program has changed came from no file."""
    original = load_from_library(NATO)
    texts = load_apart([original, replace(original, unknowns=("nothing is known",))])
    assert list(texts) == ["nato_membership", "nato_membership_changed"]


def test_the_same_text_twice_is_no_two_texts() -> None:
    """Whoever names two files that say the same is told so."""
    with pytest.raises(WrongRequest, match="say the same"):
        load_apart([NATO, load_from_library(NATO)])


def test_what_is_wrong_with_any_is_told_together(tmp_path: Path) -> None:
    """One mistake is raised as it is, several as one error that carries each; the others can be used all the same."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("foedus: 1\n", encoding="utf-8")
    with pytest.raises(UnknownName):
        load_texts([NATO, "nowhere"])
    with pytest.raises(SeveralErrors) as found:
        load_texts([str(bad), NATO, "nowhere"])
    assert [type(error) for error in found.value.errors] == [InvalidFile, UnknownName]
    texts, wrong = load_what_can_be([str(bad), NATO])
    assert [text.name for text in texts] == [NATO]
    assert len(wrong) == 1
