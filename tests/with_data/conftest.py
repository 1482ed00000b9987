"""The folder of data files; without one, nothing here is collected."""

import os
from pathlib import Path

import pytest

from foedus.evidence.data.folder import VARIABLE

collect_ignore_glob = [] if os.environ.get(VARIABLE) else ["test_*.py"]


@pytest.fixture(scope="session")
def folder() -> Path:
    """Give the folder that the user named."""
    named = Path(os.environ[VARIABLE])
    assert named.is_dir(), f"{VARIABLE} names {named}, which is no folder"
    return named
