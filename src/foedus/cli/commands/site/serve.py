"""The command `serve`: foedus in a browser, on this machine."""

from functools import partial

import click

from foedus.cli.leaving import Guarded
from foedus.jobs.asking.defaults import FUTURES
from foedus.web.explorer.site import explorer_app
from foedus.web.serving.address import USUAL_PORT, Address
from foedus.web.serving.start import start


@click.command("serve", cls=Guarded)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"Port to answer on; 0: any that is free (default {USUAL_PORT}, or the next that is free).",
)
@click.option("--no-browser", is_flag=True, help="Open no browser; only print the address.")
@click.option(
    "--futures",
    type=click.IntRange(min=40),
    default=FUTURES["compare"],
    show_default=True,
    help="Futures of every picture: fewer are quicker and rougher.",
)
def serve_command(port: int | None, no_browser: bool, futures: int) -> None:
    """Open foedus in a browser, until Ctrl-C.

    It answers this machine alone, needs no account and no network, and sends nothing anywhere.
    """
    start(partial(explorer_app, futures=futures), address=Address(port=port), tell=_tell, opens_browser=not no_browser)


commands: tuple[click.Command, ...] = (serve_command,)


def _tell(url: str) -> None:
    click.echo(f"foedus answers at {url} (Ctrl-C stops it)")
