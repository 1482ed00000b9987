"""Drafts: read, checked, mended and compared in meaning while they are written."""

import pytest

from foedus.arrangement.library import library_files
from foedus.arrangement.load import loads
from foedus.checks.examine import examine
from foedus.errors import WrongRequest
from foedus.jobs.explorer.draft import meaning_of_change, mend_draft, read_draft
from foedus.jobs.explorer.glance import check_at_a_glance, glance_at

NAME = "ukraine/multinational_force_paris_2026"
PARIS = library_files()[NAME].read_text(encoding="utf-8")


def test_a_draft_is_told_what_the_checks_find_at_its_lines() -> None:
    """The same findings as `foedus check`, each at the line of its clause."""
    reading = read_draft(PARIS)
    assert [each.code for each in reading.findings] == [each.id for each in examine(loads(PARIS)).findings]
    gap = next(each for each in reading.findings if each.code == "G01")
    assert PARIS.splitlines()[gap.line - 1].strip() == "- id: assistance"


def test_a_draft_that_cannot_be_read_is_told_why() -> None:
    """Nothing is raised while somebody types; levers wait until the text reads again."""
    reading = read_draft(PARIS.replace("tier: defend", "tier: defnd"))
    assert not reading.is_readable
    assert reading.findings[0].line == 41
    assert "defend" in reading.findings[0].mend
    assert reading.levers == ()


def test_a_hole_is_mended_in_the_text() -> None:
    """The check that found it finds nothing there any more, and the rest of the text stands."""
    mended = mend_draft(PARIS, code="G01", path="commitments[0]")
    assert "G01" not in [each.code for each in read_draft(mended).findings if each.severity == "error"]
    assert read_draft(mended).covered > read_draft(PARIS).covered
    assert mended.splitlines()[:20] == PARIS.splitlines()[:20]


def test_what_cannot_be_mended_is_said() -> None:
    """A hole that is not there, or whose mending is a choice, is left to the writer."""
    with pytest.raises(WrongRequest, match="by hand"):
        mend_draft(PARIS, code="T03", path="trigger.invoked_by")


def test_a_change_of_meaning_is_told() -> None:
    """A right that becomes a duty obliges after incidents after which nobody was obliged."""
    lines = meaning_of_change(PARIS, PARIS.replace("bindingness: may", "bindingness: shall_specified"))
    assert any("invade" in line or "offensive" in line for line in lines), lines


def test_a_glance_is_what_the_text_promises() -> None:
    """A right to use force is the first step of every tier below it, an intention to support the second."""
    glance = glance_at(NAME)
    assert glance.promises == {"support": 2, "deploy": 1, "defend": 1}
    assert "10" in glance.said["Forces"][0]
    assert check_at_a_glance(NAME).covered == 0
