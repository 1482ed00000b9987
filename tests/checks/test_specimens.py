"""Every check has a tiny good and a tiny bad specimen."""

import pytest

from foedus.checks.examine import check, examine
from foedus.checks.registry import CHECKS
from foedus.checks.specimens import bad, changes, good
from foedus.errors import Severity


def test_every_check_has_a_bad_specimen() -> None:
    """No check goes without an arrangement in which it finds something."""
    for name in CHECKS:
        assert changes(name)


def test_the_repaired_arrangement_shows_no_hole() -> None:
    """A guarantee without any hole that a check knows of can be written."""
    assert [str(each.as_finding()) for each in check(good())] == []


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_finds_its_own_hole(name: str) -> None:
    """What opens the hole is noticed by the check that promises to notice it, and replays."""
    examination = examine(bad(name))
    assert name in {finding.id for finding in examination.findings}
    assert not examination.unreplayed


@pytest.mark.parametrize("name", CHECKS)
def test_a_finding_says_where_why_and_what_to_do(name: str) -> None:
    """A finding is a sentence with a place and a remedy, and no severity is above what the check declares."""
    order = list(Severity)
    for finding in examine(bad(name), only=[name]).findings:
        assert not finding.message[0].islower()
        assert finding.message.endswith(".")
        assert finding.mend
        assert finding.clauses
        assert order.index(finding.severity) >= order.index(CHECKS[name].severity)
