"""The command `evidence`: hold the model against the record, weigh futures by it, and try it on cases that are over."""

from pathlib import Path
from typing import Any

import click

from foedus.cli.command_words import command_words
from foedus.cli.leaving import Guarded
from foedus.cli.options.run import futures_option, out_option, seed_option, workers_option
from foedus.cli.progress_bar import progress_bar
from foedus.cli.telling import print_result
from foedus.jobs.record.calibrate import DEAREST, FILES, FUTURES, LIMIT, CalibrateRequest, hold_against_history
from foedus.jobs.record.data import FOLDER_VARIABLE

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_ABOVE_0 = click.FloatRange(min=0, min_open=True)


@click.command("evidence", cls=Guarded)
@futures_option(FUTURES, least=2)
@seed_option
@click.option(
    "--data",
    type=_FOLDER,
    envvar=FOLDER_VARIABLE,
    show_envvar=True,
    help="Folder with the data sets of others; without it, targets are those that ship.",
)
@click.option(
    "--observations",
    type=_FILE,
    multiple=True,
    help="More observations to hold the model against, such as those of a rehearsal.",
)
@click.option(
    "--limit",
    type=_ABOVE_0,
    default=LIMIT,
    show_default=True,
    help="Standard deviations by which a figure may miss a target.",
)
@click.option(
    "--dearest",
    type=_ABOVE_0,
    default=DEAREST,
    show_default=True,
    help="Nats for one standard deviation, above which a target is given up.",
)
@out_option("out", about=f"Folder for {', '.join(FILES[:-1])} and {FILES[-1]}.")
@workers_option
def evidence_command(out: Path, **asked: Any) -> None:
    """Weigh futures by history, and try the model on cases whose end is known.

    Solves 29 texts in every future: less than half a second of one core for each future, some seven minutes for the
    default on one core. Writes a page to read, the numbers behind it, and the weighted draws as a parameter file
    that `foedus compare --parameters FILE` reads. The packaged view `calibrated` was written by this command. Needs an
    extra: pip install 'foedus[evidence]'.
    """
    command = command_words(click.get_current_context())
    with progress_bar() as tell:
        result = hold_against_history(CalibrateRequest(out=out, command=command, **asked), tell=tell)
    page, *others = result.write(out)
    print_result(result)
    click.echo(f"page: {page}\nothers: {', '.join(str(path) for path in others)}")


commands: tuple[click.Command, ...] = (evidence_command,)
