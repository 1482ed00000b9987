"""Estimate the payoffs of a strategic game from a table of what players did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
from rich.console import Console

from foedus.errors import InvalidFile, NotConverged, WrongRequest
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
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.telling.showing import JobResult
from foedus.report.evidence.estimates_terminal import print_fit

SIGINT = "sigint"
_TREES: Mapping[str, Callable[..., Fit]] = MappingProxyType(
    {"egame12": fit_egame12, "egame122": fit_egame122, "egame123": fit_egame123}
)
MODELS = (*_TREES, SIGINT)
SEARCHES = ("newton", "bfgs")
ESTIMATORS = ("ml", "npl", "pl")


@dataclass(frozen=True)
class EstimateRequest:
    """Which model to fit to which table, and how."""

    model: str
    """One of `MODELS`."""
    data: Path
    """A table of comma-separated values."""
    formula: str
    """What was observed, then the regressors of each utility, parted by bars."""
    link: str = "probit"
    errors: str = "agent"
    method: str | None = None
    first_stage: str | None = None
    """Columns of first-stage chances, parted by a comma."""
    is_robust: bool = False
    cluster: str | None = None
    starts: int | None = None
    """Searches again from elsewhere; none where None."""
    seed: int = 1
    ends: str | None = None
    """The words of the outcome column from the leftmost end to the rightmost, parted by commas."""


@dataclass(frozen=True, eq=False, repr=False)
class EstimateResult(JobResult):
    """Coefficients with standard errors."""

    fit: Fit
    check: OptimumCheck | None

    def print_on(self, console: Console) -> None:
        """Print the table, and what there is to know of the maximum."""
        print_fit(self.fit, self.check, console=console)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each coefficient."""
        return self.fit.table()

    def csv(self) -> bytes:
        """Return the table of coefficients as comma-separated values."""
        return self.fit.table().to_csv(index=False).encode()


def estimate_game(request: EstimateRequest, *, tell: Tell = silent) -> EstimateResult:
    """Fit the model; raise `NotConverged` where the data do not identify it or no maximum is found."""
    options = _options(request)
    if request.is_robust and request.cluster:
        raise WrongRequest("--robust and --cluster are two ways to the same; give one of them")
    options |= {"covariance": "robust" if request.is_robust else "hessian", "cluster": request.cluster}
    table = _read(request.data)
    tell(f"fitting {request.model} to {len(table)} rows", 0, 1)
    try:
        fit = {**_TREES, SIGINT: fit_sigint}[request.model](request.formula, table, **options)
        starts = request.starts
        check = None if starts is None else check_optimum(fit, starts=starts, seed=request.seed, tell=tell)
    except InvalidFile as error:
        raise _named(error, table=str(request.data)) from error
    except ValueError as error:
        raise WrongRequest(str(error)) from error
    except NotIdentified as error:
        raise NotConverged(str(error)) from error
    return EstimateResult(fit, check)


def _options(request: EstimateRequest) -> dict[str, Any]:
    """Return what the model's function takes; refuse what belongs to another model."""
    method, first_stage = request.method, request.first_stage
    if request.model == SIGINT:
        if request.link != "probit" or request.errors != "agent":
            raise WrongRequest("--link and --errors belong to the egame models; sigint has normal private payoffs")
        if request.ends is not None:
            raise WrongRequest("--ends belongs to the egame models; sigint has a column of counts for each end")
        if method in SEARCHES:
            raise WrongRequest(f"--method {method} belongs to the egame models; sigint takes {', '.join(ESTIMATORS)}")
        columns = None if first_stage is None else tuple(name.strip() for name in first_stage.split(","))
        if columns is not None and len(columns) != 2:
            raise WrongRequest("--first-stage takes two columns: the chance that B resists, and that A stands firm")
        return {"method": method or "ml", "first_stage": columns}
    if method in ESTIMATORS or first_stage is not None:
        raise WrongRequest(f"--first-stage and --method {', '.join(ESTIMATORS)} belong to sigint")
    return {"link": request.link, "errors": request.errors, "method": method or "newton", "ends": request.ends}


def _read(file: Path) -> pd.DataFrame:
    try:
        return read_table(file)
    except OSError as error:
        raise WrongRequest(f"{file} cannot be read: {error.strerror}") from error


def _named(error: InvalidFile, *, table: str) -> InvalidFile:
    """Return the findings, those about the table under the name of its file."""
    return InvalidFile([replace(each, file=table) if each.file == "table" else each for each in error.findings])
