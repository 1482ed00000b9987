"""The estimates of a strategic game in a terminal: coefficients, and how they were found."""

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from foedus.evidence.structural import Fit, OptimumCheck

_LEAST_P = 0.001


def print_fit(fit: Fit, check: OptimumCheck | None, /, *, console: Console) -> None:
    """Print the coefficients with standard errors, and what there is to know of the maximum."""
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
