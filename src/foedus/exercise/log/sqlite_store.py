"""A log in one SQLite file: the default. Everything acknowledged is flushed to the disk.

WAL with ``synchronous=FULL``, STRICT tables, triggers that refuse to change or delete events and checkpoints, and
``secure_delete``, so that an erased text is overwritten. Only for a local disk: SQLite's locks do not hold on shares.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from foedus.errors import LogUnavailable
from foedus.exercise.log.event import StoredEvent
from foedus.exercise.log.store import FORMAT, Damaged, Header, Item, StoredCheckpoint
from foedus.exercise.log.tables import in_order, read_header

_OUT_OF_REACH = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
}
APPLICATION = 0x666F6564
"""``foed``: SQLite's mark of whose file this is."""
OLDEST = (3, 37, 0)
"""The first SQLite with STRICT tables."""
_SCHEMA = {
    "log": "CREATE TABLE log (format TEXT NOT NULL, key TEXT NOT NULL) STRICT",
    "event": "CREATE TABLE event (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL, leaf BLOB NOT NULL) STRICT",
    "personal": "CREATE TABLE personal (seq INTEGER PRIMARY KEY REFERENCES event, salt BLOB NOT NULL, "
    "text TEXT NOT NULL) STRICT",
    "checkpoint": "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT",
} | {
    f"{table}_{act.lower()}": f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'a log is only added to'); END"
    for table, act in (
        ("log", "UPDATE"),
        ("log", "DELETE"),
        ("event", "UPDATE"),
        ("event", "DELETE"),
        ("personal", "UPDATE"),
        ("checkpoint", "UPDATE"),
        ("checkpoint", "DELETE"),
    )
}
_ROWS = """
SELECT event.seq, CAST(entry AS BLOB), leaf, salt, CAST(personal.text AS BLOB)
FROM event LEFT JOIN personal USING (seq) ORDER BY event.seq
"""
_FAULTS = (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeDecodeError)
"""What sqlite3 raises of a damaged file; the last where its own message quotes bytes that are no text."""


class SqliteFile:
    """A log file to read; nothing in its folder is changed where no writer has it open."""

    has_lines = False

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def reading(self) -> Iterator[tuple[Header, Iterator[Item]]]:
        """Read one state of the file."""
        connection = self._open()
        try:
            with _as_damage():
                connection.execute("BEGIN")
                _refuse_other_schema(connection)
                header = _read_header(connection)
            yield header, _read_items(connection)
        finally:
            connection.close()

    def complaint(self) -> str:
        """Ask SQLite itself whether the file is whole."""
        connection = self._open()
        try:
            with _as_damage():
                said = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(3)")]
        except Damaged as damage:
            return str(damage)
        finally:
            connection.close()
        return "" if said == ["ok"] else "; ".join(said)

    def _open(self) -> sqlite3.Connection:
        """Open for reading; where no write-ahead log lies beside it nobody writes, and the file is taken as it lies."""
        is_at_rest = not self.path.with_name(self.path.name + "-wal").exists()
        mode = "mode=ro&immutable=1" if is_at_rest else "mode=ro"
        try:
            connection = sqlite3.connect(f"file:{quote(str(self.path.absolute()))}?{mode}", uri=True)
        except sqlite3.Error as error:
            raise LogUnavailable(f"{self.path} cannot be opened: {error}") from error
        connection.isolation_level = None
        # Damaged texts are read all the same: what they are part of does not hold then.
        connection.text_factory = lambda text: text.decode(errors="replace")
        with suppress(sqlite3.DatabaseError):
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
        return connection


class SqliteStore:
    """A log file to read and to add to."""

    has_lines = False

    def __init__(self, path: Path) -> None:
        if sqlite3.sqlite_version_info < OLDEST:
            raise LogUnavailable(f"SQLite {sqlite3.sqlite_version} has no STRICT tables: 3.37 or newer is needed")
        self.path = path
        self._lock = _only_writer(path)
        try:
            self._connection = connect(path)
            try:
                _refuse_foreign(self._connection)
                _prepare(self._connection)
            except BaseException:
                self._connection.close()
                raise
        except _FAULTS as error:
            self._lock.close()
            raise LogUnavailable(f"{path} cannot be opened as a log: {error}") from error
        except BaseException:
            self._lock.close()
            raise

    def is_new(self) -> bool:
        """Tell whether the file has no tables at all."""
        with _as_unavailable(self.path):
            return not self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]

    def begin(self, header: Header, items: Iterable[Item]) -> None:
        """Make the tables and store the header and what follows it, in one transaction."""
        with self._transaction():
            for statement in _SCHEMA.values():
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id={APPLICATION}")
            self._connection.execute("INSERT INTO log VALUES (?, ?)", (header.format, str(header.key)))
            for item in items:
                self._insert(item)

    def commit(self, rows: Sequence[StoredEvent], checkpoint: StoredCheckpoint, *, erase: Sequence[int] = ()) -> None:
        """Store all of it in one transaction."""
        with self._transaction():
            for row in rows:
                self._insert(row)
            for seq in erase:
                self._connection.execute("DELETE FROM personal WHERE seq = ?", (seq,))
            self._insert(checkpoint)

    def wipe(self) -> None:
        """Move the write-ahead log into the file and empty it: what was erased may still lie there."""
        with _as_unavailable(self.path):
            is_busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise LogUnavailable(
                f"{self.path}: the erasure is recorded, but a reader still holds the write-ahead log, in which the "
                "text may lie; it goes when the log is next opened or closed without readers"
            )

    @contextmanager
    def reading(self) -> Iterator[tuple[Header, Iterator[Item]]]:
        """Read one state of the file."""
        with SqliteFile(self.path).reading() as read:
            yield read

    def complaint(self) -> str:
        """Ask SQLite itself whether the file is whole."""
        return SqliteFile(self.path).complaint()

    def close(self) -> None:
        """Let go of the file; the write-ahead log is moved into it."""
        with suppress(sqlite3.Error):
            self._connection.close()
        self._lock.close()

    def _insert(self, item: Item) -> None:
        insert = self._connection.execute
        if isinstance(item, StoredCheckpoint):
            insert("INSERT INTO checkpoint VALUES (?, ?)", (item.size, item.note))
            return
        insert("INSERT INTO event VALUES (?, ?, ?)", (item.seq, item.entry.decode(), item.leaf))
        if item.personal:
            personal = (item.seq, item.personal.salt, item.personal.text.decode())
            insert("INSERT INTO personal VALUES (?, ?, ?)", personal)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _as_unavailable(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection that begins and ends transactions only when told."""
    return sqlite3.connect(path, isolation_level=None, timeout=5)


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    """Leave the database of another program alone, before anything is set in it."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if tables and application != APPLICATION:
        raise LogUnavailable("there is a database in that place, and it is no log")


def _prepare(connection: sqlite3.Connection) -> None:
    """Set what durability rests on, and see that it was taken."""
    for statement in (
        "PRAGMA synchronous=FULL",
        "PRAGMA fullfsync=ON",
        "PRAGMA checkpoint_fullfsync=ON",
        "PRAGMA foreign_keys=ON",
        "PRAGMA secure_delete=ON",
        "PRAGMA trusted_schema=OFF",
    ):
        connection.execute(statement).fetchall()
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    if mode != "wal" or synchronous != 2:
        raise LogUnavailable(f"SQLite keeps journal_mode={mode}, synchronous={synchronous}: not safe enough for a log")


def _only_writer(path: Path) -> sqlite3.Connection:
    """Take the lock that the one writer of a log holds until it ends, however it ends."""
    lock = sqlite3.connect(path.with_name(path.name + "-writer"), isolation_level=None, timeout=0)
    try:
        lock.execute("PRAGMA journal_mode=MEMORY").fetchall()
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        raise LogUnavailable(f"{path} is being written by another program: a log has one writer ({error})") from error
    return lock


@contextmanager
def _as_damage() -> Iterator[None]:
    """Tell a file that is damaged from one that cannot be got at."""
    try:
        yield
    except _FAULTS as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUT_OF_REACH:
            raise LogUnavailable(f"the log cannot be read now: {error}") from error
        raise Damaged(f"SQLite cannot read the file: {error}") from error


@contextmanager
def _as_unavailable(path: Path) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        raise LogUnavailable(f"{path}: nothing was acknowledged, because SQLite says: {error}") from error


def _refuse_other_schema(connection: sqlite3.Connection) -> None:
    """See that the tables are the ones that this program makes: no view in their place, no trigger beside them."""
    names = ", ".join("?" * len(_SCHEMA))
    query = (
        f"SELECT name, sql FROM sqlite_schema WHERE name IN ({names}) "  # noqa: S608 - the marks only
        "OR (type = 'trigger' AND tbl_name IN ('log', 'event', 'personal', 'checkpoint'))"
    )
    found = dict(connection.execute(query, tuple(_SCHEMA)).fetchall())
    if found != _SCHEMA:
        wrong = sorted(name for name in {*found, *_SCHEMA} if found.get(name) != _SCHEMA.get(name))
        raise Damaged(f"the tables are not those of {FORMAT}: {', '.join(map(str, wrong))}")


def _read_header(connection: sqlite3.Connection) -> Header:
    rows = connection.execute("SELECT format, key FROM log").fetchall()
    if len(rows) != 1:
        raise Damaged(f"the table log has {len(rows)} rows instead of one")
    return read_header(*rows[0])


def _read_items(connection: sqlite3.Connection) -> Iterator[Item]:
    """Merge events and checkpoints: a checkpoint comes when as many events as it counts have come."""
    with _as_damage():
        notes = connection.execute("SELECT size, CAST(note AS BLOB) FROM checkpoint ORDER BY size")
        rows = connection.execute(_ROWS)
    yield from in_order(_guarded(rows), _guarded(notes))


def _guarded(cursor: sqlite3.Cursor) -> Iterator[Sequence[object]]:
    while True:
        with _as_damage():
            row = cursor.fetchone()
        if row is None:
            return
        yield row
