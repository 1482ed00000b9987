"""What is kept of texts that ship: the same as reading them, made again where it cannot be used, nothing of a user."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from foedus.arrangement.library import library_files
from foedus.arrangement.load import load, loads
from foedus.text import kept as room

TEXT = "ukraine/no_guarantee"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder of a user in which nothing is kept yet."""
    monkeypatch.setattr(room, "folder_of_the_user", lambda: tmp_path)
    room._folder.cache_clear()
    yield tmp_path / "foedus" / "read"
    room._folder.cache_clear()


def _files(shelf: Path) -> list[Path]:
    return sorted(file for file in shelf.rglob("*") if file.is_file()) if shelf.exists() else []


def test_what_is_kept_is_what_was_read(shelf: Path) -> None:
    """A text of the library is the same from the folder as from the validator."""
    for name, file in list(library_files().items())[::6]:
        first, again = load(file), load(file)
        assert first == again == loads(file.read_text(encoding="utf-8")), name
        assert repr(again) == repr(first)
    assert len(_files(shelf)) >= 7


def test_what_cannot_be_used_is_made_again(shelf: Path) -> None:
    """A damaged file, or one that holds something that cannot be unpickled, costs time and nothing else."""
    before = load(library_files()[TEXT])
    for broken in (b"", b"no pickle", pickle.dumps(before)[:-20]):
        for file in _files(shelf):
            file.write_bytes(broken)
        assert load(library_files()[TEXT]) == before


def test_a_changed_text_or_maker_is_read_anew(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the text nor the sources that read it may change without a fresh reading."""
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [room.kept("n", text, rooms=("text",), make=make) for text in ("a", "b", "a", "b")] == [0, 1, 0, 1]
    monkeypatch.setattr(room, "_makers", lambda rooms: f"others of {rooms}")
    room._folder.cache_clear()
    assert room.kept("n", "a", rooms=("text",), make=make) == 2


def test_a_users_text_is_not_kept(shelf: Path, tmp_path: Path) -> None:
    """A draft may be secret; no copy of it is laid down beside it."""
    mine = tmp_path / "mine.yaml"
    mine.write_bytes(library_files()[TEXT].read_bytes())
    load(mine)
    assert not any(file.name.startswith(("arrangement", "source")) for file in _files(shelf))


def test_a_folder_that_others_can_write_to_is_passed_over(shelf: Path) -> None:
    """What is read there is run, so it must be the user's alone."""
    shelf.mkdir(parents=True)
    shelf.chmod(0o777)
    assert load(library_files()[TEXT]).id == "no_guarantee"
    assert not _files(shelf)


def test_the_folder_does_not_grow_without_end(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many versions the newest are kept."""
    versions = iter(range(room.MOST_MAKERS + 5))
    monkeypatch.setattr(room, "_makers", lambda _: f"version {next(versions)}")
    for _ in range(room.MOST_MAKERS + 5):
        room._folder.cache_clear()
        room.kept("n", "a", rooms=("text",), make=int)
    assert len(list(shelf.iterdir())) == room.MOST_MAKERS
