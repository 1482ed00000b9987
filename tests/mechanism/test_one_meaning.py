"""One text, one meaning: where nothing is uncertain, arrays, formulas and rules say the same."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.arrangement.load import load
from foedus.arrangement.record import Arrangement
from foedus.checks import specimens
from foedus.checks.registry import CHECKS
from tests.checks.generated import generated
from tests.mechanism.one_meaning import assert_one_meaning

LIBRARY = sorted((Path(foedus.__file__).parent / "library").glob("*/*.yaml"))
EXAMPLES = int(os.environ.get("FOEDUS_SOAK", "0")) or 200
WORLDS = 6


def _assert_in_some_worlds(arrangement: Arrangement, *, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  # no secret
    for _ in range(WORLDS):
        assert_one_meaning(arrangement, draw)


@pytest.mark.parametrize("file", LIBRARY, ids=lambda path: path.stem)
def test_in_the_library(file: Path) -> None:
    """Every arrangement of the library says one thing, however it is read."""
    _assert_in_some_worlds(load(file), seed=1)


@pytest.mark.parametrize("check", ["good", *CHECKS])
def test_in_the_specimens(check: str) -> None:
    """So do the arrangement without a hole and each one that a check finds its hole in."""
    _assert_in_some_worlds(specimens.good() if check == "good" else specimens.bad(check), seed=2)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_in_arrangements_made_up(seed: int) -> None:
    """So does whatever can be written, in worlds made up as well."""
    _assert_in_some_worlds(generated(seed), seed=seed)
