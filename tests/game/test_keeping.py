"""The compiled game is made once on a machine, by one process, and is the same for all."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foedus.game.kernel.keeping import place, ready
from foedus.game.kernel.keeping.lock import locked
from foedus.game.kernel.keeping.ready import CodeFor, make_ready

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from foedus.game.kernel.keeping.lock import locked
with locked(Path(sys.argv[1]), while_waiting=lambda: None):
    print("held", flush=True)
    time.sleep(60)
"""
PRETEND = """
import sys, time
from pathlib import Path
from foedus.game.kernel.keeping import kept, place, ready
shelf = Path(sys.argv[1])
ready.command_for = lambda kind, half, folder: [sys.executable, "-c", WORK, half, str(folder)]
place.shelves = lambda: iter([shelf])
WORK = '''
import os, sys, time
from pathlib import Path
from foedus.game.kernel.keeping import place
time.sleep(0.3)
(Path(sys.argv[2]) / f"{sys.argv[1]}.code").write_text(str(os.getpid()))

'''
print("here", flush=True)
sys.stdin.readline()
ready.make_ready(ready.CodeFor.GAMES)
print((kept._read[0] / "search.code").read_text(), flush=True)
"""
COUNT = """
from numba.core import event
compiled = []
class Listener(event.Listener):
    def on_start(self, each): compiled.append(str(each.data["dispatcher"]))
    def on_end(self, each): pass
from bench.games.pairs import designed, ukraine
from foedus.game import Grid
from foedus.game.kernel import solve_anchored, solve_batch, solve_near
from foedus.game.kernel.keeping.ready import CodeFor, make_ready
make_ready(CodeFor.GAMES)
event.register("numba:compile", Listener())
for games, grid in ((designed(count=1), Grid()), (ukraine(count=1), Grid(7, 5, 2))):
    solve_batch(*games, grid=grid, horizon=4, tolerance=1e-4, max_sweeps=2000)
    for game in zip(*games):
        _, anchor = solve_anchored(*game, grid=grid, horizon=4, tolerance=1e-4, max_sweeps=2000)
        solve_near(*game, anchor=anchor, grid=grid, horizon=4)
print(*compiled, sep="\\n")
"""


def _start(program: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
    )


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_nothing_is_compiled_when_games_are_solved() -> None:
    """What is made once is all that games of any text, exact and rough, on any grid of one vector, need."""
    with _start(COUNT) as process:
        found, _ = process.communicate()
    assert process.returncode == 0
    assert found.split() == []


def test_one_process_compiles_and_the_others_wait(tmp_path: Path) -> None:
    """Three processes that start at once read the code of one maker."""
    processes = [_start(PRETEND, str(tmp_path)) for _ in range(3)]
    assert [_line(process) for process in processes] == ["here"] * 3
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    makers = [_line(process) for process in processes]
    for process in processes:
        process.communicate()
    assert len(set(makers)) == 1
    assert makers[0].isdecimal()


def test_a_holder_who_dies_lets_the_others_in(tmp_path: Path) -> None:
    """The lock of a process that is killed is open at once."""
    file, waits = tmp_path / "lock", []
    with _start(HOLD, str(file)) as process:
        assert _line(process) == "held"

        def kill_at_last() -> None:
            waits.append(time.monotonic())
            if len(waits) == 3:
                process.kill()

        with locked(file, while_waiting=kill_at_last):
            assert len(waits) >= 3


def test_code_that_was_cut_off_is_not_read(tmp_path: Path) -> None:
    """A folder is complete when each file is as long as it was; one that lost its end is made again."""
    (tmp_path / "one.code").write_bytes(b"whole")
    assert not place.is_complete(tmp_path)
    place.complete(tmp_path)
    assert place.is_complete(tmp_path)
    (tmp_path / "one.code").write_bytes(b"who")
    assert not place.is_complete(tmp_path)
    (tmp_path / place.COMPLETE).write_text(json.dumps({})[:1], encoding="utf-8")
    assert not place.is_complete(tmp_path)


def test_without_a_folder_the_game_is_compiled_by_each_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who can write nowhere still gets a solver, and hears why it takes so long."""
    monkeypatch.setattr(place, "shelves", lambda: iter(()))
    monkeypatch.setattr(ready, "_ready", set())
    with pytest.warns(UserWarning, match="no folder can be written to"):
        make_ready(CodeFor.GAMES)


def test_where_the_package_and_the_user_have_no_room_there_is_a_passing_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A package that cannot be written to and a user without a home: the code goes where passing things go."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, so that no folder can be made below it", encoding="utf-8")
    monkeypatch.setattr(place, "KERNEL", blocked)
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("LOCALAPPDATA", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = place.writable_shelf()
    assert found is not None
    assert found.parent == tmp_path
    found.chmod(0o777)
    assert place.writable_shelf() is None


def test_another_copy_of_the_same_kernel_finds_the_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A new environment does not compile again what another one on the machine has compiled for the same user."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "user"))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setattr(place, "KERNEL", tmp_path / "first" / "kernel")
    shelf = place.writable_shelf()
    assert shelf is not None
    (shelf / "name").mkdir()
    place.complete(shelf / "name")
    monkeypatch.setattr(place, "KERNEL", tmp_path / "second" / "kernel")
    assert place.find("name") == shelf / "name"
