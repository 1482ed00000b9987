"""The command `estimate`: the payoffs of a strategic game, from a table of what players did."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from foedus.cli.leaving import INTERRUPTED, exit_with
from foedus.cli.progress_bar import progress_bar
from foedus.errors import InvalidFile, NotConverged
from foedus.evidence.structural import (
    Fit,
    NotIdentified,
    OptimumCheck,
    check_optimum,
    fit_egame12,
    fit_egame122,
    fit_egame123,
    fit_sigint,
    read_table,
)
from foedus.values.atomic import write_together

NO_ESTIMATE = 3

_TREES: Mapping[str, Callable[..., Fit]] = MappingProxyType(
    {"egame12": fit_egame12, "egame122": fit_egame122, "egame123": fit_egame123}
)
_SEARCHES = ("newton", "bfgs")
_ESTIMATORS = ("ml", "npl", "pl")
_LEAST_P = 0.001


@click.command("estimate")
@click.argument("model", type=click.Choice([*_TREES, "sigint"]))
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
    type=click.Choice([*_SEARCHES, *_ESTIMATORS]),
    help="egame: the search, newton by default. sigint: the estimator, ml by default.",
)
@click.option(
    "--ends",
    metavar="END,END,…",
    help="The words of the outcome column, from the leftmost end to the rightmost; egame only.",
)
@click.option("--first-stage", metavar="RESIST,FIRM", help="Columns of first-stage chances; sigint only.")
@click.option("--robust", is_flag=True, help="Robust (sandwich) standard errors.")
@click.option("--cluster", metavar="COLUMN", help="Standard errors clustered by this column.")
@click.option("--starts", type=click.IntRange(min=1), help="Search so many times again from elsewhere.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of those searches.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the table of coefficients as CSV.")
def estimate_command(
    model: str,
    data: Path,
    formula: str,
    link: str,
    errors: str,
    method: str | None,
    ends: str | None,
    first_stage: str | None,
    robust: bool,
    cluster: str | None,
    starts: int | None,
    seed: int,
    out: Path | None,
) -> None:
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
    found, 130 when interrupted.
    """  # noqa: D301 (click wants the character, not its name)
    options = _options_or_exit(model, link=link, errors=errors, method=method, ends=ends, first_stage=first_stage)
    options |= {"covariance": "robust" if robust else "hessian", "cluster": cluster}
    if robust and cluster:
        exit_with("--robust and --cluster are two ways to the same; give one of them")
    table = _read_or_exit(data)
    try:
        with progress_bar() as tell:
            tell(f"fitting {model} to {len(table)} rows", 0, 1)
            fit = {**_TREES, "sigint": fit_sigint}[model](formula, table, **options)
            check = None if starts is None else check_optimum(fit, starts=starts, seed=seed, tell=tell)
    except InvalidFile as error:
        exit_with(_told(error, table=str(data)))
    except ValueError as error:
        exit_with(str(error))
    except (NotIdentified, NotConverged) as error:
        exit_with(str(error), code=NO_ESTIMATE)
    except KeyboardInterrupt:
        exit_with("stopped; nothing was written", code=INTERRUPTED)
    _print(fit, check)
    if out is not None:
        _write_or_exit(fit, out)


commands: tuple[click.Command, ...] = (estimate_command,)


def _options_or_exit(
    model: str, *, link: str, errors: str, method: str | None, ends: str | None, first_stage: str | None
) -> dict[str, Any]:
    """Return what the model's function takes; refuse what belongs to another model."""
    if model == "sigint":
        if link != "probit" or errors != "agent":
            exit_with("--link and --errors belong to the egame models; sigint has normal private payoffs")
        if ends is not None:
            exit_with("--ends belongs to the egame models; sigint has a column of counts for each end")
        if method in _SEARCHES:
            exit_with(f"--method {method} belongs to the egame models; sigint takes {', '.join(_ESTIMATORS)}")
        columns = None if first_stage is None else tuple(name.strip() for name in first_stage.split(","))
        if columns is not None and len(columns) != 2:
            exit_with("--first-stage takes two columns: the chance that B resists, and that A stands firm")
        return {"method": method or "ml", "first_stage": columns}
    if method in _ESTIMATORS or first_stage is not None:
        exit_with(f"--first-stage and --method {', '.join(_ESTIMATORS)} belong to sigint")
    return {"link": link, "errors": errors, "method": method or "newton", "ends": ends}


def _read_or_exit(file: Path) -> pd.DataFrame:
    try:
        return read_table(file)
    except InvalidFile as error:
        exit_with(str(error))
    except OSError as error:
        exit_with(f"{file} cannot be read: {error.strerror}")


def _told(error: InvalidFile, *, table: str) -> str:
    """Return the findings, those about the table under the name of its file."""
    findings = [replace(each, file=table) if each.file == "table" else each for each in error.findings]
    return "\n".join(map(str, findings))


def _print(fit: Fit, check: OptimumCheck | None) -> None:
    console = Console(file=sys.stdout, highlight=False)
    console.print(_drawn(fit))
    for line in _facts(fit, check):
        console.print(Text(line), soft_wrap=True)


def _drawn(fit: Fit) -> Table:
    drawn = Table(box=box.SIMPLE_HEAD, title=Text(_title(fit)), title_style="")
    for heading in ("utility", "regressor"):
        drawn.add_column(heading, overflow="fold")
    for heading in ("estimate", "s.e.", "z", "p"):
        drawn.add_column(heading, justify="right", no_wrap=True)
    last = ""
    for row in fit.table().itertuples(index=False):
        utility = str(row.utility)
        drawn.add_row(
            Text("" if utility == last else utility),
            Text(str(row.regressor)),
            f"{row.estimate:.4f}",
            f"{row.se:.4f}",
            f"{row.z:.2f}",
            _short_p(float(str(row.p))),
        )
        last = utility
    return drawn


def _title(fit: Fit) -> str:
    return ", ".join([fit.game.name, *(f"{name} {value}" for name, value in fit.settings.items())])


def _short_p(p: float) -> str:
    return f"{p:.3f}" if p >= _LEAST_P else f"<{_LEAST_P}"


def _facts(fit: Fit, check: OptimumCheck | None) -> list[str]:
    rows = "games" if fit.game.name == "sigint" else "rows"
    lines = [
        f"log-likelihood {fit.log_likelihood:.6f}   AIC {fit.aic:.3f}   BIC {fit.bic:.3f}",
        f"{fit.observations} {rows} used, {fit.dropped} left out because something is missing; standard errors: "
        f"{fit.covariance_kind}",
        f"converged in {fit.iterations} iterations from {fit.start}; one more step would gain {fit.decrement / 2:.0e}",
        *(f"{name}: {value:g}" for name, value in fit.details.items()),
        *fit.told,
    ]
    if check is not None:
        lines.append(
            f"{check.starts} searches from elsewhere: {check.converged} found a maximum, {check.returned} this one"
        )
        if not check.is_highest:
            lines.append(f"WARNING: a higher maximum was found, log-likelihood {check.best:.6f}; this is a local one")
    return lines


def _write_or_exit(fit: Fit, out: Path) -> None:
    text = fit.table().to_csv(index=False)
    try:
        (path,) = write_together(out.parent, {out.name: text.encode()})
    except OSError as error:
        exit_with(f"{out} cannot be written: {error.strerror}")
    click.echo(f"written: {path}")
