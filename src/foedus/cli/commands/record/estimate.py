"""The command `estimate`: the payoffs of a strategic game, from a table of what players did."""

from pathlib import Path
from typing import Any

import click

from foedus.cli.leaving import Guarded
from foedus.cli.progress_bar import progress_bar
from foedus.cli.telling import print_result, print_written
from foedus.jobs.record.estimate import ESTIMATORS, MODELS, SEARCHES, EstimateRequest, estimate_game
from foedus.jobs.telling.files import refuse_unwritable_file, write_file


@click.command("estimate", cls=Guarded)
@click.argument("model", type=click.Choice(MODELS))
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="DATA.csv")
@click.argument("formula")
@click.option(
    "--link",
    type=click.Choice(["probit", "logit"]),
    default="probit",
    show_default=True,
    help="Distribution of the errors; egame only.",
)
@click.option(
    "--errors",
    type=click.Choice(["agent", "private"]),
    default="agent",
    show_default=True,
    help="Players err at each move, or know more of their payoffs than we do; egame only.",
)
@click.option(
    "--method",
    type=click.Choice([*SEARCHES, *ESTIMATORS]),
    help="egame: the search, newton by default. sigint: the estimator, ml by default.",
)
@click.option(
    "--ends",
    metavar="END,END,…",
    help="The words of the outcome column, from the leftmost end to the rightmost; egame only.",
)
@click.option("--first-stage", metavar="RESIST,FIRM", help="Columns of first-stage chances; sigint only.")
@click.option("--robust", "is_robust", is_flag=True, help="Robust (sandwich) standard errors.")
@click.option("--cluster", metavar="COLUMN", help="Standard errors clustered by this column.")
@click.option("--starts", type=click.IntRange(min=1), help="Search so many times again from elsewhere.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of those searches.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the table of coefficients as CSV.")
def estimate_command(out: Path | None, **asked: Any) -> None:
    """Estimate the payoffs of a strategic game from a table of what players did.

    MODEL is egame12, egame122 or egame123 (players move in turn; strategic probit and logit) or sigint (the
    crisis-signalling game of Lewis and Schultz). FORMULA says what was observed, then the regressors of each utility,
    parted by bars; 0 fixes a utility to 0:

    \b
      egame12   "end ~ u11 | u13 | u14 | u24"
      egame122  "end ~ u11 | u12 | u13 | u14 | u22 | u24"
      egame123  "end ~ u11 | u13 | u15 | u16 | u23 | u25 | u26 | u36"
      sigint    "sq + cd + sf + bd ~ SA | VA | CB | barWA | barWB | bara | VB"

    Prints the coefficients with standard errors. Exit code 3 when the data do not identify the model or no maximum is
    found, 130 when interrupted. Needs an extra: pip install 'foedus[evidence]'.
    """  # noqa: D301 (click wants the character, not its name)
    if out is not None:
        refuse_unwritable_file(out)
    with progress_bar() as tell:
        result = estimate_game(EstimateRequest(**asked), tell=tell)
    written = [] if out is None else [write_file(result.csv(), file=out)]
    print_result(result)
    if written:
        print_written(written)


commands: tuple[click.Command, ...] = (estimate_command,)
