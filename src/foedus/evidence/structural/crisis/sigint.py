"""Fit the crisis-signalling game of Lewis and Schultz: by full maximum likelihood, or by pseudo-likelihoods.

- ``ml``: the equilibrium of each game is solved inside the likelihood; at the end all equilibria are sought, and a
  game that has several takes the likeliest.
- ``pl``: each side replies to beliefs that a first stage estimated (pseudo-likelihood).
- ``npl``: the beliefs are replaced by the replies, and the model fitted again, until nothing changes.

References: Crisman-Cox and Gibilisco 2021, Estimating signaling games in international relations, Political Science
Research and Methods 9:565-582; Aguirregabiria and Mira 2007, Sequential estimation of dynamic discrete games,
Econometrica 75:1-53.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy.special import ndtri

from foedus.errors import Finding, InvalidFile, NotConverged
from foedus.evidence.structural.crisis.equilibria import find_all, table_of
from foedus.evidence.structural.crisis.game import ENDS, UTILITIES
from foedus.evidence.structural.crisis.likelihood import (
    Beliefs,
    equilibrium_ends,
    equilibrium_objective,
    likeliest,
    named_payoffs,
    pseudo_objective,
)
from foedus.evidence.structural.crisis.nested import (
    SURE,
    npl_covariance,
    reply_once,
    sigint_covariance,
    two_step_covariance,
)
from foedus.evidence.structural.egame.starting_values import fit_choice
from foedus.evidence.structural.fit.fit import CovarianceKind, Fit, make_fit
from foedus.evidence.structural.likelihood.jets import Jet
from foedus.evidence.structural.likelihood.links import LinkFunction, probability
from foedus.evidence.structural.likelihood.maximise import Maximum, furthest, maximise, refuse_unidentified
from foedus.evidence.structural.likelihood.objective import Objective
from foedus.evidence.structural.table.formula import StrategicFormula
from foedus.evidence.structural.table.outcomes import Observed, read_counts
from foedus.evidence.structural.table.sample import EstimationSample, take_sample
from foedus.evidence.structural.table.variation import perfect_predictors
from foedus.values.arrays import FloatArray

NPL_TOLERANCE = 1e-9
NPL_ROUNDS = 500
FIRST_STAGE_RIDGE = 1.0
LEAST_BELIEF = 0.01
"""Beliefs of the built-in first stage are kept from this to one less this."""
_ROUNDS = 20
_NEAR_ENOUGH = 1e-3
SAME_HEIGHT = 1e-7
"""A log-likelihood that rises by less when games change to likelier equilibria has not risen."""


class Estimator(StrEnum):
    """How the crisis game is estimated."""

    ML = "ml"
    PL = "pl"
    NPL = "npl"


@dataclass(frozen=True)
class CrisisGame:
    """The game of Lewis and Schultz."""

    name: str = "sigint"
    utilities: tuple[str, ...] = UTILITIES

    @property
    def places(self) -> Mapping[str, int]:
        """The number of the end, from 0, at which each utility is got."""
        return {"SA": 0, "VA": 1, "CB": 1, "barWA": 2, "barWB": 2, "bara": 3, "VB": 3}

    def observe(self, formula: StrategicFormula, data: pd.DataFrame) -> Observed:
        """Read how often each end was seen."""
        return read_counts(formula, data, names=ENDS)

    def log_probabilities(self, values: FloatArray, *, names: Sequence[str]) -> tuple[Jet, ...]:
        """Return the log-probability of each end in equilibrium; NaN in games that have several."""
        found = find_all(named_payoffs(values, names=names))
        first = np.flatnonzero(np.append(True, np.diff(found.game) > 0))
        ends = equilibrium_ends(values, found.r[first], names=names)
        alone = np.where(found.number == 1, 0.0, np.nan)
        return tuple(end + alone for end in ends)


def fit_sigint(
    formula: str,
    data: pd.DataFrame,
    *,
    method: Estimator | str = "ml",
    first_stage: tuple[str, str] | None = None,
    first_stage_covariance: FloatArray | None = None,
    covariance: CovarianceKind | str = "hessian",
    cluster: str | None = None,
) -> Fit:
    """Fit the crisis-signalling game to counts of its ends.

    ``formula`` is ``sq + cd + sf + bd ~ SA | VA | CB | barWA | barWB | bara | VB``; each row of ``data`` is a game that
    was observed as often as its counts say. ``first_stage`` names the columns of the first-stage chances that B resists
    and that A stands firm; without it they come from ridge logits on all regressors. Their covariance,
    (2n, 2n) for the rows used, resist before firm, lets ``pl`` reckon with the error of the first stage.

    Raises InvalidFile, NotIdentified and NotConverged.
    """
    wanted, kind = Estimator(method), CovarianceKind.CLUSTERED if cluster else CovarianceKind(covariance)
    is_two_step = first_stage_covariance is not None
    _refuse_other_kinds(wanted, kind, is_two_step=is_two_step)
    game = CrisisGame()
    sample = take_sample(game, formula, data, cluster=cluster, also=first_stage or ())
    beliefs = _given_beliefs(sample, first_stage) if first_stage else estimate_beliefs(sample)
    found, start = _pseudo(sample, beliefs), "zeros"
    if wanted is not Estimator.PL:
        found, start = _nested(sample, found, strict=wanted is Estimator.NPL), "pseudo-likelihood"
    if wanted is Estimator.ML:
        found, start = _full(sample, found), "nested pseudo-likelihood"
    _refuse_no_maximum(sample, found)
    given: FloatArray | CovarianceKind = kind
    at = (sample, found.objective, found.maximum, found.beliefs)
    if wanted is Estimator.NPL:
        given = sigint_covariance(*at) if kind is CovarianceKind.SIGINT else npl_covariance(*at)
        kind = kind if kind is CovarianceKind.SIGINT else CovarianceKind.NPL
    elif first_stage_covariance is not None:
        given, kind = two_step_covariance(*at, first_stage_covariance), CovarianceKind.TWO_STEP
    settings = {"method": wanted.value, "first stage": " and ".join(first_stage or ("ridge logit",))}
    return make_fit(
        game,
        sample,
        found.objective,
        found.maximum,
        settings=MappingProxyType(settings),
        start=start,
        covariance=given,
        kind=kind,
        details=MappingProxyType(found.details),
    )


def estimate_beliefs(sample: EstimationSample) -> Beliefs:
    """Estimate first-stage chances that B resists and that A stands firm, by ridge logits on all regressors."""
    x = np.unique(np.hstack([np.ones((len(sample.rows), 1)), *sample.matrices]), axis=1)
    _, conceded, firm, down = sample.counts
    chances = []
    for right, left in ((firm + down, conceded), (firm, down)):
        beta = fit_choice(x, right=right, left=left, link=LinkFunction.LOGIT, ridge=FIRST_STAGE_RIDGE)
        chance = np.asarray(probability(x @ beta, link=LinkFunction.LOGIT))
        chances.append(np.clip(chance, LEAST_BELIEF, 1.0 - LEAST_BELIEF))
    return Beliefs(*chances)


def equilibria(fit: Fit, data: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return every equilibrium of every game at the estimates: its play, its ends, and whether it is stable.

    Indexed by game (the row label of the table) and number. Rows with a missing regressor are left out.
    """
    matrices, complete, index = fit.matrices(data)
    beta, places = fit.coefficients.to_numpy(), fit.objective.places
    values = np.array([matrix @ beta[place] for matrix, place in zip(matrices, places, strict=True)])
    games = named_payoffs(values, names=fit.sample.design.utilities)
    table = table_of(games, find_all(games))
    labels = index[complete][table.index.get_level_values("game")]
    numbers = table.index.get_level_values("equilibrium")
    return table.set_index(pd.MultiIndex.from_arrays([labels, numbers], names=["game", "equilibrium"]))


@dataclass(frozen=True)
class _Found:
    """Where a search ended, and with which beliefs."""

    objective: Objective
    maximum: Maximum
    beliefs: Beliefs
    details: dict[str, float]


def _pseudo(sample: EstimationSample, beliefs: Beliefs) -> _Found:
    """Maximise where each side replies to these beliefs."""
    objective = pseudo_objective(sample, beliefs)
    return _Found(objective, maximise(objective, start=np.zeros(objective.size)), beliefs, {})


def _nested(sample: EstimationSample, found: _Found, *, strict: bool) -> _Found:
    """Fit and reply in turn until coefficients and beliefs stay as they are; less will do where a start is sought."""
    gap = np.inf
    for step in range(1, NPL_ROUNDS + 1):
        replied = reply_once(sample, found.objective.utilities(found.maximum.beta), found.beliefs)
        objective = pseudo_objective(sample, replied)
        maximum = maximise(objective, start=found.maximum.beta)
        gap = max(
            float(np.abs(maximum.beta - found.maximum.beta).max()),
            float(np.abs(replied.resist - found.beliefs.resist).max()),
            float(np.abs(replied.firm - found.beliefs.firm).max()),
        )
        found = _Found(objective, maximum, replied, {"nested rounds": step, "change in last round": gap})
        if gap < (NPL_TOLERANCE if strict else _NEAR_ENOUGH):
            return found
    if strict:
        raise NotConverged(
            f"after {NPL_ROUNDS} rounds the nested pseudo-likelihood still changes by {gap:.2g}; the "
            "equilibrium is not stable under best replies: try method ml"
        )
    return found


def _full(sample: EstimationSample, found: _Found) -> _Found:
    """Maximise over the coefficients, each game in its likeliest equilibrium."""
    near, maximum, iterations = ndtri(np.clip(found.beliefs.resist, SURE, 1.0 - SURE)), found.maximum, 0
    for _ in range(_ROUNDS):
        objective = equilibrium_objective(sample, near)
        maximum = maximise(objective, start=maximum.beta)
        iterations += maximum.iterations
        near, values, several = likeliest(sample, objective.utilities(maximum.beta))
        is_likeliest = values.sum() - maximum.at.value < SAME_HEIGHT
        details: dict[str, float] = {"games with several equilibria": several, "iterations in all": iterations}
        if maximum.is_converged and is_likeliest:
            break
    if several and not (maximum.is_converged and is_likeliest):
        raise NotConverged(
            f"no maximum was found in {iterations} iterations; {several} games have several equilibria "
            "there, and as they come and go the likelihood jumps: try method npl"
        )
    return _Found(objective, maximum, found.beliefs, details)


def _refuse_no_maximum(sample: EstimationSample, found: _Found) -> None:
    maximum = found.maximum
    hint = partial(perfect_predictors, sample.design, sample.matrices, counts=sample.counts)
    refuse_unidentified(maximum, names=sample.design.names, objective=found.objective, hint=hint)
    if not maximum.is_converged:
        raise NotConverged(
            f"no maximum was found in {maximum.iterations} iterations (one more step would gain "
            f"{maximum.decrement / 2:.2g}){furthest(maximum, names=sample.design.names, objective=found.objective)}; "
            "leave out some regressors"
        )


def _given_beliefs(sample: EstimationSample, columns: tuple[str, str]) -> Beliefs:
    given = [sample.rows[name].to_numpy(dtype=np.float64) for name in columns]
    wrong = [
        Finding(
            "table",
            0,
            0,
            name,
            "not-a-chance",
            "holds values that are not between 0 and 1, both excluded",
            "there is no reply to such beliefs",
            f"keep them inside, as from {LEAST_BELIEF}",
        )
        for name, values in zip(columns, given, strict=True)
        if not ((values > 0) & (values < 1)).all()
    ]
    if wrong:
        raise InvalidFile(wrong)
    return Beliefs(*given)


def _refuse_other_kinds(method: Estimator, kind: CovarianceKind, *, is_two_step: bool) -> None:
    own = {CovarianceKind.HESSIAN, CovarianceKind.SIGINT} if method is Estimator.NPL else {CovarianceKind.HESSIAN}
    if (method is Estimator.NPL or is_two_step) and kind not in own:
        raise ValueError(f"{method} has a covariance of its own here; robust and clustered ones belong to ml and pl")
    if is_two_step and method is not Estimator.PL:
        raise ValueError("a first-stage covariance belongs to pl; the other estimators leave the first stage behind")
