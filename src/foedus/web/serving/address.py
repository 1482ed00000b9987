"""Where a server listens, and what it must have to listen there."""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from foedus.errors import WrongRequest
from foedus.web.security.policy import LOOPBACK_NAMES, AccessPolicy

USUAL_PORT = 8484
_PORTS_TRIED = 20


@dataclass(frozen=True)
class Certificate:
    """Files with which a server proves who it is: browsers then reach it over HTTPS."""

    chain: Path
    key: Path


@dataclass(frozen=True)
class Address:
    """What to listen on."""

    host: str = "127.0.0.1"
    """This machine only, unless another of its addresses is named."""
    port: int | None = None
    """0: any that is free; ``None``: the usual one, or the next that is free."""
    names: tuple[str, ...] = ()
    """Names under which other machines reach it."""
    certificate: Certificate | None = None
    allows_plain_http: bool = False
    """Whether other machines may be served unencrypted: whoever is on the network can then read and change all."""

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def policy(self) -> AccessPolicy:
        """Return what a server there accepts; refused where others would be served unencrypted without leave."""
        if not (self.is_loopback or self.certificate or self.allows_plain_http):
            raise WrongRequest(
                f"{self.host} can be reached by other machines, and without encryption anyone between could read and "
                "change what is sent: give a certificate and its key, put a server with one in front, or say "
                "--allow-plain-http where the network is your own"
            )
        others = () if self.is_loopback else (self.host, *self.names)
        named = tuple(f"[{name}]" if ":" in name else name for name in others if name not in ("0.0.0.0", "::"))  # noqa: S104
        return AccessPolicy(hosts=(*LOOPBACK_NAMES, *named), is_encrypted=self.certificate is not None)

    def listen(self) -> socket.socket:
        """Open the port; refused in words where another program has it."""
        ports = range(USUAL_PORT, USUAL_PORT + _PORTS_TRIED) if self.port is None else (self.port,)
        for port in ports:
            try:
                return _listen(self.host, port)
            except OSError as error:
                if port == ports[-1]:
                    raise WrongRequest(
                        f"port {port} of {self.host} cannot be used ({error.strerror}): name another with --port"
                    ) from error
        raise AssertionError("there is always a last port")

    def url(self, port: int) -> str:
        """Return what to type into a browser."""
        host = self.names[0] if self.names else self.host
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
    except OSError:
        opened.close()
        raise
    return opened
