"""The equilibria of crisis games: one from where one was, or all of them.

An equilibrium is a fixed point of r = T(r) in one variable (see `crisis_game`). T is kept within +-8, so there is at
least one.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, ndtr

from foedus.evidence.structural.crisis.game import FURTHEST, Payoffs, answer, threshold
from foedus.evidence.structural.crisis.standing import log_challenge, log_odds_of_standing
from foedus.values.arrays import BoolArray, FloatArray, IntArray

POINTS = 401
"""Points at which T(r) - r is looked at between -8 and 8 when all equilibria are sought."""
RESIDUAL = 1e-12
_BLOCK = 200
_NEWTON = 30
_HALVINGS = 60


@dataclass(frozen=True)
class Equilibria:
    """All equilibria of many games, one after the other."""

    game: IntArray
    """(e,): the game, by number."""
    r: FloatArray
    """(e,): B resists with chance N(r)."""
    is_stable: BoolArray
    """(e,): best replies to beliefs nearby lead back (the slope of T is within 1)."""

    @property
    def number(self) -> IntArray:
        """How many equilibria each game has."""
        return np.bincount(self.game).astype(np.int64)


def find_all(games: Payoffs, *, points: int = POINTS) -> Equilibria:
    """Find every equilibrium of every game.

    T(r) - r is evaluated with its slope at ``points`` places; where it changes sign there is one, and where it turns
    towards 0 between two places, the turning point tells whether there are two. Equilibria nearer to each other than
    that, on one side of two turning points within one step, are missed.
    """
    count = len(games.SA)
    blocks = [_scan(games.take(slice(start, start + _BLOCK)), points=points) for start in range(0, count, _BLOCK)]
    found = [(block[0] + start, *block[1:]) for start, block in zip(range(0, count, _BLOCK), blocks, strict=True)]
    game, r, slope = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((r, game))
    return Equilibria(game[order], r[order], np.abs(slope[order]) < 1.0)


def follow(games: Payoffs, start: FloatArray) -> FloatArray:
    """Return the equilibrium that Newton's method reaches from ``start``; where it reaches none, the nearest of all."""
    r = start.copy()
    wide = np.arange(len(r))
    for _ in range(_NEWTON):
        reply, slope = answer(games.take(wide), r[wide])
        step = (reply - r[wide]) / (1.0 - slope)
        fine = np.abs(reply - r[wide]) <= RESIDUAL * (1.0 + np.abs(r[wide]))
        r[wide] = np.clip(r[wide] + np.where(np.isfinite(step), np.clip(step, -1.0, 1.0), 0.0), -FURTHEST, FURTHEST)
        wide = wide[~fine]
        if not len(wide):
            return r
    found = find_all(games.take(wide))
    for place, game in enumerate(wide):
        among = found.r[found.game == place]
        r[game] = among[np.argmin(np.abs(among - start[game]))]
    return r


def probabilities(games: Payoffs, r: FloatArray) -> pd.DataFrame:
    """Return how the games are played where B resists with chance N(r): pC, pR, pF, and the four ends."""
    p = ndtr(r)
    c = threshold(games, p)
    x, y = games.barWA - c, games.bara - c
    firm = expit(log_odds_of_standing(x, y)[0])
    challenge = np.exp(log_challenge(x, y))
    return pd.DataFrame(
        {
            "pC": challenge,
            "pR": p,
            "pF": firm,
            "sq": 1.0 - challenge,
            "cd": challenge * (1.0 - p),
            "sf": challenge * p * firm,
            "bd": challenge * p * (1.0 - firm),
        }
    )


def table_of(games: Payoffs, found: Equilibria) -> pd.DataFrame:
    """Return a row for each equilibrium: the game, its number among those of the game, its play, and whether stable."""
    played = probabilities(games.take(found.game), found.r)
    numbered = pd.Series(found.game).groupby(found.game).cumcount()
    return played.assign(is_stable=found.is_stable).set_index(
        pd.MultiIndex.from_arrays([found.game, numbered], names=["game", "equilibrium"])
    )


def _scan(games: Payoffs, *, points: int) -> tuple[IntArray, FloatArray, FloatArray]:
    """Return (game, r, slope of T) of each equilibrium of a block of games."""
    count = len(games.SA)
    grid = np.linspace(-FURTHEST, FURTHEST, points)
    spread = games.take(np.repeat(np.arange(count), points))
    reply, slope = (part.reshape(count, points) for part in answer(spread, np.tile(grid, count)))
    gap, gap_slope = reply - grid, slope - 1.0
    game, low = np.nonzero((gap[:, :-1] > 0) != (gap[:, 1:] > 0))
    brackets = [(game, grid[low], grid[low + 1])]
    brackets += _beside_turns(games, grid, gap, gap_slope)
    among, lower, upper = (np.concatenate(parts) for parts in zip(*brackets, strict=True))
    root = _bisect(games.take(among), lower, upper)
    edge, at = np.nonzero(np.isclose(gap, 0.0, atol=0.0, rtol=0.0))
    game, root = np.concatenate([among, edge]), np.concatenate([root, grid[at]])
    game, root = _once(game, root)
    return game, root, answer(games.take(game), root)[1]


def _beside_turns(
    games: Payoffs, grid: FloatArray, gap: FloatArray, slope: FloatArray
) -> list[tuple[IntArray, FloatArray, FloatArray]]:
    """Return brackets around the pairs of equilibria that hide between two points."""
    above = (gap[:, :-1] > 0) & (gap[:, 1:] > 0) & (slope[:, :-1] < 0) & (slope[:, 1:] > 0)
    below = (gap[:, :-1] <= 0) & (gap[:, 1:] <= 0) & (slope[:, :-1] > 0) & (slope[:, 1:] < 0)
    game, at = np.nonzero(above | below)
    low, high = grid[at].copy(), grid[at + 1].copy()
    inside = games.take(game)
    rising = slope[game, at] > 0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        goes_on = (answer(inside, middle)[1] - 1.0 > 0) == rising
        low, high = np.where(goes_on, middle, low), np.where(goes_on, high, middle)
    turn = 0.5 * (low + high)
    crosses = ((answer(inside, turn)[0] - turn) > 0) != (gap[game, at] > 0)
    game, at, turn = game[crosses], at[crosses], turn[crosses]
    return [(game, grid[at], turn), (game, turn, grid[at + 1])]


def _bisect(games: Payoffs, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return a root of T(r) - r in each bracket, to the last bits."""
    positive = answer(games, low)[0] - low > 0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        same = (answer(games, middle)[0] - middle > 0) == positive
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return 0.5 * (low + high)


def _once(game: IntArray, root: FloatArray) -> tuple[IntArray, FloatArray]:
    """Leave out an equilibrium that was found from two sides."""
    order = np.lexsort((root, game))
    game, root = game[order], root[order]
    twice = np.zeros(len(game), dtype=np.bool_)
    twice[1:] = (np.diff(game) == 0) & (np.diff(root) < 1e-10)
    return game[~twice], root[~twice]
