"""The command `check`: the holes of arrangements, each with the incident that slips through."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from foedus.cli.leaving import NO, WRONG_INPUT, Guarded, told
from foedus.cli.options.names import TEXT
from foedus.cli.options.printing import json_option
from foedus.cli.options.run import futures_option, run_options
from foedus.cli.telling import print_json, print_result
from foedus.errors import FoedusError
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.check import (
    CheckRequest,
    check_against,
    check_texts,
    checks_reference_text,
    explain_check,
    is_packaged,
    mend_file,
)
from foedus.jobs.telling.files import write_file


@click.command("check", cls=Guarded)
@click.argument("files", type=TEXT, nargs=-1, metavar="FILE...")
@click.option("--id", "ids", multiple=True, metavar="ID", help="Run this check only, such as V01; may be repeated.")
@json_option()
@click.option("--sarif", "is_sarif", is_flag=True, help="Print as SARIF 2.1.0, for code hosts.")
@click.option("--against", metavar="OLD", help="Tell instead what FILE obliges to that OLD does not, and the reverse.")
@click.option(
    "--accept",
    "accepted",
    metavar="ACCEPTED",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that names findings the parties live with, each with the reason.",
)
@click.option("--strict", "is_strict", is_flag=True, help="Exit with 1 also where a text leaves something open.")
@click.option("--passed", "is_passed", is_flag=True, help="Show also what carries each check that found nothing.")
@click.option("--explain", metavar="ID", help="Explain one check.")
@click.option("--reference", "is_reference", is_flag=True, help="Print the reference page of the checks, as Markdown.")
@click.option("--fix", "is_fixed", is_flag=True, help="Mend what can be mended in one way only, and show the change.")
@click.option("--in-place", is_flag=True, help="With --fix: write the change into the file.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="With --fix: write to this new file.")
@click.option("--price", "is_priced", is_flag=True, help="Tell instead what each hole of level error costs.")
@run_options(futures_option(FUTURES["price"], about="With --price, as all options below: how many futures to draw."))
def check_command(
    files: tuple[str, ...],
    ids: tuple[str, ...],
    as_json: bool,
    is_sarif: bool,
    against: str | None,
    accepted: Path | None,
    is_strict: bool,
    is_passed: bool,
    explain: str | None,
    is_reference: bool,
    is_fixed: bool,
    in_place: bool,
    output: Path | None,
    is_priced: bool,
    run: RunSettings,
) -> None:
    """Look for holes, each with the incident that slips through.

    FILE is a path, or the name of a packaged arrangement, such as ukraine/budapest_memorandum_1994. Exits with 0 where
    there is no fault of level error that --accept does not name (with --against: where nothing is lost; with --fix:
    where nothing is left), 1 where there is one or the rules did not confirm what was found, 2 where a file cannot be
    used. What a text leaves open, such as an act that obliges nobody, is told and may be meant: with --strict it counts
    as a fault does.

    ACCEPTED is a YAML file, `accepted:` with entries {check: G01, at: commitments[1], because: ...}; without `at` an
    entry means every finding of its check. Entries that no text needs any more are told.

    --price closes each hole of level error by its suggested mending, solves again in the same futures and shows the
    difference: first with all else as it is, then with all else mended. --fix changes nothing but what one mending
    alone would make of the text, keeps its comments, and says of every other hole why it is left.
    """
    if explain:
        click.echo(explain_check(explain))
        return
    if is_reference:
        click.echo(checks_reference_text(), nl=False)
        return
    if not files:
        raise click.UsageError("name a file to check, or use --explain ID or --reference")
    _refuse_contradictions(bool(against), is_priced, is_fixed, ids or is_sarif or is_passed or accepted or is_strict)
    if against:
        _compare_meaning(against, files, as_json=as_json)
    if is_priced:
        _price(files, run, as_json=as_json)
    if is_fixed:
        _fix(files, in_place=in_place, output=output)
    if in_place or output:
        raise click.UsageError("--in-place and --output go with --fix")
    request = CheckRequest(files, only=ids, with_carriers=is_passed, accepted=accepted)
    _check(request, as_json=as_json, is_sarif=is_sarif, is_strict=is_strict)


commands: tuple[click.Command, ...] = (check_command,)


def _check(request: CheckRequest, *, as_json: bool, is_sarif: bool, is_strict: bool) -> NoReturn:
    result = check_texts(request)
    for error in result.unusable:
        click.echo(told(error), err=True)
    if as_json:
        print_json(result.to_data())
    elif is_sarif:
        print_json(result.to_sarif())
    else:
        print_result(result)
    is_wanting = result.has_errors or (is_strict and result.has_gaps)
    sys.exit(WRONG_INPUT if result.unusable else NO if is_wanting else 0)


def _compare_meaning(old: str, files: Sequence[str], *, as_json: bool) -> NoReturn:
    """Tell what changes in meaning from one text to another."""
    if len(files) != 1:
        raise click.UsageError("--against compares one FILE with one OLD")
    result = check_against(old, files[0])
    if as_json:
        print_json(result.to_data())
    else:
        print_result(result)
    sys.exit(NO if result.has_lost else 0)


def _refuse_contradictions(is_compared: bool, is_priced: bool, is_fixed: bool, is_narrowed: object, /) -> None:
    """One question at a time; what narrows or shapes a plain check means nothing to the others."""
    asked = sum((is_compared, is_priced, is_fixed))
    if asked > 1:
        raise click.UsageError("--against, --price and --fix are different questions; ask one at a time")
    if asked and is_narrowed:
        raise click.UsageError(
            "--id, --sarif, --passed, --accept and --strict do not go with --against, --price or --fix"
        )


def _price(files: tuple[str, ...], run: RunSettings, /, *, as_json: bool) -> NoReturn:
    """Tell what the holes of each file cost."""
    # these take long to load, and a plain check needs none of them
    from foedus.cli.progress_bar import progress_bar
    from foedus.jobs.price import PriceRequest, price_texts

    with progress_bar() as tell:
        result = price_texts(PriceRequest(files, run), tell=tell)
    if as_json:
        print_json(result.to_data())
    else:
        print_result(result)
    sys.exit(NO if result.has_holes else 0)


def _fix(files: Sequence[str], *, in_place: bool, output: Path | None) -> NoReturn:
    """Mend files, or show how they would be mended; a file that cannot be used does not keep others from it."""
    if in_place and output:
        raise click.UsageError("--in-place and --output exclude each other")
    if output and len(files) != 1:
        raise click.UsageError("--output writes one FILE")
    codes = []
    for name in files:
        try:
            codes.append(_fix_file(name, in_place=in_place, output=output))
        except FoedusError as error:
            click.echo(told(error), err=True)
            codes.append(WRONG_INPUT)
    sys.exit(max(codes))


def _fix_file(name: str, *, in_place: bool, output: Path | None) -> int:
    result = mend_file(name)
    if in_place and is_packaged(name):
        raise click.UsageError(f"{name} is a packaged arrangement, which --in-place leaves alone; use --output")
    print_result(result)
    target = Path(name) if in_place else output
    if not result.is_changed:
        click.echo("nothing to write: no hole here can be mended in one way only")
    elif target:
        click.echo(f"written: {write_file(result.text.encode(), file=target, is_new=not in_place)}")
    else:
        click.echo("nothing was written; add --in-place, or --output NEW to write another file")
    return NO if result.has_errors else 0
