"""The distribution of the difference of two errors: normal or logistic."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import expit, log_expit, log_ndtr, ndtr

from foedus.evidence.structural.likelihood.jets import Index, Jet
from foedus.values.arrays import FloatArray

LOG_ROOT_TWO_PI = 0.5 * float(np.log(2.0 * np.pi))
ROOT_TWO = float(np.sqrt(2.0))


class LinkFunction(StrEnum):
    """What the errors are drawn from."""

    PROBIT = "probit"
    LOGIT = "logit"


class Errors(StrEnum):
    """Who does not see what.

    ``agent``: a player errs at each move, with an error of its own on each action.
    ``private``: a player's payoff at each end of the game has a part that only this player knows.
    """

    AGENT = "agent"
    PRIVATE = "private"


@dataclass(frozen=True)
class Chance:
    """A distribution function F, symmetric about 0, with what its derivatives need."""

    probability: Callable[[FloatArray], FloatArray]
    """F(z)."""
    density: Callable[[FloatArray], FloatArray]
    """F'(z)."""
    slope: Callable[[FloatArray], FloatArray]
    """F''(z)."""
    log: Callable[[FloatArray], FloatArray]
    """log F(z), exact far out in the tail."""
    log_slopes: Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
    """First and second derivative of log F, given z and log F(z)."""


def probability(z: Index, *, link: LinkFunction) -> Index:
    """Return F(z)."""
    return probability_jet(z, link=link) if isinstance(z, Jet) else CHANCES[link].probability(np.asarray(z))


def probability_jet(z: Jet, *, link: LinkFunction) -> Jet:
    """Return F(z) as a jet."""
    chance = CHANCES[link]
    return z.through(chance.probability(z.value), chance.density(z.value), chance.slope(z.value))


def weighted_log(z: Jet, *, right: FloatArray | float, left: FloatArray | float, link: LinkFunction) -> Jet:
    """Return right log F(z) + left log F(-z): the log-likelihood of so many moves to the right and to the left."""
    chance = CHANCES[link]
    up, down = chance.log(z.value), chance.log(-z.value)
    up_1, up_2 = chance.log_slopes(z.value, up)
    down_1, down_2 = chance.log_slopes(-z.value, down)
    return z.through(right * up + left * down, right * up_1 - left * down_1, right * up_2 + left * down_2)


def _normal_density(z: FloatArray) -> FloatArray:
    density: FloatArray = np.exp(-0.5 * z * z - LOG_ROOT_TWO_PI)
    return density


def _log_normal_slopes(z: FloatArray, log_probability: FloatArray) -> tuple[FloatArray, FloatArray]:
    hazard = np.exp(-0.5 * z * z - LOG_ROOT_TWO_PI - log_probability)
    return hazard, -hazard * (z + hazard)


def _logistic_density(z: FloatArray) -> FloatArray:
    p = expit(z)
    density: FloatArray = p * (1.0 - p)
    return density


def _log_logistic_slopes(z: FloatArray, log_probability: FloatArray) -> tuple[FloatArray, FloatArray]:
    above = expit(-z)
    return above, -above * np.exp(log_probability)


CHANCES = {
    LinkFunction.PROBIT: Chance(
        probability=ndtr,
        density=_normal_density,
        slope=lambda z: -z * _normal_density(z),
        log=log_ndtr,
        log_slopes=_log_normal_slopes,
    ),
    LinkFunction.LOGIT: Chance(
        probability=expit,
        density=_logistic_density,
        slope=lambda z: _logistic_density(z) * (1.0 - 2.0 * expit(z)),
        log=log_expit,
        log_slopes=_log_logistic_slopes,
    ),
}
