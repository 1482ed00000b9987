"""Best replies to beliefs, and covariances that reckon with beliefs that were estimated."""

import numpy as np
from scipy.special import expit, ndtr

from foedus.evidence.structural.crisis.game import threshold
from foedus.evidence.structural.crisis.likelihood import Beliefs, Replies, named_payoffs, replies
from foedus.evidence.structural.crisis.standing import log_odds_of_standing
from foedus.evidence.structural.likelihood.covariance import from_hessian
from foedus.evidence.structural.likelihood.maximise import Maximum
from foedus.evidence.structural.likelihood.objective import Objective
from foedus.evidence.structural.table.sample import EstimationSample
from foedus.values.arrays import FloatArray

SURE = 1e-9
"""Beliefs are kept this far from 0 and 1, where replies to them are defined."""


def reply_once(sample: EstimationSample, utilities: FloatArray, beliefs: Beliefs) -> Beliefs:
    """Return what each side does when it expects the other to do as believed."""
    games = named_payoffs(utilities, names=sample.design.utilities)
    c = threshold(games, beliefs.resist)
    odds, _ = log_odds_of_standing(games.barWA - c, games.bara - c)
    r = games.barWB - games.CB + (games.VB - games.CB) * (1.0 / beliefs.firm - 1.0)
    return Beliefs(resist=_inside(ndtr(r)), firm=_inside(expit(odds)))


def npl_covariance(sample: EstimationSample, objective: Objective, maximum: Maximum, beliefs: Beliefs) -> FloatArray:
    """Return the covariance of the nested pseudo-likelihood estimator, (p, p).

    With A minus the Hessian of the log-likelihood l by the coefficients b, C its cross-derivatives by b and beliefs P,
    Psi the map from beliefs to replies and J[i, j] how reply i moves with belief j,

        V = M^-1 A M'^-1,  M = A - C dP/db,  dP/db = (I - J)^-1 dPsi/db.

    Aguirregabiria and Mira 2007, proposition 2, with second derivatives for the expected outer products.
    """
    found = replies(sample, objective.utilities(maximum.beta), beliefs)
    count = len(sample.design.utilities)
    by_resist, by_firm = (found.log_likelihood.hessian[:count, count + belief] for belief in (0, 1))
    resist, firm = _belief_slopes(found, count, is_transposed=False)
    crossed = _rows(sample, by_resist).T @ _rows(sample, resist) + _rows(sample, by_firm).T @ _rows(sample, firm)
    information = -maximum.at.hessian
    return _sandwich(information - crossed, information)


def sigint_covariance(sample: EstimationSample, objective: Objective, maximum: Maximum, beliefs: Beliefs) -> FloatArray:
    """Return the covariance of the nested pseudo-likelihood estimator as the R package sigInt 0.2.0 computes it.

    It takes sums of outer products s s' of the games' scores for A, and s (dl/dP) for -C, as may be done, but J' in the
    place of J, which is not how beliefs move with b. It is here to compare with published tables.
    """
    found = replies(sample, objective.utilities(maximum.beta), beliefs)
    count = len(sample.design.utilities)
    resist, firm = _belief_slopes(found, count, is_transposed=True)
    pull = found.log_likelihood.gradient[count] * resist + found.log_likelihood.gradient[count + 1] * firm
    scores = objective.scores(maximum.beta)
    outer = scores.T @ scores
    return _sandwich(outer + scores.T @ _rows(sample, pull), outer)


def two_step_covariance(
    sample: EstimationSample, objective: Objective, maximum: Maximum, beliefs: Beliefs, of_beliefs: FloatArray
) -> FloatArray:
    """Return A^-1 (W + C S C') A^-1: the covariance of a pseudo-likelihood whose beliefs have covariance S.

    A is minus the Hessian, W the sum of the outer products of the scores, C the cross-derivatives of the
    log-likelihood by coefficients and beliefs, (p, 2n), resist before firm. Murphy and Topel 1985.
    """
    games, count = len(sample.rows), len(sample.design.utilities)
    if of_beliefs.shape != (2 * games, 2 * games):
        raise ValueError(f"the covariance of the first stage is {of_beliefs.shape}, not {2 * games} by {2 * games}")
    found = replies(sample, objective.utilities(maximum.beta), beliefs).log_likelihood.hessian
    scores = objective.scores(maximum.beta)
    crossed = np.vstack([_rows(sample, found[:count, belief]) for belief in (count, count + 1)]).T
    bread = from_hessian(maximum.at.hessian)
    covariance: FloatArray = bread @ (scores.T @ scores + crossed @ of_beliefs @ crossed.T) @ bread
    return covariance


def _inside(chance: FloatArray) -> FloatArray:
    kept: FloatArray = np.clip(chance, SURE, 1.0 - SURE)
    return kept


def _belief_slopes(found: Replies, count: int, *, is_transposed: bool) -> tuple[FloatArray, FloatArray]:
    """Return how self-confirming beliefs move with the utilities, game by game: (resist, firm), each (K, n)."""
    resist_by_firm, firm_by_resist = found.resist.gradient[count + 1], found.firm.gradient[count]
    if is_transposed:
        resist_by_firm, firm_by_resist = firm_by_resist, resist_by_firm
    resist, firm = found.resist.gradient[:count], found.firm.gradient[:count]
    slack = 1.0 - firm_by_resist * resist_by_firm
    return (resist + resist_by_firm * firm) / slack, (firm + firm_by_resist * resist) / slack


def _rows(sample: EstimationSample, by_utility: FloatArray) -> FloatArray:
    """Return (n, p) from derivatives by the utilities, (K, n)."""
    return np.hstack([matrix * by_utility[k][:, None] for k, matrix in enumerate(sample.matrices)])


def _sandwich(outside: FloatArray, inside: FloatArray) -> FloatArray:
    """Return M^-1 A M'^-1."""
    left = np.linalg.inv(outside)
    covariance: FloatArray = left @ inside @ left.T
    return covariance
