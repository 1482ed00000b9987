"""Work of minutes, each in a process of its own: it gives way to everything else, tells how far it is, can be ended."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, TypeVar

from foedus.errors import FoedusError
from foedus.web.work.long_jobs import TellJob

T = TypeVar("T")
_GIVES_WAY = 10
"""How much nicer than the server's other work it is."""
_SECONDS_BETWEEN = 0.2
"""Between two words about how far it is."""


class WorkFailed(Exception):
    """A fault in the program, in another process; the message says where."""


class Apart:
    """Room for a few pieces of long work at once; others wait for their turn."""

    def __init__(self, *, most: int | None = None) -> None:
        self._most = most or max(1, (os.cpu_count() or 1) // 2)
        self._room = asyncio.Semaphore(self._most)
        self._listeners = ThreadPoolExecutor(self._most, thread_name_prefix="listening")

    async def run(self, work: Callable[..., T], request: object, *, tell: TellJob) -> T:
        """Have ``work(request, tell=…)`` done; whoever is cancelled ends its process at once."""
        tell(0, 0, "waiting for its turn")
        async with self._room:
            tell(0, 0, "starting")
            ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
            process = multiprocessing.get_context("spawn").Process(
                target=_carry_out, args=(theirs, work, request), daemon=True
            )
            process.start()
            theirs.close()
            try:
                answer: T = await self._listen(ours, tell)
                return answer
            finally:
                process.kill()
                await asyncio.get_running_loop().run_in_executor(None, process.join)
                ours.close()

    def close(self) -> None:
        """Listen to nobody any more."""
        self._listeners.shutdown(wait=False, cancel_futures=True)

    async def _listen(self, ours: Connection, tell: TellJob) -> Any:
        loop = asyncio.get_running_loop()
        while True:
            try:
                kind, content = await loop.run_in_executor(self._listeners, ours.recv)
            except EOFError as error:
                raise WorkFailed("the process ended without an answer") from error
            if kind == "done":
                return content
            if kind == "failed":
                raise content
            what, done, total = content
            tell(done, total, what)


def _carry_out(answer: Connection, work: Callable[..., object], request: object) -> None:
    """Do the work in this process, and send what comes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    with suppress(AttributeError, OSError):
        os.nice(_GIVES_WAY)
    last = 0.0

    def tell(what: str, done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= _SECONDS_BETWEEN or done == total:
            last = monotonic()
            answer.send(("told", (what, done, total)))

    try:
        answer.send(("done", work(request, tell=tell)))
    except FoedusError as error:
        answer.send(("failed", error))
    except Exception as error:
        answer.send(("failed", WorkFailed(f"{type(error).__name__}: {error}")))
        raise


def _end_with_the_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(0)
