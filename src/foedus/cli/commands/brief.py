"""The command `brief`: two sheets for somebody who decides."""

from pathlib import Path
from typing import Any

import click

from foedus.cli.command_words import command_words
from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.run import futures_option, out_option, run_options, theatre_option
from foedus.cli.progress_bar import progress_bar
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.brief import brief_on_texts
from foedus.jobs.compare import CompareRequest


@click.command("brief", cls=Guarded)
@click.argument("files", type=TEXT, nargs=-1, required=True, metavar="FILE...")
@click.option("--baseline", help="Id of the arrangement to measure against; the first one when not given.")
@click.option("--question", default="", help="The question that it answers; a plain one when not given.")
@click.option("--slides", "has_slides", is_flag=True, help="Write brief.pptx too; needs the extra `slides`.")
@theatre_option
@click.option("--across", "is_across", is_flag=True, help="Compare texts about different states and adversaries too.")
@out_option("out", about="Folder for brief.html, brief.pdf and brief.docx.")
@run_options(futures_option(FUTURES["compare"]))
def brief_command(
    files: tuple[str, ...], out: Path, run: RunSettings, question: str, has_slides: bool, **asked: Any
) -> None:
    """Write two sheets on a comparison: question, answer, one chart, assumptions, history, holes, sources.

    Each FILE is a path, the name of a packaged arrangement, or a theatre, as for `foedus compare`. Four arrangements
    fit on two sheets of A4. Nothing but foedus is needed to make the PDF.
    """
    command = command_words(click.get_current_context(), never=("has_slides",))
    request = CompareRequest(files, run, out=out, command=command, **asked)
    with progress_bar() as tell:
        result = brief_on_texts(request, question=question, has_slides=has_slides, tell=tell)
    click.echo("\n".join(f"brief: {path}" for path in result.write(out)))


commands: tuple[click.Command, ...] = (brief_command,)
