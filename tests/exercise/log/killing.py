"""A writer that is killed at random moments, and what must be there afterwards.

Run as a program, it is the writer: it adds events to a log and prints, after each receipt, how many there are and the
root that was signed.
"""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from foedus.exercise.log.event import StoredEvent
from foedus.exercise.log.merkle import MerkleTree
from foedus.exercise.log.places import open_log, open_source
from foedus.exercise.log.verify import verify
from tests.exercise.log.specimens import NOON, event

_ROUND = 20
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Toll:
    """What came of killing writers."""

    kills: int
    amid_writing: int
    """Kills after the first receipt of that writer: the others hit it while it opened the log."""
    acknowledged: int
    """Events of which a writer said that they were stored."""
    stored: int
    """Events in the log at the end; not acknowledged ones of a killed writer may be among them."""
    lost: int
    """Acknowledged events from the first receipt on that the log does not fit."""


def kill_in_rounds(folder: Path, *, kills: int, seed: int) -> Toll:
    """Kill so many writers of SQLite logs, a new log for each twenty: opening a long one takes longer than a life."""
    rounds = [min(_ROUND, kills - start) for start in range(0, kills, _ROUND)]
    tolls = [
        kill_writers(str(folder / f"{i}.db"), key_file=folder / f"{i}.key", kills=each, seed=seed + i)
        for i, each in enumerate(rounds)
    ]
    return Toll(*(sum(getattr(toll, field.name) for toll in tolls) for field in fields(Toll)))


def kill_writers(
    place: str,
    *,
    key_file: Path,
    kills: int,
    seed: int,
    longest_seconds: float = 0.25,
    then: Callable[[], None] = lambda: None,
) -> Toll:
    """Let one writer after the other continue a log, kill each at a random moment, and look at the log each time.

    Every second writer is killed within ``longest_seconds`` of beginning to open the log, the others within that of
    their first receipt; ``then`` is called after each kill. Raises ``AssertionError`` where the log is not whole.
    """
    moments = random.Random(seed)  # noqa: S311 - not for secrets
    told: dict[int, str] = {}
    tree, amid, lost = MerkleTree(), 0, 0
    for number in range(kills):
        seconds = moments.uniform(0, longest_seconds)
        lines = _killed_after(seconds, place=place, key_file=key_file, is_writing=number % 2 == 1)
        then()
        amid += bool(lines)
        told |= {int(size): root for size, root in (line.split() for line in lines)}
        if told:
            verdict = verify(open_source(place))
            assert verdict.is_whole, verdict
            tree = _tree(place)
        broken = [size for size, root in told.items() if size > len(tree) or tree.root(size).hex() != root]
        lost = max(lost, max(told) - min(broken) + 1 if broken else 0)
    return Toll(kills=kills, amid_writing=amid, acknowledged=max(told, default=0), stored=len(tree), lost=lost)


def _killed_after(seconds: float, *, place: str, key_file: Path, is_writing: bool) -> list[str]:
    """Start a writer, kill it so long after it began to open the log or to write; return the receipts it told of."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.exercise.log.killing", place, str(key_file)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        out = writer.stdout
        assert out is not None
        assert out.readline() == "ready\n"
        first = [out.readline()] if is_writing else []
        killing = threading.Timer(seconds, writer.send_signal, (signal.SIGKILL,))
        killing.start()
        # A receipt of which the line is not complete did not reach anybody.
        lines = [line for line in (*first, *out) if line.endswith("\n")]
        writer.wait()
        killing.join()
    assert writer.returncode == -signal.SIGKILL, f"the writer ended by itself: {writer.returncode}"
    return lines


def _tree(place: str) -> MerkleTree:
    with open_source(place).reading() as (_, items):
        return MerkleTree(item.leaf for item in items if isinstance(item, StoredEvent))


def _write(place: str, key_file: Path) -> None:
    """Add events, by ones to threes, some with a personal part, some of those erased, until killed."""
    print("ready", flush=True)  # noqa: T201 - this is how it speaks to its killer
    moments = random.Random(os.getpid())  # noqa: S311 - not for secrets
    with open_log(place, key_file=key_file) as log:
        while True:
            first = log.size
            events = [event(first + i, is_personal=(first + i) % 2 == 1) for i in range(moments.randint(1, 3))]
            log.append(events)
            if moments.random() < 0.1 and any(each.personal for each in events):
                number = next(first + i for i, each in enumerate(events) if each.personal)
                log.erase([number], time=NOON, actor="director", reason="a tenth of them")
            print(log.size, log.root().hex(), flush=True)  # noqa: T201


if __name__ == "__main__":
    _write(sys.argv[1], Path(sys.argv[2]))
