"""Whatever is changed is found, and found where it was changed."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.exercise.log.checkpoint import Checkpoint
from foedus.exercise.log.event import StoredEvent, to_row
from foedus.exercise.log.export import ExportBytes, write_line
from foedus.exercise.log.log import Log
from foedus.exercise.log.merkle import MerkleTree, leaf_hash
from foedus.exercise.log.note import NotANote, Signer
from foedus.exercise.log.places import open_source
from foedus.exercise.log.sqlite_store import SqliteStore
from foedus.exercise.log.store import StoredCheckpoint
from foedus.exercise.log.verify import Verdict, verify
from tests.exercise.log.conftest import Server, postgres_place
from tests.exercise.log.specimens import SIGNER, event, exported, fill, open_specimen, salts, small_log

_numbers = count()


@pytest.fixture(scope="module")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a log of five events and the erasure of the personal part of one of them."""
    return small_log(tmp_path_factory.mktemp("log") / "small.db")


@pytest.fixture(scope="module")
def lines(log_file: Path) -> list[bytes]:
    """Return the lines of its export, line breaks included."""
    return exported(log_file).splitlines(keepends=True)


@pytest.fixture(scope="module")
def unerased(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Return the lines of a log in which nothing was erased."""
    path = tmp_path_factory.mktemp("unerased") / "small.db"
    with open_specimen(SqliteStore(path)) as log:
        for number in range(5):
            log.append([event(number, is_personal=number % 2 == 1)])
    return exported(path).splitlines(keepends=True)


def test_every_byte_of_every_event_of_an_export_counts(lines: list[bytes]) -> None:
    """One changed bit in an event, its hash or its personal part: refused at that very event and line."""
    tried = 0
    for at, number in _event_lines(lines):
        for place in range(len(lines[at])):
            verdict = _judge(_changed(lines, at, place, 1 << place % 8))
            assert verdict.flaw, (number, place)
            assert (verdict.flaw.event, verdict.flaw.line) == (number, at + 1), (place, verdict.flaw)
            tried += 1
    assert tried > 1500


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_other_byte_fits_in_the_place_of_one(data: st.DataObject, lines: list[bytes]) -> None:
    """Any byte of an event for any other."""
    at, number = data.draw(st.sampled_from(list(_event_lines(lines))))
    place, change = data.draw(st.integers(0, len(lines[at]) - 1)), data.draw(st.integers(1, 255))
    verdict = _judge(_changed(lines, at, place, change))
    assert verdict.flaw
    assert verdict.flaw.event == number


def test_every_byte_of_header_and_checkpoints_counts(lines: list[bytes]) -> None:
    """Name, key, size, root, signature: nothing of it can be another, and events before it stay vouched for."""
    covered = 0
    events = dict(_event_lines(lines))
    for at, line in enumerate(lines):
        if at in events:
            covered = events[at]
        if at not in (0, 1, 5, len(lines) - 1):
            continue
        for place in range(len(line)):
            verdict = _judge(_changed(lines, at, place, 1 << place % 8))
            assert verdict.flaw, (at, place)
            assert verdict.flaw.event in (covered, covered + 1), (at, place, verdict.flaw)


@pytest.mark.parametrize("column", ["event.entry", "event.leaf", "personal.salt", "personal.text"])
def test_changes_in_sqlite_are_found_at_their_event(column: str, log_file: Path, tmp_path: Path) -> None:
    """The same in the database, by someone who took its triggers away and put them back; every seventh byte."""
    copy = tmp_path / "altered.db"
    table, name = column.split(".")
    with closing(sqlite3.connect(log_file)) as connection:
        rows = connection.execute(f"SELECT seq, CAST({name} AS BLOB) FROM {table}").fetchall()  # noqa: S608
    assert len(rows) == (6 if table == "event" else 1)
    kind = "BLOB" if name in ("leaf", "salt") else "TEXT"
    for seq, content in rows:
        for place in range(0, len(content), 7):
            changed = bytearray(content)
            changed[place] ^= 1 << place % 8
            copy.write_bytes(log_file.read_bytes())
            statement = f"UPDATE {table} SET {name} = CAST(? AS {kind}) WHERE seq = ?"  # noqa: S608
            _alter(copy, statement, [bytes(changed), seq])
            verdict = verify(open_source(str(copy)))
            assert verdict.flaw, (seq, place)
            assert verdict.flaw.event == seq, (place, verdict.flaw)


def test_every_byte_of_every_event_in_the_raw_file_counts(log_file: Path, tmp_path: Path) -> None:
    """The same, by someone who edits the file itself: entry, hash, salt and text."""
    content = log_file.read_bytes()
    copy = tmp_path / "altered.db"
    copy.write_bytes(content)
    with open_source(str(log_file)).reading() as (_, items):
        rows = [item for item in items if isinstance(item, StoredEvent)]
    assert sum(row.personal is not None for row in rows) == 1
    for row in rows:
        parts = (row.entry, row.leaf, *((row.personal.salt, row.personal.text) if row.personal else ()))
        for part in parts:
            assert content.count(part) == 1
            start = content.index(part)
            for place in range(start, start + len(part)):
                _overwrite(copy, place, content[place] ^ 1 << place % 8)
                verdict = verify(open_source(str(copy)))
                _overwrite(copy, place, content[place])
                assert verdict.flaw, (row.seq, place)
                assert verdict.flaw.event == row.seq, (place - start, verdict.flaw)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_no_damage_to_a_file_ends_in_a_traceback(
    data: st.DataObject, log_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Noise anywhere in the database, its end cut off: a verdict comes, and a whole log says what it always said."""
    content = bytearray(log_file.read_bytes())
    start = data.draw(st.integers(0, 120) | st.integers(0, len(content) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=200))
    content[start : start + len(noise)] = noise[: len(content) - start]
    content = content[: data.draw(st.just(len(content)) | st.integers(0, len(content)))]
    copy = tmp_path_factory.getbasetemp() / f"noise-{next(_numbers)}.db"
    copy.write_bytes(content)
    verdict = verify(open_source(str(copy)))
    honest = verify(open_source(str(log_file)))
    assert not verdict.is_whole or (verdict.root, verdict.size) == (honest.root, honest.size)
    copy.unlink()


def test_a_log_that_is_cut_off_is_whole_only_after_a_checkpoint(unerased: list[bytes]) -> None:
    """Everything that was signed is there or its absence shows, byte by byte."""
    content = b"".join(unerased)
    ends, end = set(), 0
    for line in unerased:
        end += len(line)
        if line.startswith(b'{"checkpoint"'):
            ends.add(end)
    for cut in range(0, len(content), 3):
        assert _judge([content[:cut]]).is_whole is (cut in ends), cut
    for cut in ends:
        assert _judge([content[:cut]]).is_whole


def test_who_kept_a_checkpoint_notices_that_the_end_was_dropped(unerased: list[bytes]) -> None:
    """The file alone cannot tell; the checkpoint that somebody kept can."""
    last = json.loads(unerased[-1])["checkpoint"]
    shorter = unerased[: next(at for at, number in _event_lines(unerased) if number == 4)]
    assert _judge(shorter).is_whole
    verdict = _judge(shorter, seen=[last])
    assert verdict.flaw
    assert verdict.flaw.event == 4
    assert "dropped" in verdict.flaw.what
    assert _judge(unerased, seen=[last]).seen == 1


def test_who_kept_a_checkpoint_notices_that_the_key_signed_another_past(lines: list[bytes], tmp_path: Path) -> None:
    """Whoever has the key can write the log anew; a checkpoint that was seen convicts it, and says from where on."""
    seen = [json.loads(line)["checkpoint"] for line in lines if line.startswith(b'{"checkpoint"')]
    with open_specimen(SqliteStore(tmp_path / "other.db")) as log:
        for number in (0, 1, 9, 3, 4):
            log.append([event(number, is_personal=number % 2 == 1)])
    other = exported(tmp_path / "other.db").splitlines(keepends=True)
    assert _judge(other).is_whole
    assert _judge(other, seen=seen[:2]).is_whole
    verdict = _judge(other, seen=seen[:6])
    assert verdict.flaw
    assert verdict.flaw.event == 2
    assert "the key signed both" in verdict.flaw.what


def test_an_event_and_its_hash_changed_together_do_not_fit_what_was_signed(lines: list[bytes]) -> None:
    """Who has no key can make an event that holds together, and no checkpoint for it."""
    for at, number in _event_lines(lines):
        row = to_row(event(77), seq=number, salt=bytes(32))
        forged = [*lines[:at], write_line(row), *lines[at + 1 :]]
        verdict = _judge(forged)
        assert verdict.flaw
        assert verdict.flaw.event == number
        assert f"event {number}" in verdict.flaw.what


def test_events_cannot_be_dropped_repeated_or_exchanged(lines: list[bytes]) -> None:
    """Each event says which it is, and each checkpoint how many there were."""
    at = {number: place for place, number in _event_lines(lines)}
    dropped = [*lines[: at[2]], *lines[at[2] + 2 :]]
    only_event_dropped = [*lines[: at[2]], *lines[at[2] + 1 :]]
    repeated = [*lines[: at[2] + 1], lines[at[2]], *lines[at[2] + 1 :]]
    exchanged = list(lines)
    exchanged[at[2]], exchanged[at[4]] = exchanged[at[4]], exchanged[at[2]]
    expected = ((dropped, 2), (only_event_dropped, 2), (repeated, 3), (exchanged, 2))
    for altered, number in expected:
        verdict = _judge(altered)
        assert verdict.flaw
        assert verdict.flaw.event == number, verdict.flaw


def test_a_log_cut_before_the_record_of_an_erasure_is_not_whole(lines: list[bytes]) -> None:
    """The text is gone, and what says that this was done rightly is gone too."""
    verdict = _judge(lines[:-2])
    assert verdict.flaw
    assert verdict.flaw.event == 1


def test_checkpoints_cannot_be_dropped_at_the_end_or_stand_elsewhere(lines: list[bytes]) -> None:
    """The last events need their signature; a checkpoint has one place, the one of no events too."""
    verdict = _judge(lines[:-1])
    assert verdict.flaw
    assert verdict.flaw.event == 5
    for altered in (
        [lines[0], *lines[2:]],
        [*lines, lines[-1]],
        [*lines, lines[3]],
        [*lines[:2], lines[3], *lines[2:]],
    ):
        assert not _judge(altered).is_whole
    fewer = [line for place, line in enumerate(lines) if place != 3]
    assert _judge(fewer).is_whole


def test_a_personal_part_that_is_missing_without_a_record_is_noticed(log_file: Path, tmp_path: Path) -> None:
    """Whoever deletes a text from the database leaves an event that says there was one."""
    copy = tmp_path / "altered.db"
    copy.write_bytes(log_file.read_bytes())
    _alter(copy, "DELETE FROM personal WHERE seq = ?", [3])
    verdict = verify(open_source(str(copy)))
    assert verdict.flaw
    assert verdict.flaw.event == 3
    assert "no event records an erasure" in verdict.flaw.what


def test_a_personal_part_that_was_erased_cannot_come_back(tmp_path: Path) -> None:
    """A backup that still holds the text is not the log as it is now."""
    with open_specimen(SqliteStore(tmp_path / "log.db")) as log:
        log.append([event(0, is_personal=True)])
        before = exported(tmp_path / "log.db").splitlines(keepends=True)
        log.erase([0], time=event(1).time, actor="director", reason="")
    after = exported(tmp_path / "log.db").splitlines(keepends=True)
    verdict = _judge([*after[:2], before[2], *after[3:]])
    assert verdict.flaw
    assert verdict.flaw.event == 0
    assert "still carries" in verdict.flaw.what


def test_erased_text_lies_nowhere_in_the_files(tmp_path: Path) -> None:
    """Neither in the database nor in the write-ahead log, also while the log stays open."""
    with open_specimen(SqliteStore(tmp_path / "log.db")) as log:
        for number in range(3):
            log.append([event(number, is_personal=True)])
        assert any("Zoë 1".encode() in path.read_bytes() for path in tmp_path.iterdir())
        log.erase([1], time=event(1).time, actor="director", reason="")
        for path in tmp_path.iterdir():
            assert "Zoë 1".encode() not in path.read_bytes(), path
        assert any("Zoë 2".encode() in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET entry = '{}'",
        "DELETE FROM event",
        "UPDATE checkpoint SET note = ''",
        "DELETE FROM checkpoint",
        "UPDATE personal SET text = ''",
        "UPDATE log SET key = ''",
        "DELETE FROM log",
    ],
)
def test_the_database_itself_refuses_changes(statement: str, log_file: Path, tmp_path: Path) -> None:
    """Somebody who means well and has a SQL prompt is stopped."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(log_file.read_bytes())
    with closing(sqlite3.connect(copy)) as connection, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        connection.execute(statement)


@pytest.mark.parametrize(
    "statements",
    [
        ["DROP TRIGGER event_update"],
        ["ALTER TABLE event RENAME TO hidden", "CREATE VIEW event AS SELECT * FROM hidden"],
        ["CREATE TRIGGER quiet AFTER INSERT ON event BEGIN SELECT 1; END"],
        ["DROP TABLE personal"],
        ["ALTER TABLE checkpoint ADD COLUMN more TEXT"],
    ],
)
def test_other_tables_than_those_of_a_log_are_refused(statements: list[str], log_file: Path, tmp_path: Path) -> None:
    """A view that shows one thing and hides another, a trigger that does something on the side."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(log_file.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    verdict = verify(open_source(str(copy)))
    assert verdict.flaw
    assert "the tables are not those" in verdict.flaw.what


def test_a_forged_log_with_a_key_of_its_own_is_whole_but_not_by_the_key_asked_for() -> None:
    """The file cannot tell who should have signed it; the reader can."""
    forger = Signer(name=SIGNER.name, seed=bytes(32))
    row = to_row(event(0), seq=0, salt=bytes(32))
    notes = [
        Checkpoint(origin=forger.name, size=n, root=MerkleTree([row.leaf][:n]).root()).signed_by(forger) for n in (0, 1)
    ]
    forged = [
        json.dumps({"format": "foedus-log-1", "key": str(forger.verifier)}, separators=(",", ":")).encode() + b"\n",
        write_line(StoredCheckpoint(0, notes[0])),
        write_line(row),
        write_line(StoredCheckpoint(1, notes[1])),
    ]
    verdict = _judge(forged)
    assert verdict.is_whole
    assert not verdict.is_key_given
    asked = verify(ExportBytes(b"".join(forged)), key=SIGNER.verifier)
    assert asked.flaw
    assert asked.flaw.event == 0


def test_postgres_refuses_changes_and_an_owner_who_forces_them_is_found_out(server: Server) -> None:
    """The triggers stop everybody but the owner; the tree stops the owner."""
    import psycopg

    url, store = postgres_place(server)
    with open_specimen(store()) as log:
        fill(log)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in (
            "UPDATE event SET entry = ''",
            "DELETE FROM event",
            "TRUNCATE checkpoint",
            "TRUNCATE personal",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="only added to"):
                connection.execute(statement.encode())
        connection.execute("ALTER TABLE event DISABLE TRIGGER kept")
        connection.execute("UPDATE event SET entry = replace(entry, 'undetermined', 'unmistakable') WHERE seq = 2")
    verdict = verify(open_source(url))
    assert verdict.flaw
    assert verdict.flaw.event == 2


def test_who_kept_a_checkpoint_notices_another_key(unerased: list[bytes], tmp_path: Path) -> None:
    """A log that was written anew by someone with a key of his own does not fit what was seen of the true one."""
    other = Signer(name=SIGNER.name, seed=bytes(32))
    with Log(SqliteStore(tmp_path / "other.db"), signer=other) as log:
        note = log.append([event(0)]).checkpoint
    verdict = _judge(unerased, seen=[note])
    assert verdict.flaw
    assert "written anew" in verdict.flaw.what
    with pytest.raises(NotANote):
        _judge(unerased, seen=["no note"])


def test_salts_keep_equal_texts_apart() -> None:
    """Two events with the same personal text have commitments that tell nothing of it."""
    new_salt = salts()
    rows = [to_row(event(1, is_personal=True), seq=1, salt=new_salt()) for _ in range(2)]
    assert rows[0].personal is not None
    assert rows[1].personal is not None
    assert rows[0].personal.text == rows[1].personal.text
    assert rows[0].personal.commitment != rows[1].personal.commitment
    assert leaf_hash(rows[0].entry) != leaf_hash(rows[1].entry)


def _judge(lines: Sequence[bytes], *, seen: Sequence[str] = ()) -> Verdict:
    return verify(ExportBytes(b"".join(lines)), seen=seen)


def _event_lines(lines: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Give the place of each event's line, and the event's number."""
    places = [at for at, line in enumerate(lines) if line.startswith(b'{"entry"')]
    return ((at, number) for number, at in enumerate(places))


def _changed(lines: Sequence[bytes], at: int, place: int, change: int) -> list[bytes]:
    line = bytearray(lines[at])
    line[place] ^= change
    return [*lines[:at], bytes(line), *lines[at + 1 :]]


def _overwrite(path: Path, place: int, byte: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(bytes([byte]))


def _alter(path: Path, statement: str, values: Sequence[object]) -> None:
    """Run a statement with the triggers out of the way, and leave the file looking as before."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement, values)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()
