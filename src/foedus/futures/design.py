"""Where in its range each group of parameters is drawn: space-filling designs, and causes that groups share."""

import math
from collections.abc import Mapping

import numpy as np

from foedus.futures.ensemble import Design
from foedus.futures.parameters.record import Cause
from foedus.values.arrays import FloatArray
from foedus.values.digest import digest_of

_NEAREST = 2.0**-40
"""How near to 0 and 1 a share may come where its normal score is taken."""


def shares_of(
    causes: Mapping[str, Cause | None], *, futures: int, seed: int, design: Design
) -> Mapping[str, FloatArray]:
    """Return for each group its shares in [0, 1], one for each future.

    Latin hypercube (McKay, Beckman and Conover 1979) or scrambled Sobol points (Owen 1998). A group with a cause keeps
    the shares that the design gave it and takes them in the order of

        z = rho z_cause + sqrt(1 - rho^2) z_own,    z_x the standard normal quantile of the share of x

    so that its stratification stays whole and two groups with one cause have the rank correlation of a Gaussian copula
    with correlation rho_1 rho_2, (6 / pi) asin(rho_1 rho_2 / 2) (restoring ranks: Iman and Conover 1982). A cause
    given to or taken from one group changes no other group's shares in a Latin hypercube.
    """
    named = dict.fromkeys(cause.name for cause in causes.values() if cause)
    points = _sobol if design == "sobol" else _latin_hypercube
    own, behind = points(list(causes), list(named), futures=futures, seed=seed)
    return {
        group: _led(own[group], behind[cause.name], correlation=cause.correlation) if cause else own[group]
        for group, cause in causes.items()
    }


_Shares = dict[str, FloatArray]


def _latin_hypercube(groups: list[str], causes: list[str], *, futures: int, seed: int) -> tuple[_Shares, _Shares]:
    """Draw the groups together and each cause by a stream of its own."""
    from scipy.stats import qmc

    own = qmc.LatinHypercube(d=len(groups), seed=np.random.default_rng(seed)).random(futures)
    behind = {
        cause: qmc.LatinHypercube(d=1, seed=np.random.default_rng([seed, _stream(cause)])).random(futures)[:, 0]
        for cause in causes
    }
    return dict(zip(groups, own.T, strict=True)), behind


def _stream(cause: str) -> int:
    return int(digest_of(cause)[:16], 16)


def _sobol(groups: list[str], causes: list[str], *, futures: int, seed: int) -> tuple[_Shares, _Shares]:
    """Draw the next power of two and keep the first points: a Sobol sequence may be cut, at a loss of balance."""
    from scipy.stats import qmc

    engine = qmc.Sobol(d=len(groups) + len(causes), scramble=True, seed=np.random.default_rng(seed))
    points = engine.random_base2(math.ceil(math.log2(futures)))[:futures].T
    return dict(zip(groups, points, strict=False)), dict(zip(causes, points[len(groups) :], strict=True))


def _led(own: FloatArray, cause: FloatArray, *, correlation: float) -> FloatArray:
    score = correlation * _score(cause) + math.sqrt(1 - correlation**2) * _score(own)
    ranks = np.argsort(np.argsort(score, kind="stable"), kind="stable")
    led: FloatArray = np.sort(own)[ranks]
    return led


def _score(share: FloatArray) -> FloatArray:
    from scipy.special import ndtri

    score: FloatArray = ndtri(np.clip(share, _NEAREST, 1 - _NEAREST))
    return score
