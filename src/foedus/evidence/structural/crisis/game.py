r"""The crisis game of Lewis and Schultz: a challenge, resistance, and the moment to stand firm or back down.

        A
       / \
     SA   B             the challenger A keeps the status quo (sq: A gets SA, B gets 0) or challenges; the target B
         / \            concedes (cd: VA, CB) or resists; A stands firm (sf: WA, WB) or backs down (bd: a, VB).
        VA   A          WA, WB and a have normal parts of sd 1, with means barWA, barWB, bara; each side knows its own.
        CB  / \
          WA   a        B learns from being challenged: this is a signalling game, and it may have several equilibria.
          WB   VB

With p the chance that B resists, c = VA + (SA - VA) / p is what A must expect at its last move to challenge. With
x = barWA - c, y = bara - c and F of `standing`, B resists with p = N(r), where

    r = barWB - CB + (VB - CB) F(y, x) / F(x, y) = T(r).

Reference: Lewis and Schultz 2003, Revealing preferences, Political Analysis 11:345-367.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from foedus.evidence.structural.crisis.standing import log_odds_of_standing, standing_jets
from foedus.evidence.structural.likelihood.jets import Index, Jet, exp
from foedus.evidence.structural.likelihood.links import LinkFunction, probability_jet, weighted_log
from foedus.values.arrays import BoolArray, FloatArray, IntArray

UTILITIES = ("SA", "VA", "CB", "barWA", "barWB", "bara", "VB")
ENDS = ("sq", "cd", "sf", "bd")
FURTHEST = 8.0
"""r is kept within this of 0: B then resists, or concedes, with all but a chance of 6e-16."""

_CERTAIN = 40.0
_NEVER = 1e4


@dataclass(frozen=True)
class Payoffs:
    """Mean utilities of n games, each (n,)."""

    SA: FloatArray
    VA: FloatArray
    CB: FloatArray
    barWA: FloatArray  # noqa: N815
    barWB: FloatArray  # noqa: N815
    bara: FloatArray
    VB: FloatArray

    def take(self, games: IntArray | BoolArray | slice) -> "Payoffs":
        """Return some of the games, by number, mask or slice."""
        return Payoffs(**{name: getattr(self, name)[games] for name in UTILITIES})


def payoffs(values: Mapping[str, FloatArray | float], *, games: int) -> Payoffs:
    """Return payoffs from named utilities; those that are not named are 0."""
    unknown = set(values) - set(UTILITIES)
    if unknown:
        raise KeyError(f"{', '.join(sorted(unknown))}: the utilities are {', '.join(UTILITIES)}")
    return Payoffs(
        **{name: np.broadcast_to(np.asarray(values.get(name, 0.0), dtype=np.float64), (games,)) for name in UTILITIES}
    )


def answer(game: Payoffs, r: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return T(r), kept within ``FURTHEST``, and its slope."""
    p = ndtr(r)
    c = threshold(game, p)
    odds, by_both = log_odds_of_standing(game.barWA - c, game.bara - c)
    with np.errstate(over="ignore", invalid="ignore"):
        down_by_firm = np.exp(np.minimum(-odds, 700.0))
        c_slope = -(game.SA - game.VA) * np.exp(-0.5 * r * r) / np.sqrt(2.0 * np.pi) / p**2
        reply = game.barWB - game.CB + (game.VB - game.CB) * down_by_firm
        slope = (game.VB - game.CB) * down_by_firm * by_both * c_slope
    inside = np.abs(reply) < FURTHEST
    return np.clip(reply, -FURTHEST, FURTHEST), np.where(inside, slope, 0.0)


def threshold(game: Payoffs, p: FloatArray) -> FloatArray:
    """Return c = VA + (SA - VA) / p: what A must expect at its last move to challenge.

    Kept from 40 below both of A's payoffs, where A challenges for certain, to 1e4, where it never does.
    """
    return _kept(game.VA + (game.SA - game.VA) / p, game.barWA, game.bara)


def threshold_jets(utilities: Mapping[str, Jet], p: Index) -> tuple[Jet, Jet]:
    """Return x and y: what standing firm and backing down are worth beyond what a challenge must bring."""
    c = utilities["VA"] + (utilities["SA"] - utilities["VA"]) * (1.0 / p)
    kept = _kept(c.value, utilities["barWA"].value, utilities["bara"].value)
    c = c.through(kept, np.where(kept == c.value, 1.0, 0.0), np.zeros_like(kept))
    return utilities["barWA"] - c, utilities["bara"] - c


def answer_jet(utilities: Mapping[str, Jet], down_by_firm: Index) -> Jet:
    """Return T as a jet, from the odds that a challenger who is resisted backs down."""
    return utilities["barWB"] - utilities["CB"] + (utilities["VB"] - utilities["CB"]) * down_by_firm


@dataclass(frozen=True)
class ChoiceProbabilities:
    """How the game is played, in logarithms, as jets."""

    quiet: Jet
    """log P(A does not challenge)."""
    challenge: Jet
    """log P(A challenges)."""
    firm: Jet
    """log P(A challenges, and would stand firm)."""
    down: Jet
    """log P(A challenges, and would back down)."""


def choice_probabilities(x: Jet, y: Jet) -> ChoiceProbabilities:
    """Return A's play from its thresholds."""
    firm, down = standing_jets(x, y)
    x_fails, y_fails = (weighted_log(z, right=0.0, left=1.0, link=LinkFunction.PROBIT) for z in (x, y))
    return ChoiceProbabilities(
        quiet=x_fails + y_fails, challenge=firm + log_one_plus_exp(down - firm), firm=firm, down=down
    )


def log_ends(a_plays: ChoiceProbabilities, r: Jet) -> tuple[Jet, Jet, Jet, Jet]:
    """Return the log-probabilities of sq, cd, sf, bd where B resists with N(r)."""
    resists = weighted_log(r, right=1.0, left=0.0, link=LinkFunction.PROBIT)
    concedes = weighted_log(r, right=0.0, left=1.0, link=LinkFunction.PROBIT)
    return a_plays.quiet, a_plays.challenge + concedes, a_plays.firm + resists, a_plays.down + resists


def weigh(ends: tuple[Jet, ...], counts: FloatArray) -> Jet:
    """Return the log-likelihood of each row; ``counts`` is (end, n)."""
    first, *rest = (jet * count for jet, count in zip(ends, counts, strict=True))
    total: Jet = sum(rest, start=first)
    return total


def down_by_firm(a_plays: ChoiceProbabilities) -> Jet:
    """Return the odds that a challenger who is resisted backs down."""
    return exp(a_plays.down - a_plays.firm)


def resisting(r: Jet) -> Jet:
    """Return p = N(r)."""
    return probability_jet(r, link=LinkFunction.PROBIT)


def log_one_plus_exp(a: Jet) -> Jet:
    """Return log(1 + e^a)."""
    share = 1.0 / (1.0 + np.exp(-a.value))
    return a.through(np.logaddexp(0.0, a.value), share, share * (1.0 - share))


def _kept(c: FloatArray, firm: FloatArray, down: FloatArray) -> FloatArray:
    kept: FloatArray = np.clip(c, np.minimum(firm, down) - _CERTAIN, _NEVER)
    return kept
