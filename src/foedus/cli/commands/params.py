"""The command `params`: what a comparison assumes, and the views of the world that ship with foedus."""

from pathlib import Path

import click

from foedus.cli.leaving import Guarded
from foedus.cli.options.printing import json_option
from foedus.cli.options.run import overlays_option, views_option
from foedus.cli.telling import print_json, print_result, terminal
from foedus.jobs.parameters import ParametersRequest, list_parameters, list_views


@click.command("params", cls=Guarded)
@click.argument("words", nargs=-1)
@overlays_option
@views_option
@click.option("--changed", "is_changed", is_flag=True, help="Only what differs from the default.")
@click.option("--verbose", "-v", is_flag=True, help="Tell everything of each: meaning, unit, source, cause.")
@click.option("--views", "is_views", is_flag=True, help="List instead the views of the world that --view takes.")
@json_option()
def params_command(
    words: tuple[str, ...],
    overlays: tuple[Path, ...],
    views: tuple[str, ...],
    is_changed: bool,
    verbose: bool,
    is_views: bool,
    as_json: bool,
) -> None:
    """List every parameter with its range and status; WORDS narrow the list by name, or else by meaning.

    One name tells that parameter in full. Exit code 2 when no parameter has all WORDS in its name or meaning.
    """
    if is_views:
        listed = list_views()
        print_json(listed.to_data(), indent=None) if as_json else print_result(listed)
        return
    result = list_parameters(ParametersRequest(words, overlays=overlays, views=views, is_changed=is_changed))
    if as_json:
        print_json(result.to_data(), indent=None)
    elif verbose:
        result.print_in_full(terminal())
    else:
        print_result(result)


commands: tuple[click.Command, ...] = (params_command,)
