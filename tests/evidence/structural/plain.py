"""The games written out one by one, for numbers real or complex: slow, and sharing no code with the package."""

from collections.abc import Callable
from math import erf, sqrt
from typing import Any

import numpy as np
from scipy.special import erf as complex_erf


def normal(z: Any) -> Any:
    """Return the standard normal distribution function, for complex numbers too."""
    return 0.5 * (1.0 + complex_erf(np.asarray(z) / np.sqrt(2.0)))


def logistic(z: Any) -> Any:
    """Return the logistic distribution function, for complex numbers too."""
    return 1.0 / (1.0 + np.exp(-np.asarray(z)))


LINKS: dict[str, Callable[[Any], Any]] = {"probit": normal, "logit": logistic}


def egame12(u: dict[str, Any], *, link: str, errors: str) -> tuple[Any, ...]:
    """Return the chances of the three ends."""
    chance = LINKS[link]
    p4 = chance(u["u24"] / np.sqrt(2.0))
    p3 = 1.0 - p4
    scale = np.sqrt(2.0) if errors == "agent" else np.sqrt(1.0 + p3**2 + p4**2)
    right = chance((p3 * u["u13"] + p4 * u["u14"] - u["u11"]) / scale)
    return 1.0 - right, right * p3, right * p4


def egame122(u: dict[str, Any], *, link: str, errors: str) -> tuple[Any, ...]:
    """Return the chances of the four ends."""
    chance = LINKS[link]
    p2, p4 = chance(u["u22"] / np.sqrt(2.0)), chance(u["u24"] / np.sqrt(2.0))
    p1, p3 = 1.0 - p2, 1.0 - p4
    scale = np.sqrt(2.0) if errors == "agent" else np.sqrt(p1**2 + p2**2 + p3**2 + p4**2)
    right = chance((p3 * u["u13"] + p4 * u["u14"] - p1 * u["u11"] - p2 * u["u12"]) / scale)
    return (1.0 - right) * p1, (1.0 - right) * p2, right * p3, right * p4


def egame123(u: dict[str, Any], *, link: str, errors: str) -> tuple[Any, ...]:
    """Return the chances of the four ends."""
    chance, agent = LINKS[link], errors == "agent"
    p6 = chance(u["u36"] / np.sqrt(2.0))
    p5 = 1.0 - p6
    scale_2 = np.sqrt(2.0) if agent else np.sqrt(1.0 + p5**2 + p6**2)
    p4 = chance((p5 * u["u25"] + p6 * u["u26"] - u["u23"]) / scale_2)
    p3 = 1.0 - p4
    scale_1 = np.sqrt(2.0) if agent else np.sqrt(1.0 + p3**2 + (p4 * p5) ** 2 + (p4 * p6) ** 2)
    right = chance((p3 * u["u13"] + p4 * (p5 * u["u15"] + p6 * u["u16"]) - u["u11"]) / scale_1)
    return 1.0 - right, right * p3, right * p4 * p5, right * p4 * p6


GAMES: dict[str, Callable[..., tuple[Any, ...]]] = {"egame12": egame12, "egame122": egame122, "egame123": egame123}


def normal_of(x: float) -> float:
    """Return the standard normal distribution function of one number."""
    return 0.5 * (1.0 + erf(x / sqrt(2.0)))
