"""What the checks say of many texts is what was last reviewed."""

from pathlib import Path

import pytest

from tests.checks.reviewed import GROUPS, found, reviewed

EVERY = [(group, name) for group, (names, _) in GROUPS.items() for name in names]


@pytest.mark.parametrize(("group", "name"), EVERY, ids=[f"{group}-{Path(name).name}" for group, name in EVERY])
def test_the_findings_are_as_reviewed(group: str, name: str) -> None:
    """By check, severity, clause, words, remedy and incident (`python -m tests.checks.reviewed` writes them anew)."""
    assert found(group, name) == reviewed(group)[name]


@pytest.mark.parametrize("group", GROUPS)
def test_every_text_that_was_reviewed_is_still_there(group: str) -> None:
    """And each is examined."""
    assert set(reviewed(group)) == set(GROUPS[group][0])
