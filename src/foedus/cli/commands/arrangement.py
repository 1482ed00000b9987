"""The commands that show one arrangement file: `show`, `schema`, `diff`, `new`, `library`."""

from pathlib import Path

import click

from foedus.cli.leaving import Guarded
from foedus.cli.options.run import json_option
from foedus.cli.telling import print_json, print_result
from foedus.jobs.show import (
    PageResult,
    language_reference_text,
    schema_text,
    show_change_of_meaning,
    show_differences,
    show_library,
    show_text,
    skeleton_text,
)
from foedus.jobs.telling.files import write_file

_markdown = click.option("--markdown", "as_markdown", is_flag=True, help="Print as Markdown.")


@click.command("show", cls=Guarded)
@click.argument("file")
@_markdown
def show_command(file: str, as_markdown: bool) -> None:
    """Show an arrangement as a page to read.

    FILE is a path, or the name of a packaged arrangement, such as ukraine/budapest_memorandum_1994.
    """
    _print(show_text(file), as_markdown=as_markdown)


@click.command("schema", cls=Guarded)
@click.option(
    "--reference", "as_reference", is_flag=True, help="Print the reference page of the language, as Markdown."
)
def schema_command(as_reference: bool) -> None:
    """Print the JSON Schema of arrangement files, for editors, or the reference page of the language."""
    click.echo(language_reference_text() if as_reference else schema_text(), nl=False)


@click.command("diff", cls=Guarded)
@click.argument("old")
@click.argument("new")
@_markdown
@click.option("--meaning", "is_meaning", is_flag=True, help="Tell what changes in who owes what after which incident.")
def diff_command(old: str, new: str, as_markdown: bool, is_meaning: bool) -> None:
    """Tell what differs between two arrangements, clause by clause.

    OLD and NEW are paths or names of packaged arrangements. With --meaning the words are left aside: the worst incident
    under which OLD obliges somebody and NEW nobody, and the reverse, for anybody and for each guarantor, with the
    verdict equivalent, weaker, stronger or incomparable. `foedus check --against` fails a pipeline where cover is lost.
    """
    page = show_change_of_meaning(old, new) if is_meaning else show_differences(old, new)
    _print(page, as_markdown=as_markdown)


@click.command("new", cls=Guarded)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file, which must not exist yet.")
def new_command(output: Path | None) -> None:
    """Print a commented arrangement to start from."""
    if output is None:
        click.echo(skeleton_text(), nl=False)
        return
    write_file(skeleton_text().encode(), file=output, is_new=True)
    click.echo(f"{output} written; see it with `foedus show {output}`")


@click.command("library", cls=Guarded)
@json_option()
def library_command(as_json: bool) -> None:
    """List the arrangements that ship with foedus, by theatre folder."""
    listing = show_library()
    if as_json:
        print_json(listing.to_data())
    else:
        print_result(listing)


commands: tuple[click.Command, ...] = (show_command, schema_command, diff_command, new_command, library_command)


def _print(result: PageResult, *, as_markdown: bool) -> None:
    if as_markdown:
        click.echo(result.markdown(), nl=False)
    else:
        print_result(result)
