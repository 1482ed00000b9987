"""What the server accepts and from whom: stated once, handed to every guard."""

from dataclasses import dataclass

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Names under which a browser on this machine reaches it."""


@dataclass(frozen=True)
class AccessPolicy:
    """Limits of one server."""

    hosts: tuple[str, ...] = LOOPBACK_NAMES
    """Names that a request may call the server by, without a port; any other is somebody else's name for this machine
    (DNS rebinding) and is refused."""
    is_encrypted: bool = False
    """Whether browsers reach the server over HTTPS: cookies are then marked so."""
    largest_body: int = 1_000_000
    """Bytes of a request; a text of the library has some ten thousand."""
    requests_per_second: float = 60.0
    """Allowed to one address in the long run."""
    burst: int = 400
    """Requests that one address may send at once."""
