"""Structural estimation: the payoffs of strategic games, from what players were seen to do.

takes: a formula and a table. gives: a Fit with coefficients, covariance, log-likelihood and predictions.
promises: exact derivatives, a word where the data cannot tell, and the same numbers each time.
never: fills a missing value, or lets a point pass for a maximum that is none.
"""

from foedus.evidence.structural.crisis.sigint import CrisisGame, Estimator, equilibria, fit_sigint
from foedus.evidence.structural.egame.egame import TreeGame, fit_egame12, fit_egame122, fit_egame123
from foedus.evidence.structural.fit.effects import compare, profile
from foedus.evidence.structural.fit.fit import CovarianceKind, Fit
from foedus.evidence.structural.fit.nonnested import Preference, clarke, vuong
from foedus.evidence.structural.fit.optimum import OptimumCheck, check_optimum
from foedus.evidence.structural.likelihood.links import Errors, LinkFunction
from foedus.evidence.structural.likelihood.maximise import Method, NotIdentified
from foedus.evidence.structural.table.read import read_table

__all__ = [
    "CovarianceKind",
    "CrisisGame",
    "Errors",
    "Estimator",
    "Fit",
    "LinkFunction",
    "Method",
    "NotIdentified",
    "OptimumCheck",
    "Preference",
    "TreeGame",
    "check_optimum",
    "clarke",
    "compare",
    "equilibria",
    "fit_egame12",
    "fit_egame122",
    "fit_egame123",
    "fit_sigint",
    "profile",
    "read_table",
    "vuong",
]
