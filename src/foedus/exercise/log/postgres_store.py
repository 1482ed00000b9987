"""A log in a PostgreSQL schema, for an institution that keeps its data there: the same tables, the same promises.

The address is a ``postgresql://`` URL; the tables stand in the first schema of its search path, so a second log in the
same database takes ``?options=-csearch_path%3Dname``. A commit is acknowledged when the server has flushed it
(``synchronous_commit``, ``fsync``); the writer holds an advisory lock. psycopg comes with the extra ``postgres``.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

try:
    import psycopg
except ImportError as error:
    from foedus.errors import LogUnavailable

    raise LogUnavailable("a log in PostgreSQL needs psycopg: install foedus[postgres]") from error

from foedus.errors import LogUnavailable
from foedus.exercise.log.event import StoredEvent
from foedus.exercise.log.store import Damaged, Header, Item, StoredCheckpoint
from foedus.exercise.log.tables import in_order, read_header

_SCHEMA = (
    "CREATE TABLE log (format text NOT NULL, key text NOT NULL)",
    "CREATE TABLE event (seq bigint PRIMARY KEY, entry text NOT NULL, leaf bytea NOT NULL)",
    "CREATE TABLE personal (seq bigint PRIMARY KEY REFERENCES event, salt bytea NOT NULL, text text NOT NULL)",
    "CREATE TABLE checkpoint (size bigint PRIMARY KEY, note text NOT NULL)",
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a log is only added to'; END $$""",
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON log EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON event EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER kept BEFORE UPDATE OR TRUNCATE ON personal EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint EXECUTE FUNCTION refuse_change()",
)
_ROWS = """
SELECT event.seq, convert_to(entry, 'UTF8'), leaf, salt, convert_to(personal.text, 'UTF8')
FROM event LEFT JOIN personal USING (seq) ORDER BY event.seq
"""
_NOTES = "SELECT size, convert_to(note, 'UTF8') FROM checkpoint ORDER BY size"
_LOCK = "SELECT pg_try_advisory_lock(%s, (SELECT oid::int4 FROM pg_namespace WHERE nspname = current_schema()))"
_LOCK_CLASS = 0x666F6564
_AT_ONCE = 500


class PostgresSchema:
    """A log in a schema to read; each reading has a connection of its own."""

    has_lines = False

    def __init__(self, url: str) -> None:
        self._url = url

    @contextmanager
    def reading(self) -> Iterator[tuple[Header, Iterator[Item]]]:
        """Read one state of the log, whatever is written meanwhile."""
        connection = _connect(self._url)
        try:
            with _as_damage():
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                rows = connection.execute("SELECT format, key FROM log").fetchall()
                if len(rows) != 1:
                    raise Damaged(f"the table log has {len(rows)} rows instead of one")
            header = read_header(*rows[0])
            with connection.cursor(name="events") as events, connection.cursor(name="checkpoints") as notes:
                yield header, in_order(_stream(events, _ROWS), _stream(notes, _NOTES))
        finally:
            connection.close()

    def complaint(self) -> str:
        """Say nothing: the server watches its own files."""
        return ""


class PostgresStore:
    """A log in a schema to read and to add to: it takes the one writer's place, and holds a connection."""

    has_lines = False

    def __init__(self, url: str) -> None:
        self._schema = PostgresSchema(url)
        self._connection = _connect(url)
        try:
            with _as_unavailable():
                _refuse_unsafe(self._connection)
                if not _value(self._connection, _LOCK, (_LOCK_CLASS,)):
                    raise LogUnavailable("another program writes to this log: a log has one writer")
        except BaseException:
            self._connection.close()
            raise

    def is_new(self) -> bool:
        """Tell whether the schema has none of the tables."""
        with _as_unavailable():
            query = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'log'"
            return not _value(self._connection, query)

    def begin(self, header: Header, items: Iterable[Item]) -> None:
        """Make the tables and store the header and what follows it, in one transaction."""
        with _as_unavailable(), self._connection.transaction():
            for statement in _SCHEMA:
                self._connection.execute(statement)
            self._connection.execute("INSERT INTO log VALUES (%s, %s)", (header.format, str(header.key)))
            for item in items:
                self._insert(item)

    def commit(self, rows: Sequence[StoredEvent], checkpoint: StoredCheckpoint, *, erase: Sequence[int] = ()) -> None:
        """Store all of it in one transaction."""
        with _as_unavailable(), self._connection.transaction():
            for row in rows:
                self._insert(row)
            for seq in erase:
                self._connection.execute("DELETE FROM personal WHERE seq = %s", (seq,))
            self._insert(checkpoint)

    def wipe(self) -> None:
        """Let the server take dropped rows out of the table's file; its write-ahead log and backups are its owner's."""
        with _as_unavailable():
            self._connection.execute("VACUUM personal")

    @contextmanager
    def reading(self) -> Iterator[tuple[Header, Iterator[Item]]]:
        """Read one state of the log, whatever is written meanwhile."""
        with self._schema.reading() as read:
            yield read

    def complaint(self) -> str:
        """Say nothing: the server watches its own files."""
        return self._schema.complaint()

    def close(self) -> None:
        """Let go of the connection, and with it of the writer's place."""
        with suppress(psycopg.Error):
            self._connection.close()

    def _insert(self, item: Item) -> None:
        insert = self._connection.execute
        if isinstance(item, StoredCheckpoint):
            insert("INSERT INTO checkpoint VALUES (%s, %s)", (item.size, item.note))
            return
        insert("INSERT INTO event VALUES (%s, %s, %s)", (item.seq, item.entry.decode(), item.leaf))
        if item.personal:
            personal = (item.seq, item.personal.salt, item.personal.text.decode())
            insert("INSERT INTO personal VALUES (%s, %s, %s)", personal)


def _connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    with _as_unavailable():
        return psycopg.connect(url, autocommit=True, client_encoding="UTF8", application_name="foedus log")


def _refuse_unsafe(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """See that what is acknowledged is on the server's disk, and that texts are kept as they are."""
    connection.execute("SET synchronous_commit TO on")
    for setting, needed in (("fsync", "on"), ("full_page_writes", "on"), ("server_encoding", "UTF8")):
        found = _value(connection, f"SHOW {setting}")
        if found != needed:
            raise LogUnavailable(f"the server has {setting} = {found}; a log needs {needed}")


def _value(connection: "psycopg.Connection[tuple[object, ...]]", query: str, values: Sequence[object] = ()) -> object:
    row = connection.execute(query.encode(), values).fetchone()
    return row[0] if row else None


def _stream(cursor: "psycopg.ServerCursor[tuple[object, ...]]", query: str) -> Iterator[Sequence[object]]:
    """Fetch some rows at a time, so that a long log need not fit into memory."""
    with _as_damage():
        cursor.itersize = _AT_ONCE
        cursor.execute(query.encode())
        yield from cursor


@contextmanager
def _as_damage() -> Iterator[None]:
    try:
        yield
    except (psycopg.InternalError, psycopg.DataError, psycopg.errors.UndefinedColumn) as error:
        raise Damaged(f"PostgreSQL cannot read the log: {_words(error)}") from error
    except psycopg.Error as error:
        raise LogUnavailable(f"PostgreSQL gives no log: {_words(error)}") from error


@contextmanager
def _as_unavailable() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise LogUnavailable(f"nothing was acknowledged, because PostgreSQL says: {_words(error)}") from error


def _words(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
