"""The commands that show one arrangement file: `show`, `schema`, `diff`, `new`, `library`."""

import re
from pathlib import Path

import click

from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.printing import json_option
from foedus.cli.telling import print_json, print_result
from foedus.jobs.show import (
    PageResult,
    copy_text,
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
@click.argument("file", type=TEXT)
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
@click.argument("old", type=TEXT)
@click.argument("new", type=TEXT)
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
@click.option("--from", "origin", metavar="NAME", help="Begin with a copy of this text, a path or a packaged name.")
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file, which must not exist yet.")
def new_command(origin: str | None, output: Path | None) -> None:
    """Print a commented arrangement to start from.

    With --from it is a copy of a text to change, under an id of its own: that of the file that --output names, or my_
    and the old id.
    """
    text = skeleton_text() if origin is None else copy_text(origin, identifier=_id_of(output))
    if output is None:
        click.echo(text, nl=False)
        return
    write_file(text.encode(), file=output, is_new=True)
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


def _id_of(file: Path | None) -> str | None:
    """Return the name of a file as an id; None where it cannot be one."""
    words = re.sub(r"[^a-z0-9]+", "_", file.stem.lower()).strip("_") if file else ""
    return words if re.fullmatch(r"[a-z][a-z0-9_]{1,63}", words) else None


def _print(result: PageResult, *, as_markdown: bool) -> None:
    if as_markdown:
        click.echo(result.markdown(), nl=False)
    else:
        print_result(result)
