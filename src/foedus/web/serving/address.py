"""Where a server listens, and what it must have to listen there."""

import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from foedus.errors import WrongRequest
from foedus.web.security.hosts import host_name
from foedus.web.security.policy import LOOPBACK_NAMES, AccessPolicy

USUAL_PORT = 8484
_PORTS_TRIED = 20


@dataclass(frozen=True)
class Certificate:
    """Files with which a server proves who it is: browsers then reach it over HTTPS."""

    chain: Path
    key: Path

    def check(self) -> None:
        """Refuse files that are no certificate with its key, before anybody is told where the server is."""
        try:
            # A password is never asked for: nobody may be there to type it.
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(self.chain, self.key, password="")
        except (ssl.SSLError, OSError) as error:
            why = getattr(error, "reason", None) or error.strerror
            raise WrongRequest(
                f"{self.chain.name} and {self.key.name} are no certificate with its key ({why}): give both as PEM, "
                "the key without a password"
            ) from error


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
    behind: str = ""
    """Name, with its port where it has one, of a server with a certificate on this machine that hands requests on."""

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
        self._refuse_confused()
        others = () if self.is_loopback or self._is_every else (self.host,)
        named = tuple(f"[{name}]" if ":" in name else name for name in (*others, *self.names))
        if self.behind:
            # The server in front has one address for everybody.
            hosts = (*LOOPBACK_NAMES, *named, host_name(self.behind))
            return AccessPolicy(hosts, is_encrypted=True, requests_per_second=600, burst=4_000)
        return AccessPolicy((*LOOPBACK_NAMES, *named), is_encrypted=self.certificate is not None)

    @property
    def _is_every(self) -> bool:
        return self.host in ("0.0.0.0", "::")  # noqa: S104  (asked about, not listened on)

    def _refuse_confused(self) -> None:
        if self._is_every and not self.names:
            raise WrongRequest(
                f"{self.host} stands for every address of this machine: say with --name under which one others reach it"
            )
        if self.behind and (self.certificate or not self.is_loopback):
            raise WrongRequest(
                "behind a server that has the certificate, this one answers that server alone: leave out --host, "
                "--tls-cert and --tls-key"
            )

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
        if self.behind:
            return f"https://{self.behind}/"
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
