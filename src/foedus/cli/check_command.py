"""The command `check`: the holes of arrangements, each with the incident that slips through."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NoReturn

import click

from foedus import __version__
from foedus.arrangement.library import find_arrangement_file, library_files
from foedus.arrangement.record import Arrangement
from foedus.arrangement.source import Source
from foedus.arrangement.yaml_tree import MAX_BYTES, lines_of
from foedus.checks.finding import Examination
from foedus.checks.from_arrangement import examine, load_with_source
from foedus.checks.meaning import compare_meaning
from foedus.checks.registry import CHECKS, find_check
from foedus.checks.space import CannotTell
from foedus.errors import InvalidFile, Severity, UnknownName
from foedus.report.findings import write_findings
from foedus.report.from_checks import as_sarif, examination_lines
from foedus.report.from_checks_meaning import as_mapping, meaning_lines
from foedus.report.from_checks_reference import explanation, write_reference

HAS_ERRORS = 1
WRONG_INPUT = 2

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "information": {"fg": "cyan"},
    "quote": {"dim": True},
    "mark": {"fg": "red"},
}


@click.command("check")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("--id", "ids", multiple=True, metavar="ID", help="Run this check only, such as V01; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--sarif", "is_sarif", is_flag=True, help="Print as SARIF 2.1.0, for code hosts.")
@click.option("--against", metavar="OLD", help="Tell instead what FILE obliges to that OLD does not, and the reverse.")
@click.option("--explain", metavar="ID", help="Explain one check.")
@click.option("--reference", "is_reference", is_flag=True, help="Print the reference page of the checks, as Markdown.")
def check_command(
    files: tuple[str, ...],
    ids: tuple[str, ...],
    as_json: bool,
    is_sarif: bool,
    against: str | None,
    explain: str | None,
    is_reference: bool,
) -> None:
    """Look for holes, each with the incident that slips through.

    FILE is a path, or the name of a packaged arrangement, such as ukraine/budapest_memorandum_1994. Exits with 0 where
    nothing of level error was found (with --against: where nothing is lost), 1 where something was, 2 where a file
    cannot be used.
    """
    try:
        if explain:
            click.echo(explanation(find_check(explain)))
            return
        if is_reference:
            click.echo(library_reference(), nl=False)
            return
        only = [find_check(name).id for name in ids] or list(CHECKS)
    except UnknownName as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG_INPUT)
    if not files:
        raise click.UsageError("name a file to check, or use --explain ID or --reference")
    if against:
        _compare_meaning(against, files, as_json=as_json)
    _check(files, only, as_json=as_json, is_sarif=is_sarif)


commands: tuple[click.Command, ...] = (check_command,)


def library_reference() -> str:
    """Write the reference page of the checks, with what they find in the library."""
    examined = []
    for name, file in library_files().items():
        arrangement, source = load_with_source(file)
        examined.append((name, examine(arrangement, source=source)))
    return write_reference(examined)


def _check(files: Sequence[str], only: Sequence[str], *, as_json: bool, is_sarif: bool) -> None:
    examined: list[tuple[Examination, tuple[str, ...]]] = []
    is_wrong = False
    for name in files:
        found = _examine(name, only)
        if found is None:
            is_wrong = True
        else:
            examined.append(found)
    if as_json:
        _print_json([examination.to_mapping() for examination, _ in examined])
    elif is_sarif:
        _print_json(as_sarif([examination for examination, _ in examined], version=__version__))
    else:
        for examination, lines in examined:
            for line in examination_lines(examination, lines=lines):
                click.echo(click.style(line.text, **_STYLES.get(line.style, {})))
    has_errors = any(examination.worst is Severity.ERROR for examination, _ in examined)
    sys.exit(WRONG_INPUT if is_wrong else HAS_ERRORS if has_errors else 0)


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _compare_meaning(old: str, files: Sequence[str], *, as_json: bool) -> NoReturn:
    """Tell what changes in meaning from one text to another."""
    if len(files) != 1:
        raise click.UsageError("--against compares one FILE with one OLD")
    before, after = _load(old), _load(files[0])
    if before is None or after is None:
        sys.exit(WRONG_INPUT)
    try:
        comparisons = compare_meaning(before.arrangement, after.arrangement)
    except CannotTell as reason:
        click.echo(f"cannot tell: {reason}", err=True)
        sys.exit(HAS_ERRORS)
    if as_json:
        _print_json(as_mapping(comparisons))
    else:
        click.echo("\n".join(meaning_lines(comparisons)))
    sys.exit(HAS_ERRORS if any(each.lost for each in comparisons if each.about == "anybody") else 0)


@dataclass(frozen=True)
class _Loaded:
    """An arrangement with where its clauses stand, and the lines of its file."""

    arrangement: Arrangement
    source: Source
    lines: tuple[str, ...]


def _examine(name: str, only: Sequence[str]) -> tuple[Examination, tuple[str, ...]] | None:
    """Examine one file; None where it cannot be used."""
    loaded = _load(name)
    if loaded is None:
        return None
    return examine(loaded.arrangement, source=loaded.source, only=only), loaded.lines


def _load(name: str) -> _Loaded | None:
    """Load one file; where it cannot be used, say so and return None."""
    try:
        file = find_arrangement_file(name)
        lines = _lines(file)
    except (UnknownName, OSError) as error:
        reason = f"{name} cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
        click.echo(reason, err=True)
        return None
    try:
        arrangement, source = load_with_source(file)
    except InvalidFile as error:
        click.echo(write_findings(error.findings, lines=lines), err=True, nl=False)
        return None
    return _Loaded(arrangement, source, lines)


def _lines(file: Path | Traversable) -> tuple[str, ...]:
    with file.open("rb") as stream:
        return lines_of(stream.read(MAX_BYTES).decode("utf-8", errors="replace"))
