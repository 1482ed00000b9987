"""The command `compare`: try arrangements against the same futures, and write what came of it."""

from pathlib import Path
from typing import Any

import click

from foedus.cli.command_words import command_words
from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.run import futures_option, out_option, run_options, theatre_option
from foedus.cli.options.types import PLACE, REQUIREMENTS
from foedus.cli.progress_bar import progress_bar
from foedus.cli.telling import error_terminal, print_result
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.compare import CompareRequest, FirstLook, compare_texts

_HOW_COMPUTED = ("place", "chunk_folder", "chunk_futures", "chunk_key")
"""Options on which no outcome depends."""


@click.command("compare", cls=Guarded)
@click.argument("files", type=TEXT, nargs=-1, required=True, metavar="FILE...")
@click.option("--baseline", help="Id of the arrangement to measure against; the first one when not given.")
@click.option(
    "--require",
    "requirements",
    type=REQUIREMENTS,
    default=(),
    help="What is good enough, as war<=0.2,defend<=10%,cost<=0.05.",
)
@theatre_option
@click.option("--across", "is_across", is_flag=True, help="Compare texts about different states and adversaries too.")
@click.option("--annex", "with_annex", is_flag=True, help="Print the annex of the report too, with every figure.")
@out_option("out", about="Folder for report.html, results.parquet and results.json.")
@run_options(futures_option(FUTURES["compare"]), is_spread=True)
@click.option("--on", "place", type=PLACE, help="Compute on a cluster, dask:// or tls://HOST:PORT, or local:N.")
@click.option(
    "--chunks",
    "chunk_folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep what is done in this folder, and go on from there; OUT/chunks with --on.",
)
@click.option("--chunk-futures", type=click.IntRange(min=1), default=25, show_default=True, help="Futures in a chunk.")
@click.option(
    "--chunk-key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Seal chunks with the key in this file, and take only those that it has sealed.",
)
@click.option(
    "--stream",
    "is_streamed",
    is_flag=True,
    help="For more futures than memory holds: count them chunk by chunk, and write them in parts into OUT/results.",
)
def compare_command(files: tuple[str, ...], out: Path, run: RunSettings, is_streamed: bool, **asked: Any) -> None:
    """Compare arrangements in the same sampled futures.

    Each FILE is a path, a folder of arrangements, the name of a packaged arrangement such as
    ukraine/nato_membership, or a theatre such as ukraine for all of its arrangements. Prints a table and writes a
    report to read and results for programs. From a hundred futures on a first look at twenty is shown as soon as they
    are solved. With --chunks, or --on, what is done is kept as it is done, and the same command goes on from there.
    Exit code 3 when no future converged for all, 4 when the cluster cannot be used, 130 when interrupted.

    Texts that protect different states, or from different adversaries, are refused unless --across is given: what
    differs between them is the theatre as well as the text, and the table and the page then say so.
    """
    command = command_words(click.get_current_context(), never=_HOW_COMPUTED)
    request = CompareRequest(files, run, out=out, command=command, hear=_tell_aside, look=_show_aside, **asked)
    if is_streamed:
        _stream(request, out)
        return
    with progress_bar() as tell:
        result = compare_texts(request, tell=tell)
    report, *others = result.write(out)
    print_result(result)
    click.echo(f"report:  {report}\nresults: {', '.join(str(path) for path in others)}")


commands: tuple[click.Command, ...] = (compare_command,)


def _stream(request: CompareRequest, out: Path) -> None:
    # loads nothing that others wait for
    from foedus.jobs.large.compare_streamed import compare_streamed

    with progress_bar() as tell:
        result = compare_streamed(request, tell=tell)
    (figures,) = result.write(out)
    print_result(result)
    click.echo(f"figures: {figures}\nparts:   {len(result.parts)} in {result.parts[0].parent}")


def _show_aside(look: FirstLook) -> None:
    look.print_on(error_terminal())


def _tell_aside(sentence: str) -> None:
    click.echo(sentence, err=True)
