"""Levers: text and form are two views of one thing."""

from difflib import unified_diff

import pytest

from foedus.arrangement.library import library_files
from foedus.arrangement.load import loads
from foedus.errors import InvalidFile, UnknownName, WrongRequest
from foedus.jobs.explorer.levers import DraftLever, levers_of, pull_lever, pulled

PARIS = library_files()["ukraine/multinational_force_paris_2026"].read_text(encoding="utf-8")


def _lever(text: str, path: str) -> DraftLever:
    return next(lever for lever in levers_of(loads(text)) if lever.path == path)


def _changed_lines(before: str, after: str) -> list[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize("name", ["ukraine/multinational_force_paris_2026", "history/locarno_1925"])
def test_every_lever_can_be_set_to_every_answer(name: str) -> None:
    """Whatever the form offers, the language admits, and the form then says what the record does."""
    arrangement = loads(library_files()[name].read_text(encoding="utf-8"))
    tried = 0
    for lever in levers_of(arrangement):
        for each in lever.answers:
            moved = pulled(arrangement, path=lever.path, value=each.value)
            assert moved is not None, f"{lever.path}: {each.value}"
            if each.value:
                assert next(other.value for other in levers_of(moved) if other.path == lever.path) == each.value
                tried += 1
    assert tried > 80


def test_a_lever_changes_its_own_line_alone() -> None:
    """Comments and the layout of every other line stay as somebody wrote them."""
    after = pull_lever(PARIS, path="commitments[1].bindingness", value="shall_specified")
    assert _changed_lines(PARIS, after) == ["-    bindingness: may", "+    bindingness: shall_specified"]


def test_a_clause_that_was_not_there_is_written() -> None:
    """And taken out again by nothing."""
    after = pull_lever(PARIS, path="consents.response", value="russia")
    assert loads(after).consents.response == ("russia",)
    back = pull_lever(after, path="consents.response", value="")
    assert loads(back) == loads(PARIS)


def test_a_lever_says_what_the_text_says() -> None:
    """A change by hand moves the form."""
    text = PARIS.replace("own_defence: keep_up", "own_defence: disarm")
    assert _lever(text, "duties.own_defence").value == "disarm"
    assert _lever(PARIS, "duties.own_defence").value == "keep_up"


def test_what_a_reader_states_names_its_source() -> None:
    """A balance or an interest that was set in the form is a reader's assumption, and says so in the text."""
    text = pull_lever(PARIS, path="balance.log_ratio", value="0.7")
    stated = loads(text).balance
    assert stated is not None
    assert stated.source == "A reader's assumption"
    assert loads(pull_lever(PARIS, path="interest", value="vital")).interest[0].by == ("all_guarantors",)


def test_forces_can_be_taken_out() -> None:
    """An empty number leaves no deployment behind."""
    assert loads(pull_lever(PARIS, path="deployments[0].forces", value="")).deployments == ()


def test_what_cannot_be_is_refused_in_words() -> None:
    """A lever that the text does not have, a word that the language does not know, a text that is none."""
    with pytest.raises(UnknownName, match="has no lever"):
        pull_lever(PARIS, path="commitments[9].tier", value="defend")
    with pytest.raises(WrongRequest, match="within"):
        pull_lever(PARIS, path="trigger.decide_within", value="soon")
    with pytest.raises(InvalidFile):
        pull_lever("nothing: here", path="preparation", value="none")
