"""The log: what it takes to add to it, to verify it and to kill it; and the example of docs/log.md.

Run as `python -m bench.exercise.log`; `--kills N` kills N writers as well, `--example` prints the example and
measures nothing.
"""

import argparse
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.exercise.log.killing import kill_in_rounds
from tests.exercise.log.specimens import NOON, SIGNER, event, exported, open_specimen, salts

from bench.measuring.page import ROOT
from foedus.exercise.log.checkpoint import Checkpoint
from foedus.exercise.log.event import Event, to_row
from foedus.exercise.log.export import ExportBytes, write_lines
from foedus.exercise.log.log import Log
from foedus.exercise.log.merkle import MerkleTree
from foedus.exercise.log.places import copy, open_source
from foedus.exercise.log.sqlite_store import SqliteStore
from foedus.exercise.log.store import Header, Item, LogView, StoredCheckpoint
from foedus.exercise.log.verify import verify


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.exercise.log", description=__doc__)
    parser.add_argument("--appends", type=int, default=300, help="commits of each size; 0: none")
    parser.add_argument("--events", type=int, default=10_000, help="of the log that is verified; 0: none")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--kills", type=int, default=0, help="writers to kill at random moments")
    parser.add_argument("--example", action="store_true", help="print the example of docs/log.md, nothing else")
    options = parser.parse_args()
    # Beside the sources, because the place for temporary files may be no disk.
    out = ROOT / "out"
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as name:
        folder = Path(name)
        if options.example:
            print(example(folder), end="")
            return
        if options.appends:
            print(f"SQLite {sqlite3.sqlite_version}, WAL, synchronous=FULL, a signed checkpoint with every commit")
        for size in (1, 10) if options.appends else ():
            _time_appends(folder / f"{size}.db", commits=options.appends, size=size)
        if options.events:
            _time_verifying(folder, events=options.events, repeats=options.repeats)
        if options.kills:
            _kill(folder, kills=options.kills)


def example(folder: Path) -> str:
    """Return the export of a small log, made with a key, salts and times that are the same every time."""
    path = folder / "example.db"
    with open_specimen(SqliteStore(path)) as log:
        _write_example(log)
    return exported(path).decode()


def _write_example(log: Log) -> None:
    report = Event(
        type="report.filed",
        payload={"fact": "crossing", "grade": "B2", "origins": ["radar 3"]},
        time=NOON,
        actor="monitor",
        personal={"name": "Zoë"},
    )
    vote = Event(
        type="vote.cast",
        payload={"motion": 1, "yes": True},
        time=NOON.replace(hour=13),
        actor="north",
        personal={"name": "Ann"},
    )
    log.append([report])
    log.append([vote])
    log.erase([0], time=NOON.replace(hour=14), actor="director", reason="asked to")


def _time_appends(path: Path, *, commits: int, size: int) -> None:
    with open_specimen(SqliteStore(path)) as log:
        seconds = []
        for number in range(commits):
            events = [event(number * size + i, is_personal=True) for i in range(size)]
            began = perf_counter()
            log.append(events)
            seconds.append(perf_counter() - began)
    seconds.sort()
    print(
        f"{size} at a time: {size * commits / sum(seconds):.0f} events/s on the disk, "
        f"receipt after {statistics.median(seconds) * 1e3:.1f} ms (median), "
        f"{seconds[int(0.99 * len(seconds))] * 1e3:.1f} ms (p99) of {commits}"
    )


def _time_verifying(folder: Path, *, events: int, repeats: int) -> None:
    content = b"".join(write_lines(Header(key=SIGNER.verifier), _items(events)))
    store = SqliteStore(folder / "long.db")
    copy(ExportBytes(content), store)
    store.close()
    sources: tuple[tuple[str, LogView], ...] = (
        ("export", ExportBytes(content)),
        ("SQLite file", open_source(str(folder / "long.db"))),
    )
    for name, source in sources:
        seconds = [_time_verify(source, events=events) for _ in range(repeats)]
        per = statistics.median(seconds) * 10_000 / events
        print(
            f"verify {events:,} events, each with its checkpoint, {name}: {per:.2f} s per 10,000 events "
            f"({min(seconds) * 10_000 / events:.2f} to {max(seconds) * 10_000 / events:.2f} over {repeats} runs)"
        )
    print(f"export: {len(content) / events:.0f} bytes per event, checkpoint included")


def _time_verify(source: LogView, *, events: int) -> float:
    began = perf_counter()
    verdict = verify(source)
    seconds = perf_counter() - began
    if not verdict.is_whole or verdict.size != events:
        raise ValueError(f"the log that was made does not verify: {verdict.flaw}")
    return seconds


def _items(events: int) -> Iterator[Item]:
    """Make a log without a disk: each second event with a personal part, a checkpoint after each."""
    tree, new_salt = MerkleTree(), salts()
    yield _checkpoint(tree)
    for number in range(events):
        row = to_row(event(number, is_personal=number % 2 == 1), seq=number, salt=new_salt())
        tree.append(row.leaf)
        yield row
        yield _checkpoint(tree)


def _checkpoint(tree: MerkleTree) -> StoredCheckpoint:
    checkpoint = Checkpoint(origin=SIGNER.name, size=len(tree), root=tree.root())
    return StoredCheckpoint(size=len(tree), note=checkpoint.signed_by(SIGNER))


def _kill(folder: Path, *, kills: int) -> None:
    toll = kill_in_rounds(folder, kills=kills, seed=1)
    print(
        f"kill -9 of {toll.kills} writers, {toll.amid_writing} of them amid writing: {toll.acknowledged:,} events "
        f"acknowledged, {toll.stored:,} stored, {toll.lost} lost; whole after every kill"
    )


if __name__ == "__main__":
    main()
