"""The commands `data`, `data show`, `data figures` and `data reference`."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from foedus.cli.leaving import exit_with
from foedus.errors import FoedusError
from foedus.evidence.data.catalogue_file import catalogue, find_data_set
from foedus.evidence.data.folder import VARIABLE, Presence, find_file, open_folder, presence_of
from foedus.evidence.data.record import DataSet
from foedus.evidence.reference import write_reference
from foedus.evidence.targets.load import declared_figures, load_targets
from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.reproduce import Agreement, Reproduction, reproduce, to_target, write_value
from foedus.evidence.targets.tables import load_tables, needed_data
from foedus.evidence.targets.write import write_targets

_COLOURS = {
    Presence.SAME: "green",
    Presence.OTHER: "yellow",
    Presence.ABSENT: "bright_black",
    Presence.UNKNOWN: "yellow",
    Agreement.SAME: "green",
    Agreement.DIFFERS: "red",
    Agreement.FILE_MISSING: "bright_black",
    Agreement.NOT_REPRODUCIBLE: "bright_black",
    Agreement.NEW: "cyan",
}


@click.group("data", invoke_without_command=True)
@click.pass_context
def data_group(context: click.Context) -> None:
    """List the public data sets behind the figures, and which of their files are there.

    foedus carries no data of others. Put the files into a folder and name it in FOEDUS_DATA; `foedus data show ID` says
    where each comes from and what its file must be called. Exits with 0, or with 2 where a file cannot be used.
    """
    if context.invoked_subcommand is None:
        folder = _folder_or_exit()
        _print_catalogue(list(catalogue().values()), folder)


@data_group.command("show")
@click.argument("name", metavar="ID")
def show_command(name: str) -> None:
    """Show what the catalogue knows of one data set: whose it is, where it comes from, which columns are read."""
    try:
        data_set = find_data_set(name)
    except FoedusError as error:
        exit_with(str(error))
    _print_data_set(data_set, _folder_or_exit())


@data_group.command("figures")
@click.argument("words", nargs=-1)
@click.option(
    "--write",
    "target_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the targets to this file as well; computed ones where the files are there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def figures_command(words: tuple[str, ...], target_file: Path | None, as_json: bool) -> None:
    """Compute every figure from the files at hand, beside the value published or studied.

    WORDS narrow what is printed to these figures, such as A3 (with its parts) or B (all of them). What cannot be
    computed says which file it waits for.
    """
    folder = _folder_or_exit()
    if target_file and folder is None:
        exit_with(f"nothing can be computed without data: set {VARIABLE} first")
    try:
        found = reproduce(load_tables(catalogue(), folder=folder), declared_figures())
        if target_file:
            _write_targets(found, target_file)
    except (FoedusError, OSError) as error:
        exit_with(str(error))
    shown = [entry for entry in found if not words or any(_is_meant(entry.figure.id, word) for word in words)]
    if not shown:
        exit_with(f"no figure is called {' or '.join(words)}; they run from A1 to D7")
    if as_json:
        click.echo(json.dumps([_as_mapping(reproduction) for reproduction in shown]))
    else:
        _print_figures(shown)
        _print_missing(shown, folder)


@data_group.command("reference")
def reference_command() -> None:
    """Print the reference page of data sets and figures, as Markdown."""
    click.echo(write_reference(catalogue(), declared_figures(), load_targets()), nl=False)


commands: tuple[click.Command, ...] = (data_group,)


def _folder_or_exit() -> Path | None:
    """Return the data folder, or None with a word on what to do where none is named."""
    named = os.environ.get(VARIABLE)
    if not named:
        click.echo(
            f"{VARIABLE} is not set: put the data files into a folder and set {VARIABLE} to its path.\n", err=True
        )
        return None
    try:
        return open_folder(named)
    except FoedusError as error:
        exit_with(str(error))


def _is_meant(name: str, word: str) -> bool:
    name, word = name.lower(), word.lower()
    return name == word or name.startswith(f"{word}.") or name[:1] == word


def _print_catalogue(data_sets: Sequence[DataSet], folder: Path | None) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("data set", no_wrap=True)
    table.add_column("what")
    table.add_column("file", overflow="fold")
    table.add_column("there", no_wrap=True)
    for data_set in data_sets:
        state = presence_of(data_set, folder=folder)
        shown = f"[{_COLOURS[state]}]{state.value.partition(',')[0]}[/]"
        table.add_row(data_set.id, f"{escape(data_set.title)}, {data_set.period}", data_set.file, shown)
    Console(width=_width()).print(table)
    click.echo(
        "\nthere: same = the very file used in development, byte for byte; other = another version or conversion, read "
        "where its\ncolumns and codes fit. `foedus data show ID` tells where to get a file."
    )


def _print_data_set(data_set: DataSet, folder: Path | None) -> None:
    file = find_file(data_set, folder=folder)
    there = f"{presence_of(data_set, folder=folder).value} ({file})" if file else "absent"
    about = (
        ("citation", data_set.citation),
        ("terms", data_set.terms),
        ("address", data_set.address),
        ("version", data_set.version),
        ("period", data_set.period),
        ("one row", data_set.row),
        ("rows", str(data_set.rows or "not known")),
        ("file", f"{data_set.file}, under {VARIABLE}"),
        ("there", there),
        ("sha256", f"{data_set.sha256} ({data_set.sha256_of})" if data_set.sha256 else "not known"),
        ("serves", data_set.serves),
        ("note", data_set.note),
    )
    click.echo(f"{data_set.id}: {data_set.title}\n")
    _print_pairs([(name, text) for name, text in about if text])
    if data_set.columns:
        click.echo("\ncolumns that foedus reads (its own name, the file's name, what it holds):")
        table = Table(box=None, pad_edge=False, show_header=False)
        for column in data_set.columns:
            codes = "; ".join(f"{code} {meaning}" for code, meaning in column.codes.items())
            table.add_row(f"  {column.name}", column.source, escape(column.what + (f": {codes}" if codes else "")))
        Console(width=_width()).print(table)


def _print_pairs(pairs: Sequence[tuple[str, str]]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, text in pairs:
        table.add_row(name, escape(text))
    Console(width=_width()).print(table)


def _print_figures(reproductions: Sequence[Reproduction]) -> None:
    for entry in reproductions:
        click.echo(f"{click.style(entry.figure.id, bold=True)}  {entry.figure.what}")
        parts = [text for text in (_computed_text(entry), _stated_text(entry)) if text]
        verdict = click.style(entry.agreement.value, fg=_COLOURS[entry.agreement])
        click.echo(f"    {'; '.join(parts)}{': ' if parts else ''}{verdict}")


def _computed_text(entry: Reproduction) -> str:
    if entry.computed is None:
        return ""
    like = entry.figure.studied if "." in entry.figure.studied else f"{entry.figure.studied or '0'}.000"
    value = write_value(entry.computed.value, like=like)
    return f"{value}{_interval_text(entry.computed, like=like)}, n {entry.computed.n}"


def _interval_text(estimate: IntervalEstimate, *, like: str) -> str:
    if estimate.low is None and estimate.high is None:
        return ""
    low, high = ("?" if end is None else write_value(end, like=like) for end in (estimate.low, estimate.high))
    return f" [{low}, {high}]"


def _stated_text(entry: Reproduction) -> str:
    figure = entry.figure
    studied = f"studied {figure.studied}" + (f" (n {figure.n})" if figure.n else "") if figure.studied else ""
    published = f"published {figure.published} ({figure.published_in})" if figure.published else ""
    return ", ".join(text for text in (studied, published) if text)


def _print_missing(reproductions: Sequence[Reproduction], folder: Path | None) -> None:
    counts = {agreement: sum(entry.agreement is agreement for entry in reproductions) for agreement in Agreement}
    click.echo("\n" + ", ".join(f"{agreement.value}: {count}" for agreement, count in counts.items() if count))
    for entry in reproductions:
        if entry.agreement is Agreement.DIFFERS:
            click.echo(
                f"{entry.figure.id} differs: {entry.figure.note or 'the file is another version, or was changed'}"
            )
    known = catalogue()
    missing = {name for entry in reproductions for name in entry.missing if entry.figure.is_reproducible}
    for name in sorted(missing):
        click.echo(f"{name}: file {known[name].file} missing; {known[name].version} from {known[name].address}")
    for name in needed_data():
        if presence_of(known[name], folder=folder) is Presence.OTHER:
            click.echo(f"{name}: not the file used in development; figures may differ with the version")


def _write_targets(reproductions: Sequence[Reproduction], file: Path) -> None:
    citations = {name: data_set.citation for name, data_set in catalogue().items()}
    targets = [target for entry in reproductions if (target := to_target(entry, citations))]
    file.write_text(write_targets(targets), encoding="utf-8")
    click.echo(f"{len(targets)} targets written to {file}", err=True)


def _as_mapping(entry: Reproduction) -> dict[str, object]:
    return {
        **asdict(entry.figure),
        "computed": asdict(entry.computed) if entry.computed else None,
        "agreement": entry.agreement.value,
        "missing": list(entry.missing),
    }


def _width() -> int:
    return max(100, Console().width)
