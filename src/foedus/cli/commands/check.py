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
from foedus.checks.examine import examine, load_with_source
from foedus.checks.finding import Examination
from foedus.checks.meaning import compare_meaning
from foedus.checks.registry import CHECKS, find_check
from foedus.checks.search.space import CannotTell
from foedus.cli.commands.check_fix import fix_file
from foedus.cli.commands.check_price import price_holes
from foedus.cli.leaving import WRONG_INPUT, exit_with
from foedus.errors import InvalidFile, Severity, UnknownName
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.mechanism.unread import unread
from foedus.mechanism.watching import watched
from foedus.report.checks.findings import Unread, as_sarif, examination_lines
from foedus.report.checks.meaning import as_mapping, meaning_lines
from foedus.report.checks.price import price_lines, prices_as_data
from foedus.report.checks.reference import explanation, write_reference
from foedus.report.page.findings import write_findings
from foedus.text.source import ParsedText
from foedus.text.yaml_tree import MAX_BYTES, lines_of

HAS_ERRORS = 1

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
@click.option("--passed", "is_passed", is_flag=True, help="Show also what carries each check that found nothing.")
@click.option("--price", "is_priced", is_flag=True, help="Tell instead what each hole of level error costs.")
@click.option("--futures", type=click.IntRange(min=1), default=50, show_default=True, help="Futures for --price.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of these futures.")
@click.option("--fix", "is_fixed", is_flag=True, help="Mend what can be mended in one way only, and show the change.")
@click.option("--in-place", is_flag=True, help="With --fix: write the change into the file.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="With --fix: write to this new file.")
@click.option("--explain", metavar="ID", help="Explain one check.")
@click.option("--reference", "is_reference", is_flag=True, help="Print the reference page of the checks, as Markdown.")
def check_command(
    files: tuple[str, ...],
    ids: tuple[str, ...],
    as_json: bool,
    is_sarif: bool,
    against: str | None,
    is_passed: bool,
    is_priced: bool,
    futures: int,
    seed: int,
    is_fixed: bool,
    in_place: bool,
    output: Path | None,
    explain: str | None,
    is_reference: bool,
) -> None:
    """Look for holes, each with the incident that slips through.

    FILE is a path, or the name of a packaged arrangement, such as ukraine/budapest_memorandum_1994. Exits with 0 where
    nothing of level error was found (with --against: where nothing is lost; with --fix: where nothing is left), 1 where
    something was, 2 where a file cannot be used.

    --price closes each hole of level error by its suggested mending, solves again in the same futures and shows the
    difference: first with all else as it is, then with all else mended. --fix changes nothing but what one mending
    alone would make of the text, keeps its comments, and says of every other hole why it is left.
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
        exit_with(str(error))
    if not files:
        raise click.UsageError("name a file to check, or use --explain ID or --reference")
    _refuse_contradictions(bool(against), is_priced, is_fixed, ids or is_sarif or is_passed)
    if against:
        _compare_meaning(against, files, as_json=as_json)
    if is_priced:
        _price(files, futures=futures, seed=seed, as_json=as_json)
    if is_fixed:
        _fix(files, in_place=in_place, output=output)
    if in_place or output:
        raise click.UsageError("--in-place and --output go with --fix")
    _check(files, only, as_json=as_json, is_sarif=is_sarif, is_passed=is_passed)


commands: tuple[click.Command, ...] = (check_command,)


def library_reference() -> str:
    """Write the reference page of the checks, with what they find in the library."""
    examined = []
    for name, file in library_files().items():
        arrangement, source = load_with_source(file)
        examined.append((name, examine(arrangement, source=source)))
    return write_reference(examined)


def _check(files: Sequence[str], only: Sequence[str], *, as_json: bool, is_sarif: bool, is_passed: bool) -> None:
    examined: list[_Examined] = []
    is_wrong = False
    for name in files:
        found = _examine(name, only, is_passed=is_passed)
        if found is None:
            is_wrong = True
        else:
            examined.append(found)
    if as_json:
        _print_json([each.examination.to_mapping() for each in examined])
    elif is_sarif:
        _print_json(as_sarif([each.examination for each in examined], version=__version__))
    else:
        for each in examined:
            not_read = _unread(each) if list(only) == list(CHECKS) else None
            for line in examination_lines(each.examination, lines=each.lines, is_passed=is_passed, unread=not_read):
                click.echo(click.style(line.text, **_STYLES.get(line.style, {})))
    has_errors = any(each.examination.worst is Severity.ERROR for each in examined)
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


def _refuse_contradictions(is_compared: bool, is_priced: bool, is_fixed: bool, is_narrowed: object, /) -> None:
    """One question at a time; what narrows or shapes a plain check means nothing to the others."""
    asked = sum((is_compared, is_priced, is_fixed))
    if asked > 1:
        raise click.UsageError("--against, --price and --fix are different questions; ask one at a time")
    if asked and is_narrowed:
        raise click.UsageError("--id, --sarif and --passed do not go with --against, --price or --fix")


def _price(files: Sequence[str], *, futures: int, seed: int, as_json: bool) -> NoReturn:
    """Tell what the holes of each file cost."""
    loaded = [_load(name) for name in files]
    if None in loaded:
        sys.exit(WRONG_INPUT)
    settings = Settings(
        futures=futures,
        seed=seed,
        horizon_periods=20,
        beliefs=11,
        balances=7,
        slices=3,
        tolerance=1e-4,
        max_sweeps=2000,
        method="kernel",
    )
    priced = [
        (each.arrangement.id, price_holes(each.arrangement, source=each.source, settings=settings))
        for each in loaded
        if each is not None
    ]
    if as_json:
        _print_json([prices_as_data(holes, arrangement=name) for name, holes in priced])
    else:
        for name, holes in priced:
            click.echo("\n".join(price_lines(holes, arrangement=name, years=settings.horizon_periods / 2)))
    sys.exit(HAS_ERRORS if any(holes for _, holes in priced) else 0)


def _fix(files: Sequence[str], *, in_place: bool, output: Path | None) -> NoReturn:
    """Mend files, or show how they would be mended."""
    if in_place and output:
        raise click.UsageError("--in-place and --output exclude each other")
    if output and len(files) != 1:
        raise click.UsageError("--output writes one FILE")
    codes = []
    for name in files:
        try:
            found = find_arrangement_file(name)
        except UnknownName as error:
            click.echo(str(error), err=True)
            codes.append(WRONG_INPUT)
            continue
        if in_place and not Path(name).is_file():
            raise click.UsageError(f"{name} is a packaged arrangement, which --in-place leaves alone; use --output")
        codes.append(fix_file(Path(str(found)), output=output, in_place=in_place))
    sys.exit(max(codes))


@dataclass(frozen=True)
class _Loaded:
    """An arrangement with where its clauses stand, and the lines of its file."""

    arrangement: Arrangement
    source: ParsedText
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Examined:
    """What was found in a file, with its lines and what the checks looked at."""

    arrangement: Arrangement
    examination: Examination
    lines: tuple[str, ...]
    seen: frozenset[str]


def _unread(examined: _Examined) -> Unread:
    by_game = [entry.path for entry in unread(examined.arrangement, default_parameters().central)]
    return Unread(by_game=by_game, by_any=[path for path in by_game if path not in examined.seen])


def _examine(name: str, only: Sequence[str], *, is_passed: bool) -> _Examined | None:
    """Examine one file; None where it cannot be used."""
    loaded = _load(name)
    if loaded is None:
        return None
    copy, seen = watched(loaded.arrangement)
    examination = examine(copy, source=loaded.source, only=only, with_carriers=is_passed)
    return _Examined(loaded.arrangement, examination, loaded.lines, frozenset(seen))


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
