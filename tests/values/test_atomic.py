import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.values.atomic import write_together


def test_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    """The folder holds the files asked for, whole, and no draft."""
    written = write_together(tmp_path / "new", {"a.txt": b"one", "b.txt": b"two"})
    assert [path.read_bytes() for path in written] == [b"one", b"two"]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("wrong", [KeyboardInterrupt, OSError])
def test_an_interrupt_leaves_the_old_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: type[BaseException]
) -> None:
    """Stopped while the second file is being flushed, both old files stand untouched and no draft is left."""
    write_together(tmp_path, {"a.txt": b"old a", "b.txt": b"old b"})
    flushed = []

    def fail_at_the_second(handle: int) -> None:
        flushed.append(handle)
        if len(flushed) == 2:
            raise wrong

    monkeypatch.setattr(os, "fsync", fail_at_the_second)
    with pytest.raises(wrong):
        write_together(tmp_path, {"a.txt": b"new a", "b.txt": b"new b"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"old a", "b.txt": b"old b"}


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_during_the_moves_comes_too_late(
    wish: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two moves neither an interrupt nor being told to end can leave one new file beside one old."""
    write_together(tmp_path, {"a.txt": b"old a", "b.txt": b"old b"})
    replace = Path.replace

    def replace_and_interrupt(self: Path, target: Path) -> Path:
        moved = replace(self, target)
        signal.raise_signal(wish)
        return moved

    monkeypatch.setattr(Path, "replace", replace_and_interrupt)
    write_together(tmp_path, {"a.txt": b"new a", "b.txt": b"new b"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"new a", "b.txt": b"new b"}


def test_after_it_ctrl_c_works_again(tmp_path: Path) -> None:
    """The interrupt is only held back for the moment of moving."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
    try:
        write_together(tmp_path, {"a.txt": b"x"})
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_others_may_read_what_the_users_mask_allows(tmp_path: Path) -> None:
    """A draft is private; the finished file has the rights of any new file."""
    before = os.umask(0o022)
    try:
        (path,) = write_together(tmp_path, {"a.txt": b"x"})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_a_killed_process_left_half_written_is_swept(tmp_path: Path) -> None:
    """The draft of a process that is no more goes; that of one that is at work stays, and so does what is no draft."""
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    code = "import os, signal; from pathlib import Path; from foedus.values import atomic; " + (
        f"atomic._write_draft(Path({str(tmp_path)!r}), 'a.txt', b'half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    (left,) = tmp_path.iterdir()
    busy = tmp_path / left.name.replace(left.name.split("-")[1].split(".")[0], str(os.getpid()))
    busy.write_bytes(b"in the making")
    other = tmp_path / f".a.txt.part-{int(ended.stdout)}.txt"
    other.write_bytes(b"somebody's own")
    write_together(tmp_path, {"a.txt": b"whole"})
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "a.txt", busy, other])
