"""Start a server, tell where it is, and keep it until it is stopped."""

import signal
import webbrowser
from collections.abc import Callable
from socket import socket
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from foedus.web.security.policy import AccessPolicy
from foedus.web.serving.address import Address

_SECONDS_TO_CLOSE = 2
"""How long requests under way may still take once the server is told to stop; streams of events never end."""


class WebServer(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, *, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._when_ready()


def start(
    make_app: Callable[[AccessPolicy], Starlette],
    *,
    address: Address,
    tell: Callable[[str], None],
    opens_browser: bool = False,
    first: str = "",
) -> None:
    """Serve an app until Ctrl-C; ``make_app`` is given what the server accepts, ``tell`` where it answers, once.

    ``first`` is the page to begin with, below the server's address.
    """
    policy = address.policy()
    opened = address.listen()
    url = address.url(opened.getsockname()[1]) + first

    def when_ready() -> None:
        tell(url)
        if opens_browser:
            webbrowser.open(url)

    # By default the signal ends a process on the spot, and what it shares with its workers is left lying about.
    signal.signal(signal.SIGTERM, _leave)
    with opened:
        server_of(make_app(policy), address=address, when_ready=when_ready).run(sockets=[opened])


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


def server_of(app: Starlette, *, address: Address, when_ready: Callable[[], None]) -> WebServer:
    """Make the server of an app; nothing that was asked is written to a log."""
    certificate = address.certificate
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=65_536,
        limit_concurrency=512,
        timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
        ssl_certfile=str(certificate.chain) if certificate else None,
        ssl_keyfile=str(certificate.key) if certificate else None,
    )
    return WebServer(config, when_ready=when_ready)
