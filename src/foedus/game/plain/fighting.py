"""Section 3 of the theory page: forces, the chance of winning, and what a war is worth."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from foedus.game.future import Future
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from foedus.values.words import Tier

CRISIS_TIERS = np.array([Tier.NONE, Tier.SUPPORT, Tier.DEPLOY])
"""What can be executed in the crisis; to defend is decided once war is on."""


@dataclass(frozen=True, eq=False)
class War:
    """The lottery that a war is: guarantors stand by (d = 0) or defend (d = 1), tier e having been executed before."""

    win: FloatArray
    """(d, e, k) chance w that the adversary wins."""
    at_stake: FloatArray
    """(d, e, k, s) what is lost on average, ``rest * w``."""
    worth: FloatArray
    """(party, d, e, k, s) value to adversary, protected state, coalition of low type, coalition of high type."""


def protecting_force(*, compiled: CompiledArrangement, future: Future) -> FloatArray:
    """Return (d, e) the force on the protected side, in log force ratio.

    ``F_e = deployed * (1 if e = 2 else presence) + timeliness_e * tier_force_e - counter_force_e``, and with defence
    ``F^d_e = max(F_e, deployed + tau_e * tier_force_3 - counter_force_3)``, where forces sent in the crisis shorten the
    way: tau_e = timeliness_3 for e < 2 and (1 + timeliness_3) / 2 for e = 2.
    """
    is_deployed = CRISIS_TIERS == Tier.DEPLOY
    on_time, force, counter = compiled.timeliness, np.array(future.tier_force), np.array(future.counter_force)
    counted = np.where(is_deployed, 1.0, future.presence)
    standing = compiled.deployed_force * counted + (on_time * force - counter)[CRISIS_TIERS]
    in_time = np.where(is_deployed, (1.0 + on_time[Tier.DEFEND]) / 2.0, on_time[Tier.DEFEND])
    reinforced = compiled.deployed_force + in_time * force[Tier.DEFEND] - counter[Tier.DEFEND]
    return np.stack([standing, np.maximum(standing, reinforced)])


def winning_chance(*, future: Future, balance: FloatArray, force: FloatArray) -> FloatArray:
    """Return the chance that the adversary wins, ``w = logistic(decisiveness * (k - F))``, broadcast."""
    return np.asarray(expit(future.decisiveness * (balance - force)))


def war(*, compiled: CompiledArrangement, future: Future, balance: FloatArray, slices: int) -> War:
    """Return the war lottery on the grid: ``rest = 1 - slice * s`` is what there is left to win."""
    force = protecting_force(compiled=compiled, future=future)
    win = winning_chance(future=future, balance=balance, force=force[:, :, None])
    rest = 1.0 - future.slice * np.arange(slices)
    at_stake = win[..., None] * rest
    defended = np.array([0.0, 1.0])[:, None, None, None]
    fighting = defended * (future.war_cost_G + future.tier_cost[Tier.DEFEND])
    return War(
        win=win,
        at_stake=at_stake,
        worth=np.stack(
            [
                future.stake_A * at_stake - future.war_cost_A - defended * future.defend_cost_A,
                -at_stake - future.war_cost_P,
                -future.resolve_low * at_stake - fighting,
                -future.resolve_high * at_stake - fighting,
            ]
        ),
    )


def fighting_on(future: Future) -> tuple[float, float, tuple[float, float]]:
    """Return the value of fighting on to adversary, protected state and both types of coalition.

    The war lottery at balance_0 and s = 0 with tier support executed in full and in time, and without the
    arrangement: nothing deployed, nobody defends. It is a yardstick of acceptability, the same for every arrangement.
    """
    force = future.tier_force[Tier.SUPPORT] - future.counter_force[Tier.SUPPORT]
    w = float(winning_chance(future=future, balance=np.array(future.balance_0), force=np.array(force)))
    coalition = (-future.resolve_low * w, -future.resolve_high * w)
    return future.stake_A * w - future.war_cost_A, -w - future.war_cost_P, coalition
