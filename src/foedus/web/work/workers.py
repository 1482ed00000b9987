"""Processes that do the work, so that the server keeps answering; what is urgent goes first, too much is refused."""

import asyncio
import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from foedus.web.security.refusal import RefusedRequest

T = TypeVar("T")
MOST_WAITING = 2000
"""Pieces of work that may wait; a comparison of eight has some two hundred."""

MOST_TRIES = 3
"""How often a piece of work is begun whose process ends in the midst of it."""
DONE_AGAIN = "A process that was at work on this ended before its time; what it had in hand is done again."


class Urgency(IntEnum):
    """Who waits for it."""

    NOW = 0
    """Somebody looks at the page and has just changed something."""
    SOON = 1
    """The picture that is there gets sharper."""
    LATER = 2
    """A long job that shows its progress."""


@dataclass(order=True)
class _Ticket:
    urgency: int
    number: int
    call: Callable[[], Any] = field(compare=False)
    answer: "asyncio.Future[Any]" = field(compare=False)
    when_lost: Callable[[], None] = field(compare=False)
    tries: int = field(compare=False, default=0)


class Workers:
    """Worker processes behind a queue."""

    def __init__(self, *, processes: int | None = None, prepare: Callable[[], None] | None = None) -> None:
        self._count = processes or max(1, os.cpu_count() or 1)
        self._prepare = prepare
        self._numbers = itertools.count()
        self._queue: asyncio.PriorityQueue[_Ticket] = asyncio.PriorityQueue()
        self._pool: ProcessPoolExecutor | None = None
        self._dispatchers: list[asyncio.Task[None]] = []
        self._wanted, self._wants = multiprocessing.get_context("spawn").Pipe(duplex=False)
        """Workers listen to the first for as long as the second is open."""

    @property
    def count(self) -> int:
        """How many pieces are worked on at once."""
        return self._count

    def open(self) -> None:
        """Begin to take work; called on the event loop."""
        self._pool = self._new_pool()
        self._dispatchers = [asyncio.create_task(self._dispatch()) for _ in range(self._count)]

    def close(self) -> None:
        """Stop; what is being worked on is finished for nobody, and nobody waits for it."""
        for task in self._dispatchers:
            task.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
        self._wants.close()
        self._wanted.close()

    async def run(
        self,
        work: Callable[..., T],
        /,
        *arguments: object,
        urgency: Urgency,
        when_lost: Callable[[], None] = lambda: None,
        **named: object,
    ) -> T:
        """Have something done in another process; refused where too much waits already.

        Who is cancelled while it still waits takes it out of the queue. Where the process ends in the midst of it,
        killed or out of memory, ``when_lost`` is called and it is done again, refused after `MOST_TRIES`.
        """
        if self._queue.qsize() >= MOST_WAITING:
            raise RefusedRequest(
                503,
                "More is being worked on than this machine can take",
                "Wait until some of it is done, or cancel what you no longer need.",
                wait_seconds=5,
            )
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        call = partial(work, *arguments, **named)
        self._queue.put_nowait(_Ticket(int(urgency), next(self._numbers), call, answer, when_lost))
        return await answer

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=self._count,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._prepare, self._wanted),
        )

    async def _dispatch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            ticket = await self._queue.get()
            pool = self._pool
            if ticket.answer.cancelled() or pool is None:
                continue
            try:
                ticket.tries += 1
                result = await loop.run_in_executor(pool, ticket.call)
            except asyncio.CancelledError:
                raise
            except BrokenProcessPool:
                self._replace(pool)
                self._begin_again(ticket)
            except BaseException as error:
                _settle(ticket.answer, error=error)
            else:
                _settle(ticket.answer, result=result)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Put other processes in the place of those of a pool that lost one: such a pool takes no work any more."""
        if self._pool is broken:
            self._pool = self._new_pool()
            broken.shutdown(wait=False, cancel_futures=True)

    def _begin_again(self, ticket: _Ticket) -> None:
        """Put work whose process has ended back to where it stood in the queue."""
        if ticket.tries < MOST_TRIES:
            ticket.when_lost()
            self._queue.put_nowait(ticket)
        else:
            _settle(ticket.answer, error=_given_up())


def _given_up() -> RefusedRequest:
    return RefusedRequest(
        503,
        "This was not finished",
        f"The process at work on it ended before its time, {MOST_TRIES} times: it was killed, or the machine has too "
        "little memory. Close what else needs memory and ask again.",
        wait_seconds=10,
    )


def _settle(answer: "asyncio.Future[Any]", *, result: object = None, error: BaseException | None = None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)


def _begin(prepare: Callable[[], None] | None, wanted: Connection) -> None:
    """Leave Ctrl-C to the server, which ends its workers itself, and load what most work needs, beside the first work.

    On a machine that never solved a game before, that compiles for minutes; what needs no game does not wait for it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_server, args=(wanted,), daemon=True).start()
    if prepare is not None:
        threading.Thread(target=prepare, daemon=True).start()


def _leave_with_the_server(wanted: Connection) -> None:
    """End this process when nobody wants it any more, and when the server's is gone, however it went."""
    server = multiprocessing.parent_process()
    if server is not None:
        wait([wanted, server.sentinel])
        os._exit(0)
