"""The command `claims`: arguments tried against the futures."""

import os
import shlex
import time
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from foedus.arrangement.dump import to_plain
from foedus.cli.command_words import command_words
from foedus.cli.leaving import INTERRUPTED, NOT_CONVERGED, exit_with, refuse_unwritable
from foedus.cli.options import (
    GridParameter,
    HorizonParameter,
    overlays_option,
    parameters_or_exit,
    settings_of,
    views_option,
)
from foedus.cli.progress_bar import progress_bar
from foedus.errors import InvalidFile, UnknownName
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.record import Parameters
from foedus.game.grid import Grid
from foedus.insight.claims.answer import ClaimAnswers, ClaimRuling
from foedus.insight.claims.answer_claims import answer_claims
from foedus.insight.claims.load import find_claim_file, load_claim, packaged_claims
from foedus.insight.claims.record import Claim
from foedus.report.claims.html import render_claims
from foedus.report.claims.markdown import write_claims
from foedus.report.claims.page import ClaimsPage, claims_page
from foedus.report.claims.results import JSON, claims_json
from foedus.report.claims.terminal import print_claims, print_in_full, print_list
from foedus.report.page.findings import write_findings
from foedus.report.page.sheet import Made, made_of
from foedus.report.parameters.assumptions import Basis, basis_of, basis_words
from foedus.text.yaml_tree import MAX_BYTES, lines_of
from foedus.values.atomic import write_together

HTML = "claims.html"


@click.command("claims")
@click.argument("names", nargs=-1, metavar="[ID|FILE]...")
@click.option("--list", "is_list", is_flag=True, help="List the claims and judge none.")
@click.option("--verbose", "-v", is_flag=True, help="Tell everything of each claim.")
@click.option("--futures", type=click.IntRange(min=1), default=100, show_default=True, help="Draws of all uncertain.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the draws.")
@click.option(
    "--horizon",
    "horizon_periods",
    type=HorizonParameter(),
    default="10y",
    show_default=True,
    help="How far to look ahead, as 10y.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder for claims.html and claims.json.",
)
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write the page also as Markdown.")
@overlays_option
@views_option
@click.option("--workers", type=click.IntRange(min=1), help="Threads; all cores when not given.")
@click.option(
    "--grid", type=GridParameter(), default="11,13,3", show_default=True, help="Belief points, balance points, slices."
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0, min_open=True),
    default=1e-4,
    show_default=True,
    help="Largest change in a sweep at which a solution counts as found.",
)
@click.option("--max-sweeps", type=click.IntRange(min=1), default=2000, show_default=True)
def claims_command(
    names: tuple[str, ...],
    is_list: bool,
    verbose: bool,
    futures: int,
    seed: int,
    horizon_periods: int,
    out: Path,
    markdown: Path | None,
    overlays: tuple[Path, ...],
    views: tuple[str, ...],
    workers: int | None,
    grid: Grid,
    tolerance: float,
    max_sweeps: int,
) -> None:
    """Try arguments against the futures: in how many each holds, where it fails, what the literature says.

    ID is a packaged claim (`foedus claims --list`), FILE a claim of your own; all packaged ones when none is named.
    Prints a table, and writes a page to read and results for programs. Exit code 3 when no claim could be judged,
    130 when interrupted.
    """
    parameters = parameters_or_exit(overlays, views)
    claims = _claims_or_exit(names, parameters)
    console = Console(highlight=False)
    if is_list:
        print_list(claims, console=console)
        return
    for place in (out, *([markdown.parent] if markdown else [])):
        refuse_unwritable(place)
    basis = basis_of(parameters, default=default_parameters())
    command = command_words(click.get_current_context(), never=("verbose", "markdown"))
    settings = settings_of(
        futures=futures,
        seed=seed,
        horizon_periods=horizon_periods,
        grid=grid,
        tolerance=tolerance,
        max_sweeps=max_sweeps,
    )
    began = time.perf_counter()
    try:
        answers = _judge(claims, parameters, settings=settings, workers=workers)
        page, made = _page(answers, parameters, basis=basis, command=command)
        contents = {HTML: render_claims(page).encode(), JSON: claims_json(answers, made=made, basis=basis)}
        print_claims(page, console=console)
        if verbose:
            print_in_full(page.entries, console=console)
        written = list(write_together(out, contents))
        if markdown:
            took = _took(time.perf_counter() - began, answers, workers=workers)
            text = write_claims(page, command=f"{command} --markdown {shlex.quote(str(markdown))}", took=took)
            written += write_together(markdown.parent, {markdown.name: text.encode()})
    except KeyboardInterrupt:
        exit_with("stopped; nothing was written", code=INTERRUPTED)
    except OSError as error:
        exit_with(f"{error.filename or out} cannot be written: {error.strerror}")
    click.echo(f"written: {', '.join(str(path) for path in written)}")
    if all(answer.ruling is ClaimRuling.NOTHING_TO_JUDGE for answer in answers.answers):
        exit_with("no claim could be judged: in no future did every side of one converge", code=NOT_CONVERGED)


commands: tuple[click.Command, ...] = (claims_command,)


def _claims_or_exit(names: Sequence[str], parameters: Parameters) -> tuple[Claim, ...]:
    """Load every claim that is meant; what is wrong in any of them is told before the exit."""
    claims: dict[str, Claim] = {}
    wrong = []
    for name in dict.fromkeys(names or packaged_claims()):
        try:
            claim = load_claim(file := find_claim_file(name), parameters=parameters)
            if claim.id in claims:
                wrong.append(f"{name}: another claim is called {claim.id} already; give it a name of its own")
            claims[claim.id] = claim
        except UnknownName as error:
            wrong.append(str(error))
        except InvalidFile as error:
            with file.open("rb") as stream:
                lines = lines_of(stream.read(MAX_BYTES).decode("utf-8", errors="replace"))
            wrong.append(write_findings(error.findings, lines=lines).rstrip())
        except OSError as error:
            wrong.append(f"{name} cannot be read: {error.strerror}")
    if wrong:
        exit_with("\n".join(wrong))
    return tuple(claims.values())


def _judge(claims: Sequence[Claim], parameters: Parameters, *, settings: Settings, workers: int | None) -> ClaimAnswers:
    with progress_bar() as tell:
        return answer_claims(
            claims,
            parameters,
            settings=settings,
            workers=workers,
            progress=lambda done, total: tell("games", done, total),
            judged=lambda done, total: tell("claims", done, total),
        )


def _page(answers: ClaimAnswers, parameters: Parameters, *, basis: Basis, command: str) -> tuple[ClaimsPage, Made]:
    texts = {
        f"{answer.claim.id}: {side.name}": to_plain(side.arrangement)
        for answer in answers.answers
        for side in answer.claim.sides
    }
    made = made_of(
        command=command,
        arrangements=texts,
        parameters_digest=parameters.digest,
        settings=answers.settings,
        libraries=("scikit-learn",),
        basis=basis_words(basis),
    )
    words = {parameter.name: parameter.what for parameter in parameters.entries}
    units = {parameter.name: parameter.unit for parameter in parameters.entries}
    return claims_page(answers, words=words, units=units, basis=basis, made=made), made


def _took(seconds: float, answers: ClaimAnswers, *, workers: int | None) -> str:
    threads = workers or os.cpu_count() or 1
    return (
        f"{answers.games} games in {seconds / 60:.1f} minutes on {threads} thread{'' if threads == 1 else 's'} "
        f"({time.process_time() / 60:.1f} minutes of processor time)."
    )
