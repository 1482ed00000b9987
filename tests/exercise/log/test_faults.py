"""The disk fails at any moment: what was acknowledged is there, what was not is told, nothing is half."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest

from foedus.errors import LogUnavailable
from foedus.exercise.log import sqlite_store
from foedus.exercise.log.keys import load_key, make_key
from foedus.exercise.log.places import open_log, open_source
from foedus.exercise.log.sqlite_store import SqliteStore
from foedus.exercise.log.verify import verify
from tests.exercise.log.specimens import NOON, event, exported, open_specimen

Mode = Literal["before", "after", "for good"]


@pytest.mark.parametrize("mode", ["before", "after", "for good"])
def test_a_failure_at_any_call_of_the_database_loses_nothing(
    mode: Mode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The n-th call fails without effect, or after it took effect, or so do all that follow; for each n."""
    failed = finished = number = 0
    while finished < 2:
        place = tmp_path / f"{number}.db"
        with monkeypatch.context() as patch:
            patch.setattr(sqlite_store, "connect", _failing(number, mode))
            notes, is_finished = _write(place)
        number += 1
        failed, finished = failed + (not is_finished), finished + is_finished
        verdict = verify(open_source(str(place)), seen=notes) if notes else None
        assert verdict is None or verdict.is_whole, (number, verdict)
        assert verdict is None or verdict.seen == len(notes)
        with open_specimen(SqliteStore(place)) as log:
            assert log.append([event(log.size)]).count == 1
        assert verify(open_source(str(place)), seen=notes).is_whole
    assert failed > 20


def test_after_a_failure_nothing_is_added_until_the_log_is_opened_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that was reported as failed may be on the disk: only reading tells, and never are two pasts signed."""
    place = tmp_path / "log.db"
    with open_specimen(SqliteStore(place)) as log:
        first = log.append([event(0)]).checkpoint
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_store, "connect", _failing_at("COMMIT", mode="after"))
        with open_specimen(SqliteStore(place)) as log:
            with pytest.raises(LogUnavailable, match="nothing was acknowledged"):
                log.append([event(1)])
            assert (log.size, log.checkpoint) == (1, first)
            with pytest.raises(LogUnavailable, match="open the log anew"):
                log.append([event(2)])
    with open_specimen(SqliteStore(place)) as log:
        assert log.size == 2
        assert [each.event for each in log.events()] == [event(0), event(1)]


def test_a_disk_that_is_full_loses_nothing(tmp_path: Path) -> None:
    """Files may not grow beyond so many bytes: at whatever size, the log says so, and holds what it acknowledged."""
    stopped = 0
    for number, limit in enumerate(range(4096, 160_000, 5_000)):
        place = tmp_path / f"{number}.db"
        with _files_no_larger_than(limit):
            notes, is_finished = _write(place, events=30)
        stopped += not is_finished
        verdict = verify(open_source(str(place)), seen=notes) if notes else None
        assert verdict is None or verdict.is_whole, (limit, verdict)
        with open_specimen(SqliteStore(place)) as log:
            assert log.size >= max(len(notes) - 1, 0)
    assert stopped > 10


def test_a_log_that_was_altered_is_not_continued(tmp_path: Path) -> None:
    """Opening it for writing reads it as a stranger would, and refuses."""
    place = tmp_path / "log.db"
    with open_specimen(SqliteStore(place)) as log:
        for number in range(3):
            log.append([event(number)])
    content = bytearray(place.read_bytes())
    content[content.index(b"undetermined")] ^= 1
    place.write_bytes(content)
    with pytest.raises(LogUnavailable, match="not what was signed, at event"):
        open_specimen(SqliteStore(place))


def test_what_is_no_log_is_not_written_to(tmp_path: Path) -> None:
    """A text, another program's database: left as they are."""
    text = tmp_path / "notes.txt"
    text.write_text("Dear diary, this is long enough to be a header of something." * 20)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(LogUnavailable):
            open_log(str(path))
        assert path.read_bytes() == before
        assert not path.with_name(path.name + ".key").exists()


def test_keys_are_kept_for_their_owner_only_and_never_replaced(tmp_path: Path) -> None:
    """Whoever can read the key can sign; whoever loses it cannot continue."""
    path = tmp_path / "log.key"
    signer = make_key(path, name="foedus.invalid/log/x")
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(path) == signer
    with pytest.raises(LogUnavailable, match="never replaced"):
        make_key(path, name="foedus.invalid/log/y")
    assert load_key(path) == signer
    assert [each.name for each in tmp_path.iterdir()] == ["log.key"]
    (tmp_path / ".log.key.draft").write_text("of a maker who was killed")
    assert load_key(path) == signer
    assert [each.name for each in tmp_path.iterdir()] == ["log.key"]
    path.write_text("nothing of the kind")
    with pytest.raises(LogUnavailable, match="no signing key"):
        load_key(path)


def test_a_log_without_its_key_is_read_and_not_continued(tmp_path: Path) -> None:
    """No new key is made for a log that has one."""
    place = tmp_path / "log.db"
    with open_log(str(place), name="foedus.invalid/log/mine") as log:
        log.append([event(0)])
    (tmp_path / "log.db.key").rename(tmp_path / "elsewhere")
    with pytest.raises(LogUnavailable, match="no signing key"):
        open_log(str(place))
    assert verify(open_source(str(place))).is_whole
    with pytest.raises(LogUnavailable, match="not of foedus"):
        open_log(str(place), key_file=tmp_path / "elsewhere", name="foedus.invalid/log/other")
    with open_log(str(place), key_file=tmp_path / "elsewhere") as log:
        assert log.append([event(1)]).first == 1
    with pytest.raises(LogUnavailable, match="say in which file"):
        open_log("postgresql://127.0.0.1/none")


def test_reading_leaves_a_file_and_its_folder_as_they_are(tmp_path: Path) -> None:
    """Evidence is not touched by who examines it."""
    place = tmp_path / "log.db"
    with open_specimen(SqliteStore(place)) as log:
        log.append([event(0)])
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert verify(open_source(str(place))).is_whole
    assert exported(place)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def _write(place: Path, *, events: int = 3) -> tuple[list[str], bool]:
    """Open a log, add events, erase one; return the checkpoints that were given out, and whether all went well."""
    notes: list[str] = []
    try:
        log = open_specimen(SqliteStore(place))
    except LogUnavailable:
        return notes, False
    try:
        notes.append(log.checkpoint)
        for number in range(events):
            notes.append(log.append([event(number, is_personal=True)]).checkpoint)  # noqa: PERF401 - as far as it gets
        notes.append(log.erase([1], time=NOON, actor="director", reason="").checkpoint)
    except LogUnavailable:
        return notes, False
    finally:
        log.close()
    return notes, True


def _failing(number: int, mode: Mode) -> Callable[[Path], sqlite3.Connection]:
    """Return a way to connect of which the n-th statement fails, counted over the life of the connection."""
    calls = 0

    def is_due(_: str) -> bool:
        nonlocal calls
        calls += 1
        return calls > number if mode == "for good" else calls == number + 1

    return _connecting(is_due, mode)


def _failing_at(statement: str, *, mode: Mode) -> Callable[[Path], sqlite3.Connection]:
    return _connecting(lambda text: text == statement, mode)


def _connecting(is_due: Callable[[str], bool], mode: Mode) -> Callable[[Path], sqlite3.Connection]:
    class Failing(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            if not is_due(sql):
                return super().execute(sql, parameters)
            if mode == "after":
                super().execute(sql, parameters).fetchall()
            raise sqlite3.OperationalError("disk I/O error")

    return lambda path: sqlite3.connect(path, isolation_level=None, timeout=5, factory=Failing)


@contextmanager
def _files_no_larger_than(limit: int) -> Iterator[None]:
    """Let writes beyond so many bytes fail, as they do on a full disk (EFBIG in the place of ENOSPC)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
