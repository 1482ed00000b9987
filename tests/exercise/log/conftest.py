"""A PostgreSQL server of the tests' own, on loopback, in a temporary folder, gone when they end."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from foedus.exercise.log.sqlite_store import SqliteStore
from foedus.exercise.log.store import Store

_numbers = count()


@dataclass(frozen=True)
class Server:
    """A running server; it refuses to run as root, so that root starts it as another user."""

    programs: Path
    folder: Path
    port: int
    password: str
    user: str | None

    def url(self, schema: str) -> str:
        """Return the address of a log in a schema of its own."""
        return f"postgresql://foedus:{self.password}@127.0.0.1:{self.port}/postgres?options=-csearch_path%3D{schema}"

    def start(self) -> None:
        """Start it and wait until it answers; after a crash it recovers first."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        log = self.folder / "server.log"
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(log), "-o", options, "-w", "-t", "60", "start")

    def stop(self, *, mode: str = "fast") -> None:
        """Stop it: ``fast`` in order, ``immediate`` as if its processes were killed."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "-t", "60", "stop")

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs."""
        with (self.folder / f"{program}.log").open("w") as said:
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                user=self.user,
                group=_group(self.user),
                extra_groups=None if self.user is None else [],
                cwd=self.folder,
                stdout=said,
                stderr=said,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                check=False,
            )
        assert done.returncode == 0, (self.folder / f"{program}.log").read_text()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a server, or skip where PostgreSQL is not installed."""
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (extra postgres): the log in PostgreSQL is not tested here")
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql): its log is not tested here")
    folder = Path(tempfile.mkdtemp(prefix="foedus-postgres-"))
    try:
        made = _make(programs, folder)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def open_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], tuple[str, Callable[[], Store]]]:
    """Return a maker of places where nothing is yet: the address of each, and how it is opened for writing."""
    if request.param == "sqlite":

        def sqlite() -> tuple[str, Callable[[], Store]]:
            path = tmp_path / f"{next(_numbers)}.db"
            return str(path), lambda: SqliteStore(path)

        return sqlite
    server: Server = request.getfixturevalue("server")
    return lambda: postgres_place(server)


def postgres_place(server: Server) -> tuple[str, Callable[[], Store]]:
    """Make an empty schema; return its address and how to open it."""
    import psycopg

    from foedus.exercise.log.postgres_store import PostgresStore

    schema = f"log_{next(_numbers)}"
    with psycopg.connect(server.url(schema), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    return server.url(schema), lambda: PostgresStore(server.url(schema))


def _make(programs: Path, folder: Path) -> Server:
    user = None
    if os.geteuid() == 0:
        user = next(name for name in ("postgres", "nobody") if _is_user(name))
        shutil.chown(folder, user)
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(programs=programs, folder=folder, port=port, password=secrets.token_hex(16), user=user)
    word = folder / "password"
    word.write_text(server.password)
    if user:
        shutil.chown(word, user)
    server.run(
        "initdb",
        "-D",
        str(folder / "data"),
        "-U",
        "foedus",
        "--auth=scram-sha-256",
        f"--pwfile={word}",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    return server


def _programs() -> Path | None:
    """Return the folder of the server's programs: the newest of Debian's, or that of the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _group(user: str | None) -> int | None:
    return None if user is None else pwd.getpwnam(user).pw_gid
