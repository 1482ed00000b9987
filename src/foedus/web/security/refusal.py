"""Saying no to a request, in words that tell how to go on."""

from starlette.types import Scope


class RefusedRequest(Exception):
    """A request that is not served: its status, what is wrong and what to do instead."""

    def __init__(self, status: int, what: str, remedy: str, *, wait_seconds: int = 0) -> None:
        super().__init__(what)
        self.status = status
        self.what = what
        self.remedy = remedy
        self.wait_seconds = wait_seconds
        """After how long to ask again; 0 where asking again does not help."""


def header_of(scope: Scope, name: str) -> str:
    """Return a header of a request; empty where it was not sent, or was sent twice with different values."""
    wanted = name.lower().encode()
    found = {value.decode("latin-1") for key, value in scope["headers"] if key == wanted}
    return found.pop() if len(found) == 1 else ""
