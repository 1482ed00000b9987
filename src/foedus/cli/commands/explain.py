"""The command `explain`: what a text does, which clause gave which number, and how much each clause carries."""

from pathlib import Path

import click

from foedus.cli.command_words import command_words
from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.printing import json_option
from foedus.cli.options.run import futures_option, out_option, run_options
from foedus.cli.options.types import OUTCOME
from foedus.cli.progress_bar import progress_bar
from foedus.cli.telling import print_data, print_json, print_result, print_written
from foedus.jobs.anatomy import ORDERS, RESULTS, AnatomyRequest, take_apart
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.explain import compile_text, explain_text


@click.command("explain", cls=Guarded)
@click.argument("file", type=TEXT)
@click.option("--compiled", "show_compiled", is_flag=True, help="Which clause gave which number of the game.")
@click.option("--anatomy", "is_anatomy", is_flag=True, help="How much of an outcome each clause carries.")
@click.option(
    "--outcome", type=OUTCOME, default="war", show_default=True, help="With --anatomy: the outcome, as in result files."
)
@click.option(
    "--orders",
    type=click.IntRange(min=4),
    default=ORDERS,
    show_default=True,
    help="Orders drawn, in pairs, where the clauses are too many for all.",
)
@run_options(futures_option(FUTURES["anatomy"], about="With --anatomy: how many futures to draw."))
@out_option(None, about="Folder for report.html and anatomy.json.")
@json_option("Print the arrays as `foedus solve` reads them, or the anatomy.")
def explain_command(
    file: str,
    show_compiled: bool,
    is_anatomy: bool,
    outcome: str,
    orders: int,
    run: RunSettings,
    out: Path | None,
    as_json: bool,
) -> None:
    """Explain what an arrangement does.

    Without an option: what its numbers come to, and the clauses that bind most. --compiled: which clause gave which
    number, at the middle of every range. --anatomy: groups of clauses are taken out of the text in every combination,
    each combination is solved in the same futures, and the difference that the whole text makes is divided among them.
    """
    if show_compiled and is_anatomy:
        raise click.UsageError("--compiled and --anatomy are different questions; ask one at a time")
    if out and not is_anatomy:
        raise click.UsageError("--out goes with --anatomy")
    if is_anatomy:
        command = command_words(click.get_current_context(), always=("outcome",), never=("as_json",))
        request = AnatomyRequest(file, run, outcome=outcome, orders=orders, out=out, command=command)
        _take_apart(request, as_json=as_json)
    elif as_json:
        print_json(compile_text(file, parameters=run.parameters).to_data(), indent=None)
    elif show_compiled:
        print_result(compile_text(file, parameters=run.parameters))
    else:
        print_result(explain_text(file, parameters=run.parameters))


commands: tuple[click.Command, ...] = (explain_command,)


def _take_apart(request: AnatomyRequest, *, as_json: bool) -> None:
    with progress_bar() as tell:
        result = take_apart(request, tell=tell)
    written = result.write(request.out) if request.out else ()
    if as_json:
        print_data(result.contents[RESULTS].decode())
    else:
        print_result(result)
    if written:
        print_written(written, on_error_stream=as_json)
