"""The commands `rehearse` and `convene`: a room in a browser, played or in earnest."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from foedus.cli.leaving import Guarded
from foedus.cli.options.listening import address_of, listening_options
from foedus.cli.options.names import TEXT
from foedus.errors import WrongRequest
from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.opening import ConveneRequest, RehearseRequest, exercises, open_rehearsal, open_sitting
from foedus.jobs.room.sign_on_file import load_sign_on
from foedus.web.room.site import room_app
from foedus.web.serving.address import Address
from foedus.web.serving.start import start

_LOG = click.Path(dir_okay=False, path_type=Path)
_TWO = click.option(
    "--two-persons",
    is_flag=True,
    help="Votes and commitments take two persons of a delegation: one drafts, the other countersigns.",
)

_SIGN_ON = click.option(
    "--sign-on",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File that says which institution vouches for people, and where each sits (extra `oidc`).",
)


@click.command("rehearse", cls=Guarded)
@click.argument("arrangement", type=TEXT, required=False, default="")
@click.option("--scenario", default="", metavar="NAME", help="A scenario that ships, or a file.")
@click.option("--solo", is_flag=True, help="Play one party alone against bots, and lead the rehearsal yourself.")
@click.option("--as", "player", default="", metavar="PARTY", help="The party to play with --solo.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the draws.")
@click.option("--log", type=_LOG, help="Keep the room in this file; it is taken up again where it is there.")
@_TWO
@_SIGN_ON
@listening_options
@click.option("--list", "is_listing", is_flag=True, help="List the scenarios that ship, and stop.")
def rehearse_command(
    arrangement: str,
    scenario: str,
    solo: bool,
    player: str,
    seed: int,
    log: Path | None,
    two_persons: bool,
    sign_on: Path | None,
    no_browser: bool,
    is_listing: bool,
    **listening: Any,
) -> None:
    """Rehearse a scenario under an ARRANGEMENT in a browser, until Ctrl-C.

    Empty seats are played by bots: by the equilibrium of that arrangement in a drawn future, the odds in the log.
    """
    if is_listing:
        for name, about in exercises():
            click.echo(f"{name}: {about}")
        return
    address = address_of(**listening)
    if solo and two_persons:
        raise WrongRequest("nobody is two persons: leave out --solo or --two-persons")
    opened = open_rehearsal(RehearseRequest(arrangement, scenario, player, seed, log, two_persons))
    seats = ("director", opened.player) if solo else ("director",)
    _serve(RoomDesk(opened), seats, sign_on=sign_on, address=address, opens_browser=not no_browser)


@click.command("convene", cls=Guarded)
@click.argument("arrangement", type=TEXT)
@click.option("--log", type=_LOG, required=True, help="Keep the room in this file; it is taken up again where it is.")
@click.option("--prior", default="flat", show_default=True, help="From which prior the reports are weighed.")
@_TWO
@_SIGN_ON
@listening_options
def convene_command(
    arrangement: str, log: Path, prior: str, two_persons: bool, sign_on: Path | None, no_browser: bool, **listening: Any
) -> None:
    """Convene a sitting under an ARRANGEMENT in a browser, in earnest: the wall's clock, no injects, no bots."""
    address = address_of(**listening)
    opened = open_sitting(ConveneRequest(arrangement, log, prior, two_persons))
    _serve(RoomDesk(opened), ("director",), sign_on=sign_on, address=address, opens_browser=not no_browser)


def _serve(
    desk: RoomDesk, seats: tuple[str, ...], *, sign_on: Path | None, address: Address, opens_browser: bool
) -> None:
    told = load_sign_on(sign_on, seats=desk.seat_ids) if sign_on else None
    first = f"room/join/{desk.link_for(seats)}"
    # Ctrl-C is how a room is left, and no failure.
    with suppress(KeyboardInterrupt):
        start(
            room_app(desk, sign_on=told), address=address, tell=_teller(desk), opens_browser=opens_browser, first=first
        )
    if desk.opened.is_kept:
        click.echo(f"Stopped. The same command takes the room in {desk.opened.place} up again.")


def _teller(desk: RoomDesk) -> Callable[[str], None]:
    def tell(url: str) -> None:
        click.echo(f"{desk.title}\nTake your seat: {url}")
        kept = f"The room is kept in {desk.opened.place}" if desk.opened.is_kept else "Nothing is kept after the end"
        click.echo(f"{kept}. Ctrl-C stops it.")

    return tell


commands: tuple[click.Command, ...] = (rehearse_command, convene_command)
