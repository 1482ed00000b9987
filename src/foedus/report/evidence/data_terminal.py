"""Data sets and figures in a terminal: what is there, what was computed, what is missing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from foedus.evidence.data.folder import VARIABLE, Presence, find_file, presence_of
from foedus.evidence.data.record import DataSet
from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.reproduce import Agreement, Reproduction, write_value

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


def print_catalogue(data_sets: Sequence[DataSet], *, folder: Path | None, console: Console) -> None:
    """List the data sets, and which of their files are there."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("data set", no_wrap=True)
    table.add_column("what")
    table.add_column("file", overflow="fold")
    table.add_column("there", no_wrap=True)
    for data_set in data_sets:
        state = presence_of(data_set, folder=folder)
        shown = f"[{_COLOURS[state]}]{state.value.partition(',')[0]}[/]"
        table.add_row(data_set.id, f"{escape(data_set.title)}, {data_set.period}", data_set.file, shown)
    console.print(table)
    console.print(
        "\nthere: same = the very file used in development, byte for byte; other = another version or conversion, read "
        "where its columns and codes fit. `foedus data show ID` tells where to get a file.",
        markup=False,
    )


def print_data_set(data_set: DataSet, *, folder: Path | None, console: Console) -> None:
    """Tell whose a data set is, where it comes from, and which columns are read."""
    console.print(f"{data_set.id}: {data_set.title}\n", markup=False, soft_wrap=True)
    pairs = Table(box=None, pad_edge=False, show_header=False)
    pairs.add_column(no_wrap=True, style="bold")
    pairs.add_column(overflow="fold")
    for name, text in _about(data_set, folder=folder):
        pairs.add_row(name, escape(text))
    console.print(pairs)
    if not data_set.columns:
        return
    console.print("\ncolumns that foedus reads (its own name, the file's name, what it holds):")
    table = Table(box=None, pad_edge=False, show_header=False)
    for column in data_set.columns:
        codes = "; ".join(f"{code} {meaning}" for code, meaning in column.codes.items())
        table.add_row(f"  {column.name}", column.source, escape(column.what + (f": {codes}" if codes else "")))
    console.print(table)


def print_figures(reproductions: Sequence[Reproduction], *, console: Console) -> None:
    """Print each figure as computed, beside the value published or studied."""
    for entry in reproductions:
        console.print(f"[bold]{entry.figure.id}[/]  {escape(entry.figure.what)}", soft_wrap=True)
        parts = [text for text in (_computed_text(entry), _stated_text(entry)) if text]
        verdict = f"[{_COLOURS[entry.agreement]}]{escape(entry.agreement.value)}[/]"
        console.print(f"    {escape('; '.join(parts))}{': ' if parts else ''}{verdict}", soft_wrap=True)


def print_missing(
    reproductions: Sequence[Reproduction],
    *,
    known: Mapping[str, DataSet],
    needed: Sequence[str],
    folder: Path | None,
    console: Console,
) -> None:
    """Count how figures agree, and say which files are missing or are other versions."""
    counts = {agreement: sum(entry.agreement is agreement for entry in reproductions) for agreement in Agreement}
    differing = [entry.figure for entry in reproductions if entry.agreement is Agreement.DIFFERS]
    missing = {name for entry in reproductions for name in entry.missing if entry.figure.is_reproducible}
    others = [name for name in needed if presence_of(known[name], folder=folder) is Presence.OTHER]
    lines = (
        "\n" + ", ".join(f"{agreement.value}: {count}" for agreement, count in counts.items() if count),
        *(f"{each.id} differs: {each.note or 'the file is another version, or was changed'}" for each in differing),
        *(
            f"{name}: file {known[name].file} missing; {known[name].version} from {known[name].address}"
            for name in sorted(missing)
        ),
        *(f"{name}: not the file used in development; figures may differ with the version" for name in others),
    )
    for line in lines:
        console.print(line, markup=False, emoji=False, soft_wrap=True)


def _about(data_set: DataSet, *, folder: Path | None) -> list[tuple[str, str]]:
    file = find_file(data_set, folder=folder)
    there = f"{presence_of(data_set, folder=folder).value} ({file})" if file else "absent"
    facts = (
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
    return [(name, text) for name, text in facts if text]


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
