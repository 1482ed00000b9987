"""The arrays of the library are those that were last reviewed."""

from pathlib import Path

import pytest

from foedus.arrangement.load import load
from tests.mechanism.snapshot import LIBRARY, SNAPSHOTS, moved


@pytest.mark.parametrize("file", LIBRARY, ids=lambda path: path.stem)
def test_the_arrays_are_as_reviewed(file: Path) -> None:
    """A number moves only where somebody meant it to (`python -m tests.mechanism.snapshot` writes what is reviewed)."""
    differences = list(moved(load(file)))
    assert not differences, "\n".join(differences)


def test_every_snapshot_has_its_arrangement() -> None:
    """What left the library leaves no numbers behind."""
    assert {path.stem for path in SNAPSHOTS.glob("*.json")} == {file.stem for file in LIBRARY}
