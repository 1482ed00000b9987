"""The command `claims`: arguments tried against the futures."""

import shlex
from pathlib import Path

import click

from foedus.cli.command_words import command_words
from foedus.cli.leaving import Guarded
from foedus.cli.options.names import CLAIM
from foedus.cli.options.run import futures_option, out_option, run_options
from foedus.cli.progress_bar import progress_bar
from foedus.cli.telling import print_result, print_written, terminal
from foedus.errors import NotConverged
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.claims import ClaimsRequest, list_claims, try_claims
from foedus.jobs.telling.files import write_file


@click.command("claims", cls=Guarded)
@click.argument("names", type=CLAIM, nargs=-1, metavar="[ID|FILE]...")
@click.option("--list", "is_list", is_flag=True, help="List the claims and judge none.")
@click.option("--verbose", "-v", is_flag=True, help="Tell everything of each claim.")
@run_options(futures_option(FUTURES["claims"]))
@out_option("out", about="Folder for claims.html and claims.json.")
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write the page also as Markdown.")
def claims_command(
    names: tuple[str, ...], is_list: bool, verbose: bool, run: RunSettings, out: Path, markdown: Path | None
) -> None:
    """Try arguments against the futures: in how many each holds, where it fails, what the literature says.

    ID is a packaged claim (`foedus claims --list`), FILE a claim of your own; all packaged ones when none is named.
    Prints a table, and writes a page to read and results for programs. Exit code 3 when no claim could be judged,
    130 when interrupted.
    """
    if is_list:
        print_result(list_claims(names, parameters=run.parameters))
        return
    command = command_words(click.get_current_context(), never=("verbose", "markdown"))
    with progress_bar() as tell:
        result = try_claims(ClaimsRequest(run, names, out=out, page=markdown, command=command), tell=tell)
    written = list(result.write(out))
    if markdown:
        text = result.markdown(command=f"{command} --markdown {shlex.quote(str(markdown))}")
        written.append(write_file(text.encode(), file=markdown))
    if verbose:
        result.print_in_full(terminal())
    else:
        print_result(result)
    print_written(written)
    if not result.has_judged:
        raise NotConverged("no claim could be judged: in no future did every side of one converge")


commands: tuple[click.Command, ...] = (claims_command,)
