"""The commands `log verify`, `log export`, `log import`, `log checkpoint` and `log erase`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from foedus.cli.leaving import NO, GuardedGroup
from foedus.cli.options.printing import json_option
from foedus.cli.telling import print_json, print_result
from foedus.jobs.log import erase_personal, export_log, import_log, latest_checkpoint, shown_place, verify_log
from foedus.jobs.telling.files import refuse_unwritable_file, write_file

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("log", cls=GuardedGroup)
def log_group() -> None:
    """Verify, export and keep the log of a rehearsal or sitting.

    A log is a SQLite file, an export of one (JSON Lines), or a PostgreSQL database, postgresql://… What it proves and
    what it does not: docs/log.md.
    """


@log_group.command("verify")
@click.argument("place", metavar="FILE")
@click.option("--key", metavar="KEY", help="The verifier key that should have signed, name+hash+key.")
@click.option("--seen", "seen_files", type=_FILE, multiple=True, help="A signed checkpoint that somebody kept.")
@json_option()
def verify_command(place: str, key: str | None, seen_files: tuple[Path, ...], as_json: bool) -> None:
    """Tell whether a log is what was signed, without asking anybody.

    Exits with 0 where it is, with 1 and the first event that cannot be vouched for where it is not, and with 2 where
    there is nothing to read.
    """
    result = verify_log(place, key=key, seen=seen_files)
    if as_json:
        print_json(result.to_data(), indent=None)
    elif result.is_whole:
        print_result(result)
    else:
        click.echo(str(result), err=True)
    sys.exit(0 if result.is_whole else NO)


@log_group.command("export")
@click.argument("place", metavar="FILE")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; printed otherwise.")
def export_command(place: str, out: Path | None) -> None:
    """Write a log as JSON Lines, the form in which it is handed to others; the same log gives the same bytes.

    A log that does not verify is not exported: exits with 1, and with 2 where there is nothing to read.
    """
    if out:
        refuse_unwritable_file(out)
    content = export_log(place)
    if out:
        write_file(content, file=out)
    else:
        click.echo(content, nl=False)


@log_group.command("import")
@click.argument("export", metavar="EXPORT")
@click.argument("place", metavar="FILE")
def import_command(export: str, place: str) -> None:
    """Write an export into a new SQLite file, or a database of which the URL is given; nothing is ever written over.

    Exits with 1 where the export does not verify, and with 2 where one of the places cannot be used.
    """
    import_log(export, place)
    click.echo(f"written: {shown_place(place)}")


@log_group.command("checkpoint")
@click.argument("place", metavar="FILE")
def checkpoint_command(place: str) -> None:
    """Print the latest signed checkpoint: who keeps it can later show that the log was only added to."""
    click.echo(latest_checkpoint(place), nl=False)


@log_group.command("erase")
@click.argument("place", metavar="FILE")
@click.option(
    "--event", "numbers", type=click.IntRange(min=0), multiple=True, required=True, help="Number of an event."
)
@click.option("--actor", required=True, help="The seat or role that erases; no name of a person.")
@click.option("--reason", required=True, help="Why; this stays in the log.")
@click.option("--key-file", type=_FILE, help="The signing key; FILE.key when not told.")
def erase_command(place: str, numbers: tuple[int, ...], actor: str, reason: str, key_file: Path | None) -> None:
    """Erase the personal part of events; that it was done, by whom and why, is recorded, and the log stays whole."""
    time = datetime.now(UTC)
    recorded = erase_personal(place, numbers, time=time, actor=actor, reason=reason, key_file=key_file)
    click.echo(f"erased, as event {recorded} records")


commands: tuple[click.Command, ...] = (log_group,)
