"""The command `determine`: what reports carry, what would change it, who owes what by when."""

from datetime import UTC, datetime
from pathlib import Path

import click

from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.printing import json_option
from foedus.cli.telling import print_json, print_result
from foedus.jobs.procedure.determine import DetermineRequest, determine_incident, samples

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("determine", cls=Guarded)
@click.argument("arrangement", type=TEXT, required=False)
@click.option("--reports", type=FILE, help="The reports on one incident, as YAML.")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"]),
    help="The moment of which to ask, in UTC; that of the last report when not told.",
)
@click.option("--prior", default="", help="The belief before any report; that of the reports file when not told.")
@click.option("--seen-by", default="", metavar="PARTY", help="Leave out the reports that this party may not read.")
@click.option("--judgments", type=FILE, help="Judgments of your own instead of those that ship.")
@json_option()
@click.option("--samples", "is_listing", is_flag=True, help="List the files of reports that ship, and stop.")
def determine_command(
    arrangement: str | None,
    reports: Path | None,
    at: datetime | None,
    prior: str,
    seen_by: str,
    judgments: Path | None,
    as_json: bool,
    is_listing: bool,
) -> None:
    """Say what reports on an incident carry under ARRANGEMENT, and what follows.

    Prints what is found with what confidence, what would change it, who owes what by when, what guarantors may lawfully
    do, and what happens if nobody acts; each with its clause. ARRANGEMENT is a path or a library name. The mechanism
    that it shows finds nothing itself: people sign or dissent.
    """
    if is_listing:
        click.echo("\n".join(str(path) for path in samples()))
        return
    if arrangement is None or reports is None:
        raise click.UsageError("name an ARRANGEMENT and its --reports FILE; --samples lists files that ship")
    moment = at.replace(tzinfo=UTC) if at else None
    result = determine_incident(DetermineRequest(arrangement, reports, moment, prior, seen_by, judgments))
    if as_json:
        print_json(result.to_data())
    else:
        print_result(result)


commands: tuple[click.Command, ...] = (determine_command,)
