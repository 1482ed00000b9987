"""See to it that the kernel's machine code is there: made once on a machine, by one process, while the others wait.

Compiling takes minutes, so it must not be done by every process; and it must be done alone, from nothing, in one order:
what a compiler finds ready decides how it compiles the next, to the last bit of results.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from foedus.game.grid import Grid
from foedus.game.kernel.keeping import kept, place
from foedus.game.kernel.keeping.brought import find_brought
from foedus.game.kernel.keeping.lock import PAUSE_SECONDS, locked
from foedus.game.kernel.machine.rows import WIDTH
from foedus.values.user_folder import passing_folder

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many functions are compiled, and how many there are."""


class CodeFor(StrEnum):
    """What code is needed for."""

    GAMES = "games"
    """Outcomes of games on grids that fit one vector."""
    RECORDS = "records"
    """What a record of history counts of them."""
    LARGE_GAMES = "large-games"
    """Outcomes on grids with more beliefs or more gains."""
    LARGE_RECORDS = "large-records"


def kind_of(grid: Grid, *, for_records: bool = False) -> CodeFor:
    """Return what games on a grid need; gains that are many or uneven need the large kind whatever the grid."""
    if grid.beliefs > WIDTH:
        return CodeFor.LARGE_RECORDS if for_records else CodeFor.LARGE_GAMES
    return CodeFor.RECORDS if for_records else CodeFor.GAMES


class Half(StrEnum):
    """What each of the two processes that compile at the same time does."""

    SEARCH = "search"
    OTHERS = "others"


RESTS_ON: dict[CodeFor, tuple[CodeFor, ...]] = {
    CodeFor.GAMES: (),
    CodeFor.RECORDS: (CodeFor.GAMES,),
    CodeFor.LARGE_GAMES: (),
    CodeFor.LARGE_RECORDS: (CodeFor.LARGE_GAMES,),
}
"""What else each needs."""
FUNCTIONS = {CodeFor.GAMES: 13, CodeFor.RECORDS: 1, CodeFor.LARGE_GAMES: 13, CodeFor.LARGE_RECORDS: 1}
"""How many functions there are."""
KEPT_VERSIONS = 8
"""Versions of the kernel whose code is kept in a folder, some 6 MB each for games."""
_ready: set[CodeFor] = set()
_one_at_a_time = Lock()


class CodeNotMade(Exception):
    """The process that was to compile the kernel has failed."""


def make_ready(kind: CodeFor, *, progress: Progress | None = None) -> None:
    """Have the machine code for a kind of work at hand; called before the first function of the kernel is.

    Where code cannot be kept or another process cannot be started, this process compiles for itself alone, and says so.
    """
    if kept.is_writing():
        return
    with _one_at_a_time:
        for each in (*RESTS_ON[kind], kind):
            if each not in _ready:
                _find_or_make(each, progress or _silent)
                _ready.add(each)


def _find_or_make(kind: CodeFor, progress: Progress) -> None:
    name = f"{place.name_of_code()}-{kind}"
    if folder := place.find(name) or find_brought(kind):
        kept.read_from(folder)
        return
    shelf = place.writable_shelf()
    try:
        if shelf is None:
            raise CodeNotMade("no folder can be written to")
        with _shown(shelf, name, FUNCTIONS[kind], progress) as show, locked(shelf / "foedus.lock", while_waiting=show):
            if not place.is_complete(shelf / name):
                _make(kind, shelf, name, show)
                _say_where(shelf)
    except (CodeNotMade, OSError) as error:
        warnings.warn(f"the game is compiled anew by each process, which takes minutes: {error}", stacklevel=4)
    else:
        kept.read_from(shelf / name)


def _say_where(shelf: Path) -> None:
    if shelf == passing_folder():
        said = (
            f"the compiled game is kept in {shelf}, which the system may clear away: no better folder can be written to"
        )
        warnings.warn(said, stacklevel=5)


def _make(kind: CodeFor, shelf: Path, name: str, show: Callable[[], None]) -> None:
    """Compile in processes of their own, into a folder that gets its name when it is complete."""
    if not sys.executable:
        raise CodeNotMade("there is no Python to start")
    _clear(shelf, keep=name.partition("-")[0])
    folder = Path(tempfile.mkdtemp(prefix=f"{name}.part-", dir=shelf))
    with ExitStack() as stack:
        makers = [
            stack.enter_context(_started(command_for(kind, half, folder), folder / f"{half}.txt")) for half in Half
        ]
        while any(maker.poll() is None for maker in makers) and not any(maker.returncode for maker in makers):
            show()
            time.sleep(PAUSE_SECONDS)
    if any(maker.returncode for maker in makers):
        said = [(folder / f"{half}.txt").read_text(encoding="utf-8", errors="replace").strip() for half in Half]
        raise CodeNotMade(f"compiling failed; {' '.join(said)[-2000:]}")
    place.complete(folder)
    shutil.rmtree(shelf / name, ignore_errors=True)
    folder.rename(shelf / name)


def command_for(kind: CodeFor, half: Half, folder: Path) -> list[str]:
    """Return the command that compiles into a folder half of what a kind of work needs."""
    return [sys.executable, "-P", "-m", "foedus.game.kernel.keeping.making", kind, half, str(folder)]


@contextmanager
def _started(command: list[str], said: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that ends with this one, and keep what it says."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with (
        said.open("wb") as words,
        subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=words, stderr=words, env=environment
        ) as process,
    ):
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _clear(shelf: Path, *, keep: str) -> None:
    """Throw away what others left half done, and code of all versions but the last few."""
    for left in shelf.glob("*.part-*"):
        shutil.rmtree(left, ignore_errors=True)
    whole = sorted(shelf.glob(f"*/{place.COMPLETE}"), key=lambda file: file.stat().st_mtime, reverse=True)
    names = list(dict.fromkeys([keep, *(file.parent.name.partition("-")[0] for file in whole)]))
    for file in whole:
        if file.parent.name.partition("-")[0] in names[KEPT_VERSIONS:]:
            shutil.rmtree(file.parent, ignore_errors=True)


@contextmanager
def _shown(shelf: Path, name: str, total: int, progress: Progress) -> Iterator[Callable[[], None]]:
    """Yield what shows how much is compiled, by whichever process."""

    def show() -> None:
        done = max((len(list(part.glob("*.code"))) for part in shelf.glob(f"{name}.part-*")), default=0)
        progress(min(done, total - 1), total)

    show()
    yield show
    progress(total, total)


def _silent(done: int, total: int, /) -> None:
    """Tell nobody."""
