"""A command that is stopped, or whose folder is gone, ends in words, with its exit code, and loses nothing."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest
from click.testing import CliRunner

from foedus.cli import on_demand
from foedus.cli.leaving import INTERRUPTED, WRONG_INPUT, Guarded, MainGroup
from foedus.cli.main import main

WISHES = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def ctrl_c_interrupts() -> Iterator[None]:
    """Let Ctrl-C interrupt, also where the tests run in the background of a shell that lets it pass them by."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("wish", WISHES)
def test_being_told_to_end_is_like_ctrl_c(wish: signal.Signals, capsys: pytest.CaptureFixture[str]) -> None:
    """A real signal in the midst of a command: the work may keep what it has, and afterwards all is as before."""
    before = signal.getsignal(wish)
    kept: list[str] = []

    @click.command("work", cls=Guarded)
    def work() -> None:
        try:
            signal.raise_signal(wish)
            time.sleep(5)
        except KeyboardInterrupt:
            kept.append("what was found")
            raise

    with pytest.raises(SystemExit) as ended:
        MainGroup(commands={"work": work}).main(["work"])
    assert ended.value.code == INTERRUPTED
    assert capsys.readouterr().err == "stopped; nothing was written\n"
    assert kept == ["what was found"]
    assert signal.getsignal(wish) is before


def test_a_command_that_is_stopped_while_it_loads_ends_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever thinks better of it in the first second is told the same as later."""

    def stop(*_: Any) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(on_demand, "import_module", stop)
    with pytest.raises(SystemExit) as ended:
        MainGroup(commands=on_demand.OnDemand({"work": "a.module.that.takes.its.time"}, extras={})).main(["work"])
    assert ended.value.code == INTERRUPTED
    assert capsys.readouterr().err == "stopped; nothing was written\n"


def test_a_real_process_that_is_told_to_end_ends_in_words(tmp_path: Path) -> None:
    """A search for designs with hours to go, told to end in its first generation: no traceback, and no half a file."""
    code = (
        "import os, signal; from foedus.insight.design import find_designs as f; from foedus.cli.main import main\n"
        "solve, begun = f.solve_texts, []\n"
        "def told(*given, **more):\n"
        "    if begun: os.kill(os.getpid(), signal.SIGTERM)\n"
        "    begun.append(1); return solve(*given, **more)\n"
        "f.solve_texts = told; main()"
    )
    words = ["design", "ukraine/no_guarantee", "--budget", "4000", "--population", "4", "--workers", "1"]
    small = ["--futures", "2", "--grid", "5,5,2", "--horizon", "1y", "--out", str(tmp_path / "out")]
    ended = subprocess.run([sys.executable, "-c", code, *words, *small], capture_output=True, text=True, check=False)
    assert ended.returncode == INTERRUPTED
    assert ended.stderr.strip().splitlines()[-1] == "stopped before anything was found; nothing was written"
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.rglob("*.*"))


@pytest.mark.parametrize(
    "words",
    [
        ("check", "ukraine/no_guarantee"),
        ("compare", "ukraine/no_guarantee", "ukraine/nato_membership", "--futures", "3"),
        ("evidence", "--futures", "3"),
        ("serve", "--port", "0"),
    ],
)
def test_a_folder_that_is_gone_is_named_as_what_is_wanting(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a file without a name, and no server whose workers cannot start."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = CliRunner().invoke(main, words)
    assert result.exit_code == WRONG_INPUT
    assert "the folder that the command was started in is no longer there" in result.stderr
    monkeypatch.chdir(tmp_path)


def test_what_needs_no_folder_is_answered_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library lies in the package."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert CliRunner().invoke(main, ["show", "ukraine/no_guarantee"]).exit_code == 0
    monkeypatch.chdir(tmp_path)
