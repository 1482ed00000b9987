"""What goes wrong on a cluster of real processes is named within seconds, and costs no chunk that is kept."""

import multiprocessing
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import ClusterUnavailable, UnreadableResult, WrongRequest
from foedus.futures.chunks import chunking as chunking_room
from foedus.futures.chunks import cluster as cluster_room
from foedus.futures.chunks import crew as crew_room
from foedus.futures.chunks import remote
from foedus.futures.chunks.chunking import Chunking
from foedus.futures.chunks.seal import read_key, refuse_unsealed, seal_of
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import run_ensemble
from tests.futures.specimens import PAIR, SMALL, assert_same_bits, solved, stamps

distributed = pytest.importorskip("distributed")
SIX = replace(SMALL, futures=6)
NO_FOEDUS = "import sys; sys.modules['foedus'] = None; from distributed.cli.dask_worker import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"
SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"


@contextmanager
def _process(code: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGCONT)
            process.kill()
        process.wait()


@contextmanager
def _scheduler() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with _process(SCHEDULER, "--port", address.rpartition(":")[2], "--no-dashboard") as process:
        yield address, process


@contextmanager
def _worker(address: str, *, code: str = WORKER) -> Iterator[subprocess.Popen[bytes]]:
    with _process(code, address, "--nthreads", "1", "--no-nanny", "--no-dashboard") as process:
        yield process


def _wait_for_workers(address: str, count: int) -> None:
    with distributed.Client(address, set_as_default=False, timeout=60) as client:
        client.wait_for_workers(count, timeout=60)


def test_a_dead_scheduler_and_workers_that_are_frozen_or_foreign_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker without foedus and one that is stopped cost nothing but time; a scheduler that dies ends it in words."""
    monkeypatch.setattr(crew_room, "SILENT_SECONDS", 3.0)
    said: list[str] = []
    with _scheduler() as (address, scheduler), _worker(address), _worker(address) as frozen:
        with _worker(address, code=NO_FOEDUS):
            _wait_for_workers(address, 3)
            chunking = Chunking(tmp_path / "a", size=1, on=f"dask://{address}", tell=said.append)
            began = time.monotonic()

            def freeze(done: int, total: int) -> None:
                if done == 1:
                    os.kill(frozen.pid, signal.SIGSTOP)

            result = run_ensemble(PAIR, default_parameters(), settings=SIX, progress=freeze, chunking=chunking)
            assert time.monotonic() - began < 60
        assert_same_bits(result, solved(SIX))
        assert len(stamps(tmp_path / "a")) == 6
        assert any("cannot load foedus" in sentence for sentence in said)
        assert any("does not answer" in sentence for sentence in said)
        os.kill(frozen.pid, signal.SIGCONT)

        def kill(done: int, total: int) -> None:
            if done == 2:
                scheduler.kill()

        chunking = replace(chunking, folder=tmp_path / "b")
        with pytest.raises(
            ClusterUnavailable, match=r"lost.*; [2-6] chunks are kept in .*b, and the same command goes on"
        ):
            run_ensemble(PAIR, default_parameters(), settings=SIX, progress=kill, chunking=chunking)


@pytest.mark.parametrize("stopped", [1, 2])
def test_a_process_that_is_stopped_before_it_started_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped: int
) -> None:
    """The other one does all; where there is no other, it ends in words. Dask alone would wait minutes for each."""
    monkeypatch.setattr(cluster_room, "SILENT_SECONDS", 4.0)
    monkeypatch.setattr(cluster_room, "_WORKER_SECONDS", 1)
    before, stopping = set(multiprocessing.active_children()), threading.Event()

    def stop_them() -> None:
        held: set[int] = set()
        while len(held) < stopped and not stopping.wait(0.01):
            for process in set(multiprocessing.active_children()) - before:
                if len(held) < stopped and process.pid not in held:
                    os.kill(process.pid or 0, signal.SIGSTOP)
                    held.add(process.pid or 0)

    said: list[str] = []
    chunking = Chunking(tmp_path, size=3, on="local:2", tell=said.append)
    began, stopper = time.monotonic(), threading.Thread(target=stop_them)
    stopper.start()
    try:
        if stopped == 1:
            assert_same_bits(solved(SIX, chunking), solved(SIX))
        else:
            with pytest.raises(ClusterUnavailable, match="none of 2 new processes answered"):
                solved(SIX, chunking)
    finally:
        stopping.set()
        stopper.join()
    assert time.monotonic() - began < 60
    assert any("not all of 2 new processes answer yet" in sentence for sentence in said)
    assert set(multiprocessing.active_children()) <= before


def test_a_disk_that_is_full_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a cluster that was lost, and no traceback."""

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chunking_room, "write_together", full)
    with pytest.raises(WrongRequest, match=r"chunks cannot be kept in .*: No space left on device; make room"):
        solved(SIX, chunking=Chunking(tmp_path, size=3))


class _Wrapped:
    """What Dask wraps an answer in, before anything of it is read."""

    def __init__(self, **header: object) -> None:
        self.header, self.frames = header, [b"+tcp://x\n", b"bytes"]


@pytest.mark.parametrize(
    "header",
    [
        {"serializer": "pickle"},
        {"serializer": "dask", "type-serialized": pickle.dumps(str)},
        {"serializer": "dask"},
        {},
    ],
)
def test_an_answer_that_is_no_bytes_is_not_read(header: dict[str, object]) -> None:
    """By its header alone: what a worker pickled is never looked into."""
    assert remote._bytes_in(_Wrapped(**header)) == b""
    taken = _Wrapped(serializer="dask", **{"type-serialized": pickle.dumps(bytes)})
    assert remote._bytes_in(taken) == b"+tcp://x\nbytes"


def test_a_sealed_chunk_is_taken_only_with_its_key(tmp_path: Path) -> None:
    """A digest anybody can make; without the key no seal, and a chunk with another's is computed again."""
    said: list[str] = []
    chunking = Chunking(tmp_path, size=3, key=b"k" * 32, tell=said.append)
    first = solved(SIX, chunking=chunking)
    assert_same_bits(solved(SIX, chunking=chunking), first)
    assert said == [f"2 of 2 chunks are kept in {tmp_path} already"]
    said.clear()
    assert_same_bits(solved(SIX, chunking=replace(chunking, key=b"another key by chance")), first)
    assert all("its seal was not made with this key" in sentence for sentence in said)
    assert len(said) == 2


def test_a_seal_is_of_the_name_and_every_byte(tmp_path: Path) -> None:
    """One byte otherwise, another name, another key, or no seal at all: refused."""
    file, key = tmp_path / "a.parquet", b"0123456789abcdef"
    with pytest.raises(UnreadableResult, match="no seal"):
        refuse_unsealed(b"content", file=file, name="a", key=key)
    file.with_name("a.parquet.seal").write_bytes(seal_of(b"content", name="a", key=key))
    refuse_unsealed(b"content", file=file, name="a", key=key)
    for content, name, other in ((b"contenT", "a", key), (b"content", "b", key), (b"content", "a", key[::-1])):
        with pytest.raises(UnreadableResult, match="not made with this key"):
            refuse_unsealed(content, file=file, name=name, key=other)


def test_a_key_that_keeps_nothing_is_refused(tmp_path: Path) -> None:
    """Too short to be a secret, or not there."""
    short = tmp_path / "key"
    short.write_text("secret\n")
    with pytest.raises(WrongRequest, match="at least 16 bytes"):
        read_key(short)
    with pytest.raises(WrongRequest, match="cannot be read"):
        read_key(tmp_path / "none")
