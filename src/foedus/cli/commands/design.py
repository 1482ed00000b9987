"""The command `design`: search over the clauses of an arrangement for designs that no other beats."""

from pathlib import Path
from typing import Any

import click

from foedus.cli.command_words import command_words
from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.run import futures_option, out_option, run_options
from foedus.cli.progress_bar import progress_bar
from foedus.cli.telling import print_result
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.progress import Stopped
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.design import BUDGET, MOST, POPULATION, SIGNERS, DesignRequest, lever_lines, search_designs


@click.command("design", cls=Guarded)
@click.argument("file", type=TEXT)
@click.option("--keep", multiple=True, metavar="NAME", help="Clause or lever that stays, such as trigger; repeatable.")
@click.option("--vary", multiple=True, metavar="NAME", help="Clause or lever that alone may change; repeatable.")
@click.option(
    "--list", "is_listed", is_flag=True, help="Only list the levers, and the ways in which each can be written."
)
@click.option(
    "--budget", type=click.IntRange(min=2), default=BUDGET, show_default=True, help="Different games to solve."
)
@click.option(
    "--trial",
    "trial_futures",
    type=click.IntRange(min=2),
    default=FUTURES["trial"],
    show_default=True,
    help="Other futures, in which the front is tried again.",
)
@click.option(
    "--signers", type=click.Choice(SIGNERS), default=SIGNERS[0], show_default=True, help="Whose signature is asked for."
)
@click.option(
    "--population", type=click.IntRange(min=4), default=POPULATION, show_default=True, help="Designs in a generation."
)
@click.option("--most", type=click.IntRange(min=1), default=MOST, show_default=True, help="Designs tried and written.")
@run_options(futures_option(FUTURES["design"], least=2, about="How many futures to draw for the search."))
@out_option("out/design", about="Folder for the designs, report.html and front.json.")
def design_command(
    file: str, keep: tuple[str, ...], vary: tuple[str, ...], is_listed: bool, run: RunSettings, out: Path, **asked: Any
) -> None:
    """Search for better designs of an arrangement.

    Clauses of FILE are written otherwise in many combinations; each is judged by what the protected state expects to
    lose, by entrapment, by what it costs guarantors and by who refuses to sign. Designs that no other beats on all four
    are tried again in other futures, put to the checks, and written as arrangement files. Ctrl-C ends the search and
    keeps what it has found. Needs an extra: pip install 'foedus[design]'.
    """
    if is_listed:
        click.echo("\n".join(lever_lines(file, keep=keep, vary=vary)))
        return
    command = command_words(click.get_current_context(), always=("budget", "signers"))
    request = DesignRequest(file, run, keep=keep, vary=vary, out=out, command=command, **asked)
    with progress_bar() as tell:
        result = search_designs(request, tell=tell)
    *designs, results, report = result.write(out)
    print_result(result)
    click.echo(f"report:  {report}\nresults: {results}\ndesigns: {len(designs)} files in {out}")
    if result.is_stopped:
        raise Stopped("stopped; what was found so far is written")


commands: tuple[click.Command, ...] = (design_command,)
