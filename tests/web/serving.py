"""A server of an app on a free port of this machine, for as long as a test needs it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.applications import Starlette

from foedus.web.security.policy import AccessPolicy
from foedus.web.serving.address import Address
from foedus.web.serving.start import server_of

_SECONDS_TO_START = 20


@contextmanager
def serving(make_app: Callable[[AccessPolicy], Starlette], *, policy: AccessPolicy | None = None) -> Iterator[str]:
    """Serve an app from a thread; gives its address without a slash at the end."""
    address = Address(port=0)
    ready = threading.Event()
    with address.listen() as opened:
        server = server_of(make_app(policy or address.policy()), address=address, when_ready=ready.set)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[opened])), daemon=True)
        thread.start()
        try:
            assert ready.wait(_SECONDS_TO_START), "the server did not start"
            yield address.url(opened.getsockname()[1]).rstrip("/")
        finally:
            server.should_exit = True
            thread.join(_SECONDS_TO_START)
            assert not thread.is_alive(), "the server did not stop"
