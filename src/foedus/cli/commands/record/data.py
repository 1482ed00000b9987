"""The commands `data`, `data show`, `data figures` and `data reference`."""

import os
from pathlib import Path

import click

from foedus.cli.leaving import GuardedGroup
from foedus.cli.options.printing import json_option
from foedus.cli.telling import print_json, terminal
from foedus.errors import WrongRequest
from foedus.jobs.record.data import (
    FOLDER_VARIABLE,
    compute_figures,
    data_folder,
    data_reference_text,
    list_data_sets,
    show_data_set,
)
from foedus.jobs.telling.showing import JobResult

_LEAST_WIDTH = 100


@click.group("data", cls=GuardedGroup, invoke_without_command=True)
@click.pass_context
def data_group(context: click.Context) -> None:
    """List the public data sets behind the figures, and which of their files are there.

    foedus carries no data of others. Put the files into a folder and name it in FOEDUS_DATA; `foedus data show ID` says
    where each comes from and what its file must be called. Exits with 0, or with 2 where a file cannot be used. Needs
    an extra: pip install 'foedus[evidence]'.
    """
    if context.invoked_subcommand is None:
        _print(list_data_sets(_folder()))


@data_group.command("show")
@click.argument("name", metavar="ID")
def show_command(name: str) -> None:
    """Show what the catalogue knows of one data set: whose it is, where it comes from, which columns are read."""
    _print(show_data_set(name, folder=_folder()))


@data_group.command("figures")
@click.argument("words", nargs=-1)
@click.option(
    "--write",
    "target_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the targets to this file as well; computed ones where the files are there.",
)
@json_option()
def figures_command(words: tuple[str, ...], target_file: Path | None, as_json: bool) -> None:
    """Compute every figure from the files at hand, beside the value published or studied.

    WORDS narrow what is printed to these figures, such as A3 (with its parts) or B (all of them). What cannot be
    computed says which file it waits for.
    """
    folder = _folder()
    if target_file and folder is None:
        raise WrongRequest(f"nothing can be computed without data: set {FOLDER_VARIABLE} first")
    result = compute_figures(words, folder=folder)
    if target_file:
        click.echo(f"{result.write_targets(target_file)} targets written to {target_file}", err=True)
    if as_json:
        print_json(result.to_data(), indent=None)
    else:
        _print(result)


@data_group.command("reference")
def reference_command() -> None:
    """Print the reference page of data sets and figures, as Markdown."""
    click.echo(data_reference_text(), nl=False)


commands: tuple[click.Command, ...] = (data_group,)


def _folder() -> Path | None:
    """Return the data folder, or None with a word on what to do where none is named."""
    folder = data_folder(os.environ.get(FOLDER_VARIABLE))
    if folder is None:
        click.echo(
            f"{FOLDER_VARIABLE} is not set: put the data files into a folder and set {FOLDER_VARIABLE} to its path.\n",
            err=True,
        )
    return folder


def _print(result: JobResult) -> None:
    """Print tables of which no column is to be cut, on a terminal of some width."""
    result.print_on(terminal(least_width=_LEAST_WIDTH))
