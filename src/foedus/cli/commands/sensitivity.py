"""The command `sensitivity`: which assumptions move an outcome, alone and with others."""

import click

from foedus.cli.command_words import command_words
from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.printing import json_option
from foedus.cli.options.run import futures_option, run_options
from foedus.cli.options.types import BASE as BASE_TYPE
from foedus.cli.options.types import OUTCOME
from foedus.cli.progress_bar import progress_bar
from foedus.cli.telling import print_data, print_result
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.assumptions.sensitivity import BASE, MOST, RESULTS, SensitivityRequest, find_sensitivity


@click.command("sensitivity", cls=Guarded)
@click.argument("files", type=TEXT, nargs=-1, required=True, metavar="FILE [FILE]")
@click.option("--outcome", type=OUTCOME, default="war", show_default=True, help="As in result files.")
@click.option("--base", type=BASE_TYPE, default=str(BASE), show_default=True, help="Base points, a power of two.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=MOST,
    show_default=True,
    help="Assumptions looked at singly; all others are one group.",
)
@run_options(
    futures_option(FUTURES["screen"], name="--screen", least=40, about="Futures in which the assumptions are screened.")
)
@json_option()
def sensitivity_command(
    files: tuple[str, ...], outcome: str, base: int, most: int, run: RunSettings, as_json: bool
) -> None:
    """Say which assumptions move an outcome of a text, or the difference that two texts make.

    With two files the first's outcome less the second's is looked at, in the same futures. All assumptions are
    screened first; Sobol' indices (alone, and with others) are then estimated for those that matter most and for all
    the others together. Solves up to (screen + base (most + 4)) futures for each text. Exit code 3 when too little
    converged, 130 when interrupted. Needs an extra: pip install 'foedus[sensitivity]'.
    """
    command = command_words(click.get_current_context(), always=("outcome",), never=("as_json",))
    request = SensitivityRequest(files, run, outcome=outcome, base=base, most=most, command=command)
    with progress_bar() as tell:
        result = find_sensitivity(request, tell=tell)
    if as_json:
        print_data(result.contents[RESULTS].decode())
    else:
        print_result(result)


commands: tuple[click.Command, ...] = (sensitivity_command,)
