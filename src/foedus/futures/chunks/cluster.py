"""Chunks on a Dask cluster: workers compute and send bytes back; only this process writes."""

import logging
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from multiprocessing import resource_tracker
from typing import Any

from foedus.errors import ClusterUnavailable
from foedus.futures.chunks.chunking import Chunk

_AHEAD = 2
"""Chunks that are under way or wait on the cluster, for each thread of a worker."""
_ATTEMPTS = 3
"""How often a chunk is sent out before it counts as what kills its workers; each time Dask itself tries four."""
_CONNECT_SECONDS = 10
_WORKER_SECONDS = 60
_KEPT = "what was finished is kept, and the same command goes on from there"


def solve_on_cluster(
    chunks: Sequence[Chunk], *, where: str, solve: Callable[[Chunk], bytes], tell: Callable[[str], None]
) -> Generator[tuple[Chunk, bytes], None, None]:
    """Have chunks computed on ``dask://HOST:PORT``, or on ``local:N`` new processes; give each when it is done.

    A chunk whose worker is lost is computed by another one. Raises `ClusterUnavailable` where there is none, where it
    is lost as a whole, where workers run another program, and where a chunk kills every worker it is given to.
    """
    with _connected(where) as client:
        crew = _Crew(client, tell)
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        waiting = iter(chunks)
        running = {_submitted(client, chunk, solve, attempt=1): (chunk, 1) for chunk in islice(waiting, ahead)}
        completed = _dask().as_completed(list(running), loop=client.loop)
        for future in completed:
            chunk, attempt = running.pop(future)
            crew.miss_the_lost()
            content = _result_of(future, chunk, is_last=attempt == _ATTEMPTS)
            if content is not None:
                yield chunk, content
                following = next(waiting, None)
                again = (following, 1) if following else None
            else:
                tell(f"{chunk} lost its workers; it is sent out again")
                again = (chunk, attempt + 1)
            if again:
                fresh = _submitted(client, again[0], solve, attempt=again[1])
                running[fresh] = again
                completed.add(fresh)


class _Crew:
    """The workers, so that it can be told when one is gone."""

    def __init__(self, client: Any, tell: Callable[[str], None]) -> None:
        self._client, self._tell = client, tell
        self._known = set(client.nthreads())

    def miss_the_lost(self) -> None:
        now = set(self._client.nthreads())
        for worker in sorted(self._known - now):
            self._tell(f"worker {worker} was lost; others compute what it had not finished")
        self._known = now


def _submitted(client: Any, chunk: Chunk, solve: Callable[[Chunk], bytes], *, attempt: int) -> Any:
    return client.submit(solve, chunk, key=f"foedus-{chunk.name}-{attempt}", pure=False)


def _result_of(future: Any, chunk: Chunk, *, is_last: bool) -> bytes | None:
    """Return the bytes of a chunk, or None where its workers died and it may be tried again."""
    try:
        content: bytes = future.result()
    except _dask().KilledWorker as error:
        if is_last:
            raise ClusterUnavailable(f"{chunk} killed every worker it was given to; {_KEPT}") from error
        return None
    except (_dask().CancelledError, OSError) as error:
        raise ClusterUnavailable(f"the cluster was lost ({type(error).__name__}); {_KEPT}") from error
    except ImportError as error:
        raise ClusterUnavailable(
            f"a worker cannot load foedus ({error}); install the same version in the workers' environment"
        ) from error
    return content


@contextmanager
def _connected(where: str) -> Iterator[Any]:
    kind, _, address = where.partition(":")
    with _quiet(), ExitStack() as stack:
        if kind == "local":
            yield stack.enter_context(_dask().Client(_new_processes(int(address), stack), set_as_default=False))
            return
        try:
            client = _dask().Client(f"tcp:{address}", timeout=_CONNECT_SECONDS, set_as_default=False)
        except OSError as error:
            raise ClusterUnavailable(f"no Dask scheduler answers at {where} ({error})") from error
        stack.enter_context(client)
        _wait_for_a_worker(client, where)
        yield client


def _new_processes(count: int, stack: ExitStack) -> Any:
    """Start workers of one thread, which share the kernel's compiled code; Ctrl-C is for this process to act on."""
    with _interrupts_held_back():
        cluster = _dask().LocalCluster(
            n_workers=count, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
        )
    return stack.enter_context(cluster)


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


def _wait_for_a_worker(client: Any, where: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_WORKER_SECONDS)
    except OSError as error:
        raise ClusterUnavailable(
            f"the scheduler at {where} has no worker; start some with `dask worker HOST:PORT --nworkers N --nthreads 1`"
        ) from error


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
