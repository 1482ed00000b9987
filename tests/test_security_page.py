"""The page of security names for each line the test that would fail if it were no longer so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LINES = [line for line in PAGE.splitlines() if line.startswith("| ") and "tested by" not in line]
NAMED = sorted(set(re.findall(r"`((?:tests|bench)/[^`]+\.py)`", PAGE)))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[2:40])
def test_each_line_names_its_test_or_who_has_to_trust(line: str) -> None:
    """A promise without a test is none; where nothing can be tested, it is said who trusts whom."""
    *_, tested = (cell.strip() for cell in line.strip("|").split("|"))
    assert "`tests/" in tested or "`bench/" in tested or (tested == "–" and "trust" in line)


@pytest.mark.parametrize("name", NAMED)
def test_the_tests_that_are_named_exist(name: str) -> None:
    """A file with tests in it, or a fuzzer that `make soak` runs."""
    text = (ROOT / name).read_text(encoding="utf-8")
    is_soak = name.startswith("bench/soak/") and "bench.soak" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "def test_" in text or is_soak
