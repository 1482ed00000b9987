"""The command `params`: what a comparison assumes, and the views of the world that ship with foedus."""

import json
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click
from rich.console import Console

from foedus.cli.leaving import exit_with
from foedus.cli.options import overlays_option, parameters_or_exit, views_option
from foedus.futures.parameters.load import default_parameters, packaged_views
from foedus.futures.parameters.record import Parameter, Parameters
from foedus.report.parameters.listing import (
    counted,
    parameters_as_data,
    print_entries,
    print_parameters,
    print_views,
    views_as_data,
)


@click.command("params")
@click.argument("words", nargs=-1)
@overlays_option
@views_option
@click.option("--changed", "is_changed", is_flag=True, help="Only what differs from the default.")
@click.option("--verbose", "-v", is_flag=True, help="Tell everything of each: meaning, unit, source, cause.")
@click.option("--views", "is_views", is_flag=True, help="List instead the views of the world that --view takes.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def params_command(
    words: tuple[str, ...],
    overlays: tuple[Path, ...],
    views: tuple[str, ...],
    is_changed: bool,
    verbose: bool,
    is_views: bool,
    as_json: bool,
) -> None:
    """List every parameter with its range and status; WORDS narrow the list by name.

    One name tells that parameter in full. Exit code 2 when no name has all WORDS in it.
    """
    console = Console(highlight=False, soft_wrap=False)
    if is_views:
        found = packaged_views()
        click.echo(json.dumps(views_as_data(found))) if as_json else print_views(found, console=console)
        return
    parameters = parameters_or_exit(overlays, views)
    known = _changed(parameters) if is_changed else list(parameters.entries)
    chosen = _chosen(words, known)
    if words and not chosen:
        exit_with(_nothing_found(words, parameters))
    if as_json:
        click.echo(json.dumps(parameters_as_data(chosen)))
    elif verbose or len(chosen) == 1:
        print_entries(chosen, console=console)
    elif chosen:
        print_parameters(chosen, console=console)
        console.print(counted(chosen, of=parameters), style="dim")
    else:
        click.echo("nothing differs from the default")


commands: tuple[click.Command, ...] = (params_command,)


def _changed(parameters: Parameters) -> list[Parameter]:
    return [change.after for change in parameters.changes_from(default_parameters())]


def _chosen(words: Sequence[str], known: Sequence[Parameter]) -> list[Parameter]:
    """Return the one that is named, or all with every word in their name."""
    exact = [each for each in known if words == (each.name,)]
    return exact or [each for each in known if all(word.lower() in each.name.lower() for word in words)]


def _nothing_found(words: Sequence[str], parameters: Parameters) -> str:
    named = " and ".join(repr(word) for word in words)
    near = get_close_matches(words[0], list(parameters), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`foedus params` lists all names"
    return f"no parameter has {named} in its name; {hint}"
