"""Small logs to try things on, the same at every run: fixed keys, fixed salts, fixed times."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from foedus.exercise.log.event import Event
from foedus.exercise.log.export import write_lines
from foedus.exercise.log.log import Log
from foedus.exercise.log.note import Signer
from foedus.exercise.log.places import open_source
from foedus.exercise.log.sqlite_store import SqliteStore
from foedus.exercise.log.store import Store

NAME = "foedus.invalid/log/specimen"
SIGNER = Signer(name=NAME, seed=sha256(b"a key that everybody knows").digest())
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(number: int, *, is_personal: bool = False) -> Event:
    """Return the n-th thing that happened: a report, a minute after the one before."""
    return Event(
        type="report.filed",
        payload={"fact": "crossing", "answer": "undetermined", "grade": number % 6, "heard": number % 2 == 0},
        time=NOON + timedelta(minutes=number),
        actor="monitor",
        personal={"name": f"Zoë {number}", "text": "seen from the bridge, 400 m"} if is_personal else {},
    )


def salts() -> Callable[[], bytes]:
    """Return a source of salts that are all different and the same at every run."""
    numbers = count()
    return lambda: sha256(f"salt {next(numbers)}".encode()).digest()


def open_specimen(store: Store) -> Log:
    """Open a log with the key that everybody knows."""
    return Log(store, signer=SIGNER, new_salt=salts())


def fill(log: Log, *, events: int = 5) -> None:
    """Add events one by one, each second one with a personal part; then erase that of the first that has one."""
    for number in range(events):
        log.append([event(number, is_personal=number % 2 == 1)])
    log.erase([1], time=NOON + timedelta(hours=1), actor="director", reason="asked to")


def small_log(path: Path, *, events: int = 5) -> Path:
    """Write a log of so many events and an erasure to a SQLite file, and close it."""
    with open_specimen(SqliteStore(path)) as log:
        fill(log, events=events)
    return path


def exported(place: object) -> bytes:
    """Return the export of a log."""
    with open_source(str(place)).reading() as (header, items):
        return b"".join(write_lines(header, items))
