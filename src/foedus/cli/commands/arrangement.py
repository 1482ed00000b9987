"""The commands that show one arrangement file: `show`, `schema`, `diff`, `new`, `library`."""

import json
import sys
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path

import click
from rich.console import Console

from foedus.arrangement.diff import find_differences
from foedus.arrangement.library import find_arrangement_file, library_files
from foedus.arrangement.load import load
from foedus.arrangement.new import write_skeleton
from foedus.arrangement.record import Arrangement
from foedus.arrangement.schema import write_json_schema
from foedus.checks.meaning import compare_meaning
from foedus.checks.search.space import CannotTell
from foedus.cli.leaving import exit_with
from foedus.errors import InvalidFile, UnknownName
from foedus.report.arrangement.difference import difference_page
from foedus.report.arrangement.language_reference import write_language_reference
from foedus.report.arrangement.library import library_listing
from foedus.report.arrangement.library_table import listing_as_data, print_listing
from foedus.report.arrangement.show import arrangement_page
from foedus.report.checks.meaning import meaning_page
from foedus.report.page.findings import write_findings
from foedus.report.page.markdown import write_markdown
from foedus.report.page.page import Page
from foedus.report.page.terminal import print_page
from foedus.text.yaml_tree import MAX_BYTES, lines_of

CANNOT_TELL = 1
"""Exit code where a question was understood and could not be answered."""

_markdown = click.option("--markdown", "as_markdown", is_flag=True, help="Print as Markdown.")


@click.command("show")
@click.argument("file")
@_markdown
def show_command(file: str, as_markdown: bool) -> None:
    """Show an arrangement as a page to read.

    FILE is a path, or the name of a packaged arrangement, such as ukraine/budapest_memorandum_1994.
    """
    _print(arrangement_page(load_or_exit(file)), as_markdown=as_markdown)


@click.command("schema")
@click.option(
    "--reference", "as_reference", is_flag=True, help="Print the reference page of the language, as Markdown."
)
def schema_command(as_reference: bool) -> None:
    """Print the JSON Schema of arrangement files, for editors, or the reference page of the language."""
    click.echo(write_language_reference() if as_reference else write_json_schema(), nl=False)


@click.command("diff")
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
    before, after = load_all_or_exit([old, new])
    if is_meaning:
        _print(_meaning_or_exit(before, after), as_markdown=as_markdown)
        return
    differences = find_differences(old=before, new=after)
    _print(difference_page(differences, old=before, new=after), as_markdown=as_markdown)


@click.command("new")
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file, which must not exist yet.")
def new_command(output: Path | None) -> None:
    """Print a commented arrangement to start from."""
    if output is None:
        click.echo(write_skeleton(), nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as stream:
            stream.write(write_skeleton())
    except FileExistsError:
        exit_with(f"{output} exists already and is left as it is; choose another name")
    except OSError as error:
        exit_with(f"{output} cannot be written: {error.strerror}")
    click.echo(f"{output} written; see it with `foedus show {output}`")


@click.command("library")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def library_command(as_json: bool) -> None:
    """List the arrangements that ship with foedus, by theatre folder."""
    try:
        listing = library_listing()
    except InvalidFile as error:
        exit_with(str(error))
    if as_json:
        click.echo(json.dumps(listing_as_data(listing), indent=2, ensure_ascii=False))
    else:
        print_listing(listing, console=_console())


commands: tuple[click.Command, ...] = (show_command, schema_command, diff_command, new_command, library_command)


def load_or_exit(name: str) -> Arrangement:
    """Load the arrangement that a user names by path or library name, or tell every finding and exit."""
    return load_all_or_exit([name])[0]


def load_all_or_exit(names: list[str]) -> list[Arrangement]:
    """Load several arrangements; what is wrong in any of them is told before the exit."""
    loaded, wrong = [], []
    for name in names:
        try:
            loaded.append(_load(name))
        except _CannotUse as error:
            wrong.append(str(error))
    if wrong:
        exit_with("\n".join(dict.fromkeys(wrong)))
    return loaded


def names_meant(names: Iterable[str]) -> list[str]:
    """Put the arrangements themselves in the place of a folder or a theatre; each name once."""
    return list(dict.fromkeys(each for name in names for each in _expand(name)))


def _expand(name: str) -> list[str]:
    folder = Path(name)
    if folder.is_dir() and (files := sorted(folder.glob("*.yaml"))):
        return [str(file) for file in files]
    return [full for full in library_files() if full.split("/")[0] == name.rstrip("/")] or [name]


def _meaning_or_exit(old: Arrangement, new: Arrangement) -> Page:
    try:
        return meaning_page(compare_meaning(old, new), old=old, new=new)
    except CannotTell as reason:
        click.echo(f"cannot tell: {reason}", err=True)
        sys.exit(CANNOT_TELL)


class _CannotUse(Exception):
    """A file that the user gave and that cannot be used; the message is what to tell."""


def _load(name: str) -> Arrangement:
    try:
        file = find_arrangement_file(name)
        return load(file)
    except UnknownName as error:
        raise _CannotUse(str(error)) from error
    except InvalidFile as error:
        raise _CannotUse(write_findings(error.findings, lines=_lines(file)).rstrip()) from error
    except OSError as error:
        raise _CannotUse(f"{name} cannot be read: {error.strerror}") from error


def _lines(file: Path | Traversable) -> tuple[str, ...]:
    with file.open("rb") as stream:
        return lines_of(stream.read(MAX_BYTES).decode("utf-8", errors="replace"))


def _print(page: Page, *, as_markdown: bool) -> None:
    if as_markdown:
        click.echo(write_markdown(page), nl=False)
    else:
        print_page(page, console=_console())


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False)
