"""The chance to challenge and then stand firm."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import log_ndtr, ndtr
from scipy.stats import multivariate_normal, norm

from foedus.evidence.structural.crisis.standing import log_challenge, log_odds_of_standing, log_standing, slopes

GRID = np.array([(x, y) for x in (-9.0, -3.1, -1.0, 0.2, 1.7, 6.0) for y in (-8.0, -2.6, -0.4, 0.9, 3.0)])
X, Y = GRID.T


def test_it_is_a_bivariate_normal_chance() -> None:
    """F(x, y) = N2((x - y) / sqrt 2, x; correlation 1 / sqrt 2), which scipy integrates in another way."""
    law = multivariate_normal(np.zeros(2), np.array([[1.0, np.sqrt(0.5)], [np.sqrt(0.5), 1.0]]))
    expected = [law.cdf(np.array([(x - y) / np.sqrt(2.0), x])) for x, y in GRID]
    assert np.allclose(np.exp(log_standing(X, Y)[0]), expected, rtol=1e-8, atol=1e-9)


def test_it_is_exact_in_the_tails() -> None:
    """Where the chance is 1e-20, adaptive integration of the scaled integrand agrees to 1e-10 of it."""
    for x, y in ((-9.0, -8.0), (-9.0, 3.0), (-6.0, -6.0), (-3.1, 6.0)):
        area, _ = quad(
            lambda t, x=x, y=y: np.exp(norm.logpdf(t - x) + log_ndtr(t - y) + 0.5 * x * x),
            0.0,
            14.0 + y,
            epsabs=0.0,
            epsrel=1e-12,
            points=[max(0.0, y), max(0.0, (x + y) / 2)],
            limit=200,
        )
        found = log_standing(np.array([x]), np.array([y]))[0][0]
        assert found == pytest.approx(np.log(area) - 0.5 * x * x, rel=1e-11, abs=1e-10)


def test_standing_firm_and_backing_down_make_up_all_challenges() -> None:
    """F(x, y) + F(y, x) = 1 - N(-x) N(-y), and who must choose alike stands firm half the time."""
    firm, down = log_standing(X, Y)
    assert np.allclose(np.logaddexp(firm, down), log_challenge(X, Y), rtol=1e-13)
    assert np.allclose(np.exp(log_challenge(X, Y)), 1.0 - ndtr(-X) * ndtr(-Y), atol=1e-15)
    firm, down = log_standing(X, X)
    assert np.allclose(firm, down, rtol=1e-12)


def test_names_of_the_two_do_not_matter() -> None:
    """Exchanging x and y exchanges the two chances."""
    firm, down = log_standing(X, Y)
    assert np.allclose(log_standing(Y, X), (down, firm), rtol=1e-13)


def test_far_out_only_the_better_of_the_two_is_left() -> None:
    """Far below 0 the odds follow the Mills ratios, and join the integral without a jump."""
    edge = np.array([-19.99, -20.01])
    odds, slope = log_odds_of_standing(edge, edge - 0.3)
    assert odds[1] - odds[0] == pytest.approx(-0.02 * slope.mean(), rel=1e-4)
    odds, _ = log_odds_of_standing(np.array([-1e4]), np.array([-1e4 - 0.01]))
    assert odds[0] == pytest.approx(0.01 * (1e4 + 0.005), rel=1e-6)


def test_slopes_are_those_of_small_steps() -> None:
    """First and second derivatives of log F equal central differences."""
    step = 1e-5

    def first(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        by_x, by_y, _ = slopes(x, y, log_standing(x, y)[0])
        return by_x, by_y

    by_x, by_y, (xx, xy, yy) = slopes(X, Y, log_standing(X, Y)[0])
    high, low = log_standing(X + step, Y)[0], log_standing(X - step, Y)[0]
    assert np.allclose(by_x, (high - low) / (2 * step), rtol=1e-6, atol=1e-8)
    high, low = log_standing(X, Y + step)[0], log_standing(X, Y - step)[0]
    assert np.allclose(by_y, (high - low) / (2 * step), rtol=1e-6, atol=1e-8)
    (high_x, high_y), (low_x, low_y) = first(X + step, Y), first(X - step, Y)
    assert np.allclose(xx, (high_x - low_x) / (2 * step), rtol=1e-5, atol=1e-6)
    assert np.allclose(xy, (high_y - low_y) / (2 * step), rtol=1e-5, atol=1e-6)
    (_, high_y), (_, low_y) = first(X, Y + step), first(X, Y - step)
    assert np.allclose(yy, (high_y - low_y) / (2 * step), rtol=1e-5, atol=1e-6)
