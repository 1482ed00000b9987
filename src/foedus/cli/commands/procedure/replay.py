"""The command `replay`: a file of commands through the mechanism, onto a log that can be verified."""

import sys
from pathlib import Path

import click

from foedus.cli.leaving import NO, Guarded
from foedus.cli.options.printing import json_option
from foedus.cli.telling import print_json, print_result, print_written
from foedus.jobs.procedure.replay import ReplayRequest, replay_script, samples

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("replay", cls=Guarded)
@click.argument("script", type=_FILE, required=False)
@click.option("--log", type=click.Path(dir_okay=False, path_type=Path), help="Keep the events in this new log.")
@click.option("--under", "arrangement", default="", metavar="ARRANGEMENT", help="Play it under another text.")
@click.option("--judgments", type=_FILE, help="Judgments of your own instead of those that ship.")
@json_option()
@click.option("--samples", "is_listing", is_flag=True, help="List the scripts that ship, and stop.")
def replay_command(
    script: Path | None, log: Path | None, arrangement: str, judgments: Path | None, as_json: bool, is_listing: bool
) -> None:
    """Play a SCRIPT, who does what when, through the mechanism; each step is printed with its clause.

    With --log the events are kept as `foedus log verify` reads them. Exits with 1 where a step was refused that the
    script does not expect to be refused, or the reverse.
    """
    if is_listing:
        click.echo("\n".join(str(path) for path in samples()))
        return
    if script is None:
        raise click.UsageError("name a SCRIPT; --samples lists those that ship")
    result = replay_script(ReplayRequest(script, arrangement, log, judgments))
    if as_json:
        print_json(result.to_data())
    else:
        print_result(result)
    for each in result.unexpected:
        line = each.step.line if each.step else 0
        what = "was refused" if each.refusal else "was not refused"
        click.echo(f"{script}:{line}: this step {what}, and the script says otherwise", err=True)
    if log:
        print_written([log], on_error_stream=as_json)
    sys.exit(NO if result.unexpected else 0)


commands: tuple[click.Command, ...] = (replay_command,)
