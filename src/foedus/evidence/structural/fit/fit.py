"""A fitted strategic model, with its tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from foedus.evidence.structural.likelihood.covariance import clustered, from_hessian, robust
from foedus.evidence.structural.likelihood.jets import Jet
from foedus.evidence.structural.likelihood.maximise import Maximum
from foedus.evidence.structural.likelihood.objective import Objective
from foedus.evidence.structural.table.sample import EstimationSample, StrategicGame
from foedus.values.arrays import BoolArray, FloatArray


class CovarianceKind(StrEnum):
    """Where standard errors come from.

    ``npl`` and ``two-step`` reckon with estimated beliefs; ``sigint`` is ``npl`` as the R package sigInt computes it.
    """

    HESSIAN = "hessian"
    ROBUST = "robust"
    CLUSTERED = "clustered"
    NPL = "npl"
    SIGINT = "sigint"
    TWO_STEP = "two-step"


@dataclass(frozen=True, eq=False)
class Fit:
    """Estimates of a strategic model, and how they were found."""

    game: StrategicGame
    settings: Mapping[str, str]
    """What was chosen, such as the link."""
    sample: EstimationSample
    objective: Objective
    coefficients: "pd.Series[float]"
    """Estimates, by name: ``u11:income``."""
    covariance: pd.DataFrame
    """Covariance of the estimates."""
    covariance_kind: CovarianceKind
    log_likelihood: float
    hessian: FloatArray
    """(p, p): of the log-likelihood at the estimates."""
    iterations: int
    is_converged: bool
    decrement: float
    """Twice what one more Newton step would gain."""
    start: str
    """Where the search began."""
    details: Mapping[str, float]
    """What else this way of fitting has to tell, such as how many games have several equilibria."""

    @property
    def beta(self) -> FloatArray:
        """(p,): the estimates as numbers."""
        beta: FloatArray = np.asarray(self.coefficients, dtype=np.float64)
        return beta

    @property
    def observations(self) -> int:
        """Rows used."""
        return len(self.sample.rows)

    @property
    def dropped(self) -> int:
        """Rows left out because something is missing."""
        return self.sample.dropped

    @property
    def standard_errors(self) -> "pd.Series[float]":
        """Square roots of the diagonal of the covariance."""
        return pd.Series(np.sqrt(np.diag(self.covariance.to_numpy())), index=self.coefficients.index, name="se")

    @property
    def ends(self) -> tuple[str, ...]:
        """What each end is called in the table: the first is end 1, the leftmost of the tree."""
        return self.sample.labels

    @property
    def told(self) -> tuple[str, ...]:
        """What must stand in every output: which end is which, what is missing, and each warning."""
        seen = self.sample.counts.sum(axis=1)
        labels = enumerate(zip(self.ends, seen, strict=True), start=1)
        lines = [", ".join(f"end {number} = {label} ({count:g})" for number, (label, count) in labels)]
        if missing := [f"{name} in {rows}" for name, rows in self.sample.missing.items()]:
            lines.append(f"rows without a value: {', '.join(missing)}")
        return (*lines, *(f"WARNING: {note.message}: {note.why}; {note.mend}" for note in self.sample.notes))

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2.0 * len(self.coefficients) - 2.0 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion, counting rows."""
        return float(np.log(self.observations)) * len(self.coefficients) - 2.0 * self.log_likelihood

    @property
    def row_log_likelihoods(self) -> FloatArray:
        """(n,): the log-likelihood of each row."""
        return self.objective.row_values(self.beta)

    @property
    def scores(self) -> FloatArray:
        """(n, p): the gradient of each row's log-likelihood."""
        return self.objective.scores(self.beta)

    def table(self) -> pd.DataFrame:
        """Return the table of coefficients: utility, regressor, estimate, se, z, p, and the end where it is got."""
        errors = self.standard_errors
        at = self.game.places
        z = self.coefficients / errors
        utility, regressor = zip(*(name.split(":", 1) for name in self.coefficients.index), strict=True)
        return pd.DataFrame(
            {
                "utility": utility,
                "regressor": regressor,
                "estimate": self.coefficients.to_numpy(),
                "se": errors.to_numpy(),
                "z": z.to_numpy(),
                "p": 2.0 * norm.sf(np.abs(z.to_numpy())),
                "end": [f"{at[name] + 1} = {self.ends[at[name]]}" for name in utility],
            },
            index=self.coefficients.index,
        )

    def predict(self, data: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the probability of each end in each row of a table; the rows of the fit when none is given.

        A row where a regressor is missing is left empty, and so is one where the game has several equilibria.
        """
        matrices, complete, index = self.matrices(data)
        values = np.full((len(index), len(self.sample.labels)), np.nan)
        values[complete] = np.exp([jet.value for jet in self.log_probability_jets(matrices)]).T
        return pd.DataFrame(values, index=index, columns=list(self.sample.labels))

    def matrices(self, data: pd.DataFrame | None) -> "tuple[tuple[FloatArray, ...], BoolArray, pd.Index[Any]]":
        """Return (matrices of the complete rows, which rows are complete, index of all rows)."""
        if data is None:
            return self.sample.matrices, np.ones(self.observations, dtype=np.bool_), self.sample.rows.index
        matrices, complete = self.sample.design.matrices(data)
        return matrices, complete, data.index

    def log_probability_jets(self, matrices: tuple[FloatArray, ...]) -> tuple[Jet, ...]:
        """Return the log-probability of each end, as jets of the utilities that have regressors."""
        beta = self.beta
        places = self.objective.places
        values = np.array([matrix @ beta[place] for matrix, place in zip(matrices, places, strict=True)])
        return self.game.log_probabilities(values, names=self.sample.design.utilities)

    def with_covariance(self, kind: CovarianceKind | str) -> "Fit":
        """Return the same estimates with a covariance of another kind."""
        wanted = CovarianceKind(kind)
        return replace(
            self, covariance=_frame(covariance_of(self, wanted), self.coefficients.index), covariance_kind=wanted
        )


def covariance_of(fit: Fit, kind: CovarianceKind) -> FloatArray:
    """Return the covariance of estimates, (p, p)."""
    if kind is CovarianceKind.HESSIAN:
        return from_hessian(fit.hessian)
    if kind is CovarianceKind.ROBUST:
        return robust(fit.hessian, fit.scores)
    if kind is CovarianceKind.CLUSTERED and fit.sample.groups is not None:
        return clustered(fit.hessian, fit.scores, fit.sample.groups)
    raise ValueError(f"a {kind} covariance belongs to another way of fitting, or to a fit with clusters")


def make_fit(
    game: StrategicGame,
    sample: EstimationSample,
    objective: Objective,
    maximum: Maximum,
    *,
    settings: Mapping[str, str],
    start: str,
    covariance: FloatArray | CovarianceKind,
    kind: CovarianceKind = CovarianceKind.HESSIAN,
    details: Mapping[str, float] = MappingProxyType({}),
) -> Fit:
    """Put a fit together; a covariance is given, of the kind that is told, or the kind to compute."""
    names = pd.Index(sample.design.names)
    given = covariance if isinstance(covariance, np.ndarray) else from_hessian(maximum.at.hessian)
    fit = Fit(
        game=game,
        settings=settings,
        sample=sample,
        objective=objective,
        coefficients=pd.Series(maximum.beta, index=names, name="estimate"),
        covariance=_frame(given, names),
        covariance_kind=kind,
        log_likelihood=maximum.at.value,
        hessian=maximum.at.hessian,
        iterations=maximum.iterations,
        is_converged=maximum.is_converged,
        decrement=maximum.decrement,
        start=start,
        details=details,
    )
    return fit if isinstance(covariance, np.ndarray) else fit.with_covariance(covariance)


def _frame(covariance: FloatArray, names: "pd.Index[Any]") -> pd.DataFrame:
    return pd.DataFrame(covariance, index=names, columns=names)
