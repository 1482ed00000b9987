"""`foedus log`: what a person sees, and the exit codes that scripts rely on."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.cli.main import main
from foedus.exercise.log.keys import key_file_of
from foedus.exercise.log.sqlite_store import SqliteStore
from tests.exercise.log.conftest import Server, postgres_place
from tests.exercise.log.specimens import SIGNER, event, exported, fill, open_specimen, small_log


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    """Write a log of five events and an erasure, with its key beside it."""
    path = small_log(tmp_path / "small.db")
    key_file_of(path).write_text(SIGNER.secret_text)
    return path


def test_a_whole_log_is_summed_up(log_file: Path) -> None:
    """Exit code 0: how many events, which root, whose key, how many checkpoints, what was erased."""
    found = run("verify", str(log_file))
    assert found.exit_code == 0
    for words in (
        "6",
        str(SIGNER.verifier),
        "7 signed",
        "2 parts, 1 (1) erased, as recorded",
        "only the log itself tells",
    ):
        assert words in found.output
    assert "the key that was asked for" in run("verify", str(log_file), "--key", str(SIGNER.verifier)).output


def test_an_altered_log_is_refused_with_the_place(log_file: Path, tmp_path: Path) -> None:
    """Exit code 1: file, line, event, what differs and what to do, for the export and for the database."""
    export = tmp_path / "log.jsonl"
    lines = exported(log_file).splitlines(keepends=True)
    export.write_bytes(b"".join([*lines[:6], lines[6].replace(b"undetermined", b"overdetermin"), *lines[7:]]))
    found = run("verify", str(export))
    assert found.exit_code == 1
    assert found.stderr.startswith(f"{export}:7:0: error [log-altered] at event 2: ")
    assert "mend:" in found.stderr
    content = log_file.read_bytes()
    log_file.write_bytes(content.replace(b"undetermined", b"overdetermin"))
    assert run("verify", str(log_file)).exit_code == 1
    told = json.loads(run("verify", str(log_file), "--json").stdout)
    assert (told["whole"], told["flaw"]["event"], told["flaw"]["line"]) == (False, 0, 0)


def test_kept_checkpoints_are_held_against_the_log(log_file: Path, tmp_path: Path) -> None:
    """Who printed a checkpoint can ask later whether the log still agrees with it."""
    kept = tmp_path / "kept"
    kept.write_text(run("checkpoint", str(log_file)).stdout)
    assert json.loads(run("verify", str(log_file), "--seen", str(kept), "--json").stdout)["seen"] == 1
    shorter = tmp_path / "shorter.db"
    with open_specimen(SqliteStore(shorter)) as log:
        log.append([event(0)])
    found = run("verify", str(shorter), "--seen", str(kept))
    assert found.exit_code == 1
    assert "events were dropped" in found.stderr
    kept.write_text("no checkpoint at all")
    assert run("verify", str(log_file), "--seen", str(kept)).exit_code == 2


def test_export_and_import_give_the_same_log(log_file: Path, tmp_path: Path) -> None:
    """To the terminal or to a file, and back: bit for bit, and never over something that is there."""
    export, other = tmp_path / "log.jsonl", tmp_path / "other.db"
    assert run("export", str(log_file), "--out", str(export)).exit_code == 0
    assert export.read_bytes() == run("export", str(log_file)).stdout_bytes == exported(log_file)
    assert run("import", str(export), str(other)).exit_code == 0
    assert run("export", str(other)).stdout_bytes == export.read_bytes()
    found = run("import", str(export), str(other))
    assert found.exit_code == 2
    assert "something in that place" in found.stderr


def test_what_does_not_verify_is_neither_exported_nor_imported(log_file: Path, tmp_path: Path) -> None:
    """An altered log does not become a clean-looking file."""
    export, out = tmp_path / "log.jsonl", tmp_path / "out"
    export.write_bytes(exported(log_file).replace(b"undetermined", b"overdetermin"))
    for words in (
        ("export", str(export), "--out", str(out)),
        ("import", str(export), str(out)),
        ("checkpoint", str(export)),
    ):
        assert run(*words).exit_code == 1
    assert not out.exists()


def test_personal_parts_are_erased_by_command(log_file: Path) -> None:
    """Who erased, when and why is the next event; a second time there is nothing to erase."""
    words = ("erase", str(log_file), "--event", "3", "--actor", "director", "--reason", "asked to by the person")
    found = run(*words)
    assert (found.exit_code, found.output) == (0, "erased, as event 6 records\n")
    assert json.loads(run("verify", str(log_file), "--json").stdout)["erased"] == [1, 3]
    assert b"asked to by the person" in run("export", str(log_file)).stdout_bytes
    assert run(*words).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "nowhere.db"),
        ("export", "nowhere.db"),
        ("import", "nowhere.jsonl", "x.db"),
        ("verify", "."),
        ("erase", "nowhere.db", "--event", "1", "--actor", "a", "--reason", "r"),
        ("checkpoint", "nowhere.db"),
    ],
)
def test_what_is_not_there_is_told(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2, a sentence, nothing left behind."""
    monkeypatch.chdir(tmp_path)
    found = run(*words)
    assert found.exit_code == 2
    assert found.stderr.startswith((words[1], "[Errno"))
    assert list(tmp_path.iterdir()) == []


def test_a_database_is_verified_by_its_address(server: Server) -> None:
    """The same summary and the same exit codes; its password is not printed; an empty schema is no altered log."""
    url, store = postgres_place(server)
    assert run("verify", url).exit_code == 2
    with open_specimen(store()) as log:
        fill(log)
    found = run("verify", url)
    assert found.exit_code == 0, found.output
    assert "1 (1) erased, as recorded" in found.output
    found = run("verify", url.replace(server.password, "mistaken"))
    assert found.exit_code == 2
    for said in (found, run("verify", url), run("erase", url, "--event", "0", "--actor", "a", "--reason", "r")):
        assert server.password not in said.output
        assert "mistaken" not in said.output


def test_a_file_that_cannot_be_got_at_is_not_called_altered(log_file: Path) -> None:
    """Someone holds the database for himself: cannot tell is the answer, not a verdict."""
    with closing(sqlite3.connect(log_file)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("CREATE TABLE mine (a)")
        connection.commit()
        assert run("verify", str(log_file)).exit_code == 2


def test_verifying_opens_no_socket(log_file: Path) -> None:
    """Offline means offline: the program ends where it asks for a socket."""
    program = (
        "import sys\n"
        "def watch(name, args):\n"
        "    if name.startswith('socket.'): sys.exit(9)\n"
        "sys.addaudithook(watch)\n"
        f"sys.argv[1:] = ['log', 'verify', {str(log_file)!r}]\n"
        "from foedus.cli.main import main; main()\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "whole" in done.stdout


def run(*words: str) -> Result:
    """Run a command of `foedus log`."""
    return CliRunner().invoke(main, ["log", *words])
