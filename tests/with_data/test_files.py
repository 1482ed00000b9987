"""The files that foedus was developed with."""

from pathlib import Path

import pytest

from foedus.evidence.data.folder import Presence, presence_of
from foedus.evidence.data.load import load_table
from foedus.evidence.data.record import DataSet
from tests.evidence.data.made import described


@pytest.mark.parametrize("data_set", described(), ids=lambda data_set: data_set.id)
def test_the_real_file_fits_its_description(data_set: DataSet, folder: Path) -> None:
    """The file used in development is the one described: checksum, number of rows, columns and codes."""
    if not data_set.sha256:
        pytest.skip("there was no file in development")
    if presence_of(data_set, folder=folder) is Presence.ABSENT:
        pytest.skip(f"{data_set.file} is not in the folder")
    assert presence_of(data_set, folder=folder) is Presence.SAME
    assert len(load_table(data_set, folder=folder)) == data_set.rows
