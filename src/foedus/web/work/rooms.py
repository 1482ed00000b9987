"""Rooms that are opened from a page: each is a server of its own in a process of its own, and ends with this one."""

import asyncio
import multiprocessing
import os
import secrets
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from foedus.errors import FoedusError, WrongRequest
from foedus.web.security.refusal import RefusedRequest

MOST = 4
"""Rooms of all visitors together; each is a server with its own memory."""
_SECONDS_TO_OPEN = 300

ServeRoom = Callable[[Any, Callable[[str, str], None]], None]
"""Serves a room until it is ended; tells its title and where it answers."""


@dataclass(eq=False)
class OpenRoom:
    """A room that answers."""

    title: str
    url: str
    """Where a seat is taken, once."""
    command: str
    """What opens the same in a terminal."""
    asker: str
    process: BaseProcess
    name: str = field(default_factory=lambda: secrets.token_urlsafe(9))

    @property
    def is_running(self) -> bool:
        """Whether it still answers."""
        return self.process.is_alive()

    @property
    def home(self) -> str:
        """Where whoever took a seat finds it again."""
        return self.url.partition("/room/")[0] + "/room"


class Rooms:
    """The rooms that were opened here."""

    def __init__(self) -> None:
        self._open: list[OpenRoom] = []
        self._ending: list[OpenRoom] = []
        """Those that were told to end and may still be saying so to who sits in them."""

    def of(self, asker: str) -> tuple[OpenRoom, ...]:
        """Return the rooms of one visitor that still run, the latest first."""
        self._open = [room for room in self._open if room.is_running]
        return tuple(room for room in reversed(self._open) if room.asker == asker)

    async def open(self, serve: ServeRoom, request: object, *, command: str, asker: str) -> OpenRoom:
        """Open a room; refused where as many run as the machine should take."""
        self._open = [room for room in self._open if room.is_running]
        if len(self._open) >= MOST:
            raise RefusedRequest(
                503,
                "Enough rooms are open already",
                f"{MOST} rooms are open on this machine. End one that is over, or run the command in a terminal.",
                wait_seconds=30,
            )
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        # Not a daemon: a room works out in a process of its own what its bots play.
        process = context.Process(target=_serve, args=(theirs, serve, request))
        process.start()
        theirs.close()
        title, url = await _hear(ours, process)
        room = OpenRoom(title, url, command, asker, process)
        self._open.append(room)
        return room

    def end(self, asker: str, name: str) -> None:
        """End a room of one visitor."""
        for room in self.of(asker):
            if room.name == name:
                room.process.terminate()
                self._open.remove(room)
                self._ending.append(room)

    def close(self) -> None:
        """End every room."""
        for room in self._open:
            room.process.terminate()
        for room in (*self._open, *self._ending):
            room.process.join(timeout=5)


async def _hear(ours: Connection, process: BaseProcess) -> tuple[str, str]:
    loop = asyncio.get_running_loop()
    error: Exception = WrongRequest("the room did not open; the terminal of the server says why")
    try:
        if await loop.run_in_executor(None, ours.poll, _SECONDS_TO_OPEN):
            kind, content = ours.recv()
            if kind == "open":
                title, url = content
                return title, url
            error = content
        else:
            error = WrongRequest("the room did not open in five minutes; the machine may be at work on something else")
    except EOFError:
        pass
    finally:
        ours.close()
    process.terminate()
    raise error


def _serve(answer: Connection, serve: ServeRoom, request: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    try:
        serve(request, lambda title, url: answer.send(("open", (title, url))))
    except FoedusError as error:
        answer.send(("failed", error))


def _end_with_the_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(0)
