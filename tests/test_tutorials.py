"""The tutorials, followed from an empty folder as they are written."""

from itertools import zip_longest
from pathlib import Path

import pytest
from bench.docs.tutorials import followed, is_as_good_as, pages


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_a_tutorial_works_as_written(page: Path) -> None:
    """Every block runs, and what is shown is what is got; the last digit may differ between kinds of processors."""
    shown, got = page.read_text(encoding="utf-8").splitlines(), followed(page).splitlines()
    for number, (line, now) in enumerate(zip_longest(shown, got, fillvalue=""), start=1):
        assert is_as_good_as(line, now), f"{page.name}:{number}: shown {line!r}, got {now!r}"


@pytest.mark.parametrize(
    ("shown", "got", "is_good"),
    [
        ("war 38 %", "war 39 %", True),
        ("war 38 %", "war 41 %", False),
        ("0.62   0.41", "0.63 0.41", True),
        ("peace 38 %", "war 38 %", False),
        ("estimate 0.6323", "estimate 0.6423", False),
    ],
)
def test_what_is_near_enough(shown: str, got: str, *, is_good: bool) -> None:
    """A last digit may move by one; words and larger steps may not."""
    assert is_as_good_as(shown, got) is is_good
