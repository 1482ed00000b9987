"""Options that say where a server listens, and how other machines are let in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from foedus.errors import WrongRequest
from foedus.web.serving.address import USUAL_PORT, Address, Certificate

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPTIONS = (
    click.option(
        "--port",
        type=click.IntRange(0, 65535),
        help=f"Port to answer on, 0 for any that is free; {USUAL_PORT}, or the next that is free, where none is named.",
    ),
    click.option("--no-browser", is_flag=True, help="Open no browser; only print the link."),
    click.option(
        "--host",
        default="127.0.0.1",
        show_default=True,
        help="Address of this machine to answer on; 0.0.0.0 for all of them. Other machines need a certificate.",
    ),
    click.option(
        "--name",
        "names",
        multiple=True,
        metavar="NAME",
        help="Name under which other machines reach this one, as its certificate has it.",
    ),
    click.option("--tls-cert", type=_FILE, help="Certificate, with those that vouch for it, as PEM: serve HTTPS."),
    click.option("--tls-key", type=_FILE, help="Key of the certificate, as PEM without a password."),
    click.option(
        "--behind",
        default="",
        metavar="NAME",
        help="Name of a server with a certificate on this machine that hands requests on to this one.",
    ),
    click.option(
        "--allow-plain-http",
        is_flag=True,
        help="Serve other machines without encryption: whoever is on the network can read and change all.",
    ),
)


def listening_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which is given them by their names."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def address_of(
    *,
    port: int | None,
    host: str,
    names: tuple[str, ...],
    tls_cert: Path | None,
    tls_key: Path | None,
    behind: str,
    allow_plain_http: bool,
) -> Address:
    """Return what was asked for as an address; raise `WrongRequest` where nothing could be served there."""
    if (tls_cert is None) != (tls_key is None):
        raise WrongRequest("a certificate and its key go together: give both --tls-cert and --tls-key")
    certificate = Certificate(tls_cert, tls_key) if tls_cert and tls_key else None
    address = Address(host, port, names, certificate, allow_plain_http, behind)
    address.policy()
    if certificate:
        certificate.check()
    return address
