"""Fit the strategic models of Signorino: two or three players who choose in turn, and err or know more than we do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np
import pandas as pd

from foedus.errors import NotConverged
from foedus.evidence.structural.egame.starting_values import backward_induction
from foedus.evidence.structural.fit.fit import CovarianceKind, Fit, make_fit
from foedus.evidence.structural.likelihood.jets import Index, Jet, variables
from foedus.evidence.structural.likelihood.links import Errors, LinkFunction
from foedus.evidence.structural.likelihood.maximise import Method, furthest, maximise, refuse_unidentified
from foedus.evidence.structural.likelihood.objective import Objective
from foedus.evidence.structural.likelihood.trees import (
    EGAME12,
    EGAME122,
    EGAME123,
    GameTree,
    gains,
    log_likelihood,
    log_probabilities,
)
from foedus.evidence.structural.table.ends import order_of_ends
from foedus.evidence.structural.table.formula import StrategicFormula
from foedus.evidence.structural.table.outcomes import Observed, read_ends
from foedus.evidence.structural.table.sample import EstimationSample, take_sample
from foedus.evidence.structural.table.variation import perfect_predictors
from foedus.values.arrays import FloatArray

SBI = "statistical backward induction"


@dataclass(frozen=True)
class TreeGame:
    """A tree with the distribution and the kind of its errors."""

    tree: GameTree
    link: LinkFunction = LinkFunction.PROBIT
    errors: Errors = Errors.AGENT
    ends: tuple[str, ...] | None = None
    """The values of the outcome column, from the leftmost end to the rightmost; None where they say it themselves."""

    def __post_init__(self) -> None:
        if self.errors is Errors.PRIVATE and self.link is LinkFunction.LOGIT:
            raise ValueError(
                "private information needs the probit link: a weighted sum of logistic errors is not "
                "logistic; use link probit, or errors agent"
            )

    @property
    def name(self) -> str:
        """The name of the tree."""
        return self.tree.name

    @property
    def utilities(self) -> tuple[str, ...]:
        """The utilities of the tree."""
        return self.tree.utilities

    @property
    def places(self) -> Mapping[str, int]:
        """The number of the end, from 0, at which each utility is got."""
        return {name: place for place, end in enumerate(self.tree.ends) for name in end.utilities.values()}

    def observe(self, formula: StrategicFormula, data: pd.DataFrame) -> Observed:
        """Read which end was reached."""
        return read_ends(formula, data, tree=self.tree, ends=self.ends)

    def log_probabilities(self, values: FloatArray, *, names: Sequence[str]) -> tuple[Jet, ...]:
        """Return the log-probability of each end, as jets of the utilities ``names``, (K, n)."""
        return log_probabilities(self.tree, self._gains(values, names=names), link=self.link)

    def log_likelihood(self, values: FloatArray, *, names: Sequence[str], counts: FloatArray) -> Jet:
        """Return the log-likelihood of each row; ``counts`` is (end, n)."""
        return log_likelihood(self.tree, self._gains(values, names=names), counts, link=self.link)

    def _gains(self, values: FloatArray, *, names: Sequence[str]) -> tuple[Index, ...]:
        utilities: dict[str, Index] = dict.fromkeys(self.utilities, 0.0)
        utilities |= dict(zip(names, variables(values), strict=True))
        return gains(self.tree, utilities, link=self.link, errors=self.errors)


def fit_egame12(
    formula: str,
    data: pd.DataFrame,
    *,
    link: LinkFunction | str = "probit",
    errors: Errors | str = "agent",
    covariance: CovarianceKind | str = "hessian",
    cluster: str | None = None,
    method: Method | str = "newton",
    ends: Sequence[str] | str | None = None,
) -> Fit:
    """Fit the game in which player 1 stops or goes on, and player 2 then gives way or not.

    ``formula`` is ``end ~ u11 | u13 | u14 | u24``. ``ends`` gives the words of the column ``end`` from the leftmost end
    to the rightmost, ``"sq,cd,bd"`` or one by one. Raises InvalidFile for a formula or table that cannot be used,
    NotIdentified, and NotConverged.
    """
    return fit_tree(
        EGAME12,
        formula,
        data,
        link=link,
        errors=errors,
        covariance=covariance,
        cluster=cluster,
        method=method,
        ends=ends,
    )


def fit_egame122(
    formula: str,
    data: pd.DataFrame,
    *,
    link: LinkFunction | str = "probit",
    errors: Errors | str = "agent",
    covariance: CovarianceKind | str = "hessian",
    cluster: str | None = None,
    method: Method | str = "newton",
    ends: Sequence[str] | str | None = None,
) -> Fit:
    """Fit the game in which player 2 answers either of player 1's moves.

    ``formula`` is ``end ~ u11 | u12 | u13 | u14 | u22 | u24``. Raises as ``fit_egame12``.
    """
    return fit_tree(
        EGAME122,
        formula,
        data,
        link=link,
        errors=errors,
        covariance=covariance,
        cluster=cluster,
        method=method,
        ends=ends,
    )


def fit_egame123(
    formula: str,
    data: pd.DataFrame,
    *,
    link: LinkFunction | str = "probit",
    errors: Errors | str = "agent",
    covariance: CovarianceKind | str = "hessian",
    cluster: str | None = None,
    method: Method | str = "newton",
    ends: Sequence[str] | str | None = None,
) -> Fit:
    """Fit the game in which players 1, 2 and 3 each stop or go on.

    ``formula`` is ``end ~ u11 | u13 | u15 | u16 | u23 | u25 | u26 | u36``. Raises as ``fit_egame12``.
    """
    return fit_tree(
        EGAME123,
        formula,
        data,
        link=link,
        errors=errors,
        covariance=covariance,
        cluster=cluster,
        method=method,
        ends=ends,
    )


def fit_tree(
    tree: GameTree,
    formula: str,
    data: pd.DataFrame,
    *,
    link: LinkFunction | str = "probit",
    errors: Errors | str = "agent",
    covariance: CovarianceKind | str = "hessian",
    cluster: str | None = None,
    method: Method | str = "newton",
    ends: Sequence[str] | str | None = None,
) -> Fit:
    """Fit any of the trees by maximum likelihood."""
    game = TreeGame(tree, LinkFunction(link), Errors(errors), None if ends is None else order_of_ends(ends))
    sample = take_sample(game, formula, data, cluster=cluster)
    objective = tree_objective(game, sample)
    starts = backward_induction(
        tree,
        dict(zip(sample.design.utilities, sample.matrices, strict=True)),
        sample.counts,
        link=game.link,
        errors=game.errors,
    )
    start = np.concatenate([starts[name] for name in sample.design.utilities])
    maximum = maximise(objective, start=start, method=Method(method))
    hint = partial(perfect_predictors, sample.design, sample.matrices, counts=sample.counts)
    refuse_unidentified(maximum, names=sample.design.names, objective=objective, hint=hint)
    if not maximum.is_converged:
        raise NotConverged(
            f"no maximum was found in {maximum.iterations} iterations (one more step would gain "
            f"{maximum.decrement / 2:.2g}){furthest(maximum, names=sample.design.names, objective=objective)}; leave "
            "out regressors that predict an outcome without error, or bring regressors to similar sizes"
        )
    kind = CovarianceKind.CLUSTERED if cluster else CovarianceKind(covariance)
    settings = MappingProxyType({"link": game.link.value, "errors": game.errors.value, "method": Method(method).value})
    return make_fit(game, sample, objective, maximum, settings=settings, start=SBI, covariance=kind)


def tree_objective(game: TreeGame, sample: EstimationSample) -> Objective:
    """Return the log-likelihood of a sample."""
    names = sample.design.utilities

    def rows(utilities: FloatArray, rows: slice) -> Jet:
        return game.log_likelihood(utilities, names=names, counts=sample.counts[:, rows])

    return Objective(sample.matrices, rows)
