"""Where a log is: a SQLite file, a PostgreSQL database by its URL, or an export; and moving one between them."""

from pathlib import Path

from foedus.errors import LogUnavailable
from foedus.exercise.log.export import ExportFile
from foedus.exercise.log.keys import key_file_of, load_key, make_key, new_name
from foedus.exercise.log.log import Log
from foedus.exercise.log.sqlite_store import SqliteFile, SqliteStore
from foedus.exercise.log.store import LogView, Store

_DATABASES = ("postgresql://", "postgres://")
_SQLITE = b"SQLite format 3\0"


def open_log(place: str, *, key_file: Path | None = None, name: str = "") -> Log:
    """Open a log for adding to, or begin one where nothing is; its key is made with it, and kept in ``key_file``.

    The key of a log file lies beside it unless told otherwise; that of a database has to be told. ``name`` is given to
    a log that begins here. Raises ``LogUnavailable``.
    """
    if key_file is None:
        if _is_database(place):
            raise LogUnavailable("say in which file the signing key of a log in a database is kept")
        key_file = key_file_of(Path(place))
    store = open_store(place)
    try:
        signer = make_key(key_file, name=name or new_name()) if _may_make(store, key_file) else load_key(key_file)
        if name and signer.name != name:
            raise LogUnavailable(f"{key_file} is the key of the log {signer.name}, not of {name}")
    except BaseException:
        store.close()
        raise
    return Log(store, signer=signer)


def open_source(place: str) -> LogView:
    """Open what is to be read: a database by its URL, a SQLite file by its first bytes, an export otherwise."""
    if _is_database(place):
        # psycopg is an extra, and is asked for only where a database is.
        from foedus.exercise.log.postgres_store import PostgresSchema

        return PostgresSchema(place)
    path = Path(place)
    with path.open("rb") as file:
        is_sqlite = file.read(len(_SQLITE)) == _SQLITE
    return SqliteFile(path) if is_sqlite else ExportFile(path)


def open_store(place: str) -> Store:
    """Open what is to be written to, as its one writer; raise ``LogUnavailable``."""
    if _is_database(place):
        from foedus.exercise.log.postgres_store import PostgresStore

        return PostgresStore(place)
    return SqliteStore(Path(place))


def copy(source: LogView, store: Store) -> None:
    """Write a log, as it is, into a place where nothing is, all or nothing; verify the source before.

    Raises ``LogUnavailable`` where there is something or it cannot be written, ``Damaged`` where it cannot be read.
    """
    if not store.is_new():
        raise LogUnavailable("there is something in that place: a log is only written where nothing is")
    with source.reading() as (header, items):
        store.begin(header, items)


def _may_make(store: Store, key_file: Path) -> bool:
    """Tell whether a key is to be made: for a log that begins, where none was made for it before."""
    return store.is_new() and not key_file.exists()


def _is_database(place: str) -> bool:
    return place.startswith(_DATABASES)
