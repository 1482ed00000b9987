"""The chance that a challenger who is resisted stands firm, or backs down.

After resistance the challenger gets x + e from standing firm and y + f from backing down, e and f standard normal and
known to it alone; both are measured from what makes a challenge just worth while. Then

    F(x, y) = P(x + e > 0, x + e > y + f) = integral from 0 of n(t - x) N(t - y) dt

is the chance to challenge and then stand firm, F(y, x) to challenge and then back down, and
F(x, y) + F(y, x) = 1 - N(-x) N(-y) the chance to challenge. n and N are the normal density and distribution.
"""

import numpy as np
from scipy.special import erfcx, log_ndtr, ndtr

from foedus.evidence.structural.likelihood.jets import Jet, through_two
from foedus.evidence.structural.likelihood.links import LOG_ROOT_TWO_PI, ROOT_TWO
from foedus.values.arrays import FloatArray

REACH = 8.0
"""The integrand is log-concave and falls at least like a normal density: beyond this many units nothing is left."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_NODES, _WEIGHTS = (_NODES + 1.0) / 2.0, _WEIGHTS / 2.0
_FAR = -30.0
_ALONE = -20.0
"""Below this a normal distribution function is nothing beside 1."""


def log_standing(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return (log F(x, y), log F(y, x)), each (n,), to a relative error of about 1e-13 in F, tails included.

    The smaller of the two is integrated by 48 Gauss-Legendre nodes, the other is what it leaves of their sum. Where x
    and y are below -20, F(x, y) is N(x) to the last bit.
    """
    x, y = np.atleast_1d(x), np.atleast_1d(y)
    near = np.maximum(x, y) > _ALONE
    firm, down = log_ndtr(x), log_ndtr(y)
    if near.all():
        return _log_standing_near(x, y)
    if near.any():
        firm[near], down[near] = _log_standing_near(x[near], y[near])
    return firm, down


def log_challenge(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return log(1 - N(-x) N(-y)) = log(N(x) + N(-x) N(y)), exact where the chance is tiny."""
    return np.logaddexp(log_ndtr(x), log_ndtr(y) + log_ndtr(-x))


def slopes(x: FloatArray, y: FloatArray, log_f: FloatArray) -> tuple[FloatArray, FloatArray, tuple[FloatArray, ...]]:
    """Return the derivatives of L = log F(x, y): by x, by y, and (xx, xy, yy).

    With d = x - y, m = n(d / sqrt 2) N((x + y) / sqrt 2) / sqrt 2, q = n(x) N(-y) and r = n(x) n(y):
    F_x = m + q, F_y = -m, F_xx = (r - d m) / 2 - x q, F_xy = (d m - r) / 2, F_yy = -(d m + r) / 2.
    """
    d = x - y
    m = np.exp(-0.25 * d * d - LOG_ROOT_TWO_PI + log_ndtr((x + y) / ROOT_TWO) - log_f) / ROOT_TWO
    q = _share_at_edge(x, y, log_f)
    r = np.exp(-0.5 * (x * x + y * y) - 2.0 * LOG_ROOT_TWO_PI - log_f)
    by_x, by_y = m + q, -m
    second = (
        0.5 * (r - d * m) - x * q - by_x * by_x,
        0.5 * (d * m - r) - by_x * by_y,
        -0.5 * (d * m + r) - by_y * by_y,
    )
    return by_x, by_y, second


def log_odds_of_standing(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return D = log F(x, y) - log F(y, x), and how D moves when x and y both rise by one unit."""
    firm, down = log_standing(x, y)
    far = np.maximum(x, y) <= _ALONE
    with np.errstate(over="ignore", invalid="ignore"):
        odds, by_both = firm - down, _share_at_edge(x, y, firm) - _share_at_edge(y, x, down)
    if far.any():
        far_x, far_y = x[far], y[far]
        of_x, of_y = erfcx(-far_x / ROOT_TWO), erfcx(-far_y / ROOT_TWO)
        odds[far] = 0.5 * (far_y - far_x) * (far_y + far_x) + np.log(of_x / of_y)
        by_both[far] = (1.0 / of_x - 1.0 / of_y) / np.sqrt(np.pi / 2.0)
    return odds, by_both


def standing_jets(x: Jet, y: Jet) -> tuple[Jet, Jet]:
    """Return (log F(x, y), log F(y, x)) as jets."""
    firm, down = log_standing(x.value, y.value)
    firm_x, firm_y, firm_second = slopes(x.value, y.value, firm)
    down_y, down_x, down_second = slopes(y.value, x.value, down)
    return (
        through_two(x, y, f=firm, first=(firm_x, firm_y), second=firm_second),
        through_two(x, y, f=down, first=(down_x, down_y), second=down_second[::-1]),
    )


def _share_at_edge(x: FloatArray, y: FloatArray, log_f: FloatArray) -> FloatArray:
    """Return n(x) N(-y) / F(x, y), which is the sum of the two slopes of log F."""
    share: FloatArray = np.exp(-0.5 * x * x - LOG_ROOT_TWO_PI + log_ndtr(-y) - log_f)
    return share


def _log_standing_near(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    less = _log_integral(np.minimum(x, y), np.maximum(x, y))
    both = log_challenge(x, y)
    more = both + np.log1p(-np.minimum(np.exp(less - both), 0.5))
    swap = x > y
    return np.where(swap, more, less), np.where(swap, less, more)


def _log_integral(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return log F(x, y) where x <= y: the integrand is divided by its largest value, at ``top``."""
    top, hazard = _top(x, y)
    slope = np.maximum(0.0, top - x - hazard)
    begin = top - np.minimum(REACH, top)
    length = top - begin + REACH**2 / (slope + np.sqrt(slope**2 + REACH**2))
    t = begin[..., None] + length[..., None] * _NODES
    from_top = t - top[..., None]
    fall = np.exp(-from_top * (0.5 * from_top + (top - x)[..., None]))
    at_top = log_ndtr(top - y)
    if (top - y).min(initial=0.0) > _FAR:
        rise = ndtr(t - y[..., None]) / np.exp(at_top)[..., None]
    else:
        rise = np.exp(log_ndtr(t - y[..., None]) - at_top[..., None])
    area = length * ((fall * rise) @ _WEIGHTS)
    return np.log(area) - 0.5 * (top - x) ** 2 - LOG_ROOT_TWO_PI + at_top


def _top(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return where n(t - x) N(t - y) is largest on t >= 0, nearly, and n / N at t - y there."""
    top = np.maximum(0.0, 0.5 * (x + y))
    for _ in range(4):
        u = top - y
        hazard = np.exp(-0.5 * u * u - LOG_ROOT_TWO_PI - log_ndtr(u))
        top = np.maximum(0.0, top - (top - x - hazard) / (1.0 + hazard * (u + hazard)))
    u = top - y
    return top, np.exp(-0.5 * u * u - LOG_ROOT_TWO_PI - log_ndtr(u))
