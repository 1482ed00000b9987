"""One future under one arrangement, ready for sweeps: what sections 3 to 5 of docs/theory.md say once and for all."""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.grid import Grid
from foedus.game.kernel.machine.jit import called
from foedus.game.kernel.machine.rows import WIDTH
from foedus.game.kernel.stage.balance import bands, moves
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.fighting import Lottery
from foedus.game.kernel.stage.layout import (
    ADVERSARY,
    COERCE,
    CRISIS_TIERS,
    FINDINGS,
    INVADE,
    PARTIES,
    SEIZE,
    SIGHTS,
    THREATS,
    Mark,
)
from foedus.values.arrays import FloatArray, IntArray


class Game(NamedTuple):
    """A game in one precision. s slices lost, k balance, e crisis tier, m finding that governs a war, p party."""

    shape: tuple[int, int, int, int]
    """Beliefs, balances, slices, chunks of vectors."""
    many_chunks: Mark
    """Empty if there is one chunk."""
    odds: FloatArray
    """(c, place) odds of the high type at each belief point; the places after the last point repeat it."""
    move: FloatArray
    """(e, k, k') chance that the balance moves from k to k' (section 5)."""
    band: IntArray
    """(e, k, 2) first k' with a chance that counts, and the one after the last."""
    war: FloatArray
    """(column, m, e, 6) payoffs of war, defence decided on: the adversary's and the protected state's at a belief of 0
    and what a belief of 1 adds, then the low and the high type's."""
    success: FloatArray
    """(s, e) chance that a seizure that is yielded to succeeds (section 4)."""
    coerced: FloatArray
    """(p) payoff of coercion."""
    taken: FloatArray
    """(p) payoff of one slice changing hands."""
    delta: FloatArray
    """(p) discount factors."""
    resent: FloatArray
    """(p) cost of a period that does not end in war."""
    act: FloatArray
    """(v, l) what the adversary gains before the determination."""
    confusion: FloatArray
    """(c, l, n) M"""
    governs: IntArray
    """(l - 2, n) the finding that governs the war."""
    duty: FloatArray
    """(n, r) what breaking its own obligation costs the framework nation when it proposes r."""
    x_grid: FloatArray
    """(x) points of X."""
    open: FloatArray
    """(e) 1 if the tier can be proposed, 0 if it is blocked."""
    rho: float
    """Noise with which a response is read."""
    phi: float
    """Chance of an accident in a period without provocation."""
    lam_A: float
    lam_P: float
    lam_G: float


def odds_of(grid: Grid) -> FloatArray:
    """Return (chunk, place) the odds at each belief point, the last point repeated to fill."""
    chunks = -(-grid.beliefs // WIDTH)
    filled = np.full(chunks * WIDTH, grid.log_odds[-1])
    filled[: grid.beliefs] = grid.log_odds
    odds: FloatArray = np.exp(filled).reshape(chunks, WIDTH)
    return odds


@called
def derive(
    f: Any,
    a: Clauses,
    lottery: Lottery,
    chi: FloatArray,
    odds: FloatArray,
    many_chunks: Mark,
    balance: FloatArray,
    beliefs: int,
) -> Game:
    """Lay out the game; ``chi`` (column, m, e, th) is the chance that a war is one in which guarantors fight."""
    balances, slices = len(balance), len(chi) // len(balance)
    spill = f.spill * f.coerce_harm
    success, resent = np.zeros((slices, CRISIS_TIERS)), np.zeros(PARTIES)
    for s in range(slices - 1):
        for e in range(CRISIS_TIERS):
            success[s, e] = f.seize_success[e]
    resent[ADVERSARY] = f.resent_A * a.exposure
    is_open = np.zeros(CRISIS_TIERS)
    for e in range(CRISIS_TIERS):
        is_open[e] = 0.0 if a.blocked[e] else 1.0
    move = moves(f, a, balance)
    return Game(
        shape=(beliefs, balances, slices, odds.shape[0]),
        many_chunks=many_chunks,
        odds=odds,
        move=move,
        band=bands(move),
        war=_war(f, lottery, chi, balances),
        success=success,
        coerced=np.array([f.coerce_gain, -f.coerce_harm, -f.resolve_low * spill, -f.resolve_high * spill]),
        taken=np.array([f.stake_A * f.slice, -f.slice, -f.resolve_low * f.slice, -f.resolve_high * f.slice]),
        delta=np.array([f.delta_A, f.delta_P, f.delta_G, f.delta_G]),
        resent=resent,
        act=_act(f),
        confusion=a.confusion,
        governs=a.governs,
        duty=_duty(f, a),
        x_grid=a.x_grid,
        open=is_open,
        rho=f.reading_noise + (1.0 - f.reading_noise) * a.opacity,
        phi=f.friction * (1.0 - a.calm),
        lam_A=f.lam_A,
        lam_P=f.lam_P,
        lam_G=f.lam_G,
    )


def narrow(game: Game) -> Game:
    """Return the game in float32."""
    return game._replace(**{name: getattr(game, name).astype(np.float32) for name in ARRAYS})


ARRAYS = (
    *("odds", "move", "war", "success", "coerced", "taken", "delta", "resent", "act", "confusion", "duty", "x_grid"),
    "open",
)
"""The fields of `Game` that have a precision and more than one number."""


@called
def _war(f: Any, lottery: Lottery, chi: FloatArray, balances: int) -> FloatArray:
    """Fill `Game.war` (section 3)."""
    war = np.empty((len(chi), FINDINGS, CRISIS_TIERS, 6))
    for column in range(len(chi)):
        k, rest = column % balances, 1.0 - f.slice * (column // balances)
        for m in range(FINDINGS):
            for e in range(CRISIS_TIERS):
                w, won = rest * lottery.win[k, e, 0], rest * lottery.win[k, e, 1]
                low, high = chi[column, m, e, 0], chi[column, m, e, 1]
                fought_A, fought_P = f.stake_A * (won - w) - f.defend_cost_A, w - won
                fought_G = f.war_cost_G + f.tier_cost[3]
                cell = war[column, m, e]
                cell[0] = f.stake_A * w - f.war_cost_A + low * fought_A
                cell[1] = (high - low) * fought_A
                cell[2] = -w - f.war_cost_P + low * fought_P
                cell[3] = (high - low) * fought_P
                cell[4] = -f.resolve_low * ((1.0 - low) * w + low * won) - low * fought_G
                cell[5] = -f.resolve_high * ((1.0 - high) * w + high * won) - high * fought_G
    return war


@called
def _act(f: Any) -> FloatArray:
    """Fill `Game.act`: costs, and after an incident justification and humiliation."""
    act = np.zeros((SIGHTS, THREATS))
    for v in range(SIGHTS):
        act[v, COERCE], act[v, SEIZE], act[v, INVADE] = -f.cost_coerce, -f.cost_seize, -f.cost_invade
    for threat in range(THREATS):
        if threat >= SEIZE:
            act[1, threat] += f.justification
        act[1, threat] -= f.humiliation
    return act


@called
def _duty(f: Any, a: Clauses) -> FloatArray:
    """Fill `Game.duty`: proposing r breaks the obligation to the next tier; the crisis knows two."""
    duty = np.zeros((FINDINGS, CRISIS_TIERS))
    for n in range(1, FINDINGS):
        for r in range(CRISIS_TIERS - 1):
            duty[n, r] = f.renege * a.oblige[a.leader, n, r + 1]
    return duty
