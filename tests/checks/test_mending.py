"""Mendings: the change of the record that closes a hole, and the change of the file that says the same."""

from collections.abc import Sequence

import pytest

from foedus.arrangement.diff import ClauseDifference, find_differences
from foedus.arrangement.library import library_files
from foedus.arrangement.load import load, loads
from foedus.arrangement.record import Arrangement
from foedus.checks.examine import check
from foedus.checks.mending.apply import CannotMend, apply_to_text, close, close_all, grave
from foedus.checks.mending.fix import fix
from foedus.checks.mending.mendings import MENDINGS, Edit, Mending, mendings, read_path
from foedus.checks.registry import CHECKS
from foedus.checks.specimens import bad, good
from foedus.errors import Severity

GRAVE = [name for name, check in CHECKS.items() if check.severity is Severity.ERROR]
WITHOUT_TEXT = {"C02", "F01", "F02", "F04", "T04"}
"""Checks of level error whose mending asks for a text or for forces that nobody has written down."""
A_CHOICE = {"L03", "D04", "D05", "D06", "R02", "R03", "V07", "V08", "V09", "V12"}
"""Those whose mending is a choice between two clauses, or of another party for an office."""


@pytest.mark.parametrize("name", sorted(set(MENDINGS) - {"V02"}))
def test_the_hole_of_every_specimen_is_closed(name: str) -> None:
    """The suggested mending, made on the specimen in which a check finds its hole, leaves fewer holes of that check."""
    text = bad(name)
    found = [each for each in check(text) if each.id == name]
    for finding in found:
        mended = close(text, finding)
        assert mended is not None
        assert sum(each.id == name for each in check(mended.arrangement)) < len(found)


def test_every_grave_check_has_a_mending_or_a_reason_to_have_none() -> None:
    """What `foedus check --price` cannot close is known, and listed here."""
    assert set(GRAVE) - set(MENDINGS) == WITHOUT_TEXT | A_CHOICE
    assert set(MENDINGS) <= set(CHECKS)


def test_a_text_without_a_hole_is_left_alone() -> None:
    """Nothing is mended where nothing is found."""
    text, steps = close_all(good())
    assert text == good()
    assert steps == ()


def test_closing_all_leaves_only_what_cannot_be_closed() -> None:
    """All holes of the Budapest memorandum of level error can be closed; without a guarantor nobody can be bound."""
    budapest, steps = close_all(_library("ukraine/budapest_memorandum_1994"))
    assert grave(budapest) == ()
    assert {step.finding.id for step in steps} >= {"G01", "V03", "V06"}
    alone, steps = close_all(_library("ukraine/no_guarantee"))
    assert [finding.id for finding in grave(alone)] == ["G01"]
    assert steps == ()


def test_one_check_can_be_left_open() -> None:
    """To see what a hole costs by itself, all others are closed."""
    left, _ = close_all(_library("ukraine/nato_membership"), but="O02")
    assert {finding.id for finding in grave(left)} == {"O02"}


@pytest.mark.parametrize("name", sorted(library_files()))
def test_fixing_changes_a_file_only_where_it_is_mended(name: str) -> None:
    """In every packaged file what differs is what was mended; all other lines and all comments stand as they were."""
    text = library_files()[name].read_text(encoding="utf-8")
    fixed = fix(text, file=name)
    before, after = text.splitlines(), fixed.after.splitlines()
    touched = {edit.path[0] for _, mending in fixed.done for edit in mending.edits}
    differing = {each.clause.split("[")[0].split(".")[0].split(" ")[0] for each in _differences(text, fixed.after)}
    assert differing <= {str(key) for key in touched}
    assert bool(differing) == bool(fixed.done)
    assert sum(line not in after for line in before) <= sum(len(mending.edits) for _, mending in fixed.done)
    assert [line for line in before if "#" in line] == [line for line in after if "#" in line]
    assert all(mending.is_unambiguous for _, mending in fixed.done)
    assert fix(fixed.after, file=name).done == ()


def test_what_leaves_a_choice_is_left_and_says_so() -> None:
    """A veto in a council can be mended in two ways, and a deadline needs a number: neither is written unasked."""
    text = library_files()["ukraine/budapest_memorandum_1994"].read_text(encoding="utf-8")
    fixed = fix(text, file="b")
    reasons = {finding.id: reason for finding, reason in fixed.left}
    assert [finding.id for finding, _ in fixed.done] == ["P01"]
    assert {"V01", "T02", "G01", "V06"} <= set(reasons)
    assert "leaves a choice" in reasons["T02"]
    assert "could not be told" in reasons["T03"]


def test_comments_stay() -> None:
    """A remark behind the value that is mended, and one above it, are still there."""
    text = library_files()["ukraine/minsk_osce_2015"].read_text(encoding="utf-8")
    end = "    can_be_ended_by: russia"
    remarked = text.replace(end, f"    # a remark above\n{end}  # and behind")
    fixed = fix(remarked, file="m").after
    assert "    # a remark above\n    can_be_ended_by: nobody  # and behind" in fixed


def test_a_file_that_cannot_be_rewritten_is_refused() -> None:
    """Where a mended list stands over several lines in a layout of its own, nothing is written."""
    text = library_files()["ukraine/istanbul_draft_2022"].read_text(encoding="utf-8")
    mending = Mending("fewer supporters", (Edit(("parties", "supporter"), ["germany", "canada"]),))
    with pytest.raises(CannotMend, match="by hand"):
        apply_to_text(mending, text)


def test_an_edit_that_the_language_does_not_admit_is_refused() -> None:
    """A party that nobody knows cannot be written."""
    text = library_files()["ukraine/istanbul_draft_2022"].read_text(encoding="utf-8")
    with pytest.raises(CannotMend, match="does not admit"):
        apply_to_text(Mending("", (Edit(("trigger", "invoked_by"), "atlantis"),)), text)


def test_paths_are_read_as_they_are_written() -> None:
    """``commitments[0].tier`` is the key tier of the first entry of commitments."""
    assert read_path("commitments[0].tier") == ("commitments", 0, "tier")
    assert read_path("") == ()


def test_what_could_not_be_told_is_not_mended() -> None:
    """No mending is proposed for a finding that may be none."""
    unsure = [each for each in check(_library("ukraine/p5_guarantee_lavrov_2025")) if each.cannot_tell]
    assert unsure
    assert not any(list(mendings(_library("ukraine/p5_guarantee_lavrov_2025"), each)) for each in unsure)


def _library(name: str) -> Arrangement:
    return load(library_files()[name])


def _differences(old: str, new: str) -> Sequence[ClauseDifference]:
    return find_differences(old=loads(old), new=loads(new))
