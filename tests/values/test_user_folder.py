"""Where things are kept for a user, and where not."""

from pathlib import Path

from foedus.values.user_folder import can_keep


def test_a_folder_that_is_not_there_yet_can_keep_what_its_nearest_parent_can(tmp_path: Path) -> None:
    """Below a file nothing can be made, and where the surroundings name no folder there is none."""
    (tmp_path / "file").touch()
    assert can_keep(tmp_path / "a" / "b")
    assert not can_keep(tmp_path / "file" / "b")
    assert not can_keep(None)
