"""Only requests that call the server by its own name: a page elsewhere cannot point its own name at this machine."""

from starlette.types import ASGIApp, Receive, Scope, Send

from foedus.web.security.policy import AccessPolicy
from foedus.web.security.refusal import RefusedRequest, header_of


class KnownHosts:
    """Refuse requests under a name that is not the server's."""

    def __init__(self, app: ASGIApp, *, policy: AccessPolicy) -> None:
        self._app = app
        self._hosts = frozenset(name.lower() for name in policy.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and host_name(header_of(scope, "host")) not in self._hosts:
            raise RefusedRequest(
                421, "This server does not go by that name", f"Open it under one of: {', '.join(sorted(self._hosts))}."
            )
        await self._app(scope, receive, send)


def host_name(header: str) -> str:
    """Return the name in a ``Host`` header, without its port."""
    name, colon, port = header.strip().lower().rpartition(":")
    return name if colon and port.isdigit() else header.strip().lower()
