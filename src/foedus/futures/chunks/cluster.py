"""Chunks on a Dask cluster: workers compute and send bytes back; only this process writes."""

import logging
import multiprocessing
import signal
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future as Fetched
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from multiprocessing import resource_tracker
from typing import Any

from foedus.errors import ClusterUnavailable
from foedus.futures.chunks.chunking import Chunk
from foedus.futures.chunks.crew import SILENT_SECONDS, Crew
from foedus.futures.chunks.remote import (
    DONE,
    FAILED,
    FOREIGN,
    WorkerAnswer,
    answer_to,
    begin_fetching,
    hear_bytes_only,
    payload_of,
    read_answer,
)

_AHEAD = 2
"""Chunks that are under way or wait on the cluster, for each thread of a worker."""
_ATTEMPTS = 3
"""How often a chunk is sent out before it counts as what kills its workers; each time Dask itself tries four."""
_CONNECT_SECONDS = 10
_WORKER_SECONDS = 60
_LOOK_SECONDS = 2.0
_PAUSE_SECONDS = 0.02


def solve_on_cluster(
    chunks: Sequence[Chunk], *, where: str, solve: Callable[[Chunk], bytes], tell: Callable[[str], None]
) -> Generator[tuple[Chunk, bytes], None, None]:
    """Have chunks computed on ``dask://`` or ``tls://HOST:PORT``, or on ``local:N`` new processes; give each when done.

    A chunk whose worker is lost, silent or without foedus is computed by another one. Raises `ClusterUnavailable`
    where there is none, where it is lost as a whole, where workers run another program, and where a chunk kills every
    worker it is given to.
    """
    with _connected(where, tell) as client, _lost_in_words(where):
        work = _Work(client, Crew(client, where=where, tell=tell), solve=solve, tell=tell)
        waiting = iter(chunks)
        looked = time.monotonic()
        while True:
            for chunk in islice(waiting, max(0, work.room)):
                work.submit(chunk)
            if not work.running:
                return
            yield from work.finished()
            if client.status != "running":
                raise ClusterUnavailable(f"the cluster was lost: the scheduler at {where} is gone")
            if time.monotonic() - looked > _LOOK_SECONDS:
                work.look()
                looked = time.monotonic()
            time.sleep(_PAUSE_SECONDS)


@dataclass(frozen=True)
class _Try:
    """One time that a chunk was sent out."""

    chunk: Chunk
    attempt: int


class _Work:
    """What is under way on the cluster: each task once, or more than once where its worker fell silent."""

    def __init__(
        self, client: Any, crew: Crew, *, solve: Callable[[Chunk], bytes], tell: Callable[[str], None]
    ) -> None:
        self.running: dict[Any, _Try] = {}
        self._client, self._crew, self._solve, self._tell = client, crew, solve, tell
        self._sent: Counter[str] = Counter()
        self._fetching: dict[Any, Fetched[Any]] = {}
        """[task] what is on its way from whoever finished it."""

    @property
    def room(self) -> int:
        """How many chunks more should wait on the cluster, for its threads to be busy."""
        threads = max(1, self._crew.threads)
        return _AHEAD * threads - len({each.chunk.name for each in self.running.values()})

    def submit(self, chunk: Chunk) -> None:
        """Send a chunk out, to those who answer and can do it where some do not."""
        self._sent[chunk.name] += 1
        attempt = self._sent[chunk.name]
        future = self._client.submit(
            answer_to,
            payload_of(chunk, self._solve),
            key=f"foedus-{chunk.name}-{attempt}",
            pure=False,
            workers=self._crew.chosen,
        )
        self.running[future] = _Try(chunk, attempt)

    def finished(self) -> Iterator[tuple[Chunk, bytes]]:
        """Give what is done, and send out again what was lost."""
        for future, tried in list(self.running.items()):
            if future not in self.running or not future.done():
                continue  # under way, or another try of the same chunk was done first
            if future.status == "finished" and future not in self._fetching:
                self._fetching[future] = begin_fetching(self._client, future.key)
            fetched = self._fetching.get(future)
            if fetched and not fetched.done():
                continue
            answer = read_answer(fetched, key=future.key) if fetched else None
            self._forget(future)
            if answer and answer.kind == DONE:
                self._drop(tried.chunk)
                yield tried.chunk, answer.content
            else:
                self._again(tried, answer)

    def look(self) -> None:
        """See how the workers are, and give the tasks of those that do not answer to others."""
        before = set(self._crew.silent)
        self._crew.look()
        for worker in sorted(self._crew.silent - before):
            held = self._crew.keys_of(worker)
            stuck = [each for future, each in self.running.items() if future.key in held or future in self._fetching]
            for chunk in {each.chunk.name: each.chunk for each in stuck}.values():
                self.submit(chunk)

    def _again(self, tried: _Try, answer: WorkerAnswer | None) -> None:
        if answer and answer.kind == FOREIGN:
            self._crew.is_foreign(answer.worker, answer.content.decode(errors="replace"))
        elif answer and answer.kind == FAILED:
            raise ClusterUnavailable(f"worker {answer.worker}: {answer.content.decode(errors='replace')}")
        elif tried.attempt >= _ATTEMPTS:
            raise ClusterUnavailable(f"{tried.chunk} killed every worker it was given to")
        else:
            self._tell(f"{tried.chunk} lost its workers; it is sent out again")
        if all(other.chunk.name != tried.chunk.name for other in self.running.values()):
            self.submit(tried.chunk)

    def _drop(self, chunk: Chunk) -> None:
        for future in [future for future, tried in self.running.items() if tried.chunk.name == chunk.name]:
            self._forget(future)

    def _forget(self, future: Any) -> None:
        del self.running[future]
        fetched = self._fetching.pop(future, None)
        if fetched:
            fetched.cancel()
        future.release()


@contextmanager
def _lost_in_words(where: str) -> Iterator[None]:
    """Say that the cluster was lost, whatever Dask raises where it is."""
    try:
        yield
    except (_dask().CancelledError, OSError, TimeoutError) as error:
        raise ClusterUnavailable(f"the cluster at {where} was lost ({type(error).__name__})") from error


@contextmanager
def _connected(where: str, tell: Callable[[str], None]) -> Iterator[Any]:
    kind, _, address = where.partition(":")
    with _quiet(), ExitStack() as stack:
        if kind == "local":
            scheduler = _new_processes(int(address), stack).scheduler_address
            # by its address: a client that is given the processes themselves waits until all have started
            client = _dask().Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
        else:
            client = _client_at(f"{'tls' if kind == 'tls' else 'tcp'}:{address}", where)
        stack.enter_context(client)
        hear_bytes_only(client)
        if kind == "local":
            _let_them_start(client, int(address), tell)
        else:
            _wait_for_a_worker(client, where, tell)
        yield client


def _client_at(address: str, where: str) -> Any:
    try:
        return _dask().Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterUnavailable(f"no Dask scheduler answers at {where} ({error})") from error


def _new_processes(count: int, stack: ExitStack) -> Any:
    """Start workers of one thread, which share the kernel's compiled code; Ctrl-C is for this process to act on."""
    with _interrupts_held_back():
        cluster = stack.enter_context(
            _dask().LocalCluster(
                n_workers=0,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any port that is free, or Dask warns
                silence_logs=logging.CRITICAL,
            )
        )
        others = {process.pid for process in multiprocessing.active_children()}
        stack.callback(_end_what_never_started, cluster, count, others)
        cluster.scale(count)  # waits for none of them: one that never starts would keep all waiting
    return cluster


def _end_what_never_started(cluster: Any, count: int, before: set[int | None]) -> None:
    """Where a process never started, end all at once: Dask would ask it to end, and wait minutes for an answer."""
    if len(cluster.workers) < count:  # Dask knows of none before all have started
        for process in multiprocessing.active_children():
            if process.pid not in before:
                process.kill()


def _let_them_start(client: Any, count: int, tell: Callable[[str], None]) -> None:
    """Wait a little for all, then for one; who is there begins."""
    if _are_there(client, count, within=SILENT_SECONDS):
        return
    tell(f"not all of {count} new processes answer yet; those that do begin")
    if not _are_there(client, 1, within=_WORKER_SECONDS):
        raise ClusterUnavailable(f"none of {count} new processes answered within {_WORKER_SECONDS} seconds")


def _are_there(client: Any, count: int, *, within: float) -> bool:
    try:
        client.wait_for_workers(count, timeout=within)
    except TimeoutError:
        return False
    return True


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Let Ctrl-C wait; threads and processes that are started meanwhile never hear it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started later, it would let interrupts through to what is started after it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _dask() -> Any:
    """Return the optional package, or say how it is installed."""
    try:
        return import_module("distributed")
    except ImportError as error:
        raise ClusterUnavailable("computing on a cluster needs Dask: pip install 'foedus[cluster]'") from error


def _wait_for_a_worker(client: Any, where: str, tell: Callable[[str], None]) -> None:
    """Wait until somebody is there, saying so; give up after a minute."""
    crew, began = Crew(client, where=where, tell=tell), time.monotonic()
    while not crew.able:
        if time.monotonic() - began > _WORKER_SECONDS:
            raise ClusterUnavailable(
                f"the scheduler at {where} has no worker; "
                "start some with `dask worker HOST:PORT --nworkers N --nthreads 1`"
            )
        time.sleep(_PAUSE_SECONDS * 10)
        crew.look()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's log off the screen; what matters is told in sentences."""
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
